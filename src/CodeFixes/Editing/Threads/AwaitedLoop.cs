using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Threads;

/// <summary>An awaited <c>Parallel.ForEachAsync</c> or <c>ForAsync</c> in place of a parallel loop that is a statement and has an async body.</summary>
internal static class AwaitedLoop
{
    public static ExpressionSyntax? Of(InvocationExpressionSyntax call)
    {
        var name = call.Expression switch
        {
            MemberAccessExpressionSyntax member => member.Name,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
        var body = call.ArgumentList.Arguments.Select(static a => a.Expression).OfType<AnonymousFunctionExpressionSyntax>().SingleOrDefault();
        if (name is null || body is null || Lambdas.WithToken(body) is not { } async)
        {
            return null;
        }

        var twin = name.WithIdentifier(SyntaxFactory.Identifier(name.Identifier.ValueText + "Async").WithTriviaFrom(name.Identifier));
        var loop = call.ReplaceNodes(new SyntaxNode[] { name, body }, (old, _) => old == name ? twin : async);
        return SyntaxFactory.AwaitExpression(
            SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithLeadingTrivia(call.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space),
            loop.WithoutLeadingTrivia());
    }
}
