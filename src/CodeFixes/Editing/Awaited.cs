using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing;

/// <summary>An <c>await</c> in the place of an expression.</summary>
internal static class Awaited
{
    /// <summary><c>await task</c>, in parentheses where <paramref name="place"/> is the head of a longer expression.</summary>
    public static ExpressionSyntax Of(ExpressionSyntax task, SyntaxNode place)
    {
        var awaited = SyntaxFactory.AwaitExpression(SyntaxFactory.Token(default, SyntaxKind.AwaitKeyword, Trivia.Space), task);
        return place.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax or PostfixUnaryExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(awaited) : awaited;
    }
}
