using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing;

/// <summary>Statements put in front of one and taken from the start of a block, in whatever C# lets statements stand in.</summary>
internal static class StatementLists
{
    /// <summary>
    /// The root with <paramref name="before"/> in front of <paramref name="statement"/>, which becomes <paramref name="changed"/>; labels stay in
    /// front of all. Null where there is room for one statement only.
    /// </summary>
    public static SyntaxNode? PutBefore(SyntaxNode root, StatementSyntax statement, IReadOnlyList<StatementSyntax> before, StatementSyntax changed)
    {
        var labeled = Labeled(statement);
        var first = labeled == statement ? before[0] : labeled.ReplaceNode(statement, before[0]);
        var statements = new List<StatementSyntax> { first };
        statements.AddRange(before.Skip(1));
        statements.Add(changed);
        return labeled.Parent switch
        {
            BlockSyntax or SwitchSectionSyntax => root.ReplaceNode(labeled, statements),
            GlobalStatementSyntax global => root.ReplaceNode(global, statements.Select(SyntaxFactory.GlobalStatement)),
            _ => null,
        };
    }

    /// <summary>
    /// The same for one new statement without trivia: it gets a line of its own where <paramref name="statement"/> has one. A comment above the statement
    /// speaks of it and stays with it; a blank line goes above the new one. <paramref name="changed"/> has the leading trivia of <paramref name="statement"/>.
    /// </summary>
    public static SyntaxNode? PutOnLineBefore(SyntaxNode root, Layout layout, StatementSyntax statement, StatementSyntax before, StatementSyntax? changed = null)
    {
        changed ??= statement;
        return layout.StartsLine(statement)
            ? PutBefore(root, statement, [OnLineAbove(layout, statement, before)], changed.WithLeadingTrivia(changed.GetLeadingTrivia().WithoutBlankLines()))
            : PutBefore(root, statement, [before.WithLeadingTrivia(changed.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space)], changed.WithLeadingTrivia());
    }

    /// <summary>The root with one new statement without trivia behind <paramref name="last"/>, one of <paramref name="list"/>: on a line of its own, unless more follows on the line of that one.</summary>
    public static SyntaxNode PutOnLineAfter(SyntaxNode root, Layout layout, Siblings list, StatementSyntax last, StatementSyntax added)
    {
        var hasOwnLine = layout.StartsLine(last) || last.GetTrailingTrivia().EndsLine();
        var behind = added.WithLeadingTrivia(hasOwnLine ? Trivia.Indent(layout.IndentOf(last)) : default).WithTrailingTrivia(hasOwnLine ? SyntaxFactory.TriviaList(layout.NewLine) : last.GetTrailingTrivia());
        var ended = last.WithTrailingTrivia(hasOwnLine ? last.GetTrailingTrivia().EndingLine(layout) : last.GetTrailingTrivia().Separating());
        return list.Replace(root, list.Statements.IndexOf(last), 1, ended, behind);
    }

    /// <summary>The new statement on a line of its own above one that starts its line, below the blank lines above that.</summary>
    public static StatementSyntax OnLineAbove(Layout layout, StatementSyntax statement, StatementSyntax added)
    {
        var leading = statement.GetLeadingTrivia();
        var blank = SyntaxFactory.TriviaList(leading.Take(leading.Count - leading.WithoutBlankLines().Count));
        return added.WithLeadingTrivia(blank.AddRange(Trivia.Indent(layout.IndentOf(statement)))).WithTrailingTrivia(layout.NewLine);
    }

    /// <summary>The scope that a local declared in front of <paramref name="statement"/> has, or null where none can stand.</summary>
    public static SyntaxNode? ScopeBefore(StatementSyntax statement) => Labeled(statement).Parent switch
    {
        BlockSyntax block => block,
        SwitchSectionSyntax section => section.Parent,
        GlobalStatementSyntax global => global.Parent,
        _ => null,
    };

    /// <summary>The block without its first <paramref name="count"/> statements; the rest keeps its lines.</summary>
    public static BlockSyntax WithoutFirst(Layout layout, BlockSyntax block, int count)
    {
        var first = block.Statements[count];
        var hadOwnLine = layout.StartsLine(block.Statements[0]);
        var hasOwnLine = layout.StartsLine(first);
        var leading = first.GetLeadingTrivia();
        leading = hasOwnLine ? leading.WithoutBlankLines()
            : hadOwnLine ? Trivia.Indent(layout.IndentOf(block.Statements[0])).AddRange(leading)
            : leading;
        var open = hasOwnLine && !hadOwnLine
            ? block.OpenBraceToken.WithTrailingTrivia(block.OpenBraceToken.TrailingTrivia.EndingLine(layout))
            : block.OpenBraceToken;
        var rest = block.Statements.Skip(count + 1).Prepend(first.WithLeadingTrivia(leading));
        return block.WithOpenBraceToken(open).WithStatements(SyntaxFactory.List(rest));
    }

    private static StatementSyntax Labeled(StatementSyntax statement)
    {
        while (statement.Parent is LabeledStatementSyntax labeled)
        {
            statement = labeled;
        }

        return statement;
    }
}
