using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace Threadwise.Benchmarks.Placement;

/// <summary>What the fix of TW6001 gains: the same items by three forms.</summary>
/// <param name="Items">How many items.</param>
/// <param name="Steps">Steps of arithmetic in each.</param>
/// <param name="Sequential">Median time of one after the other.</param>
/// <param name="Threads">Median time of a thread for each.</param>
/// <param name="Parallel">Median time of the rewritten form.</param>
internal sealed record Comparison(int Items, int Steps, TimeSpan Sequential, TimeSpan Threads, TimeSpan Parallel)
{
    private static readonly (string Name, Action<int[], long[]> Fill)[] s_forms =
        [(nameof(Placement.Sequential), Placement.Sequential.Fill), (nameof(RawThreads), RawThreads.Fill), (nameof(InParallel), InParallel.Fill)];

    /// <summary>From many small items to a few large ones: the same work in all.</summary>
    public static IReadOnlyList<(int Items, int Steps)> Sizes { get; } = [(4_000, 25_000), (400, 250_000), (8, 12_500_000)];

    /// <summary>Runs the forms in turns, so that whatever else the machine does falls on all alike.</summary>
    public static Comparison Of(int items, int steps, int rounds)
    {
        var times = s_forms.ToDictionary(static form => form.Name, static _ => new List<TimeSpan>());
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (name, fill) in s_forms)
            {
                var since = Stopwatch.GetTimestamp();
                fill([.. Enumerable.Repeat(steps, items)], new long[items]);
                if (round > 0)
                {
                    times[name].Add(Stopwatch.GetElapsedTime(since));
                }
            }
        }

        return new(items, steps, Median(nameof(Placement.Sequential)), Median(nameof(RawThreads)), Median(nameof(InParallel)));

        TimeSpan Median(string name) => times[name].Order().ElementAt(rounds / 2);
    }

    /// <summary>The results of each form for the same items.</summary>
    public static IReadOnlyList<long[]> Results(int[] limits) => [.. s_forms.Select(form =>
    {
        var sums = new long[limits.Length];
        form.Fill(limits, sums);
        return sums;
    })];
}
