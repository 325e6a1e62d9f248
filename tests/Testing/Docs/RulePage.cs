using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Testing.Docs;

/// <summary>The page of a rule, taken apart: its headings and its blocks of C#.</summary>
public sealed partial record RulePage(string Id, string Text)
{
    /// <summary>The headings every page has, in this order.</summary>
    public static ImmutableArray<string> RequiredHeadings { get; } =
        ["What it reports", "Why", "Wrong", "Right", "The fix", "When to suppress", "Options", "Known limits"];

    public static ImmutableArray<RulePage> All { get; } = Read();

    public ImmutableArray<string> Lines { get; } = [.. Text.ReplaceLineEndings("\n").Split('\n')];

    /// <summary>The page's own heading, without the sign.</summary>
    public string Title => Lines[0].StartsWith("# ", StringComparison.Ordinal) ? Lines[0][2..] : "";

    public ImmutableArray<string> Headings => [.. Outside().Where(static line => line.StartsWith("## ", StringComparison.Ordinal)).Select(static line => line[3..])];

    /// <summary>All blocks of C#, in order.</summary>
    public ImmutableArray<PageBlock> Blocks => [.. FindBlocks()];

    public ImmutableArray<PageBlock> Wrong => [.. Blocks.Where(static block => block.Section == "Wrong")];

    public ImmutableArray<PageBlock> Right => [.. Blocks.Where(static block => block.Section == "Right")];

    /// <summary>The prose and blocks under a heading.</summary>
    public string Section(string heading)
    {
        var from = Lines.IndexOf("## " + heading);
        return from < 0 ? "" : string.Join("\n", Lines.Skip(from + 1).TakeWhile(static line => !line.StartsWith("## ", StringComparison.Ordinal))).Trim();
    }

    public override string ToString() => Id;

    private static ImmutableArray<RulePage> Read()
    {
        var folder = Repository.PathOf("docs", "rules");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "TW*.md").Order(StringComparer.Ordinal)
                .Select(static file => new RulePage(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)))]
            : [];
    }

    private IEnumerable<string> Outside()
    {
        var isInside = false;
        foreach (var line in Lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isInside = !isInside;
            }
            else if (!isInside)
            {
                yield return line;
            }
        }
    }

    private IEnumerable<PageBlock> FindBlocks()
    {
        var section = "";
        for (var i = 0; i < Lines.Length; i++)
        {
            if (Lines[i].StartsWith("## ", StringComparison.Ordinal))
            {
                section = Lines[i][3..];
            }
            else if (Lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                var end = i + 1;
                while (end < Lines.Length && !Lines[end].StartsWith("```", StringComparison.Ordinal))
                {
                    end++;
                }

                if (Lines[i].StartsWith("```csharp", StringComparison.Ordinal))
                {
                    yield return new PageBlock(section, Lines[i][3..], string.Join("\n", Lines.Skip(i + 1).Take(end - i - 1)) + "\n", i + 2);
                }

                i = end;
            }
        }
    }

    /// <summary>The code without its marks, line by line where it was.</summary>
    public static string WithoutMarks(string code) => Mark().Replace(code, "");

    [GeneratedRegex(@"[ \t]*// TW\d{4}(?:, TW\d{4})*[ \t]*$", RegexOptions.Multiline)]
    internal static partial Regex Mark();
}

/// <summary>A block of C# on a page.</summary>
/// <param name="Section">The heading it stands under.</param>
/// <param name="Info">The fence's info string: <c>csharp</c>, or <c>csharp fixed</c> for what the fix makes of the wrong block.</param>
/// <param name="Code">The code.</param>
/// <param name="Line">The page's line on which the code begins, from one.</param>
public sealed record PageBlock(string Section, string Info, string Code, int Line)
{
    public bool IsFixed => Info == "csharp fixed";

    /// <summary>What the marks at the ends of lines say is reported: line within the block, from one, and id.</summary>
    public ImmutableArray<(int Line, string Id)> Marks =>
        [.. Code.Split('\n').SelectMany(static (line, i) =>
            RulePage.Mark().Match(line) is { Success: true } mark ? mark.Value.Trim()[3..].Split(", ").Select(id => (i + 1, id)) : [])];

    /// <summary>The code without its marks and without blanks at the ends of lines, to compare by.</summary>
    public static string Bare(string code) =>
        string.Join("\n", RulePage.Mark().Replace(code.ReplaceLineEndings("\n"), "").Split('\n').Select(static line => line.TrimEnd())).Trim('\n');

    /// <summary>
    /// The code as a compilation of its own: top-level statements make it a program. The marks are left out, because a comment at the
    /// place of a report may mean something to a rule.
    /// </summary>
    public Analysis Compiled()
    {
        var analysis = Analysis.Of(RulePage.WithoutMarks(Code));
        var isProgram = CSharpSyntaxTree.ParseText(Code).GetRoot().ChildNodes()
            .Any(static node => node is GlobalStatementSyntax);
        return isProgram ? analysis with { OutputKind = OutputKind.ConsoleApplication } : analysis;
    }
}
