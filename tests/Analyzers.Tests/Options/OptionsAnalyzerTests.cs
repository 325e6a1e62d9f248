using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Options;

public class OptionsAnalyzerTests
{
    private static readonly Analysis s_empty = Analysis.Of("class C { }", "class D { }") with { Analyzers = [new OptionsAnalyzer()] };

    [Theory]
    [InlineData("threadwise.nonthrowing_methods = M:N.T.M(System.String)|T:N.T")]
    [InlineData("threadwise.nonthrowing_methods =")]
    [InlineData("threadwise.nonthrowing_methods = unset")]
    [InlineData("threadwise.nonthrowing_methods =   T:N.T  |   M:N.T.M( System.String , System.Int32 )  |")]
    [InlineData("threadwise.nonthrowing_methods = |||")]
    [InlineData("threadwise.nonthrowing_methods = M:N.T..ctor|M:N.T..ctor(System.Int32)")]
    [InlineData("threadwise.nonthrowing_methods = M:Name.Not.There(Neither.Is.This)")]
    [InlineData("threadwise.lock_pairs =")]
    [InlineData("threadwise.lock_pairs = M:N.T.Take => M:N.T.Give | M:N.T.Take(System.Int32)=>M:N.T.Give()")]
    [InlineData("THREADWISE.NonThrowing_Methods = T:N.T")]
    [InlineData("threadwise_other = x")]
    [InlineData("threadwisely.other = x")]
    [InlineData("dotnet_diagnostic.TW2003.severity = none")]
    public async Task Silent_about(string line) => Assert.Empty(await ReportsAsync(line));

    [Theory]
    [InlineData("N.T.M")]
    [InlineData("M:")]
    [InlineData("M:Method")]
    [InlineData("M:N.T.M(")]
    [InlineData("M:N.T.M(System.String))")]
    [InlineData("M:N.T.M(,)")]
    [InlineData("M:N.T.M(System.String,)")]
    [InlineData("M:N.T.M(System.Collections.Generic.List{System.String)")]
    [InlineData("M:N..M")]
    [InlineData("M:N.T.1")]
    [InlineData("M:N.T.M``x")]
    [InlineData("T:N.T`")]
    [InlineData("T:N.T.")]
    [InlineData("T:N.T(System.String)")]
    [InlineData("N:N")]
    [InlineData("P:N.T.P")]
    [InlineData("m:N.T.M")]
    [InlineData("true")]
    public async Task Reports_malformed(string id)
    {
        var report = Assert.Single(await ReportsAsync($"threadwise.nonthrowing_methods = T:N.Good|{id}|M:N.T.Good"));
        var allowed = "allowed is a list parted by '|' of M:Namespace.Type.Method (every overload), M:Namespace.Type.Method(System.String) (one) " +
            "and T:Namespace.Type (every method); a constructor is M:Namespace.Type..ctor";
        Assert.Equal($"The option 'threadwise.nonthrowing_methods' has the value '{id}', which is not understood: {allowed}", report);
    }

    [Theory]
    [InlineData("M:N.T.Take")]
    [InlineData("M:N.T.Take => T:N.T")]
    [InlineData("=> M:N.T.Give")]
    [InlineData("M:N.T.Take => M:N.T.")]
    [InlineData("M:N.T.Take = M:N.T.Give")]
    public async Task Reports_half_a_pair(string entry) =>
        Assert.Contains($"'{entry}', which is not understood: allowed is", Assert.Single(await ReportsAsync($"threadwise.lock_pairs = M:N.T.A => M:N.T.B | {entry}")));

    [Fact]
    public async Task Reports_a_constructor_that_the_comment_sign_cut_off() =>
        Assert.Contains("'M:N.T.'", Assert.Single(await ReportsAsync("threadwise.nonthrowing_methods = M:N.T.#ctor(System.Int32)")));

    [Theory]
    [InlineData("threadwise.nonthrowing_method = T:N.T", "nonthrowing_method", "T:N.T")]
    [InlineData("threadwise.other =", "other", "")]
    [InlineData("threadwise. = 1", "", "1")]
    [InlineData("threadwise.nonthrowing_methods.more = 1", "nonthrowing_methods.more", "1")]
    public async Task Reports_unknown(string line, string key, string value) => Assert.Equal(
        $"The option 'threadwise.{key}' has the value '{value}', which is not understood: there is no such option; the options are threadwise.cpu_bound_methods, threadwise.lock_pairs, threadwise.nonthrowing_methods",
        Assert.Single(await ReportsAsync(line)));

    [Fact]
    public async Task Reports_each_key_and_value_once_in_order_whatever_the_sections()
    {
        var analysis = s_empty
            .With(".editorconfig", """
                root = true
                [*.cs]
                threadwise.zebra = 1
                threadwise.ape = 2
                [File0.cs]
                threadwise.nonthrowing_methods = two|one
                [File1.cs]
                threadwise.nonthrowing_methods = one
                threadwise.ape = 1
                """)
            .With(".globalconfig", """
                is_global = true
                threadwise.nonthrowing_methods = three|T:N.T
                threadwise.ape = 2
                """);
        var expected = new[] { ("ape", "1"), ("ape", "2"), ("nonthrowing_methods", "one"), ("nonthrowing_methods", "three"), ("nonthrowing_methods", "two"), ("zebra", "1") };
        for (var run = 0; run < 5; run++)
        {
            var reports = await analysis.ReportsAsync(concurrent: true);
            Assert.Equal(
                expected.Select(static e => $"The option 'threadwise.{e.Item1}' has the value '{e.Item2}', which"),
                reports.Select(static d => d.GetMessage(CultureInfo.InvariantCulture).Split(" is not")[0]));
        }
    }

    [Fact]
    public async Task Has_no_place_and_is_a_warning_of_the_whole_compilation()
    {
        var report = Assert.Single(await s_empty.With(".globalconfig", "is_global = true\nthreadwise.x = 1").ReportsAsync());
        Assert.Equal(Location.None, report.Location);
        Assert.Equal(DiagnosticSeverity.Warning, report.Severity);
        Assert.Contains(WellKnownDiagnosticTags.CompilationEnd, report.Descriptor.CustomTags);
    }

    [Fact]
    public async Task Speaks_Chinese()
    {
        var report = Assert.Single(await s_empty.With(".globalconfig", "is_global = true\nthreadwise.x = 1").ReportsAsync());
        Assert.Equal("选项“threadwise.x”的值“1”无法理解：没有这个选项；可用的选项有 threadwise.cpu_bound_methods, threadwise.lock_pairs, threadwise.nonthrowing_methods", report.GetMessage(CultureInfo.GetCultureInfo("zh-Hans")));
    }

    [Fact]
    public async Task Is_silent_without_sources_and_without_the_framework()
    {
        var bad = s_empty.With(".editorconfig", "[*]\nthreadwise.x = 1");
        Assert.Empty(await (bad with { Sources = [] }).ReportsAsync());
        Assert.Empty(await (bad with { References = [] }).ReportsAsync());
    }

    [Fact]
    public async Task A_host_that_lists_no_keys_still_has_its_values_checked()
    {
        var options = new AnalyzerOptions([], new KeylessProvider());
        var reports = await s_empty.Compile().WithAnalyzers([new OptionsAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
        Assert.Contains("'bad'", Assert.Single(reports).GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static async Task<ImmutableArray<string>> ReportsAsync(string line)
    {
        var inSection = await s_empty.With(".editorconfig", $"[*.cs]\n{line}").ReportsAsync();
        var global = await s_empty.With(".globalconfig", $"is_global = true\n{line}").ReportsAsync();
        Assert.Equal(inSection.Select(Text), global.Select(Text));
        Assert.All(inSection, static d => Assert.Equal("TW0001", d.Id));
        return [.. inSection.Select(Text)];

        static string Text(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);
    }

    private sealed class KeylessProvider : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Keyless();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Keyless : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
            (value = key == "threadwise.nonthrowing_methods" ? "bad" : null) is not null;
    }
}
