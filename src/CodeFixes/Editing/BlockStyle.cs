using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing;

/// <summary>How new braces around statements of the source are to be written.</summary>
/// <param name="IsOneLine">All of it on one line.</param>
/// <param name="Indent">The white space in front of the braces.</param>
/// <param name="Deeper">The white space in front of what they hold.</param>
/// <param name="BracesHaveOwnLine">The opening one stands on a line of its own.</param>
internal sealed record BlockStyle(bool IsOneLine, string Indent, string Deeper, bool BracesHaveOwnLine)
{
    /// <summary>
    /// What follows the head of a statement that governs <paramref name="statement"/>: the statement in braces, in this style and over several lines. <paramref name="remark"/> stays on the line of the head.
    /// </summary>
    public string Braced(string statement, Layout layout, string remark = "")
    {
        var line = layout.NewLine.ToString();
        var open = BracesHaveOwnLine ? $"{remark}{line}{Indent}{{" : $" {{{remark}";
        return $"{open}{line}{Deeper}{statement}{line}{Indent}}}";
    }

    /// <summary>As the block around the statements is written, or else the first of the file that goes over several lines.</summary>
    public static BlockStyle Of(Layout layout, StatementSyntax first, StatementSyntax last)
    {
        var model = first.Ancestors().Concat(first.SyntaxTree.GetRoot().DescendantNodes()).OfType<BlockSyntax>()
            .FirstOrDefault(block => block.Statements.Count > 0 && !layout.IsOnOneLine(block));
        var indent = layout.IndentOf(first);
        return new BlockStyle(
            layout.IsOnOneLine(first, last),
            indent,
            indent + (model is null ? "    " : Layout.Step(layout.IndentOf(model.CloseBraceToken), layout.IndentOf(model.Statements[0]))),
            model is null || layout.StartsLine(model.OpenBraceToken));
    }
}
