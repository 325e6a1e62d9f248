using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Threadwise.CodeFixes.Editing;

/// <summary>The trivia of statements that change places.</summary>
internal static class Trivia
{
    /// <summary>A space, whatever the layout.</summary>
    public static SyntaxTriviaList Space { get; } = SyntaxFactory.TriviaList(SyntaxFactory.Space);

    public static SyntaxTriviaList Indent(string indent) =>
        indent.Length == 0 ? SyntaxFactory.TriviaList() : SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indent));

    /// <summary>Without the white space that the line of its token begins with.</summary>
    public static SyntaxTriviaList WithoutIndent(this SyntaxTriviaList trivia) =>
        trivia.Count > 0 && trivia.Last().IsKind(SyntaxKind.WhitespaceTrivia) ? trivia.RemoveAt(trivia.Count - 1) : trivia;

    /// <summary>Without the blank lines it begins with: what is first in a block has none before it.</summary>
    public static SyntaxTriviaList WithoutBlankLines(this SyntaxTriviaList trivia)
    {
        var start = 0;
        for (var i = 0; i < trivia.Count && (trivia[i].IsKind(SyntaxKind.WhitespaceTrivia) || trivia[i].IsKind(SyntaxKind.EndOfLineTrivia)); i++)
        {
            if (trivia[i].IsKind(SyntaxKind.EndOfLineTrivia))
            {
                start = i + 1;
            }
        }

        return SyntaxFactory.TriviaList(trivia.Skip(start));
    }

    public static bool EndsLine(this SyntaxTriviaList trivia) => trivia.Count > 0 && trivia.Last().IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>The trivia behind a token that nothing may follow on its line.</summary>
    public static SyntaxTriviaList EndingLine(this SyntaxTriviaList trivia, Layout layout) =>
        trivia.EndsLine() ? trivia : trivia.WithoutIndent().Add(layout.NewLine);

    /// <summary>The trivia behind a token that something follows: on the next line if there was one, else on the same.</summary>
    public static SyntaxTriviaList Separating(this SyntaxTriviaList trivia) =>
        trivia.EndsLine() || (trivia.Count > 0 && trivia.Last().IsKind(SyntaxKind.WhitespaceTrivia)) ? trivia : trivia.Add(SyntaxFactory.Space);

    public static bool IsComment(this SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    public static bool HasComments(this SyntaxNode node) => node.DescendantTrivia(descendIntoTrivia: true).Any(static t =>
        t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia) ||
        t.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || t.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia));

    /// <summary>Whether a comment stands inside the node, not before or behind it: an edit that rewrites the node would lose it.</summary>
    public static bool HasInnerComments(this SyntaxNode node) => node.DescendantTrivia()
        .Any(t => t.IsComment() && t.SpanStart > node.SpanStart && t.SpanStart < node.Span.End);
}
