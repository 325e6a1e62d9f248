using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Reporting;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Reporting;

/// <summary>
/// "Off" must be what the compiler takes for off: each line of configuration is put to the compiler too, by a rule that is on by default
/// (TW2003), one that is not (TW2013), and one of another category (TW3001).
/// </summary>
public class EffectiveSeverityTests
{
    private static readonly string[] s_ids = ["TW2003", "TW2013", "TW3001"];

    private static readonly (string File, string Text)[] s_lines =
    [
        .. Levels("dotnet_diagnostic.TW2003.severity"),
        .. Levels("dotnet_analyzer_diagnostic.category-ThreadwiseLocks.severity"),
        .. Levels("dotnet_analyzer_diagnostic.severity"),
        (".editorconfig", "[*.cs]\ndotnet_diagnostic.TW2013.severity = warning"),
        (".editorconfig", "[*.cs]\nDOTNET_DIAGNOSTIC.tw2003.SEVERITY = None"),
        (".editorconfig", "[Elsewhere.cs]\ndotnet_diagnostic.TW2003.severity = none"),
        (".editorconfig", "[*.cs]\ndotnet_analyzer_diagnostic.category-threadwiselocks.severity = NONE"),
        (".editorconfig", "[*.cs]\ndotnet_analyzer_diagnostic.category-ThreadwiseLocks.severity = nonsense\ndotnet_analyzer_diagnostic.severity = none"),
        (".editorconfig", "[*.cs]\ndotnet_analyzer_diagnostic.category-ThreadwiseLocks.severity = warning\ndotnet_analyzer_diagnostic.severity = none"),
        (".editorconfig", "[*.cs]\ndotnet_analyzer_diagnostic.category-ThreadwiseLocks.severity = none\ndotnet_analyzer_diagnostic.severity = warning"),
        (".editorconfig", "[*.cs]\ndotnet_analyzer_diagnostic.category-ThreadwiseLocks.severity = none\ndotnet_diagnostic.TW2003.severity = suggestion"),
        (".editorconfig", "[*.cs]\ndotnet_diagnostic.TW2003.severity = none\ndotnet_analyzer_diagnostic.category-ThreadwiseLocks.severity = error"),
        (".editorconfig", "[*.cs]\ndotnet_analyzer_diagnostic.category-Threadwise.severity = none"),
    ];

    [Theory]
    [InlineData("", default(ReportDiagnostic))]
    [InlineData("TW2003", ReportDiagnostic.Suppress)]
    [InlineData("TW2003", ReportDiagnostic.Error)]
    [InlineData("TW2003", ReportDiagnostic.Hidden)]
    [InlineData("TW2003", ReportDiagnostic.Default)]
    [InlineData("TW2013", ReportDiagnostic.Warn)]
    [InlineData("TW2013", ReportDiagnostic.Default)]
    public async Task Off_is_what_the_compiler_does_not_show(string id, ReportDiagnostic level)
    {
        var project = ImmutableDictionary<string, ReportDiagnostic>.Empty;
        project = id == "" ? project : project.Add(id, level);
        var subject = Analysis.Of("""class C { void M() { Probe.Find("TW2003"); Probe.Find("TW2013"); Probe.Find("TW3001"); } }""", PlantedAnalyzer.Probe) with
        {
            Analyzers = [new PlantedAnalyzer(isOneCause: false)],

            // There are some hundred configurations, and none needs more of the framework than this.
            References = [Frameworks.Net100.Single(static r => Path.GetFileName(r.Display) == "System.Runtime.dll")],
            Project = project,
        };
        foreach (var lines in Configurations())
        {
            var analysis = subject with { Configuration = lines };
            var shown = await analysis.IdsAsync();
            var compilation = analysis.Compile();
            var severity = new EffectiveSeverity(compilation, analysis.AnalyzerOptions());
            var on = string.Join(" ", s_ids.Where(rule => !severity.IsOff(PlantedAnalyzer.Descriptors.Single(d => d.Id == rule), compilation.SyntaxTrees[0])));
            Assert.True(shown == on, $"{id} {level} {string.Join(" and ", lines)}: the compiler shows '{shown}', on are '{on}'");
        }
    }

    /// <summary>No line, each line, and each of a section with each global one; two files of one kind are the compiler's own affair.</summary>
    private static IEnumerable<ImmutableArray<(string File, string Text)>> Configurations()
    {
        yield return [];
        foreach (var line in s_lines)
        {
            yield return [line];
        }

        foreach (var section in s_lines.Where(static line => line.File == ".editorconfig"))
        {
            foreach (var global in s_lines.Where(static line => line.File == ".globalconfig" && (line.Text.EndsWith("none") || line.Text.EndsWith("warning"))))
            {
                yield return [section, global];
            }
        }
    }

    private static (string File, string Text)[] Levels(string key) =>
    [
        .. new[] { "none", "silent", "suggestion", "warning", "error", "default", "nonsense" }.SelectMany(level => new[]
        {
            (".editorconfig", $"[*.cs]\n{key} = {level}"),
            (".globalconfig", $"is_global = true\n{key} = {level}"),
        }),
    ];
}
