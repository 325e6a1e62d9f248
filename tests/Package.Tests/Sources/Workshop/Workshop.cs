using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>Ten mistakes in one program: as it stands it prints nonsense and hangs in the end, and once it is formatted it prints what it should.</summary>
internal static class Workshop
{
    private static readonly object s_gate = new object();

    private static void Main()
    {
        Console.WriteLine($"answer {Answer()}");
        Console.WriteLine($"squares {string.Join(" ", Squares())}");
        Console.WriteLine($"numbers {string.Join(" ", Numbers())}");
        Console.WriteLine($"pages {Pages()}");
        Console.WriteLine($"report {Report()}");
        Console.WriteLine($"total {Total()}");
        Console.WriteLine($"long words {LongWords(Enumerable.Repeat("concurrency", 10_000).ToArray())}");
        Console.WriteLine($"lengths {Lengths(Enumerable.Repeat("four", 10_000).ToArray())}");
        Console.WriteLine($"lock {(TryBuy(0) || Monitor.IsEntered(s_gate) ? "held" : "free")}");
        Console.WriteLine($"greeting {Greeting()}");
    }

    private static int Answer()
    {
        var answer = 0;
        var worker = new Thread(() =>
        {
            for (var i = 0; i < 42; i++)
            {
                Thread.Yield();
                answer++;
            }
        });
        worker.Start();
        return answer;
    }

    private static int[] Squares()
    {
        var squares = new int[4];
        for (var i = 0; i < squares.Length; i++)
        {
            var n = i;
            var worker = new Thread(() =>
            {
                Console.Out.Flush();
                squares[n] = n * n;
            });
            worker.Start();
            worker.Join();
        }

        return squares;
    }

    private static IEnumerable<int> Numbers()
    {
        var seen = new ConcurrentBag<int>();
        var workers = new List<Thread>();
        for (var i = 0; i < 4; i++)
        {
            var worker = new Thread(() => seen.Add(i));
            worker.Start();
            workers.Add(worker);
        }

        foreach (var worker in workers)
        {
            worker.Join();
        }

        return seen.Order();
    }

    private static int Pages()
    {
        var pages = 0;
        Task.Factory.StartNew(async () =>
        {
            await Task.Delay(20);
            pages = 7;
        }).Wait();
        return pages;
    }

    private static string Report()
    {
        var report = "";
        var writer = new Thread(() =>
        {
            Thread.Yield();
            report = "written";
        });
        writer.Start();
        writer.Join(60_000);
        return report;
    }

    private static int Total()
    {
        var total = 0;
        var worker = new Thread(() =>
        {
            for (var i = 1; i <= 100; i++)
            {
                Thread.Yield();
                total += i;
            }
        });
        worker.Start();
        Thread.Sleep(1);
        return total;
    }

    private static int LongWords(string[] words)
    {
        var count = 0;
        Parallel.ForEach(words, word =>
        {
            if (word.Length > 10)
            {
                count++;
            }
        });
        return count;
    }

    private static int Lengths(string[] words)
    {
        var lengths = new List<int>();
        Parallel.ForEach(words, word =>
        {
            lengths.Add(word.Trim().Length);
        });
        return lengths.Sum();
    }

    private static bool TryBuy(int amount)
    {
        Monitor.Enter(s_gate);
        if (amount == 0)
        {
            return false;
        }

        Console.WriteLine($"bought {amount}");
        Monitor.Exit(s_gate);
        return true;
    }

    private static string Greeting()
    {
        var greeting = "";
        var task = new Task(() => greeting = "hello");
        task.Wait();
        return greeting;
    }
}
