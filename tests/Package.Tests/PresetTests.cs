using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Reporting;
using Threadwise.Testing;
using Threadwise.Testing.Docs;
using Xunit;

namespace Threadwise.Package.Tests;

/// <summary>The presets behind <c>ThreadwiseMode</c> follow from the rules.</summary>
public class PresetTests
{
    private static readonly string[] s_categories =
        [.. typeof(Category).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static f => (string)f.GetRawConstantValue()!).Order()];

    [Fact]
    public void Strict_makes_each_suggestion_a_warning() =>
        Check("strict", "Every suggestion is a warning.", CategoryLines("warning", s_categories.Where(static c => c != Category.Own)));

    [Fact]
    public void Audit_is_strict_with_the_audit_tier_on() => Check(
        "audit",
        "Every suggestion is a warning, and the audit tier is on. A category line does not switch on what is off by default, so that tier is named by id.",
        [
            .. CategoryLines("warning", s_categories.Where(static c => c != Category.Own)),
            .. ThreadwiseRules.Descriptors.Where(static d => !d.IsEnabledByDefault).Select(static d => $"dotnet_diagnostic.{d.Id}.severity = warning"),
        ]);

    [Fact]
    public void None_switches_everything_off() => Check("none", "Everything is off.", CategoryLines("none", s_categories));

    [Fact]
    public void The_readme_of_the_package_lists_every_rule()
    {
        var rows = ThreadwiseRules.Descriptors.Where(static d => d.Category != Category.Own)
            .Select(static d => $"| {d.Id} | {Severity(d)} | {d.Title.ToString(CultureInfo.InvariantCulture)} |");
        var trouble = GeneratedRegion.Check(
            "src/Package/README.md", "rules", string.Join('\n', rows.Prepend("| id | severity | what is wrong |\n|---|---|---|")), GeneratedFile.WriteCommand);
        Assert.True(trouble is null, trouble);
    }

    /// <summary>A category line gives every rule of the category one severity: nothing may stand there that it would mute or shout.</summary>
    [Fact]
    public void Every_rule_bears_a_category_line() => Assert.All(ThreadwiseRules.Descriptors, static d =>
    {
        Assert.Contains(d.Category, s_categories);
        Assert.True(d.Category == Category.Own || d.DefaultSeverity is DiagnosticSeverity.Info or DiagnosticSeverity.Warning, d.Id);
    });

    private static string Severity(DiagnosticDescriptor descriptor) => descriptor switch
    {
        { IsEnabledByDefault: false } => "off",
        { DefaultSeverity: DiagnosticSeverity.Warning } => "warning",
        _ => "suggestion",
    };

    private static IEnumerable<string> CategoryLines(string severity, IEnumerable<string> categories) =>
        categories.Select(category => $"dotnet_analyzer_diagnostic.category-{category}.severity = {severity}");

    /// <summary>The level is that of the SDK's own presets: below every file of the user's.</summary>
    private static void Check(string mode, string what, IEnumerable<string> lines) => GeneratedFile.Check(
        string.Concat(new[] { $"# {what} Generated from the rules.", "is_global = true", "global_level = -100", "" }.Concat(lines).Select(static line => line + "\n")),
        "src", "Package", "build", "config", $"threadwise.{mode}.globalconfig");
}
