using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// Whether a mutex has a name, so that other processes can have it too: read from its declaration and the assignments around it, as <see cref="SemaphoreCounts"/> are. A name that is made anew each
/// time is for one process alone; whatever else gives the variable a value is unknown.
/// </summary>
internal static class MutexNames
{
    /// <summary>Whether every value that the variable in <paramref name="holder"/> is given is a mutex with a name.</summary>
    public static bool IsNamed(ISymbol? holder)
    {
        var isNamed = false;
        foreach (var declaration in holder?.DeclaringSyntaxReferences.Select(static r => r.GetSyntax()) ?? [])
        {
            if (Assignments.BeginsUnseen(declaration) && !IsOpened(declaration))
            {
                return false;
            }

            isNamed |= Assignments.BeginsUnseen(declaration);
            var assigned = Assignments.After(holder!, declaration);
            foreach (var value in Assignments.Initializer(declaration) is { } initializer ? assigned.Prepend(initializer) : assigned)
            {
                if (IsNothing(value))
                {
                    continue;
                }

                if (!MakesNamed(value))
                {
                    return false;
                }

                isNamed = true;
            }
        }

        return isNamed;
    }

    /// <summary>The variable of <c>Mutex.TryOpenExisting(name, out var mutex)</c>.</summary>
    private static bool IsOpened(SyntaxNode declaration) =>
        declaration is SingleVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: ArgumentSyntax { Parent: ArgumentListSyntax { Arguments: { Count: > 1 } given, Parent: InvocationExpressionSyntax opened } } } } &&
        opened.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryOpenExisting" } && IsShared(given.Take(1));

    private static bool MakesNamed(ExpressionSyntax value) => value switch
    {
        // The shortest constructor with a name has two parameters, and one of them is the name.
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 1 } arguments } => IsShared(arguments.Take(2)),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "OpenExisting" }, ArgumentList.Arguments: { Count: > 0 } arguments } => IsShared(arguments.Take(1)),
        _ => false,
    };

    private static bool IsShared(IEnumerable<ArgumentSyntax> arguments) => arguments.All(static argument => !IsNothing(argument.Expression) &&
        !argument.DescendantNodes().Any(static n => n is SimpleNameSyntax { Identifier.ValueText: "NewGuid" or "GetRandomFileName" }));

    private static bool IsNothing(ExpressionSyntax value) => value switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } certain => IsNothing(certain.Operand),
        LiteralExpressionSyntax literal => literal.RawKind is (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression || literal.Token.Value is "",
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" } => true,
        _ => false,
    };
}
