using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// The form that changes nothing but the fault: <c>var taken = false; try { …; acquire; taken = true; … } finally { if (taken) { release; } }</c>.
/// Handlers still see what the acquire throws, and everything runs in the order it ran in.
/// </summary>
internal static class ReleaseFlag
{
    public static SyntaxNode? Apply(SyntaxNode root, LockPair pair, Layout layout, SemanticModel model)
    {
        if (StatementLists.ScopeBefore(pair.Try) is null || IsCrooked(pair.Unit.Last, layout))
        {
            return null;
        }

        var name = LocalNames.ForFlag(pair.Try, pair.LockName, model);
        var guarded = pair.Try.TrackNodes(pair.Unit.Last, pair.Release);
        guarded = guarded.ReplaceNode(guarded.GetCurrentNode(pair.Release)!, Guarded(pair, name, layout));
        var acquired = guarded.GetCurrentNode(pair.Unit.Last)!;
        var setting = Setting(pair.Unit.Last, name, layout);
        guarded = guarded.ReplaceNode(acquired, [acquired.WithTrailingTrivia(acquired.GetTrailingTrivia().Separating()), setting]);

        var flag = SyntaxFactory.ParseStatement($"var {name} = false;").WithLeadingTrivia(pair.Try.GetLeadingTrivia());
        var hasOwnLine = layout.StartsLine(pair.Try.TryKeyword);
        return StatementLists.PutBefore(
            root, pair.Try, [flag.WithTrailingTrivia(hasOwnLine ? SyntaxFactory.TriviaList(layout.NewLine) : Trivia.Space)],
            guarded.WithLeadingTrivia(Trivia.Indent(hasOwnLine ? layout.IndentOf(pair.Try) : "")));
    }

    /// <summary>A statement that follows something on its line and ends that line: where the next one would stand is anybody's guess.</summary>
    private static bool IsCrooked(StatementSyntax statement, Layout layout) => !layout.StartsLine(statement) && statement.GetTrailingTrivia().EndsLine();

    private static StatementSyntax Setting(StatementSyntax acquired, string name, Layout layout)
    {
        var setting = SyntaxFactory.ParseStatement($"{name} = true;");
        return acquired.GetTrailingTrivia().EndsLine()
            ? setting.WithLeadingTrivia(Trivia.Indent(layout.IndentOf(acquired))).WithTrailingTrivia(layout.NewLine)
            : setting.WithTrailingTrivia(SyntaxFactory.Space);
    }

    private static StatementSyntax Guarded(LockPair pair, string name, Layout layout)
    {
        var release = pair.Release;
        var guard = (IfStatementSyntax)SyntaxFactory.ParseStatement($"if ({name}) {{ }}");
        var block = (BlockSyntax)guard.Statement;
        if (!layout.StartsLine(release))
        {
            var inline = release.WithLeadingTrivia().WithTrailingTrivia(SyntaxFactory.Space);
            return guard.WithLeadingTrivia(release.GetLeadingTrivia()).WithStatement(
                block.WithStatements(SyntaxFactory.SingletonList<StatementSyntax>(inline)).WithTrailingTrivia(release.GetTrailingTrivia()));
        }

        var indent = layout.IndentOf(release);
        var inner = indent + Layout.Step(layout.IndentOf(pair.Try.Block.CloseBraceToken), indent);
        var placed = layout.Shift(release, indent, inner);
        placed = placed.WithLeadingTrivia(Trivia.Indent(inner)).WithTrailingTrivia(placed.GetTrailingTrivia().EndingLine(layout));
        var bracesHaveOwnLine = layout.StartsLine(((BlockSyntax)release.Parent!).OpenBraceToken);
        var open = bracesHaveOwnLine ? SyntaxFactory.Token(Trivia.Indent(indent), SyntaxKind.OpenBraceToken, SyntaxFactory.TriviaList(layout.NewLine))
            : SyntaxFactory.Token(SyntaxFactory.TriviaList(), SyntaxKind.OpenBraceToken, SyntaxFactory.TriviaList(layout.NewLine));
        var close = SyntaxFactory.Token(
            Trivia.Indent(indent), SyntaxKind.CloseBraceToken,
            release.GetTrailingTrivia().EndsLine() ? SyntaxFactory.TriviaList(layout.NewLine) : Trivia.Space);
        return guard
            .WithCloseParenToken(guard.CloseParenToken.WithTrailingTrivia(bracesHaveOwnLine ? SyntaxFactory.TriviaList(layout.NewLine) : Trivia.Space))
            .WithLeadingTrivia(release.GetLeadingTrivia())
            .WithStatement(SyntaxFactory.Block(open, SyntaxFactory.SingletonList<StatementSyntax>(placed), close));
    }
}
