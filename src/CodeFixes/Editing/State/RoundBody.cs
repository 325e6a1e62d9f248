using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.State;

/// <summary>The rounds of parallel loops: under a lock that is all they do, they run one at a time.</summary>
internal static class RoundBody
{
    /// <summary>Whether an edit that took a lock around the accesses made it the whole of a round.</summary>
    /// <param name="root">The root before.</param>
    /// <param name="accesses">The accesses, as nodes of <paramref name="root"/>.</param>
    /// <param name="changed">The root after. The edit adds no lambda, so that each is found again by its place among them.</param>
    /// <param name="model">The semantic model of <paramref name="root"/>.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static bool AreSerialized(SyntaxNode root, IReadOnlyList<SyntaxNode> accesses, SyntaxNode changed, SemanticModel model, CancellationToken cancellation)
    {
        var before = root.DescendantNodes().OfType<LambdaExpressionSyntax>().ToList();
        var after = changed.DescendantNodes().OfType<LambdaExpressionSyntax>().ToList();
        return accesses.Any(access => LambdaOf(access) is { } lambda && IsRound(lambda, model, cancellation) &&
            after[before.IndexOf(lambda)].Body is BlockSyntax { Statements: { Count: 1 } only } && only[0].HasAnnotation(GuardedUnit.New));
    }

    /// <summary>Whether the expression stands in a round and is more than a name or a constant.</summary>
    public static bool IsWorkInRound(ExpressionSyntax value, SemanticModel model, CancellationToken cancellation) => IsWork(value) && LambdaOf(value) is { } lambda && IsRound(lambda, model, cancellation);

    private static LambdaExpressionSyntax? LambdaOf(SyntaxNode node) => node.Ancestors().TakeWhile(static a => a is not MemberDeclarationSyntax).OfType<LambdaExpressionSyntax>().FirstOrDefault();

    private static bool IsRound(LambdaExpressionSyntax lambda, SemanticModel model, CancellationToken cancellation) => lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } &&
        model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { Name: "For" or "ForEach", ContainingType: { Name: "Parallel", ContainingNamespace.Name: "Tasks" } };

    private static bool IsWork(ExpressionSyntax value) => value.DescendantNodesAndSelf(static n => n is not AnonymousFunctionExpressionSyntax).Any(static n => n is
        BinaryExpressionSyntax or InvocationExpressionSyntax or ConditionalExpressionSyntax or BaseObjectCreationExpressionSyntax or InterpolatedStringExpressionSyntax or AwaitExpressionSyntax or SwitchExpressionSyntax);
}
