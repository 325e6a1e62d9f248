using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Reporting;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Package.Tests;

/// <summary>What consumers see, at which severity, and who has the last word on it.</summary>
public class SeverityTests(IsolatedPackage package)
{
    private static readonly IReadOnlyDictionary<string, DiagnosticDescriptor> s_rules = ThreadwiseRules.Descriptors.ToDictionary(static d => d.Id);

    public static TheoryData<string, string> Compilations =>
        [.. from consumer in Consumers.Grid from framework in consumer.Frameworks.Split(';') select (consumer.Name, framework)];

    [Theory]
    [MemberData(nameof(Compilations))]
    public async Task Exactly_the_marks_are_reported(string name, string framework)
    {
        var consumer = Consumers.Grid.Single(c => c.Name == name);
        var build = await package.ConsumersAsync();
        Assert.Equal(Expected(consumer, static rule => rule.IsEnabledByDefault ? Level(rule.DefaultSeverity) : null), Actual(build.SarifOf(consumer, framework)));
        Assert.True(build.HasAssembly(consumer, framework));
    }

    [Fact]
    public async Task The_sample_shows_every_rule()
    {
        await Sees(Consumers.Samples, static rule => Level(rule.DefaultSeverity));
        Assert.Equal(
            ThreadwiseRules.Descriptors.Where(static d => d.Category != Category.Own).Select(static d => d.Id),
            Marks.In(Consumers.Samples.Sources).Select(static mark => mark.Id).Distinct().Order());
    }

    [Fact]
    public Task Warnings_as_errors_fail_the_build() =>
        Sees(Consumers.TreatWarningsAsErrors, static rule => rule.DefaultSeverity == DiagnosticSeverity.Warning ? "error" : "note", builds: false);

    [Fact]
    public Task One_id_as_error_fails_the_build() =>
        Sees(Consumers.OneIdAsError, static rule => rule.Id == "TW2003" ? "error" : Level(rule.DefaultSeverity), builds: false);

    [Fact]
    public Task A_category_can_be_switched_off() =>
        Sees(Consumers.CategoryOff, static rule => rule.Category == "ThreadwiseLocks" ? null : Level(rule.DefaultSeverity));

    [Fact]
    public Task The_default_mode_changes_nothing() => Sees(Consumers.Default, static rule => Level(rule.DefaultSeverity));

    [Fact]
    public Task The_strict_mode_makes_suggestions_warnings() => Sees(Consumers.Strict, static _ => "warning");

    [Fact]
    public Task The_audit_mode_adds_what_is_off() => Sees(Consumers.Audit, static _ => "warning", audit: true);

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net10.0")]
    public async Task What_asks_for_a_newer_framework_suits_every_target(string framework)
    {
        var build = await package.ConsumersAsync();
        Assert.Equal(Expected(Consumers.AuditTwins, static rule => rule.Id == "TW2107" ? null : "warning"), Actual(build.SarifOf(Consumers.AuditTwins, framework)));
    }

    [Fact]
    public Task The_none_mode_switches_all_off() => Sees(Consumers.None, static _ => null);

    [Fact]
    public Task A_mode_is_read_without_case_or_blanks() => Sees(Consumers.OddlyWrittenNone, static _ => null);

    [Fact]
    public Task The_users_category_line_beats_the_mode() =>
        Sees(Consumers.StrictButUserCategory, static rule => rule.Category == "ThreadwiseLocks" ? "note" : "warning");

    [Fact]
    public Task The_users_id_line_beats_the_mode() => Sees(Consumers.StrictButUserId, static rule => rule.Id == "TW2013" ? null : "warning");

    [Fact]
    public Task The_users_id_line_beats_the_mode_that_switches_all_off() =>
        Sees(Consumers.NoneButUserId, static rule => rule.Id == "TW2007" ? "warning" : null);

    [Fact]
    public Task The_users_global_file_beats_the_mode() =>
        Sees(Consumers.StrictButUserGlobal, static rule => rule.Category == "ThreadwiseLocks" ? "error" : "warning", builds: false);

    [Fact]
    public Task An_unknown_mode_is_the_default() => Sees(Consumers.UnknownMode, static rule => Level(rule.DefaultSeverity));

    [Fact]
    public async Task An_unknown_mode_is_a_warning_that_names_the_project()
    {
        var build = await package.ConsumersAsync();
        var warning = Assert.Single(build.Warnings, static line => line.Contains("TWMODE", StringComparison.Ordinal));
        Assert.Contains("UnknownMode.csproj", warning);
        Assert.Contains("'Paranoid'", warning);
        Assert.Contains("Default, Strict, Audit and None", warning);
    }

    [Fact]
    public async Task An_older_compiler_skips_the_analyzers_and_says_so()
    {
        var build = await package.ConsumersAsync();
        Assert.Empty(build.SarifOf(Consumers.OldCompiler).Ours);
        Assert.True(build.HasAssembly(Consumers.OldCompiler));
        Assert.Contains("OldCompiler.csproj", Assert.Single(build.Log, static line => line.Contains("analyzers inactive", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Messages_speak_the_language_of_the_build()
    {
        var build = await package.ConsumersAsync();
        var chinese = build.SarifOf(Consumers.Chinese).Ours;
        Assert.Equal(build.SarifOf(Consumers.Default).Ours.Select(static r => (r.Id, r.Line)), chinese.Select(static r => (r.Id, r.Line)));
        Assert.All(chinese, static result => Assert.Contains(result.Message, static c => c is >= '\u4e00' and <= '\u9fff'));
    }

    /// <param name="consumer">One that compiles the guilty sources.</param>
    /// <param name="level">The level in SARIF of a rule's reports; null when they are absent.</param>
    /// <param name="builds">Whether an assembly comes of it.</param>
    /// <param name="audit">Whether rules that are off by default are on.</param>
    private async Task Sees(Consumer consumer, Func<DiagnosticDescriptor, string?> level, bool builds = true, bool audit = false)
    {
        var build = await package.ConsumersAsync();
        Assert.Equal(Expected(consumer, rule => rule.IsEnabledByDefault || audit ? level(rule) : null), Actual(build.SarifOf(consumer)));
        Assert.Equal(builds, build.HasAssembly(consumer));
    }

    private static IEnumerable<string> Expected(Consumer consumer, Func<DiagnosticDescriptor, string?> level) =>
        from mark in Marks.In(consumer.Sources)
        let expected = level(s_rules[mark.Id])
        where expected is not null
        select $"{mark.File}:{mark.Line} {mark.Id} {expected}";

    private static IEnumerable<string> Actual(Sarif sarif) => sarif.Ours.Select(static result => result.ToString());

    private static string? Level(DiagnosticSeverity severity) => severity == DiagnosticSeverity.Warning ? "warning" : "note";
}
