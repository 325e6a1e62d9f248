using System.Collections.Generic;
using System.Threading;

namespace Violations.Placement
{
    /// <summary>Work that only computes, on threads of its own.</summary>
    public static class TW6001CpuBoundOnThreads
    {
        public static void Square(int[] limits, long[] sums)
        {
            var threads = new List<Thread>();
            for (var i = 0; i < limits.Length; i++)
            {
                var index = i;
                var thread = new Thread(() => { sums[index] = Sum(0, limits[index]); // expect: TW6001
                });
                thread.Start();
                threads.Add(thread);
            }

            foreach (var thread in threads)
            {
                thread.Join();
            }
        }

        public static long Halves(int limit)
        {
            var sums = new long[2];
            var low = new Thread(() => sums[0] = Sum(0, limit / 2)); // expect: TW6001
            var high = new Thread(() => sums[1] = Sum(limit / 2, limit));
            low.Start();
            high.Start();
            low.Join();
            high.Join();
            return sums[0] + sums[1];
        }

        private static long Sum(int from, int to)
        {
            long sum = 0;
            for (var i = from; i < to; i++)
            {
                sum += (long)i * i;
            }

            return sum;
        }
    }
}
