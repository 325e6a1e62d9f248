using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>2.3: a pool of processes keeps the order of its input and survives the death of its workers.</summary>
internal static class ProcessPoolPart
{
    private const int Items = 100;

    public static async Task<bool> RunAsync()
    {
        using var scratch = new Scratch();
        await using var pool = new ProcessPool(Math.Clamp(Environment.ProcessorCount, 2, 4), "child-square", scratch.PathOf("died"));

        // Three that a pool must live with: 42 kills the first worker that gets it, "kill" every one, and "nine" is no number.
        string[] items = [.. Enumerable.Range(0, Items).Select(static i => $"{i}"), "kill", "nine"];
        var answers = await pool.MapAsync(items);
        var squares = answers.Where(static answer => answer.Error is null).Select(static answer => answer.Result!).ToArray();
        Console.WriteLine($"[{string.Join(", ", squares)}]");
        foreach (var (item, answer) in items.Zip(answers).Where(static pair => pair.Second.Error is not null))
        {
            Console.WriteLine($"'{item}': {answer.Error}");
        }

        Console.WriteLine($"Workers that died and were replaced: {pool.Replaced}.");
        Console.WriteLine();

        // What an item costs, once everything has been started.
        var watch = Stopwatch.StartNew();
        await pool.MapAsync(items[..Items]);
        var byProcesses = watch.Elapsed;
        watch.Restart();
        var byThreads = Squares();
        new Grid($"{Items} squares", "per item").Fill(
        [
            ["pool of processes", Format.PerItem(byProcesses, Items)],
            ["Parallel, by ranges", Format.PerItem(watch.Elapsed, Items)],
        ]).Print();

        return squares.SequenceEqual(Enumerable.Range(0, Items).Select(static i => $"{i * i}"))
            && byThreads.SequenceEqual(Enumerable.Range(0, Items).Select(static i => i * i))
            && answers[Items] is { Error: "3 workers died of it." } && answers[Items + 1] is { Error: "'nine' is no whole number." } && pool.Replaced == 4;
    }

    /// <summary>The same on the threads of the pool. A square alone is too little to hand out: a thread gets a range of them.</summary>
    private static int[] Squares()
    {
        var squares = new int[Items];
        Parallel.ForEach(Partitioner.Create(0, Items), range =>
        {
            for (var i = range.Item1; i < range.Item2; i++)
            {
                squares[i] = i * i;
            }
        });
        return squares;
    }

    /// <summary>In the child: a file that is there once 42 has killed a worker.</summary>
    public static Task SquareAsync(string[] args)
    {
        while (Console.ReadLine() is { } item)
        {
            if (item == "kill" || (item == "42" && IsFirst(args[0])))
            {
                using var self = Process.GetCurrentProcess();
                self.Kill();
            }

            Console.WriteLine(int.TryParse(item, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? $"= {(long)number * number}"
                : $"! '{item}' is no whole number.");
        }

        return Task.CompletedTask;
    }

    /// <summary>One process only can create a file, the others find that it exists.</summary>
    private static bool IsFirst(string path)
    {
        try
        {
            new FileStream(path, FileMode.CreateNew).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
