using System;
using System.Globalization;
using System.Threading.Tasks;

namespace Violations;

/// <summary>Runs the wrong versions that samples/Patterns contrasts with the right ones.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["unlocked-steps"]:
                Unlocked.Steps();
                return 0;
            case ["unlocked-loop"]:
                Unlocked.Loop();
                return 0;
            case ["join-in-start-loop"]:
                JoinInStartLoop.Run();
                return 0;
            case ["crawl-one-by-one", .. var pages]:
                await Crawler.OneByOneAsync(pages);
                return 0;
            case ["crawl-in-parallel", .. var pages]:
                Crawler.InParallel(pages);
                return 0;
            case ["primes-on-threads", var items, var limit]:
                Computing.OnThreads(Number(items), Number(limit));
                return 0;
            case ["primes-async", var items, var limit]:
                await Computing.InAsyncAsync(Number(items), Number(limit));
                return 0;
            case ["wait-on-threads", var count]:
                Waiting.OnThreads(Number(count));
                return 0;
            case ["wait-on-pool", var count]:
                Waiting.OnPool(Number(count));
                return 0;
            default:
                Console.Error.WriteLine(
                    "Say one of: unlocked-steps, unlocked-loop, join-in-start-loop, crawl-one-by-one <page>…, crawl-in-parallel <page>…, "
                    + "primes-on-threads <items> <limit>, primes-async <items> <limit>, wait-on-threads <count>, wait-on-pool <count>.");
                return 2;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
