using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Spectre.Console;
using Threadwise.Benchmarks.Code;
using Threadwise.Benchmarks.Measuring;
using Threadwise.Benchmarks.Placement;
using Threadwise.Benchmarks.Subjects;
using Threadwise.Corpus;
using Threadwise.Corpus.Building;
using Threadwise.Hosts.Packaging;

namespace Threadwise.Benchmarks;

/// <summary>The one command: every table, one after the other.</summary>
internal static class Run
{
    private const int ClassesShown = 3;

    public static async Task<int> AllAsync(string? path, IReadOnlyList<int> sizes, int rounds, int edits, CancellationToken cancellation)
    {
        using var work = new WorkFolder();
        var package = await FreshPackage.PackAsync(work, cancellation);
        var ours = Subject.Threadwise(package);
        Subject[] subjects = [Subject.None, Subject.Empty, ours, .. Subject.Peers()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors, .NET {Environment.Version}, Roslyn {typeof(Compilation).Assembly.GetName().Version!.ToString(2)}"));

        var samples = path is null ? [.. sizes.Order().Select(Generated)] : new[] { await LoadAsync(path, package, work, cancellation) };
        await CompareAsync([Generated(5_000)], subjects, 1, show: false, cancellation);
        await CompareAsync(samples, subjects, rounds, show: true, cancellation);
        await MemoryAsync(samples[^1], ours, cancellation);
        await ClassesAsync(samples[0], subjects, cancellation);
        await GrowthAsync(ours, cancellation);
        if (edits > 0)
        {
            await LatencyAsync(ours, edits, cancellation);
        }

        return 0;
    }

    public static int Placement(int rounds)
    {
        var table = Table("items", "steps each", "sequential ms", "thread for each ms", "fixed ms", "fixed ÷ sequential", "fixed ÷ threads");
        foreach (var (items, steps) in Comparison.Sizes)
        {
            var times = Comparison.Of(items, steps, rounds);
            table.AddRow(
                Text(items), Text(steps), Text(times.Sequential.TotalMilliseconds), Text(times.Threads.TotalMilliseconds), Text(times.Parallel.TotalMilliseconds),
                Ratio(times.Parallel / times.Sequential), Ratio(times.Parallel / times.Threads));
        }

        Print($"The same work by three forms, {Environment.ProcessorCount} processors", table);
        return 0;
    }

    private static (string Name, IReadOnlyList<CSharpCompilation> Code) Generated(int lines) =>
        ($"{Text(lines)} generated lines", [GeneratedCode.OfLines(lines)]);

    /// <summary>What the compiler was given when the project was built.</summary>
    private static async Task<(string Name, IReadOnlyList<CSharpCompilation> Code)> LoadAsync(
        string path, FreshPackage package, WorkFolder work, CancellationToken cancellation)
    {
        var build = await ProjectBuild.RunAsync(System.IO.Path.GetFullPath(path), package.Content, [], work, cancellation);
        if (!build.Succeeded)
        {
            throw CorpusException.Failed($"'{path}' does not build:\n{string.Join('\n', build.Errors)}");
        }

        var code = await CompilerCommands.LoadAsync(build.Commands, cancellation);
        var compilations = new List<CSharpCompilation>();
        foreach (var project in code.Solution.Projects)
        {
            compilations.Add((CSharpCompilation)(await project.GetCompilationAsync(cancellation))!);
        }

        var lines = compilations.Sum(static c => c.SyntaxTrees.Sum(static t => t.GetText().Lines.Count));
        return ($"{System.IO.Path.GetFileName(path)}, {Text(lines)} lines in {Text(compilations.Count)} compilations", compilations);
    }

    private static async Task CompareAsync(
        IEnumerable<(string Name, IReadOnlyList<CSharpCompilation> Code)> samples, Subject[] subjects, int rounds, bool show, CancellationToken cancellation)
    {
        foreach (var (name, code) in samples)
        {
            var costs = subjects.ToDictionary(static s => s, static _ => new List<Cost>());
            for (var round = 0; round < rounds; round++)
            {
                // In turns, so that whatever else the machine does falls on all alike.
                foreach (var subject in subjects)
                {
                    costs[subject].Add(await Cost.MeasureAsync(code, subject, concurrent: true, cancellation));
                }
            }

            if (show)
            {
                Show(name, subjects.Select(s => (s, Cost.Median(costs[s]))).ToList());
            }
        }
    }

    private static void Show(string name, IReadOnlyList<(Subject Subject, Cost Cost)> costs)
    {
        var empty = costs.Single(static c => c.Subject == Subject.Empty).Cost;
        var ours = costs.Single(static c => c.Subject.Name == Subject.Ours).Cost;
        var table = Table("analyzers", "classes", "CPU ms", "wall ms", "MB allocated", "reports", "CPU ÷ empty", "wall ÷ empty", "MB ÷ empty");
        foreach (var (subject, cost) in costs)
        {
            table.AddRow(
                subject.Name + (subject.FollowsFlow && subject.Name != Subject.Ours ? " (follows flow)" : ""), Text(subject.Analyzers.Length),
                Text(cost.Cpu), Text(cost.Wall), Text(cost.Allocated / 1e6), Text(cost.Reports),
                Ratio(cost.Cpu / empty.Cpu), Ratio(cost.Wall / empty.Wall), Ratio((double)cost.Allocated / empty.Allocated));
        }

        Print(name, table);
        Goal("CPU of the empty analyzer", ours.Cpu / empty.Cpu, "at most 1.3 times", ours.Cpu / empty.Cpu <= 1.3);
        var rivals = costs.Where(static c => c.Subject.FollowsFlow && c.Subject.Name != Subject.Ours).ToList();
        Goal("CPU of the cheapest peer that follows flow", ours.Cpu / rivals.Min(static c => c.Cost.Cpu), "below 1", rivals.All(r => ours.Cpu < r.Cost.Cpu));
    }

    private static async Task MemoryAsync((string Name, IReadOnlyList<CSharpCompilation> Code) sample, Subject ours, CancellationToken cancellation)
    {
        var lines = sample.Code.Sum(static c => c.SyntaxTrees.Sum(static t => t.GetText().Lines.Count));
        var table = Table("analyzers", "MB in use", "MB beyond the empty analyzer, per 100,000 lines");
        await Cost.HeldAsync(sample.Code, Subject.Empty, cancellation);
        var empty = await Cost.HeldAsync(sample.Code, Subject.Empty, cancellation);
        foreach (var subject in new[] { Subject.None, Subject.Empty, ours })
        {
            var held = subject == Subject.Empty ? empty : await Cost.HeldAsync(sample.Code, subject, cancellation);
            table.AddRow(subject.Name, Text(held / 1e6), Precise((held - empty) / 10.0 / lines));
        }

        Print($"Memory in use at the end of the compilation, one thread, {sample.Name}", table);
    }

    private static async Task ClassesAsync((string Name, IReadOnlyList<CSharpCompilation> Code) sample, Subject[] subjects, CancellationToken cancellation)
    {
        var table = Table("package", "class", "ms");
        foreach (var subject in subjects.Where(static s => !s.Analyzers.IsEmpty))
        {
            var classes = await Cost.PerClassAsync(sample.Code, subject, cancellation);
            var shown = subject.Name == Subject.Ours ? classes.Length : ClassesShown;
            foreach (var (name, time) in classes.Take(shown))
            {
                table.AddRow(subject.Name, name, time.TotalMilliseconds.ToString("N1", CultureInfo.InvariantCulture));
            }

            if (classes.Length > shown)
            {
                var rest = classes.Skip(shown).Sum(static c => c.Time.TotalMilliseconds);
                table.AddRow(subject.Name, $"the other {Text(classes.Length - shown)}", rest.ToString("N1", CultureInfo.InvariantCulture));
            }
        }

        Print($"Time in each analyzer class, one thread, {sample.Name}", table);
    }

    private static async Task GrowthAsync(Subject ours, CancellationToken cancellation)
    {
        var table = Table("what grows", "from", "to", "own bytes ×");
        var worst = 0.0;
        foreach (var (name, code, size) in Growth.Shapes)
        {
            var factor = await Growth.OfAsync(code, size, ours, cancellation);
            worst = Math.Max(worst, factor);
            table.AddRow(name, Text(size), Text(size * Growth.Step), Ratio(factor));
        }

        Print("Growth of what Threadwise allocates beyond the empty analyzer", table);
        Goal("bytes when the code grows four times", worst, "linear: about 4", worst <= 5);
    }

    private static async Task LatencyAsync(Subject ours, int edits, CancellationToken cancellation)
    {
        var results = await EditLatency.MeasureAsync([null, new AnalyzerImageReference(Subject.Empty.Analyzers), ours.Reference], edits, cancellation);
        var table = Table("request", "wall median ms", "wall 95th ms", "CPU median ms", "CPU 95th ms", "reports");
        foreach (var (name, (wall, cpu, reports)) in new[] { Subject.None, Subject.Empty, ours }.Select(static s => s.Name).Zip(results))
        {
            table.AddRow(name, Precise(wall.Median), Precise(wall.Percentile95), Precise(cpu.Median), Precise(cpu.Percentile95), Text(reports));
        }

        Print($"One method of a type of 1,000 lines edited, diagnostics of its document, {Text(edits)} edits", table);
        var added = results[2].Wall.Percentile95 - results[0].Wall.Percentile95;
        Goal("ms that Threadwise adds at the 95th percentile", added, "at most 50", added <= 50);
    }

    private static Table Table(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Markdown);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column).NoWrap());
        }

        return table;
    }

    private static void Print(string title, Table table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = 200;
        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine();
        console.Write(table);
    }

    private static void Goal(string what, double figure, string wanted, bool isMet) =>
        Console.WriteLine($"{what}: {Ratio(figure)} (goal: {wanted}; {(isMet ? "met" : "NOT met")})");

    private static string Text(double figure) => figure.ToString("N0", CultureInfo.InvariantCulture);

    private static string Precise(double figure) => figure.ToString("N1", CultureInfo.InvariantCulture);

    private static string Ratio(double figure) => figure.ToString("N2", CultureInfo.InvariantCulture);
}
