using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>1.2: whoever needs what a thread does waits for it: start all, then join all.</summary>
internal static class JoinPart
{
    private const int Threads = 4;
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(0.1);

    public static async Task<bool> RunAsync()
    {
        var steps = 0;
        var t1 = new Thread(() =>
        {
            Console.WriteLine("T1 start");
            for (var i = 0; i < 10; i++)
            {
                Thread.Sleep(s_step); // Stands for work.
                steps++;
            }

            Console.WriteLine("T1 finish");
        });
        var t2 = new Thread(static () =>
        {
            Console.WriteLine("T2 start");
            Console.WriteLine("T2 finish");
        });
        t1.Start();
        t2.Start();

        // A wait with a limit answers, and the answer decides: a thread that is not done must not be taken for done.
        if (!t2.Join(TimeSpan.FromMinutes(1)))
        {
            throw new TimeoutException("T2 hangs.");
        }

        t1.Join();

        // Joined: what T1 wrote is there, and belongs to this thread alone.
        Console.WriteLine("all done");
        Console.WriteLine();

        // Start all, then join all: they run side by side. Joined in the start loop they run one by one; that twin stands in
        // samples/Violations/Twins/JoinInStartLoop.cs and prints how many milliseconds it took.
        var together = StartAllThenJoinAll();
        var oneByOne = TimeSpan.FromMilliseconds((await Twin.NumbersAsync("join-in-start-loop"))[0]);
        new Grid(string.Create(CultureInfo.InvariantCulture, $"{Threads} threads of {s_step.TotalSeconds:0.0} s"), "time").Fill(
        [
            ["start all, then join all", Format.Of(together)],
            ["join inside the start loop", Format.Of(oneByOne)],
        ]).Print();

        return steps == 10 && together < oneByOne;
    }

    private static TimeSpan StartAllThenJoinAll()
    {
        var watch = Stopwatch.StartNew();
        var threads = new List<Thread>();
        for (var i = 0; i < Threads; i++)
        {
            var thread = new Thread(static () => Thread.Sleep(s_step));
            thread.Start();
            threads.Add(thread);
        }

        threads.ForEach(static thread => thread.Join());
        return watch.Elapsed;
    }
}
