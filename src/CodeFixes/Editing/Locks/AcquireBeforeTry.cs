using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// The plain form: <c>acquire; try { … } finally { release; }</c>. What stands before the acquire moves with it, so the order stays, and
/// what it throws no longer comes to the release. Right only where the <c>try</c> does nothing else for these statements.
/// </summary>
internal static class AcquireBeforeTry
{
    /// <summary>The root with the first <paramref name="count"/> statements of the <c>try</c> in front of it, or null where they cannot stand there.</summary>
    public static SyntaxNode? Apply(SyntaxNode root, LockPair pair, int count, Layout layout, SemanticModel model)
    {
        var block = pair.Try.Block;
        var moved = block.Statements.Take(count).ToList();
        if (StatementLists.ScopeBefore(pair.Try) is not { } scope || !MayLeave(block, moved) || !LocalNames.FitInto(scope, block, moved, model))
        {
            return null;
        }

        var hasOwnLine = layout.StartsLine(pair.Try.TryKeyword);
        if (!hasOwnLine && moved.Any(s => layout.StartsLine(s) || !layout.IsOnOneLine(s) || s.GetTrailingTrivia().EndsLine()))
        {
            return null;
        }

        var before = pair.Try.GetLeadingTrivia();
        var indent = hasOwnLine ? layout.IndentOf(pair.Try) : "";
        var placed = moved.Select(s => hasOwnLine ? OnOwnLine(s, indent, layout) : s.WithTrailingTrivia(s.GetTrailingTrivia().Separating())).ToList();
        placed[0] = placed[0].WithLeadingTrivia(before.WithoutIndent().AddRange(placed[0].GetLeadingTrivia().WithoutBlankLines()));

        // A blank line behind an `if` stays behind it; behind a plain call it would part the acquire from its `try`.
        var next = block.Statements[count].GetLeadingTrivia();
        var gap = moved[count - 1] is IfStatementSyntax && next.WithoutBlankLines().Count < next.Count ? SyntaxFactory.TriviaList(layout.NewLine) : default;
        var guarded = pair.Try.WithBlock(StatementLists.WithoutFirst(layout, block, count)).WithLeadingTrivia(gap.AddRange(Trivia.Indent(indent)));
        return StatementLists.PutBefore(root, pair.Try, placed, guarded);
    }

    /// <summary>
    /// A <c>using</c> would dispose after the release instead of before it; a jump, label or local function ties the statements to those that stay.
    /// </summary>
    private static bool MayLeave(BlockSyntax block, IReadOnlyCollection<StatementSyntax> moved) =>
        moved.Count < block.Statements.Count && !block.Statements.Any(static s => s is LocalFunctionStatementSyntax) &&
        !moved.Any(static s => s.ContainsDirectives || s is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } ||
            s.DescendantNodesAndSelf().Any(static n => n is GotoStatementSyntax or LabeledStatementSyntax));

    private static StatementSyntax OnOwnLine(StatementSyntax statement, string indent, Layout layout)
    {
        var placed = layout.Shift(statement, layout.IndentOf(statement), indent);
        placed = placed.WithTrailingTrivia(placed.GetTrailingTrivia().EndingLine(layout));
        return layout.StartsLine(statement) ? placed : placed.WithLeadingTrivia(Trivia.Indent(indent).AddRange(placed.GetLeadingTrivia()));
    }
}
