using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.CodeFixes.Editing;

/// <summary>
/// How the source at hand is laid out, so that an edit can write as its surroundings do and leave what it does not change alone: the
/// formatter would also touch what the user aligned by hand. Ask it about nodes of the text it was made of, not about edited ones.
/// </summary>
internal sealed class Layout
{
    private readonly SourceText _text;

    public Layout(SourceText text)
    {
        _text = text;
        var ended = text.Lines.FirstOrDefault(static line => line.End < line.EndIncludingLineBreak);
        NewLine = SyntaxFactory.EndOfLine(
            ended.End < ended.EndIncludingLineBreak ? text.ToString(TextSpan.FromBounds(ended.End, ended.EndIncludingLineBreak)) : "\n");
    }

    public SyntaxTrivia NewLine { get; }

    /// <summary>What one level adds, seen from the white space of a line and of the one around it.</summary>
    public static string Step(string outer, string inner) =>
        inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal) ? inner.Substring(outer.Length) : "    ";

    /// <summary>Whether nothing stands before the token on its line.</summary>
    public bool StartsLine(SyntaxToken token)
    {
        var line = _text.Lines.GetLineFromPosition(token.SpanStart);
        return string.IsNullOrWhiteSpace(_text.ToString(TextSpan.FromBounds(line.Start, token.SpanStart)));
    }

    public bool StartsLine(SyntaxNode node) => StartsLine(node.GetFirstToken());

    /// <summary>Whether the node, without the trivia around it, is on one line.</summary>
    public bool IsOnOneLine(SyntaxNode node) => IsOnOneLine(node, node);

    /// <summary>Whether all from the one node to the other is on one line.</summary>
    public bool IsOnOneLine(SyntaxNode first, SyntaxNode last) => _text.Lines.IndexOf(first.SpanStart) == _text.Lines.IndexOf(last.Span.End);

    /// <summary>The white space that the line of the token begins with.</summary>
    public string IndentOf(SyntaxToken token)
    {
        var line = _text.Lines.GetLineFromPosition(token.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    public string IndentOf(SyntaxNode node) => IndentOf(node.GetFirstToken());

    /// <summary>
    /// The node with <paramref name="to"/> where its lines begin with <paramref name="from"/>. Lines inside strings and code that is
    /// switched off stay: their white space may mean something.
    /// </summary>
    public TNode Shift<TNode>(TNode node, string from, string to)
        where TNode : SyntaxNode =>
        from == to ? node : node.ReplaceTokens(node.DescendantTokens(), (token, _) => token
            .WithLeadingTrivia(Shift(token.LeadingTrivia, from, to, token.SpanStart))
            .WithTrailingTrivia(Shift(token.TrailingTrivia, from, to, null)));

    /// <summary>The trivia before a token that starts its line, without the white space right before it, shifted.</summary>
    public SyntaxTriviaList ShiftLinesBefore(SyntaxToken token, string from, string to) =>
        Shift(token.LeadingTrivia, from, to, null).WithoutIndent();

    private SyntaxTriviaList Shift(SyntaxTriviaList trivia, string from, string to, int? token)
    {
        var shifted = new List<SyntaxTrivia>(trivia.Count + 1);
        foreach (var piece in trivia)
        {
            var startsLine = IsLineStart(piece.SpanStart);
            var kind = piece.Kind();
            if (kind == SyntaxKind.MultiLineCommentTrivia)
            {
                Add(startsLine && from.Length == 0, SyntaxFactory.Comment(piece.ToString().Replace("\n" + from, "\n" + to)));
            }
            else if (kind == SyntaxKind.WhitespaceTrivia && startsLine && piece.ToString().StartsWith(from, StringComparison.Ordinal))
            {
                Add(false, SyntaxFactory.Whitespace(to + piece.ToString().Substring(from.Length)));
            }
            else
            {
                Add(startsLine && from.Length == 0 && kind == SyntaxKind.SingleLineCommentTrivia, piece);
            }
        }

        if (token is { } start && from.Length == 0 && IsLineStart(start))
        {
            shifted.Add(SyntaxFactory.Whitespace(to));
        }

        return SyntaxFactory.TriviaList(shifted);

        void Add(bool isUnindented, SyntaxTrivia piece)
        {
            if (isUnindented)
            {
                shifted.Add(SyntaxFactory.Whitespace(to));
            }

            shifted.Add(piece);
        }
    }

    private bool IsLineStart(int position) => _text.Lines.GetLineFromPosition(position).Start == position;
}
