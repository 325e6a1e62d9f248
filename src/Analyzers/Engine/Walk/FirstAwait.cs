using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// The first place, in source order, where an async function may return to its caller with work left. A function without one runs to
/// its end like any other. An <c>await</c> of what is plainly finished is none; whether another one ever waits is not asked.
/// </summary>
internal static class FirstAwait
{
    /// <summary>The place in <paramref name="function"/>, or null for a function without one, or whose source is not to be had.</summary>
    public static Location? Of(ForkBody function, BodyFacts body)
    {
        if (function.Named is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, function.Function))
        {
            return In(lambda.Body, body.Model.Types);
        }

        foreach (var reference in function.Function.OriginalDefinition.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax(body.Cancellation);
            var place = declaration.SyntaxTree == body.Root.Syntax.SyntaxTree
                ? In(body.Root.SemanticModel?.GetOperation(declaration, body.Cancellation), body.Model.Types)
                : In(declaration, body.Cancellation);
            if (place is not null)
            {
                return place;
            }
        }

        return null;
    }

    private static Location? In(IOperation? function, WellKnownTypes types)
    {
        foreach (var operation in function is null ? [] : Operations.OfFunction(function))
        {
            if (operation is IAwaitOperation wait ? !TaskModels.IsFinished(wait.Operation, types)
                : operation is IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true }
                    or IUsingDeclarationOperation { IsAsynchronous: true })
            {
                return operation.Syntax.DescendantTokens().First(static token => token.IsKind(SyntaxKind.AwaitKeyword)).GetLocation();
            }
        }

        return null;
    }

    /// <summary>Another file is not bound here (that would cost a semantic model), so each of its awaits is taken to wait.</summary>
    private static Location? In(SyntaxNode declaration, CancellationToken cancellation)
    {
        foreach (var token in declaration.DescendantTokens(node => node == declaration || !IsFunction(node)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (token.IsKind(SyntaxKind.AwaitKeyword))
            {
                return token.GetLocation();
            }
        }

        return null;
    }

    private static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;
}
