using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Threadwise.Hosts.Compilers;
using Xunit;

namespace Threadwise.Hosts.Tests;

/// <summary>One package, one text, the same reports: under every compiler, language version and nullable setting.</summary>
public sealed partial class CompilerTests(PackedPackage package, CompilerTests.Runs runs) : IClassFixture<CompilerTests.Runs>
{
    /// <summary>What a user of the oldest compiler has, and the latest.</summary>
    private static readonly string[] s_frameworks = ["8.0.28", "10.0.12"];

    public static TheoryData<string> Roslyns => [.. Restored.CompilerRoslyns];

    [Theory]
    [MemberData(nameof(Roslyns))]
    public async Task It_loads_and_reports_the_marked_lines_in_every_language_version(string roslyn)
    {
        var run = await runs.OfAsync(roslyn, package);
        Assert.StartsWith(run.Roslyn, roslyn);
        Assert.Empty(run.Unloaded);
        Assert.True(run.Cases.Length >= 2 * 2 * 2, "Fewer cases than C# 12 and what is newer, nullable off and on, two frameworks.");
        Assert.All(run.Cases, static c => Assert.Equal(Samples.Marks, c.Reports.Where(IsOurs).Select(Mark).Order()));
    }

    [Theory]
    [MemberData(nameof(Roslyns))]
    public async Task The_samples_compile(string roslyn)
    {
        var run = await runs.OfAsync(roslyn, package);
        Assert.All(run.Cases, static c => Assert.Empty(c.Errors));
    }

    /// <summary>Not the marked lines only: severity, columns, other places and messages too.</summary>
    [Theory]
    [MemberData(nameof(Roslyns))]
    public async Task Every_word_is_the_same_as_under_the_oldest_compiler(string roslyn)
    {
        var oldest = await runs.OfAsync(Restored.CompilerRoslyns[0], package);
        var expected = oldest.Cases.Where(static c => c.Framework == "net10.0").First().Reports;
        var run = await runs.OfAsync(roslyn, package);
        Assert.All(run.Cases, c => Assert.Equal(expected, c.Reports));
    }

    /// <summary>The instrument sees an analyzer that needs a newer compiler fail to load, and sees it work where it loads.</summary>
    [Theory]
    [MemberData(nameof(Roslyns))]
    public async Task A_compiler_refuses_an_analyzer_built_for_a_newer_one(string roslyn)
    {
        var planted = PlantedAnalyzer.Build(package.Work);
        var run = await CompilerRun.RunAsync(
            roslyn, [planted], ["10.0.12"], [Samples.Files[0]], package.Work, TestContext.Current.CancellationToken);
        if (roslyn == Restored.CompilerRoslyns[^1])
        {
            Assert.Empty(run.Unloaded);
            Assert.All(run.Cases, static c => Assert.NotEmpty(c.Reports));
        }
        else
        {
            Assert.Equal(["ReferencesNewerCompiler Planted.dll"], run.Unloaded);
            Assert.All(run.Cases, static c => Assert.Empty(c.Reports));
        }
    }

    private static bool IsOurs(string report) => !report.StartsWith("TW000", StringComparison.Ordinal);

    private static string Mark(string report)
    {
        var parts = Report().Match(report);
        return $"{parts.Groups[1].Value} {parts.Groups[2].Value}:{int.Parse(parts.Groups[3].Value) + 1}";
    }

    [GeneratedRegex(@"^(\w+) \w+ ([^:]+):\((\d+),")]
    private static partial Regex Report();

    /// <summary>One process a compiler, started when a test first asks.</summary>
    public sealed class Runs
    {
        private readonly Dictionary<string, Task<CompilerRun>> _runs = [];

        internal Task<CompilerRun> OfAsync(string roslyn, PackedPackage package)
        {
            // Tests of one class run one after the other.
            if (!_runs.TryGetValue(roslyn, out var run))
            {
                _runs.Add(roslyn, run = StartAsync(roslyn, package));
            }

            return run;
        }

        private static async Task<CompilerRun> StartAsync(string roslyn, PackedPackage package)
        {
            var content = (await package.GetAsync()).Content;
            return await CompilerRun.RunAsync(roslyn, content.Assemblies, s_frameworks, Samples.Files, package.Work, TestContext.Current.CancellationToken);
        }
    }
}
