using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Patterns;

/// <summary>1.1: add a thread, give it its argument, list who is alive.</summary>
internal static class ThreadPart
{
    private const int Count = 3;

    // Python's threading.enumerate() lists the live threads. .NET keeps no such list, so whoever wants one keeps it: each thread enters and leaves.
    private static readonly ConcurrentDictionary<string, int> s_alive = new();

    private static readonly CountdownEvent s_arrived = new(Count);
    private static readonly CountdownEvent s_listed = new(1);

    public static bool Run()
    {
        Console.WriteLine($"I am thread {Environment.CurrentManagedThreadId}. A thread has a name when it is given one.");

        var threads = new List<Thread>();
        for (var number = 1; number <= Count; number++)
        {
            threads.Add(new Thread(Job) { Name = $"t{number}" });
        }

        var before = threads.ConvertAll(static thread => thread.ThreadState);
        for (var i = 0; i < Count; i++)
        {
            // The argument is boxed here, with the value of now. A lambda that uses i would share the variable, and see it change.
            threads[i].Start(i + 1);
        }

        s_arrived.Wait();
        var during = threads.ConvertAll(static thread => thread.ThreadState);
        var alive = s_alive.Keys.Order().ToArray();
        var arguments = threads.ConvertAll(static thread => s_alive[thread.Name!]);
        Console.WriteLine($"Alive beside me: {alive.Length}: {string.Join(", ", alive)}.");
        s_listed.Signal();

        threads.ForEach(static thread => thread.Join());
        var after = threads.ConvertAll(static thread => thread.ThreadState);
        Console.WriteLine($"Alive beside me: {s_alive.Count}.");
        Console.WriteLine();

        new Grid("name", "id", "before Start", "at work", "after Join", "argument").Fill(threads.Select((thread, i) =>
            new[] { thread.Name!, $"{thread.ManagedThreadId}", $"{before[i]}", $"{during[i]}", $"{after[i]}", $"{arguments[i]}" })).Print();

        return alive.SequenceEqual(["t1", "t2", "t3"])
            && arguments.SequenceEqual([1, 2, 3])
            && before.TrueForAll(static state => state == ThreadState.Unstarted)
            && after.TrueForAll(static state => state == ThreadState.Stopped)
            && s_alive.IsEmpty;
    }

    /// <summary>One object is all that <see cref="Thread.Start(object)"/> passes; several values go in a tuple.</summary>
    private static void Job(object? argument)
    {
        var number = (int)argument!;
        s_alive[Thread.CurrentThread.Name!] = number;
        Console.WriteLine($"This is an added thread: {Thread.CurrentThread.Name}, number {number}.");

        // Stays until it has been listed.
        s_arrived.Signal();
        s_listed.Wait();
        s_alive.TryRemove(Thread.CurrentThread.Name!, out _);
    }
}
