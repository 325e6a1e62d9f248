namespace Threadwise.Benchmarks.Placement;

/// <summary>The work of <see cref="RawThreads"/>, one item after the other.</summary>
internal static class Sequential
{
    public static void Fill(int[] limits, long[] sums)
    {
        for (var index = 0; index < limits.Length; index++)
        {
            sums[index] = Sum(limits[index]);
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
