using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Threadwise.Testing.Docs;

namespace Threadwise.Proving.Snippets;

/// <summary>Every snippet of the project.</summary>
internal static class SnippetLibrary
{
    /// <summary>The code blocks of the rule pages.</summary>
    public static ImmutableArray<Snippet> Pages { get; } = [.. RulePage.All.SelectMany(OfPage)];

    /// <summary>The right blocks of the rule pages.</summary>
    public static ImmutableArray<Snippet> RightBlocks { get; } = [.. RulePage.All.SelectMany(OfPage).Where(static s => s.Name.Contains(" Right "))];

    /// <summary>What the tests give to the verifiers.</summary>
    public static TestSnippets RuleTests { get; } = TestSnippets.Read("Analyzers.Tests");

    /// <summary>What the tests of fixes start from.</summary>
    public static TestSnippets FixTests { get; } = TestSnippets.Read("CodeFixes.Tests");

    /// <summary>Pages and rule tests, each code once.</summary>
    public static ImmutableArray<Snippet> OfRules { get; } = [.. Pages.Concat(RuleTests.Snippets).DistinctBy(static s => (s.Rule, s.Code))];

    /// <summary>The same with what fixes are tried on.</summary>
    public static ImmutableArray<Snippet> All { get; } = [.. OfRules.Concat(FixTests.Snippets).DistinctBy(static s => s.Code)];

    private static IEnumerable<Snippet> OfPage(RulePage page) => page.Blocks.GroupBy(static block => block.Section)
        .SelectMany(section => section.Select((block, i) => OfBlock(page, block, $"{page.Id}.md {section.Key} {i + 1}")));

    private static Snippet OfBlock(RulePage page, PageBlock block, string name) => new(
        name,
        page.Id,
        RulePage.WithoutMarks(block.Code),
        [.. block.Marks.Select(static mark => (mark.Id, mark.Line - 1)).OrderBy(static r => r.Item2).ThenBy(static r => r.Id, StringComparer.Ordinal)],
        IsConfigured: false);
}
