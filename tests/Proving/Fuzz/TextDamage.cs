using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Proving.Fuzz;

/// <summary>Damages a text as typing, pasting and deleting do. The same source of chance gives the same damage.</summary>
internal static class TextDamage
{
    /// <summary>One to three injuries.</summary>
    public static string Apply(string text, Random chance)
    {
        for (var left = chance.Next(2) == 0 ? 1 : chance.Next(2, 4); left > 0; left--)
        {
            text = ApplyOne(text, chance);
        }

        return text;
    }

    private static string ApplyOne(string text, Random chance) => chance.Next(12) switch
    {
        0 => text[..chance.Next(text.Length + 1)],
        1 or 2 => OnTokens(text, chance, static (before, first, second, after) => before + second + after),
        3 => OnTokens(text, chance, static (before, first, second, after) => before + first + first + second + after),
        4 or 5 => OnTokens(text, chance, static (before, first, second, after) => before + second + first + after),
        6 => OnLines(text, chance, static (first, second) => [second]),
        7 => OnLines(text, chance, static (first, second) => [first, first, second]),
        8 => OnLines(text, chance, static (first, second) => [second, first]),
        9 => OnStatements(text, chance, static statement => ""),
        10 => OnStatements(text, chance, static statement => $"{statement}{statement}"),
        _ => OnStatements(text, chance, static statement => $"if (DateTime.Now.Ticks > 5) {statement}"),
    };

    private static string OnTokens(string text, Random chance, Func<string, string, string, string, string> change)
    {
        var tokens = SyntaxFactory.ParseTokens(text).Where(static t => t.Span.Length > 0).ToList();
        if (tokens.Count < 2)
        {
            return text;
        }

        var at = chance.Next(tokens.Count - 1);
        var (first, second) = (tokens[at], tokens[at + 1]);
        return change(text[..first.FullSpan.Start], first.ToFullString(), second.ToFullString(), text[second.FullSpan.End..]);
    }

    private static string OnLines(string text, Random chance, Func<string, string, string[]> change)
    {
        var lines = text.Split('\n');
        if (lines.Length < 2)
        {
            return text;
        }

        var at = chance.Next(lines.Length - 1);
        return string.Join('\n', [.. lines[..at], .. change(lines[at], lines[at + 1]), .. lines[(at + 2)..]]);
    }

    /// <summary>What mostly leaves code that compiles.</summary>
    private static string OnStatements(string text, Random chance, Func<string, string> change)
    {
        var statements = CSharpSyntaxTree.ParseText(text, Running.Compiling.Parsing).GetRoot().DescendantNodes()
            .OfType<StatementSyntax>().Where(static s => s is { Parent: BlockSyntax } and not LocalDeclarationStatementSyntax).ToList();
        if (statements.Count == 0)
        {
            return text;
        }

        var span = statements[chance.Next(statements.Count)].FullSpan;
        return text[..span.Start] + change(text[span.Start..span.End]) + text[span.End..];
    }
}
