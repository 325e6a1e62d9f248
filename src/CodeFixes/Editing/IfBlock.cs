using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing;

/// <summary>Puts statements that stand in the source under an <c>if</c> or a <c>using</c>, on the lines they have; on one line if they are.</summary>
internal sealed class IfBlock
{
    private readonly Layout _layout;
    private readonly bool _isOneLine;
    private readonly string _indent;
    private readonly string _deeper;
    private readonly bool _bracesHaveOwnLine;

    /// <param name="layout">The layout of the source.</param>
    /// <param name="first">The first of the statements that the edit touches, where the <c>if</c> will stand.</param>
    /// <param name="last">The last of them.</param>
    public IfBlock(Layout layout, StatementSyntax first, StatementSyntax last)
    {
        _layout = layout;
        (_isOneLine, _indent, _deeper, _bracesHaveOwnLine) = BlockStyle.Of(layout, first, last);
    }

    /// <summary>What comes before an <c>if</c> that stands behind another new statement.</summary>
    public SyntaxTriviaList Start => _isOneLine ? default : Trivia.Indent(_indent);

    /// <summary><c>if (condition) { body }</c>.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="body">The statements, made <see cref="Deeper"/>.</param>
    /// <param name="before">What comes before the <c>if</c>: comments, its indentation.</param>
    /// <param name="behind">What stood behind the statement that becomes the condition: a comment, the end of its line.</param>
    public StatementSyntax Of(ExpressionSyntax condition, IReadOnlyList<StatementSyntax> body, SyntaxTriviaList before, SyntaxTriviaList behind)
    {
        var end = body[body.Count - 1].GetTrailingTrivia();
        var line = SyntaxFactory.TriviaList(_layout.NewLine);
        var (header, open, close) = _isOneLine
            ? (HasComment(behind) ? behind : Trivia.Space, Token(default, SyntaxKind.OpenBraceToken, Trivia.Space), Token(default, SyntaxKind.CloseBraceToken, end))
            : _bracesHaveOwnLine
                ? (behind.EndingLine(_layout), Token(Start, SyntaxKind.OpenBraceToken, line), Token(Start, SyntaxKind.CloseBraceToken, EndOfClose()))
                : (Trivia.Space, Token(default, SyntaxKind.OpenBraceToken, behind.EndingLine(_layout)), Token(Start, SyntaxKind.CloseBraceToken, EndOfClose()));
        var statements = body.ToArray();
        statements[statements.Length - 1] = statements[statements.Length - 1].WithTrailingTrivia(_isOneLine ? Trivia.Space : end.EndingLine(_layout));
        statements[0] = statements[0].WithLeadingTrivia(_isOneLine ? default : statements[0].GetLeadingTrivia().WithoutBlankLines());
        return SyntaxFactory.IfStatement(
            Token(before, SyntaxKind.IfKeyword, Trivia.Space),
            Token(default, SyntaxKind.OpenParenToken, default),
            condition.WithoutLeadingTrivia(),
            Token(default, SyntaxKind.CloseParenToken, header),
            SyntaxFactory.Block(open, SyntaxFactory.List(statements), close),
            null);

        SyntaxTriviaList EndOfClose() => end.EndsLine() ? line : HasComment(end) ? Trivia.Space : end;
    }

    /// <summary><c>using (resource) { body }</c>, laid out as <see cref="Of"/> does.</summary>
    public StatementSyntax Using(ExpressionSyntax resource, IReadOnlyList<StatementSyntax> body, SyntaxTriviaList before, SyntaxTriviaList behind)
    {
        var test = (IfStatementSyntax)Of(resource, body, before, behind);
        return SyntaxFactory.UsingStatement(
            default, Token(before, SyntaxKind.UsingKeyword, Trivia.Space), test.OpenParenToken, null, test.Condition, test.CloseParenToken, test.Statement);
    }

    /// <summary>The statements of the source, one level further in; the first begins a line.</summary>
    public IReadOnlyList<StatementSyntax> Deeper(IReadOnlyList<StatementSyntax> statements)
    {
        var deeper = statements.Select(s => _layout.Shift(s, _indent, _deeper)).ToArray();
        deeper[0] = _layout.StartsLine(statements[0]) ? deeper[0] : deeper[0].WithLeadingTrivia(Trivia.Indent(_deeper).AddRange(deeper[0].GetLeadingTrivia()));
        return deeper;
    }

    /// <summary>The <c>try</c> without the statement that its block begins with, one level further in and without the lines above it.</summary>
    public TryStatementSyntax WithoutFirst(TryStatementSyntax guarded)
    {
        var (first, next) = (guarded.Block.Statements[0], guarded.Block.Statements.ElementAtOrDefault(1));
        var deeper = _layout.Shift(guarded, _indent, _deeper).WithLeadingTrivia(Trivia.Indent(_deeper));
        var (open, rest) = (deeper.Block.OpenBraceToken, deeper.Block.Statements.RemoveAt(0));
        if (next is not null && _layout.StartsLine(next))
        {
            open = open.WithTrailingTrivia(open.TrailingTrivia.EndingLine(_layout));
            rest = rest.Replace(rest[0], rest[0].WithLeadingTrivia(rest[0].GetLeadingTrivia().WithoutBlankLines()));
        }
        else if (next is not null && _layout.StartsLine(first))
        {
            rest = rest.Replace(rest[0], rest[0].WithLeadingTrivia(first.GetLeadingTrivia().Where(static t => t.IsKind(SyntaxKind.WhitespaceTrivia)).Concat(rest[0].GetLeadingTrivia())));
        }

        return deeper.WithBlock(deeper.Block.WithOpenBraceToken(open).WithStatements(rest));
    }

    /// <summary>The statement with a line, or at least a space, between it and the <c>if</c>.</summary>
    public StatementSyntax Apart(StatementSyntax statement) => statement.WithTrailingTrivia(
        _isOneLine ? statement.GetTrailingTrivia().Separating() : statement.GetTrailingTrivia().EndingLine(_layout));

    /// <summary>The comments among <paramref name="trivia"/> above a new line, which they leave at its indentation.</summary>
    public SyntaxTriviaList Comments(SyntaxTriviaList trivia) => SyntaxFactory.TriviaList(trivia.Where(static t => t.IsComment())
        .SelectMany(comment => _isOneLine ? Trivia.Space.Insert(0, comment) : Start.Insert(0, _layout.NewLine).Insert(0, comment)));

    private static bool HasComment(SyntaxTriviaList trivia) => trivia.Any(static t => t.IsComment());

    private static SyntaxToken Token(SyntaxTriviaList leading, SyntaxKind kind, SyntaxTriviaList trailing) => SyntaxFactory.Token(leading, kind, trailing);
}
