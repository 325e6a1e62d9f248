using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Violations;

/// <summary>Work that computes, placed where it does not belong. Both print the milliseconds it took and the primes found.</summary>
public static class Computing
{
    /// <summary>A thread for each item, as many as there are items.</summary>
    public static void OnThreads(int items, int limit)
    {
        var watch = Stopwatch.StartNew();
        var primes = new int[items];
        var threads = new List<Thread>();
        for (var i = 0; i < items; i++)
        {
            var index = i;
            var thread = new Thread(() => primes[index] = Primes(limit)); // expect: TW6001
            thread.Start();
            threads.Add(thread);
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        Console.WriteLine($"{watch.ElapsedMilliseconds} {primes.Sum()}");
    }

    /// <summary>Asynchronous in name: nothing is waited for, so each item is computed on the caller's thread before the next one begins.</summary>
    public static async Task InAsyncAsync(int items, int limit)
    {
        var watch = Stopwatch.StartNew();
        var primes = await Task.WhenAll(Enumerable.Range(0, items).Select(_ => PrimesAsync(limit)));
        Console.WriteLine($"{watch.ElapsedMilliseconds} {primes.Sum()}");
    }

    private static async Task<int> PrimesAsync(int limit)
    {
        await Task.CompletedTask;
        return Primes(limit);
    }

    private static int Primes(int limit)
    {
        var primes = 0;
        for (var number = 2; number < limit; number++)
        {
            var divisor = 2;
            while (divisor * divisor <= number && number % divisor != 0)
            {
                divisor++;
            }

            primes += divisor * divisor > number ? 1 : 0;
        }

        return primes;
    }
}
