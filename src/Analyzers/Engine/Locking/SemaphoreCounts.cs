using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// The initial count of a semaphore, read from its declaration and the assignments in its type: 1 is a lock, 0 a signal, more a throttle.
/// Only literals count; two different creations, or any other expression, are unknown.
/// </summary>
internal static class SemaphoreCounts
{
    /// <summary>The count that the semaphore in <paramref name="holder"/> is created with, or null.</summary>
    public static int? Of(ISymbol? holder)
    {
        if (holder is null)
        {
            return null;
        }

        int? count = null;
        foreach (var reference in holder.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax();
            if (Assignments.BeginsUnseen(declaration))
            {
                return null;
            }

            var assigned = Assignments.After(holder, declaration);
            foreach (var creation in Assignments.Initializer(declaration) is { } initializer ? assigned.Prepend(initializer) : assigned)
            {
                if (Literal(creation) is not { } literal || (count is not null && count != literal))
                {
                    return null;
                }

                count = literal;
            }
        }

        return count;
    }

    /// <summary>Whether the call takes a semaphore that is known to let several in at once, so that it keeps nobody apart.</summary>
    public static bool LetsSeveralIn(IInvocationOperation call) => call.TargetMethod is { Name: "Wait" or "WaitAsync" or "WaitOne", ContainingType.Name: "SemaphoreSlim" or "Semaphore" or "WaitHandle" } && call.Instance switch
    {
        IFieldReferenceOperation field => Of(field.Field) > 1,
        ILocalReferenceOperation local => Of(local.Local) > 1,
        _ => false,
    };

    private static int? Literal(ExpressionSyntax creation) =>
        creation is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } &&
        (arguments.FirstOrDefault(static a => a.NameColon?.Name.Identifier.ValueText == "initialCount") ?? arguments[0]) is
            { Expression: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression, Token.Value: int value } }
            ? value
            : null;
}
