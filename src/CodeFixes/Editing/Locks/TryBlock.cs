using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>Writes <c>try { … } finally { release; }</c> around a region, on the lines it has.</summary>
internal sealed class TryBlock
{
    private readonly Layout _layout;
    private readonly TryFinallyRegion _region;
    private readonly BlockStyle _style;
    private readonly SyntaxTriviaList _line;

    public TryBlock(Layout layout, TryFinallyRegion region)
    {
        _layout = layout;
        _region = region;
        _line = SyntaxFactory.TriviaList(layout.NewLine);
        var style = BlockStyle.Of(layout, region.Body[0], region.Last);
        _style = style with { IsOneLine = layout.IsOnOneLine(region.Opening, region.Last) };
    }

    /// <summary>Lines that are neither one nor one a statement are left to their author, and so is a comment that would lose its place.</summary>
    public bool Fits =>
        (_style.IsOneLine || (_region.Body.All(_layout.StartsLine) && (_region.Release is null || _layout.StartsLine(_region.Release)))) &&
        _region.Inner.All(r => !r.HasComments() || (_layout.StartsLine(r) && Next(r) is { } next && _layout.StartsLine(next))) &&
        _region.Inner.All(r => _layout.StartsLine(r) || Next(r) is not { } next || !_layout.StartsLine(next));

    /// <summary>The statement one level further in, without the releases that the <c>finally</c> takes over.</summary>
    public StatementSyntax WithoutReleases(StatementSyntax statement)
    {
        var shifted = _style.IsOneLine ? statement : _layout.Shift(statement, _style.Indent, _style.Deeper);
        var inner = _region.Inner.Where(r => statement.Span.Contains(r.Span)).ToList();
        if (inner.Count == 0)
        {
            return shifted;
        }

        // Other white space does not change which node is the how-manieth.
        var (old, now) = (statement.DescendantNodes().ToList(), shifted.DescendantNodes().ToList());
        var gone = inner.Select(r => (Old: r, Now: (StatementSyntax)now[old.IndexOf(r)])).ToList();
        shifted = shifted.TrackNodes(gone.SelectMany(static g => new[] { g.Now, Next(g.Now) ?? Previous(g.Now) }));
        foreach (var (before, marked) in gone)
        {
            var release = shifted.GetCurrentNode(marked)!;
            shifted = Next(marked) is { } next ? shifted.ReplaceNode(shifted.GetCurrentNode(next)!, TakingPlaceOf(release, shifted.GetCurrentNode(next)!, before))
                : _layout.StartsLine(before) ? shifted
                : shifted.ReplaceNode(shifted.GetCurrentNode(Previous(marked))!, shifted.GetCurrentNode(Previous(marked))!.WithTrailingTrivia(release.GetTrailingTrivia()));
            shifted = shifted.RemoveNode(shifted.GetCurrentNode(marked)!, SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        return shifted;
    }

    /// <summary>The <c>try</c> with its <c>finally</c>.</summary>
    public StatementSyntax Of(IReadOnlyList<StatementSyntax> body)
    {
        var statements = body.ToArray();
        var last = statements.Length - 1;
        var end = _region.Last.GetTrailingTrivia();
        StatementSyntax release = _region.Release ?? _region.AnyRelease.WithoutTrivia();
        if (_style.IsOneLine)
        {
            statements[last] = statements[last].WithTrailingTrivia(
                _region.Release is null ? Trivia.Space : statements[last].GetTrailingTrivia().WithoutIndent().Add(SyntaxFactory.Space));
            return SyntaxFactory.TryStatement(
                Token(default, SyntaxKind.TryKeyword, Trivia.Space),
                SyntaxFactory.Block(Token(default, SyntaxKind.OpenBraceToken, Trivia.Space), SyntaxFactory.List(statements), Token(default, SyntaxKind.CloseBraceToken, Trivia.Space)),
                default,
                SyntaxFactory.FinallyClause(
                    Token(default, SyntaxKind.FinallyKeyword, Trivia.Space),
                    SyntaxFactory.Block(
                        Token(default, SyntaxKind.OpenBraceToken, Trivia.Space), SyntaxFactory.SingletonList(release.WithTrailingTrivia(SyntaxFactory.Space)),
                        Token(default, SyntaxKind.CloseBraceToken, end))));
        }

        // A blank line behind an `if` stays behind it; behind a plain call it would part the acquire from its `try`.
        var lead = statements[0].GetLeadingTrivia();
        var gap = _region.First > 0 && _region.List.Statements[_region.First - 1] is IfStatementSyntax && lead.WithoutBlankLines().Count < lead.Count ? _line : default;
        statements[0] = statements[0].WithLeadingTrivia(lead.WithoutBlankLines());
        statements[last] = statements[last].WithTrailingTrivia(statements[last].GetTrailingTrivia().EndingLine(_layout));
        release = _region.Release is null
            ? release.WithLeadingTrivia(Trivia.Indent(_style.Deeper)).WithTrailingTrivia(_line)
            : _layout.Shift(release, _style.Indent, _style.Deeper);
        release = release.WithLeadingTrivia(release.GetLeadingTrivia().WithoutBlankLines()).WithTrailingTrivia(release.GetTrailingTrivia().EndingLine(_layout));
        return SyntaxFactory.TryStatement(
            Token(gap.AddRange(Indent), SyntaxKind.TryKeyword, BeforeBrace),
            Block(statements, _style.BracesHaveOwnLine ? _line : Trivia.Space),
            default,
            SyntaxFactory.FinallyClause(
                Token(_style.BracesHaveOwnLine ? Indent : default, SyntaxKind.FinallyKeyword, BeforeBrace),
                Block([release], end.EndsLine() ? _line : SyntaxFactory.TriviaList(end.Where(static t => !t.IsComment())))));
    }

    /// <summary>The acquire with a line, or at least a space, between it and the <c>try</c>.</summary>
    public StatementSyntax Apart(StatementSyntax statement) => statement.WithTrailingTrivia(
        _style.IsOneLine ? statement.GetTrailingTrivia().Separating() : statement.GetTrailingTrivia().EndingLine(_layout));

    /// <summary>A new statement on a line of its own.</summary>
    public StatementSyntax Line(StatementSyntax statement) => _style.IsOneLine
        ? statement.WithTrailingTrivia(Trivia.Space)
        : statement.WithLeadingTrivia(Indent).WithTrailingTrivia(_line);

    /// <summary>A new line in front of the acquire: blank lines stay in front of both, comments go with the acquire.</summary>
    public (StatementSyntax Added, StatementSyntax Acquire) InFrontOf(StatementSyntax added, StatementSyntax acquire)
    {
        var leading = acquire.GetLeadingTrivia();
        var rest = leading.WithoutBlankLines();
        var blank = SyntaxFactory.TriviaList(leading.Take(leading.Count - rest.Count));
        return _style.IsOneLine
            ? (added.WithLeadingTrivia(leading), acquire.WithoutLeadingTrivia())
            : (added.WithLeadingTrivia(blank.AddRange(Indent)), acquire.WithLeadingTrivia(rest));
    }

    private SyntaxTriviaList Indent => Trivia.Indent(_style.Indent);

    private SyntaxTriviaList BeforeBrace => _style.BracesHaveOwnLine ? _line : Trivia.Space;

    private BlockSyntax Block(IEnumerable<StatementSyntax> statements, SyntaxTriviaList end) => SyntaxFactory.Block(
        Token(_style.BracesHaveOwnLine ? Indent : default, SyntaxKind.OpenBraceToken, _line), SyntaxFactory.List(statements), Token(Indent, SyntaxKind.CloseBraceToken, end));

    /// <summary>The statement behind a release, in the place of both; the comments of the release stay above it.</summary>
    private StatementSyntax TakingPlaceOf(StatementSyntax release, StatementSyntax next, StatementSyntax before)
    {
        var leading = release.GetLeadingTrivia();
        if (!_layout.StartsLine(before) || !_layout.StartsLine(Next(before)!))
        {
            return next.WithLeadingTrivia(leading);
        }

        var indent = SyntaxFactory.TriviaList(leading.Where((t, i) => i == leading.Count - 1 && t.IsKind(SyntaxKind.WhitespaceTrivia)));
        var behind = release.GetTrailingTrivia().Where(static t => t.IsComment()).SelectMany(comment => indent.Add(comment).Add(_layout.NewLine));
        return next.WithLeadingTrivia(leading.WithoutIndent().AddRange(behind).AddRange(next.GetLeadingTrivia().WithoutBlankLines()));
    }

    private static StatementSyntax? Next(StatementSyntax statement) => Neighbour(statement, 1);

    private static StatementSyntax Previous(StatementSyntax statement) => Neighbour(statement, -1)!;

    private static StatementSyntax? Neighbour(StatementSyntax statement, int distance) =>
        Siblings.Around(statement)?.Statements is { } list ? list.ElementAtOrDefault(list.IndexOf(statement) + distance) : null;

    private static SyntaxToken Token(SyntaxTriviaList leading, SyntaxKind kind, SyntaxTriviaList trailing) => SyntaxFactory.Token(leading, kind, trailing);
}
