using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Tests.Conventions;
using Threadwise.Testing;
using Threadwise.Testing.Docs;
using Xunit;

namespace Threadwise.Analyzers.Tests.Docs;

/// <summary>What a page says is so: its wrong code is reported where it is marked, its right code is not.</summary>
public class RulePageTests
{
    /// <summary>The rule that asks for a type of .NET 9: the pages show what a reader on any framework can write.</summary>
    private const string NewerFramework = "TW2107";

    public static TheoryData<string> Pages { get; } = [.. RulePage.All.Select(static page => page.Id)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Has_the_headings_in_order(string id)
    {
        var page = PageOf(id);
        Assert.True(RuleClass.All.Any(rule => rule.Id == id), $"docs/rules/{id}.md describes a rule that is not in the code");
        Assert.Equal($"{id} {RuleClass.All.Single(rule => rule.Id == id).Name}", page.Title);
        Assert.Equal(RulePage.RequiredHeadings, page.Headings);
        Assert.All(RulePage.RequiredHeadings, heading => Assert.True(page.Section(heading).Length > 0, $"{id}: nothing under '{heading}'"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Has_a_right_block_for_each_wrong_one(string id)
    {
        var page = PageOf(id);
        Assert.NotEmpty(page.Wrong);
        Assert.Equal(page.Wrong.Length, page.Right.Length);
        Assert.All(page.Wrong, static block => Assert.Equal("csharp", block.Info));
        Assert.All(page.Wrong, block => Assert.True(block.Marks.Any(mark => mark.Id == id), $"{Place(id, block, 0)}: no line is marked // {id}"));
        Assert.All(page.Right, static block => Assert.Contains(block.Info, new[] { "csharp", "csharp fixed" }));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Is_reported_where_it_is_marked(string id)
    {
        var page = PageOf(id);
        foreach (var block in page.Blocks.Where(static block => block.Section != "Right"))
        {
            Compiles(id, block);
            var reports = await (block.Compiled() with { Project = ImmutableDictionary<string, ReportDiagnostic>.Empty.Add(id, ReportDiagnostic.Warn) }).ReportsAsync();
            var actual = reports.Select(static d => (Line: d.Location.GetLineSpan().StartLinePosition.Line + 1, d.Id)).Distinct().ToList();
            var wrong = block.Marks.Except(actual).Select(mark => $"{Place(id, block, mark.Line)}: {mark.Id} is marked and not reported")
                .Concat(actual.Except(block.Marks).Select(report => $"{Place(id, block, report.Line)}: {report.Id} is reported and not marked"))
                .ToList();
            Assert.True(wrong.Count == 0, string.Join("\n", wrong));
            Assert.All(reports, static d => Assert.DoesNotMatch(@"\{\d\}|''", d.GetMessage(CultureInfo.InvariantCulture)));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Is_silent_where_it_is_right(string id)
    {
        foreach (var block in PageOf(id).Right)
        {
            Compiles(id, block);
            var reports = (await block.Compiled().WithEveryRule().ReportsAsync()).Where(d => d.Id != NewerFramework || d.Id == id).ToList();
            Assert.True(reports.Count == 0, string.Join("\n", reports.Select(d =>
                $"{Place(id, block, d.Location.GetLineSpan().StartLinePosition.Line + 1)}: {d.Id} {d.GetMessage(CultureInfo.InvariantCulture)}")));
        }
    }

    private static RulePage PageOf(string id) => RulePage.All.Single(page => page.Id == id);

    private static void Compiles(string id, PageBlock block)
    {
        var errors = block.Compiled().Errors();
        Assert.True(errors.IsEmpty, string.Join("\n", errors.Select(e =>
            $"{Place(id, block, e.Location.GetLineSpan().StartLinePosition.Line + 1)}: {e.Id} {e.GetMessage(CultureInfo.InvariantCulture)}")));
    }

    private static string Place(string id, PageBlock block, int line) => $"docs/rules/{id}.md:{block.Line + line - 1}";
}
