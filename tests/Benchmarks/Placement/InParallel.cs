using System.Threading.Tasks;

namespace Threadwise.Benchmarks.Placement;

/// <summary>The work of <see cref="RawThreads"/>, as the fix of TW6001 writes it.</summary>
internal static class InParallel
{
    public static void Fill(int[] limits, long[] sums)
    {
        Parallel.For(0, limits.Length, i =>
        {
            var index = i;
            sums[index] = Sum(limits[index]);
        });
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
