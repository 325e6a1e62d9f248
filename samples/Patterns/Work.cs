namespace Patterns;

/// <summary>Work that only computes.</summary>
internal static class Work
{
    /// <summary>How many primes are below the limit, by trying every divisor, since the point is to be busy.</summary>
    public static int Primes(int limit)
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
