using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// The form for a <c>try</c> that has more to do: <c>try { acquire; try { … } finally { release; } } catch … finally { others }</c>. The
/// outer one still sees what the acquire throws. Its handlers now run without the lock, so they must not need it.
/// </summary>
internal static class InnerTry
{
    public static SyntaxNode? Apply(SyntaxNode root, LockPair pair, int count, Layout layout, SemanticModel model)
    {
        var block = pair.Try.Block;
        if (!pair.ReleasesFirst || (pair.OnlyReleases && pair.Try.Catches.Count == 0) || !MayPart(block, count) ||
            pair.Try.Catches.Any(clause => CatchState.IsTouchedBy(clause, model)))
        {
            return null;
        }

        var (inner, close) = layout.IsOnOneLine(block) ? OnOneLine(pair, count, layout) : OnLines(pair, count, layout);
        if (inner is null)
        {
            return null;
        }

        var outer = pair.Try.WithBlock(block.WithCloseBraceToken(close).WithStatements(SyntaxFactory.List(block.Statements.Take(count).Append(inner))));
        outer = pair.OnlyReleases ? outer.WithFinally(null)
            : outer.WithFinally(pair.Try.Finally!.WithBlock(StatementLists.WithoutFirst(layout, pair.Try.Finally.Block, 1)));
        return root.ReplaceNode(pair.Try, pair.OnlyReleases && pair.Try.GetTrailingTrivia().EndsLine()
            ? outer.WithTrailingTrivia(outer.GetTrailingTrivia().EndingLine(layout))
            : outer);
    }

    /// <summary>
    /// A <c>using</c> before the acquire would dispose after the release; a jump or local function must not come to lie on the other side of the
    /// new braces.
    /// </summary>
    private static bool MayPart(BlockSyntax block, int count) =>
        count < block.Statements.Count && !block.Statements.Any(static s => s is LocalFunctionStatementSyntax) &&
        !block.Statements.Take(count).Any(static s => s is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } ||
            s.DescendantNodesAndSelf().Any(static n => n is GotoStatementSyntax or LabeledStatementSyntax));

    private static (TryStatementSyntax? Inner, SyntaxToken Close) OnLines(LockPair pair, int count, Layout layout)
    {
        var block = pair.Try.Block;
        var cleanup = pair.Try.Finally!;
        if (!block.Statements.All(layout.StartsLine) || !layout.StartsLine(block.CloseBraceToken) ||
            (!pair.OnlyReleases && !layout.StartsLine(pair.Release) && pair.Release.HasComments()))
        {
            return default;
        }

        var outerIndent = layout.IndentOf(block.CloseBraceToken);
        var indent = layout.IndentOf(pair.Unit.First);
        var deeper = indent + Layout.Step(outerIndent, indent);
        var line = SyntaxFactory.TriviaList(layout.NewLine);
        var bracesHaveOwnLine = layout.StartsLine(block.OpenBraceToken);
        var afterKeyword = bracesHaveOwnLine ? line : Trivia.Space;
        var open = SyntaxFactory.Token(bracesHaveOwnLine ? Trivia.Indent(indent) : default, SyntaxKind.OpenBraceToken, line);
        var finallyHasOwnLine = layout.StartsLine(cleanup.FinallyKeyword);

        var rest = SyntaxFactory.List(block.Statements.Skip(count).Select(s => layout.Shift(s, indent, deeper)));
        rest = rest.Replace(rest[0], rest[0].WithLeadingTrivia(rest[0].GetLeadingTrivia().WithoutBlankLines()));
        var close = SyntaxFactory.Token(
            layout.ShiftLinesBefore(block.CloseBraceToken, indent, deeper).AddRange(Trivia.Indent(indent)), SyntaxKind.CloseBraceToken, finallyHasOwnLine ? line : Trivia.Space);
        var body = SyntaxFactory.Block(open, rest, close);

        FinallyClauseSyntax release;
        if (pair.OnlyReleases)
        {
            release = layout.Shift(cleanup, outerIndent, indent);
            release = release.WithTrailingTrivia(release.GetTrailingTrivia().EndingLine(layout));
        }
        else
        {
            var statement = layout.Shift(pair.Release, layout.IndentOf(pair.Release), deeper);
            statement = layout.StartsLine(pair.Release) ? statement : statement.WithLeadingTrivia(Trivia.Indent(deeper));
            statement = statement.WithTrailingTrivia(statement.GetTrailingTrivia().EndingLine(layout));
            release = SyntaxFactory.FinallyClause(
                SyntaxFactory.Token(finallyHasOwnLine ? Trivia.Indent(indent) : default, SyntaxKind.FinallyKeyword, afterKeyword),
                SyntaxFactory.Block(
                    open, SyntaxFactory.SingletonList<StatementSyntax>(statement),
                    SyntaxFactory.Token(Trivia.Indent(indent), SyntaxKind.CloseBraceToken, line)));
        }

        var inner = SyntaxFactory.TryStatement(
            SyntaxFactory.Token(Trivia.Indent(indent), SyntaxKind.TryKeyword, afterKeyword), body, default, release);
        return (inner, block.CloseBraceToken.WithLeadingTrivia(Trivia.Indent(outerIndent)));
    }

    private static (TryStatementSyntax? Inner, SyntaxToken Close) OnOneLine(LockPair pair, int count, Layout layout)
    {
        if (pair.OnlyReleases ? pair.Try.Finally!.HasComments() : pair.Release.HasComments())
        {
            return default;
        }

        var rest = pair.Try.Block.Statements.Skip(count).ToList();
        var last = rest[rest.Count - 1];
        rest[rest.Count - 1] = last.WithTrailingTrivia(last.GetTrailingTrivia().Separating());
        var inner = SyntaxFactory.TryStatement(
            Spaced(SyntaxKind.TryKeyword), Block([.. rest]), default,
            SyntaxFactory.FinallyClause(Spaced(SyntaxKind.FinallyKeyword), Block(pair.Release.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space))));
        return (inner, pair.Try.Block.CloseBraceToken);

        static BlockSyntax Block(params StatementSyntax[] statements) =>
            SyntaxFactory.Block(Spaced(SyntaxKind.OpenBraceToken), SyntaxFactory.List(statements), Spaced(SyntaxKind.CloseBraceToken));

        static SyntaxToken Spaced(SyntaxKind kind) => SyntaxFactory.Token(default, kind, Trivia.Space);
    }
}
