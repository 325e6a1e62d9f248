using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>
/// 3: threads or processes? Python must take processes to compute on all cores, since its threads share one lock. .NET has no such lock: threads
/// compute side by side, and the question is whether the work computes or waits.
/// </summary>
internal static class ChoosePart
{
    private const int Items = 8;
    private const int Limit = 300_000;
    private const int Pages = 16;

    private static readonly int s_processes = Math.Clamp(Environment.ProcessorCount, 1, Items);

    public static async Task<bool> RunAsync(DirectoryInfo? figures)
    {
        await using var site = await Site.StartAsync();
        var pages = site.Pages(Pages);

        // The wrong ways are twins: they stand in samples/Violations/Twins/Computing.cs and Crawler.cs and print milliseconds and result.
        Way[] computing =
        [
            new("sequential", () => Measured(static () => Enumerable.Range(0, Items).Sum(static _ => Work.Primes(Limit)))),
            new("raw threads", static () => OfTwin("primes-on-threads", $"{Items}", $"{Limit}")),
            new("Parallel", () => Measured(Primes)),
            new("async", static () => OfTwin("primes-async", $"{Items}", $"{Limit}")),
            new("processes", static () => MeasuredAsync(PrimesInProcessesAsync)),
        ];
        Way[] waiting =
        [
            new("sequential", () => OfTwin("crawl-one-by-one", pages)),
            new("raw threads", () => Measured(() => CrawlerPart.WithThreads(pages, static () => { }))),
            new("Parallel", () => OfTwin("crawl-in-parallel", pages)),
            new("async", () => MeasuredAsync(() => CrawlerPart.WithAsync(pages, static () => { }))),
            new("processes", () => MeasuredAsync(() => CrawlInProcessesAsync(pages))),
        ];

        var (held, chart) = (true, new Chart("Speed-up over sequential", "times as fast"));
        foreach (var (kind, ways, best) in new[] { ("computes", computing, "Parallel"), ("waits", waiting, "async") })
        {
            var times = await Live.RunAsync($"Work that {kind}", ways.Length, done => MeasureAsync(ways, done));
            new Grid($"work that {kind}", "time", "speed-up").Fill(ways.Select(way => new[] { way.Name, Format.Of(times[way.Name].Time), Format.SpeedUp(times["sequential"].Time, times[way.Name].Time) })).Print();
            chart.Fill(ways.Select(way => ($"{kind}: {way.Name}", times["sequential"].Time / times[way.Name].Time)));

            // Every way finds the same, and the right one is faster than one after the other.
            held &= times.Values.Select(static run => run.Result).Distinct().Count() == 1 && (times[best].Time < times["sequential"].Time || (kind == "computes" && WasRefusedCores(times[best])));
        }

        chart.Print();
        if (figures is not null)
        {
            chart.Save(figures, "speed-up");
        }

        Console.WriteLine(
            "Choose Parallel for work that computes, because .NET has no global interpreter lock and threads keep every core busy, async for work that waits, because a wait needs "
            + "no thread, and processes only for isolation or memory of their own, because each must first start a runtime.");
        Console.WriteLine();
        return held;
    }

    /// <summary>Computing, the right way: the pool's threads, one for each core, share out the items.</summary>
    private static int Primes()
    {
        var primes = 0;
        Parallel.For(0, Items, static () => 0, static (_, _, mine) => mine + Work.Primes(Limit), mine => Interlocked.Add(ref primes, mine));
        return primes;
    }

    /// <summary>Computing in processes: few, each with a long command, and one line of talk in the end.</summary>
    private static async Task<int> PrimesInProcessesAsync()
    {
        var shares = Enumerable.Range(0, Items).GroupBy(static item => item % s_processes).Select(static share => $"{share.Count()}");
        return (await Task.WhenAll(shares.Select(static share => AskAsync("child-primes", share, $"{Limit}")))).Sum();
    }

    private static async Task<int> CrawlInProcessesAsync(string[] pages)
    {
        var shares = pages.Chunk((int)Math.Ceiling((double)pages.Length / s_processes));
        return (await Task.WhenAll(shares.Select(static share => AskAsync("child-crawl", share)))).Sum();
    }

    /// <summary>The number that a child prints.</summary>
    private static async Task<int> AskAsync(string verb, params string[] args)
    {
        using var child = Child.StartRedirected(verb, args);
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0 ? int.Parse(output, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"Patterns {verb} ends with {child.ExitCode}.");
    }

    /// <summary>In the child: count, limit.</summary>
    public static Task PrimesAsync(string[] args)
    {
        Child.EndWithParent();
        var limit = int.Parse(args[1], CultureInfo.InvariantCulture);
        Console.WriteLine(Enumerable.Range(0, int.Parse(args[0], CultureInfo.InvariantCulture)).Sum(_ => Work.Primes(limit)));
        return Task.CompletedTask;
    }

    /// <summary>In the child: pages.</summary>
    public static async Task CrawlAsync(string[] args)
    {
        Child.EndWithParent();
        Console.WriteLine(await CrawlerPart.WithAsync(args, static () => { }));
    }

    /// <summary>The best of three of each way, in turns, since something else may keep the machine busy for a while.</summary>
    private static async Task<Dictionary<string, Run>> MeasureAsync(Way[] ways, Action done)
    {
        var best = new Dictionary<string, Run>();
        for (var round = 0; round < 3; round++)
        {
            foreach (var way in ways)
            {
                var run = await way.RunAsync();
                best[way.Name] = best.TryGetValue(way.Name, out var before) && before.Time < run.Time ? before : run;
                done();
            }
        }

        return best;
    }

    /// <summary>Where there is one core, or others keep the rest busy, computing side by side cannot be faster.</summary>
    private static bool WasRefusedCores(Run run)
    {
        if (run.Cores >= 1.5)
        {
            return false;
        }

        Console.WriteLine($"The machine gave this program {run.Cores.ToString("0.0", CultureInfo.InvariantCulture)} cores: these times tell little.");
        Console.WriteLine();
        return true;
    }

    private static Task<Run> Measured(Func<int> work) => MeasuredAsync(() => Task.FromResult(work()));

    private static async Task<Run> MeasuredAsync(Func<Task<int>> work)
    {
        var before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var result = await work();
        return new Run(watch.Elapsed, result, (Environment.CpuUsage.TotalTime - before) / watch.Elapsed);
    }

    private static async Task<Run> OfTwin(string verb, params string[] args)
    {
        var numbers = await Twin.NumbersAsync(verb, args);
        return new Run(TimeSpan.FromMilliseconds(numbers[0]), numbers[1], Cores: 1);
    }

    private sealed record Way(string Name, Func<Task<Run>> RunAsync);

    /// <param name="Time">How long it took.</param>
    /// <param name="Result">What it found.</param>
    /// <param name="Cores">How many cores this process had on average.</param>
    private sealed record Run(TimeSpan Time, int Result, double Cores);
}
