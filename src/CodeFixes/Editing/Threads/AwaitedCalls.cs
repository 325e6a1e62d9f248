using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Threadwise.CodeFixes.Editing.Threads;

/// <summary>A lambda that awaits what it waited for on its thread.</summary>
internal static class AwaitedCalls
{
    /// <summary>
    /// The lambda around the calls, which lie in it and in no other, made async. Each place is a call or the name of a member; of the same index in <paramref name="twins"/> is the
    /// member to await in its place, or nothing for a task to await itself.
    /// </summary>
    public static (AnonymousFunctionExpressionSyntax Old, AnonymousFunctionExpressionSyntax New)? Of(IReadOnlyList<SyntaxNode?> places, IReadOnlyList<string> twins)
    {
        var replaced = new Dictionary<SyntaxNode, string>();
        for (var i = 0; i < places.Count; i++)
        {
            if (i >= twins.Count || places[i] is not { } place || WholeOf(place, twins[i]) is not { } whole || whole.Parent is ConditionalAccessExpressionSyntax)
            {
                return null;
            }

            replaced[whole] = twins[i];
        }

        var lambdas = replaced.Keys.Select(static c => c.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>()).Distinct().ToList();
        if (lambdas.Count != 1 || lambdas[0] is not { } lambda || lambda is ParenthesizedLambdaExpressionSyntax { ReturnType: not null })
        {
            return null;
        }

        var isSure = true;
        var changed = lambda.ReplaceNodes(replaced.Keys, (old, now) =>
        {
            var task = TaskOf((ExpressionSyntax)now, replaced[old]);
            isSure &= task is not null;
            return task is null ? now : Awaited.Of(task.WithoutTrivia(), old).WithTriviaFrom(now);
        });
        if (!isSure)
        {
            return null;
        }

        return (lambda, Lambdas.Async(changed));
    }

    /// <summary>The whole expression that a place is the name of.</summary>
    private static ExpressionSyntax? WholeOf(SyntaxNode place, string twin) => place switch
    {
        InvocationExpressionSyntax call => call,
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access } name when access.Name == name && call.Expression == access => call,
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax access } name when access.Name == name && twin.Length == 0 => access,
        SimpleNameSyntax { Parent: InvocationExpressionSyntax call } => call,
        _ => null,
    };

    private static ExpressionSyntax? TaskOf(ExpressionSyntax blocking, string twin)
    {
        switch (blocking)
        {
            case InvocationExpressionSyntax call when twin.StartsWith("Task.", System.StringComparison.Ordinal):
                return call.WithExpression(((ExpressionSyntax)SyntaxFactory.ParseExpression("global::System.Threading.Tasks." + twin)).WithAdditionalAnnotations(Simplifier.Annotation));
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call when twin.Length > 0:
                return call.WithExpression(access.WithName(Renamed(access.Name, twin)));
            case InvocationExpressionSyntax { Expression: SimpleNameSyntax name } call when twin.Length > 0:
                return call.WithExpression(Renamed(name, twin));
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" } awaiter } } }:
                return awaiter.Expression;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" } access }:
                return access.Expression;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } access:
                return access.Expression;
            default:
                return null;
        }
    }

    private static SimpleNameSyntax Renamed(SimpleNameSyntax name, string twin) => name.WithIdentifier(SyntaxFactory.Identifier(twin).WithTriviaFrom(name.Identifier));
}
