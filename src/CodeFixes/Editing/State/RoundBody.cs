using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.State;

/// <summary>The rounds of parallel loops: under a lock that is all they do, they run one at a time.</summary>
internal static class RoundBody
{
    /// <summary>Whether the statement or expression around the access is the whole round, and no value in it is worth to be computed before the lock.</summary>
    public static bool IsWhole(SyntaxNode access, SemanticModel model, CancellationToken cancellation) =>
        LambdaOf(access) is { } lambda && IsRound(lambda, model, cancellation) && lambda.Body is var body && ((body as BlockSyntax)?.Statements is not { } statements || statements.Count == 1) &&
        !Values(body).Any(IsWork);

    /// <summary>Whether the expression stands in a round and is more than a name or a constant.</summary>
    public static bool IsWorkInRound(ExpressionSyntax value, SemanticModel model, CancellationToken cancellation) => IsWork(value) && LambdaOf(value) is { } lambda && IsRound(lambda, model, cancellation);

    private static LambdaExpressionSyntax? LambdaOf(SyntaxNode node) => node.Ancestors().TakeWhile(static a => a is not MemberDeclarationSyntax).OfType<LambdaExpressionSyntax>().FirstOrDefault();

    private static bool IsRound(LambdaExpressionSyntax lambda, SemanticModel model, CancellationToken cancellation) => lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } &&
        model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { Name: "For" or "ForEach", ContainingType: { Name: "Parallel", ContainingNamespace.Name: "Tasks" } };

    private static System.Collections.Generic.IEnumerable<ExpressionSyntax> Values(SyntaxNode body) => body.DescendantNodesAndSelf().SelectMany(static n => n switch
    {
        InvocationExpressionSyntax call => call.ArgumentList.Arguments.Select(static a => a.Expression),
        AssignmentExpressionSyntax assignment => [assignment.Right],
        _ => [],
    });

    private static bool IsWork(ExpressionSyntax value) => value.DescendantNodesAndSelf(static n => n is not AnonymousFunctionExpressionSyntax).Any(static n => n is
        BinaryExpressionSyntax or InvocationExpressionSyntax or ConditionalExpressionSyntax or BaseObjectCreationExpressionSyntax or InterpolatedStringExpressionSyntax or AwaitExpressionSyntax or SwitchExpressionSyntax);
}
