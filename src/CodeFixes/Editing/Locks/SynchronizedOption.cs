using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>Takes <c>MethodImplOptions.Synchronized</c> away and leaves what else its attribute and list say.</summary>
internal static class SynchronizedOption
{
    /// <summary>The declaration without the option, or null where the attribute is written in a way that is not understood.</summary>
    public static SyntaxNode? Remove(SyntaxNode declaration, AttributeSyntax attribute)
    {
        if (attribute is not { ArgumentList.Arguments: { Count: 1 } arguments, Parent: AttributeListSyntax list } || list.ContainsDirectives || arguments[0].NameEquals is not null)
        {
            return null;
        }

        var option = arguments[0].Expression;
        if (IsOption(option))
        {
            return list.Attributes.Count == 1 ? WithoutList(declaration, list) : declaration.ReplaceNode(list, list.WithAttributes(list.Attributes.Remove(attribute)));
        }

        var part = option.DescendantNodes().OfType<ExpressionSyntax>().FirstOrDefault(IsOption);
        return part?.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseOrExpression } both && both.Ancestors().TakeWhile(n => n != arguments[0])
            .All(static n => n.IsKind(SyntaxKind.BitwiseOrExpression))
            ? declaration.ReplaceNode(both, (both.Left == part ? both.Right : both.Left).WithTriviaFrom(both))
            : null;
    }

    private static bool IsOption(ExpressionSyntax expression) => expression is
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Synchronized" } or IdentifierNameSyntax { Identifier.ValueText: "Synchronized", Parent: not MemberAccessExpressionSyntax };

    private static SyntaxNode? WithoutList(SyntaxNode declaration, AttributeListSyntax list)
    {
        var next = list.GetLastToken().GetNextToken();
        if (list.GetTrailingTrivia().Any(static t => t.IsComment()) || list.GetLeadingTrivia().Any(static t => t.IsDirective) || next.LeadingTrivia.Any(static t => t.IsDirective))
        {
            return null;
        }

        var leading = list.GetTrailingTrivia().EndsLine() ? list.GetLeadingTrivia().WithoutIndent() : list.GetLeadingTrivia();
        var tracked = declaration.ReplaceToken(next, next.WithLeadingTrivia(leading.AddRange(next.LeadingTrivia)));
        var now = tracked.DescendantNodes().OfType<AttributeListSyntax>().First(l => l.IsEquivalentTo(list) && l.SpanStart == list.SpanStart - declaration.FullSpan.Start);
        return tracked.RemoveNode(now, SyntaxRemoveOptions.KeepNoTrivia);
    }
}
