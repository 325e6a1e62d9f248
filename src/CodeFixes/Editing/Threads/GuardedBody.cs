using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Threads;

/// <summary>The body of a lambda in a <c>try</c>, with a <c>finally</c> or <c>catch</c>; on one line if the body stands on one.</summary>
internal static class GuardedBody
{
    /// <summary>The lambda with its body in a <c>try</c> that <paramref name="clause"/>, such as <c>finally</c>, follows with <paramref name="statements"/>.</summary>
    public static LambdaExpressionSyntax Of(LambdaExpressionSyntax work, string clause, Layout layout, params string[] statements) =>
        work.WithBody(((BlockSyntax)SyntaxFactory.ParseStatement(Text(work, clause, statements, layout))).WithTriviaFrom(work.Body));

    private static string Text(LambdaExpressionSyntax work, string clause, string[] statements, Layout layout)
    {
        if (work.Body is not BlockSyntax block)
        {
            return $"{{ try {{ {work.Body.ToString()}; }} {clause} {{ {string.Join(" ", statements)} }} }}";
        }

        if (layout.IsOnOneLine(block))
        {
            return $"{{ try {block.ToString()} {clause} {{ {string.Join(" ", statements)} }} }}";
        }

        var line = layout.NewLine.ToString();
        var indent = layout.IndentOf(block.CloseBraceToken);
        var step = block.Statements.Count > 0 ? Layout.Step(indent, layout.IndentOf(block.Statements[0])) : "    ";
        var deeper = indent + step;
        return $"{{{line}{deeper}try{line}{deeper}{layout.Shift(block, indent, deeper).ToString()}{line}{deeper}{clause}{line}{deeper}{{{line}{deeper}{step}{string.Join(line + deeper + step, statements)}{line}{deeper}}}{line}{indent}}}";
    }
}
