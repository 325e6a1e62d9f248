using System.Collections.Generic;
using System.Threading;

namespace Threadwise.Benchmarks.Placement;

/// <summary>Work of the processor on a thread for each item, as TW6001 reports it. <see cref="InParallel"/> is what its fix makes of this.</summary>
internal static class RawThreads
{
    public static void Fill(int[] limits, long[] sums)
    {
        var threads = new List<Thread>();
        for (var i = 0; i < limits.Length; i++)
        {
            var index = i;
            var thread = new Thread(() => sums[index] = Sum(limits[index]));
            thread.Start();
            threads.Add(thread);
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }
    }

    private static long Sum(int limit)
    {
        long sum = 0;
        for (var i = 0; i < limit; i++)
        {
            sum += i * i % 7;
        }

        return sum;
    }
}
