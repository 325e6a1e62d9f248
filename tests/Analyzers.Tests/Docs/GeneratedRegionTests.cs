using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Options;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Tests.Conventions;
using Threadwise.Testing;
using Threadwise.Testing.Docs;
using Xunit;

namespace Threadwise.Analyzers.Tests.Docs;

/// <summary>The parts of the pages that follow from the code. Each failing test prints the command that writes them.</summary>
public class GeneratedRegionTests
{
    private const string Command = "THREADWISE_WRITE=1 dotnet test --project tests/Analyzers.Tests --filter-class \"*GeneratedRegionTests\"";

    [Fact]
    public void The_facts_on_each_page_are_those_of_the_rule()
    {
        Assert.NotEmpty(RulePage.All);
        var wrong = RulePage.All.Select(static page => RuleFacts.Of(page.Id) is { } facts
            ? Check($"docs/rules/{page.Id}.md", "facts", facts.Table(), static text => Math.Max(text.IndexOf('\n'), 0))
            : $"docs/rules/{page.Id}.md describes a rule that is not in the code").ToList();
        Assert.All(wrong, static trouble => Assert.True(trouble is null, trouble));
    }

    [Fact]
    public void The_index_lists_every_rule() => Region("docs/rules/README.md", "rules", RuleFacts.Index(""));

    [Fact]
    public void The_readme_lists_every_rule() => Region("README.md", "rules", RuleFacts.Index("docs/rules/"));

    [Fact]
    public void The_options_are_those_of_the_code() => Region("docs/configuration.md", "options", Table(
        ["key", "value", "meaning", "default"],
        OptionDefinitions.All.Select(static option => new[]
        {
            $"`{option.Name}`", option.Kind, option.Meaning, string.Join(" ", option.Default.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(static part => $"`{part}`")),
        })));

    [Fact]
    public void The_modes_are_those_of_the_rules() => Region("docs/configuration.md", "modes", Table(
        ["id", "Default", "Strict", "Audit", "None"],
        ThreadwiseRules.Descriptors.Select(static d => new[] { RuleFacts.Link(d.Id, "rules/"), RuleFacts.Severity(d), Strict(d), Audit(d), "off" })));

    [Fact]
    public void The_categories_are_those_of_the_rules() => Region("docs/configuration.md", "categories", Table(
        ["category", "rules"],
        ThreadwiseRules.Descriptors.GroupBy(static d => d.Category).OrderBy(static g => g.Min(static d => d.Id)).Select(static g =>
            new[] { $"`{g.Key}`", string.Join(", ", g.Select(static d => RuleFacts.Link(d.Id, "rules/"))) })));

    /// <summary>A category line makes everything in it a warning that is on at all; our own trouble is left alone.</summary>
    private static string Strict(DiagnosticDescriptor d) =>
        d.Category == Category.Own || !d.IsEnabledByDefault ? RuleFacts.Severity(d) : "Warning";

    private static string Audit(DiagnosticDescriptor d) => d.Category == Category.Own ? RuleFacts.Severity(d) : "Warning";

    internal static string Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows) => string.Join("\n",
    [
        Row(head),
        Row([.. head.Select(static _ => "---")]),
        .. rows.Select(Row),
    ]);

    // A bar parts columns, inside code too.
    private static string Row(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells.Select(static cell => cell.Replace("|", "\\|")))} |";

    private static void Region(string file, string name, string expected)
    {
        var trouble = Check(file, name, expected);
        Assert.True(trouble is null, trouble);
    }

    private static string? Check(string file, string name, string expected, Func<string, int>? place = null) =>
        GeneratedRegion.Check(file, name, expected, Command, place);
}
