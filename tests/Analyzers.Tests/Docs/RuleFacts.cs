using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Tests.Conventions;
using Threadwise.CodeFixes;
using Threadwise.Testing;

namespace Threadwise.Analyzers.Tests.Docs;

/// <summary>What the code says of a rule, as the pages show it.</summary>
internal sealed partial record RuleFacts(RuleClass Rule, DiagnosticDescriptor Descriptor)
{
    private static readonly List<(string Key, string Title)> s_titles =
        [.. XDocument.Load(Repository.PathOf("src", "CodeFixes", "FixTitles.resx")).Root!.Elements("data").Select(static e => (e.Attribute("name")!.Value, e.Element("value")!.Value))];

    public static IEnumerable<RuleFacts> All => RuleClass.Listed.Select(static rule => new RuleFacts(new RuleClass(rule.GetType()), rule.Descriptor)).OrderBy(static facts => facts.Rule.Id);

    public static RuleFacts? Of(string id) => All.SingleOrDefault(facts => facts.Rule.Id == id);

    /// <summary>The table of every rule, a link to its page in each line.</summary>
    /// <param name="pages">The way from the page that holds the table to the pages of the rules.</param>
    public static string Index(string pages) => GeneratedRegionTests.Table(
        ["id", "name", "what is wrong", "severity", "fix"],
        All.Select(facts => new[] { Link(facts.Rule.Id, pages), facts.Rule.Name, facts.Title, Severity(facts.Descriptor), facts.FixInShort }));

    /// <summary>The link to a rule's page; our own trouble has none.</summary>
    public static string Link(string id, string pages) => Of(id) is null ? id : $"[{id}]({pages}{id}.md)";

    public static string Severity(DiagnosticDescriptor descriptor) => descriptor.IsEnabledByDefault ? descriptor.DefaultSeverity.ToString() : "off";

    /// <summary>The table at the head of a rule's page.</summary>
    public string Table() => GeneratedRegionTests.Table(
        [Rule.Id, Title],
        [
            ["Category", $"`{Descriptor.Category}`"],
            ["Severity", Severity(Descriptor)],
            ["Fix", Fix],
            ["World", Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.CompilationEnd) ? "build: shown by builds and full-solution analysis" : "live: shown while you type, and by builds"],
        ]);

    private string Title => Descriptor.Title.ToString(CultureInfo.InvariantCulture);

    private bool IsSafe => Rule.Fixes.Any(static fix => fix is not ChangingFix);

    private string FixInShort => (Rule.Fixes.IsEmpty, IsSafe) switch
    {
        (true, _) => "–",
        (_, true) => "yes",
        _ => "yes, changes behaviour",
    };

    private string Fix
    {
        get
        {
            var changing = Rule.Fixes.OfType<ChangingFix>().SelectMany(fix => fix.Edits.Select(edit => $"{Rule.Id}_{edit}")).ToHashSet();
            var titles = s_titles.Where(t => t.Key.StartsWith(Rule.Id + "_", StringComparison.Ordinal)).ToLookup(t => changing.Contains(t.Key));
            return Rule.Fixes.IsEmpty
                ? $"none: {Rule.ReasonForNoFix}"
                : string.Join("; ", Group(titles[false], "Fix All in document, project and solution").Concat(Group(titles[true], "changes behaviour, so one at a time")));
        }
    }

    private static IEnumerable<string> Group(IEnumerable<(string Key, string Title)> titles, string what)
    {
        var all = string.Join("; ", titles.Select(static t => $"*{Placeholder().Replace(t.Title, "…")}*"));
        return all.Length == 0 ? [] : [$"{all} ({what})"];
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();
}
