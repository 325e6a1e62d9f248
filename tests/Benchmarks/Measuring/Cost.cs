using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Benchmarks.Subjects;

namespace Threadwise.Benchmarks.Measuring;

/// <summary>What compiling and analysing cost.</summary>
/// <param name="Cpu">Processor time of all threads, in milliseconds.</param>
/// <param name="Wall">By the clock, in milliseconds.</param>
/// <param name="Allocated">Bytes.</param>
/// <param name="Reports">How many diagnostics the analyzers gave.</param>
internal readonly record struct Cost(double Cpu, double Wall, long Allocated, int Reports)
{
    /// <summary>Each figure's median, so that one disturbed round does not count.</summary>
    public static Cost Median(IReadOnlyList<Cost> costs) => new(
        Middle(costs, static c => c.Cpu), Middle(costs, static c => c.Wall), Middle(costs, static c => c.Allocated), Middle(costs, static c => c.Reports));

    /// <summary>
    /// The compiler and the analyzers over all of <paramref name="compilations"/>. Trees and compilations are made anew before the clock
    /// starts, so that nothing that an analyzer keeps with them is there already.
    /// </summary>
    public static async Task<Cost> MeasureAsync(
        IEnumerable<CSharpCompilation> compilations, Subject subject, bool concurrent, CancellationToken cancellation)
    {
        var fresh = compilations.Select(c => Renewed(c, concurrent)).ToList();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        var reports = 0;
        foreach (var compilation in fresh)
        {
            reports += await RunAsync(compilation, subject, concurrent, cancellation);
        }

        var wall = clock.Elapsed.TotalMilliseconds;
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        process.Refresh();
        return new Cost((process.TotalProcessorTime - cpu).TotalMilliseconds, wall, bytes, reports);
    }

    /// <summary>
    /// Bytes that the process has in use at the end of the compilation, where every body has been looked at and nothing of it is given up yet: trees, the bound compilation, and what the analyzers keep.
    /// What a subject takes is the difference to another one on the same code.
    /// </summary>
    public static async Task<long> HeldAsync(IEnumerable<CSharpCompilation> compilations, Subject subject, CancellationToken cancellation)
    {
        var most = 0L;
        foreach (var compilation in compilations)
        {
            var scales = new ScalesAnalyzer();
            await RunAsync(Renewed(compilation, concurrent: false), subject with { Analyzers = subject.Analyzers.Add(scales) }, concurrent: false, cancellation);
            most = Math.Max(most, scales.AtEnd);
        }

        return most;
    }

    /// <summary>Time spent in each analyzer class, by the driver's own book-keeping.</summary>
    public static async Task<ImmutableArray<(string Class, TimeSpan Time)>> PerClassAsync(
        IEnumerable<CSharpCompilation> compilations, Subject subject, CancellationToken cancellation)
    {
        var times = subject.Analyzers.ToDictionary(static a => a, static _ => TimeSpan.Zero);
        foreach (var compilation in compilations)
        {
            var analysis = With(Renewed(compilation, concurrent: false), subject, concurrent: false, timed: true);
            foreach (var (analyzer, telemetry) in (await analysis.GetAnalysisResultAsync(cancellation)).AnalyzerTelemetryInfo)
            {
                times[analyzer] += telemetry.ExecutionTime;
            }
        }

        return [.. times.Select(static t => (t.Key.GetType().Name, t.Value)).OrderByDescending(static t => t.Value)];
    }

    private static async Task<int> RunAsync(CSharpCompilation compilation, Subject subject, bool concurrent, CancellationToken cancellation)
    {
        if (subject.Analyzers.IsEmpty)
        {
            compilation.GetDiagnostics(cancellation);
            return 0;
        }

        var all = await With(compilation, subject, concurrent, timed: false).GetAllDiagnosticsAsync(cancellation);
        return all.Count(static d => !d.Id.StartsWith("CS", StringComparison.Ordinal));
    }

    private static CompilationWithAnalyzers With(CSharpCompilation compilation, Subject subject, bool concurrent, bool timed) =>
        compilation.WithAnalyzers(subject.Analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrent, logAnalyzerExecutionTime: timed, reportSuppressedDiagnostics: false));

    private static CSharpCompilation Renewed(CSharpCompilation compilation, bool concurrent) => CSharpCompilation.Create(
        compilation.AssemblyName,
        compilation.SyntaxTrees.Select(static t => CSharpSyntaxTree.ParseText(t.GetText(), (CSharpParseOptions)t.Options, t.FilePath)),
        compilation.References,
        compilation.Options.WithConcurrentBuild(concurrent));

    private static T Middle<T>(IReadOnlyList<Cost> costs, Func<Cost, T> figure) => costs.Select(figure).Order().ElementAt(costs.Count / 2);
}
