using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>1.5: a pool of four for twelve items: map, close (no more work), join (wait for all).</summary>
internal static class PoolPart
{
    private const int Workers = 4;
    private const int Items = 12;

    public static bool Run()
    {
        var held = true;
        foreach (var (way, map) in new (string, Action<Log>)[]
        {
            ("Parallel.For", WithParallel), ("worker threads on a queue", WithWorkers), ("ThreadPool, CountdownEvent", WithThreadPool),
        })
        {
            var log = new Log();
            map(log);
            Console.WriteLine($"{way}: finished in the order {string.Join(" ", log.Finished)}; at most {log.Most} at once.");
            new Grid("item", "result", "thread").Fill(log.Results.Select(static (result, item) => new[] { $"{item}", $"{result.Primes} primes", $"{result.Thread}" })).Print();

            // The results stand in the order of the input, as pool.map gives them, whoever was ready first.
            held &= log.Most is > 0 and <= Workers && log.Finished.Order().SequenceEqual(Enumerable.Range(0, Items))
                && log.Results.Select(static result => result.Primes).SequenceEqual(Enumerable.Range(0, Items).Select(static item => Work.Primes(Limit(item))));
        }

        return held;
    }

    /// <summary>The pool of choice for work that computes: it starts, shares out, closes and joins in one call.</summary>
    private static void WithParallel(Log log) =>
        Parallel.For(0, Items, new ParallelOptions { MaxDegreeOfParallelism = Workers }, log.Do);

    /// <summary>Threads of one's own, where the pool must have its own size or priority.</summary>
    private static void WithWorkers(Log log)
    {
        using var queue = new BlockingCollection<int>();
        var workers = new List<Thread>();
        for (var i = 0; i < Workers; i++)
        {
            var worker = new Thread(() =>
            {
                // Ends when the queue is closed and empty.
                foreach (var item in queue.GetConsumingEnumerable())
                {
                    log.Do(item);
                }
            });
            worker.Start();
            workers.Add(worker);
        }

        try
        {
            for (var item = 0; item < Items; item++)
            {
                queue.Add(item);
            }
        }
        finally
        {
            // Close, whatever happened: else the workers wait for the next item for ever.
            queue.CompleteAdding();
        }

        workers.ForEach(static worker => worker.Join());
    }

    /// <summary>The runtime's pool. It has no join of its own: the countdown is one. It has no limit per caller: the semaphore is one.</summary>
    private static void WithThreadPool(Log log)
    {
        using var slots = new SemaphoreSlim(Workers, Workers);
        using var open = new CountdownEvent(Items);
        for (var item = 0; item < Items; item++)
        {
            slots.Wait();
            ThreadPool.QueueUserWorkItem(
                number =>
                {
                    // No finally: an exception out of an item ends the program, and nobody is left waiting. In a task, which keeps its exception, there would have to be one.
                    log.Do(number);
                    slots.Release();
                    open.Signal();
                },
                item,
                preferLocal: false);
        }

        open.Wait();
    }

    /// <summary>The first items are the longest, so that later ones overtake them.</summary>
    private static int Limit(int item) => 2_000 * (Items - item);

    /// <summary>What the workers did. Each item has a slot of its own, so the results need no lock.</summary>
    private sealed class Log
    {
        private int _running;
        private int _most;

        public (int Primes, int Thread)[] Results { get; } = new (int, int)[Items];

        public ConcurrentQueue<int> Finished { get; } = new();

        public int Most => Volatile.Read(ref _most);

        public void Do(int item)
        {
            var running = Interlocked.Increment(ref _running);
            Raise(running);
            Results[item] = (Work.Primes(Limit(item)), Environment.CurrentManagedThreadId);
            Finished.Enqueue(item);
            Interlocked.Decrement(ref _running);
        }

        /// <summary>The greatest so far: tried again when another thread has raised it in between.</summary>
        private void Raise(int running)
        {
            var most = Volatile.Read(ref _most);
            while (running > most)
            {
                var seen = Interlocked.CompareExchange(ref _most, running, most);
                if (seen == most)
                {
                    return;
                }

                most = seen;
            }
        }
    }
}
