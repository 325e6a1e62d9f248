using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Reporting;

/// <summary>Who asks for a rule of the audit tier, and who says the same already.</summary>
public class AuditTierTests
{
    private const string Gate = "class C { private readonly object _gate = new(); int _n; void M() { lock (_gate) _n++; } }";

    [Theory]
    [InlineData("", "TW2107")]
    [InlineData("net10.0", "TW2107")]
    [InlineData("net9.0,net10.0-windows10.0.19041.0", "TW2107")]
    [InlineData("net8.0,net10.0", "")]
    [InlineData("net10.0,netstandard2.0", "")]
    [InlineData("net48, net10.0", "")]
    [InlineData("net10.0,monoandroid", "")]
    [InlineData("net10.0,uap10.0", "")]
    public async Task Every_target_of_the_project(string targets, string expected) =>
        Assert.Equal(expected, await On().With(".globalconfig", $"is_global = true\nbuild_property.ThreadwiseTargets = {targets}").IdsAsync());

    [Fact]
    public async Task It_is_off_by_default() => Assert.Equal("", await Analysis.Of(Gate).IdsAsync());

    [Theory]
    [InlineData("dotnet_diagnostic.IDE0330.severity = warning", "")]
    [InlineData("dotnet_diagnostic.IDE0330.severity = suggestion", "")]
    [InlineData("dotnet_diagnostic.IDE0330.severity = none", "TW2107")]
    [InlineData("csharp_prefer_system_threading_lock = true", "")]
    [InlineData("csharp_prefer_system_threading_lock = true:suggestion", "")]
    [InlineData("csharp_prefer_system_threading_lock = true:none", "TW2107")]
    [InlineData("csharp_prefer_system_threading_lock = false", "TW2107")]
    [InlineData("csharp_prefer_system_threading_lock = false:warning", "TW2107")]
    [InlineData("csharp_prefer_system_threading_lock = true\ndotnet_diagnostic.IDE0330.severity = none", "TW2107")]
    [InlineData("csharp_prefer_system_threading_lock = false\ndotnet_diagnostic.IDE0330.severity = warning", "TW2107")]
    public async Task The_rule_of_the_SDK_speaks_first(string line, string expected)
    {
        Assert.Equal(expected, await On().With(".editorconfig", "[*.cs]\n" + line).IdsAsync());
        Assert.Equal("TW2107", await On().With(".editorconfig", "[Elsewhere.cs]\n" + line).IdsAsync());
    }

    [Theory]
    [InlineData(ReportDiagnostic.Warn, "")]
    [InlineData(ReportDiagnostic.Suppress, "TW2107")]
    public async Task The_rule_of_the_SDK_in_the_project(ReportDiagnostic level, string expected)
    {
        var on = On();
        Assert.Equal(expected, await (on with { Project = on.Project.Add("IDE0330", level) }).IdsAsync());
    }

    private static Analysis On() => Analysis.Of(Gate) with { Project = ImmutableDictionary<string, ReportDiagnostic>.Empty.Add("TW2107", ReportDiagnostic.Warn) };
}
