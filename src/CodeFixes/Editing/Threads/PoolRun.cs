using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Threads;

/// <summary><c>Task.Run</c> in place of <c>Task.Factory.StartNew</c>.</summary>
internal static class PoolRun
{
    /// <summary>The call with the same body and token; options and scheduler are left out. Null where the factory has another form.</summary>
    public static InvocationExpressionSyntax? Of(InvocationExpressionSyntax call, IMethodSymbol startNew)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name, Expression: MemberAccessExpressionSyntax factory } access)
        {
            return null;
        }

        var arguments = call.ArgumentList.Arguments;
        var kept = arguments.Count > 1 && startNew.Parameters[1].Type.Name == "CancellationToken" && !arguments[1].ToString().EndsWith("CancellationToken.None", StringComparison.Ordinal) ? 2 : 1;
        while (arguments.Count > kept)
        {
            arguments = arguments.RemoveAt(kept);
        }

        return call
            .WithExpression(access.WithExpression(factory.Expression.WithTrailingTrivia(factory.GetTrailingTrivia())).WithName(SyntaxFactory.IdentifierName("Run").WithTriviaFrom(name)))
            .WithArgumentList(call.ArgumentList.WithArguments(arguments));
    }
}
