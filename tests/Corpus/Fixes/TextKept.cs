using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Corpus.Fixes;

/// <summary>Looks for what a fix must leave alone: the code it is not about, comments, <c>#if</c> and its kin.</summary>
internal static class TextKept
{
    /// <param name="before">The document with the reports.</param>
    /// <param name="after">The repaired document.</param>
    /// <param name="places">The places of the reports that were repaired and their additional places: their members may change.</param>
    public static IEnumerable<Flaw> Check(SyntaxNode before, SyntaxNode after, IReadOnlyCollection<TextSpan> places)
    {
        var kept = Members(before).Where(member => !places.Any(member.Span.IntersectsWith)).Select(Text);
        using var now = Members(after).Select(Text).GetEnumerator();
        foreach (var member in kept)
        {
            // New members may stand between; the old ones stay as they are and in their order.
            if (!MoveTo(now, member))
            {
                yield return new Flaw(FlawKind.OtherCodeChanged, FirstLine(member));
                break;
            }
        }

        foreach (var lost in Multiset.Added(Remarks(after), Remarks(before)))
        {
            yield return new Flaw(FlawKind.CommentLost, FirstLine(lost));
        }
    }

    /// <summary>The members that hold no other member; the top-level statements of a program are one body and come one by one.</summary>
    private static IEnumerable<SyntaxNode> Members(SyntaxNode root) =>
        root.DescendantNodes(static n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
            .Where(static n => n is MemberDeclarationSyntax and not (BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax));

    /// <summary>With its comments, without the blank space around it.</summary>
    private static string Text(SyntaxNode member) => member.ToFullString().Trim();

    private static bool MoveTo(IEnumerator<string> members, string wanted)
    {
        while (members.MoveNext())
        {
            if (members.Current == wanted)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Remarks(SyntaxNode root) =>
        root.DescendantTrivia(descendIntoTrivia: false).Where(static t => t.IsDirective || IsComment(t)).Select(static t => Squeezed(t.ToFullString()));

    /// <summary>A comment that was indented anew is the same comment.</summary>
    private static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, System.StringSplitOptions.RemoveEmptyEntries));

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or
        SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia or SyntaxKind.DisabledTextTrivia;

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();
}
