using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Benchmarks.Code;
using Threadwise.Benchmarks.Measuring;
using Threadwise.Benchmarks.Subjects;
using Xunit;

namespace Threadwise.Benchmarks.Tests;

/// <summary>What is measured is what is meant: code that compiles, peers that run, edits that are seen.</summary>
public class InstrumentTests(PackedPackage package)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Generated_code_compiles_and_has_the_size_asked_for()
    {
        foreach (var (name, code, size) in Growth.Shapes)
        {
            var errors = code(size).GetDiagnostics(Cancellation).Where(static d => d.Severity == DiagnosticSeverity.Error);
            Assert.True(!errors.Any(), $"{name}: {errors.FirstOrDefault()}");
        }

        var lines = GeneratedCode.OfLines(4_000).SyntaxTrees.Sum(static t => t.GetText().Lines.Count - 1);
        Assert.InRange(lines, 4_000, 4_200);
    }

    [Fact]
    public async Task Generated_code_holds_reports()
    {
        var cost = await Cost.MeasureAsync([GeneratedCode.OfLines(4_000)], await package.SubjectAsync(), concurrent: true, Cancellation);
        Assert.True(cost.Reports > 0);
    }

    /// <summary>A peer that throws would seem cheap.</summary>
    [Fact]
    public async Task Every_peer_loads_and_runs()
    {
        var code = GeneratedCode.OfLines(1_500);
        var peers = Subject.Peers().ToList();
        Assert.Equal(6, peers.Count);
        Assert.Contains(peers, static p => p.FollowsFlow);
        foreach (var peer in peers)
        {
            var diagnostics = await code.WithAnalyzers(peer.Analyzers).GetAnalyzerDiagnosticsAsync(Cancellation);
            Assert.DoesNotContain(diagnostics, static d => d.Id == "AD0001");
        }
    }

    [Fact]
    public async Task Every_class_of_ours_has_its_time()
    {
        var ours = await package.SubjectAsync();
        var classes = await Cost.PerClassAsync([GeneratedCode.OfLines(1_500)], ours, Cancellation);
        Assert.Equal(ours.Analyzers.Select(static a => a.GetType().Name).Order(), classes.Select(static c => c.Class).Order());
        Assert.True(classes[0].Time > TimeSpan.Zero);
    }

    /// <summary>A type with 400 methods has at least as many bodies.</summary>
    [Fact]
    public async Task What_an_analyzer_keeps_is_counted()
    {
        var code = GeneratedCode.OneType(400);
        await Cost.HeldAsync([code], Subject.Empty, Cancellation);
        var empty = await Cost.HeldAsync([code], Subject.Empty, Cancellation);
        var hoarding = await Cost.HeldAsync([code], new Subject("hoarding", [new HoardingAnalyzer()]), Cancellation);
        Assert.True(hoarding - empty > 400 * HoardingAnalyzer.PerBody / 2, $"{empty:N0} and {hoarding:N0} bytes");
    }

    /// <summary>Every second edit makes a mistake, and the request after it shows it.</summary>
    [Fact]
    public async Task Each_edit_is_analysed()
    {
        var results = await EditLatency.MeasureAsync([null, (await package.SubjectAsync()).Reference], 4, Cancellation);
        Assert.Equal([0, 2], results.Select(static r => r.Reports));
        Assert.All(results, static r => Assert.True(r.Wall.Median > 0));
    }

    [Fact]
    public void Percentiles_are_taken_from_the_sorted_times()
    {
        var latency = Latency.Of(Enumerable.Range(1, 100).Reverse().Select(static i => (double)i));
        Assert.Equal((51, 95), (latency.Median, latency.Percentile95));
    }
}
