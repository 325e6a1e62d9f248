using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace Violations;

/// <summary>Workers that do nothing but wait, each on a thread. Both print the bytes that all of them took: resident, virtual.</summary>
public static class Waiting
{
    /// <summary>
    /// The C library of Linux reserves 64 MB of heap for a thread until there are eight heaps a core. They belong to no thread, so that many threads are
    /// there before anything is measured.
    /// </summary>
    private static readonly int s_before = 8 * Environment.ProcessorCount;

    public static void OnThreads(int count)
    {
        var stop = new ManualResetEventSlim();
        var threads = StartThreads(s_before, stop);
        var (resident, reserved) = Memory();
        threads.AddRange(StartThreads(count, stop));
        var (residentAfter, reservedAfter) = Memory();
        stop.Set();
        threads.ForEach(static thread => thread.Join());
        Console.WriteLine($"{residentAfter - resident} {reservedAfter - reserved}");
    }

    public static void OnPool(int count)
    {
        // So many the pool adds at once; it waits a while before each that goes beyond. Not all of them yet, or it would have one in reserve when the measuring begins.
        ThreadPool.SetMinThreads(s_before, 1);
        var stop = new ManualResetEventSlim();
        QueueItems(s_before, stop);
        var (resident, reserved) = Memory();
        ThreadPool.SetMinThreads(s_before + count, 1);
        QueueItems(count, stop);
        var (residentAfter, reservedAfter) = Memory();
        stop.Set();
        Console.WriteLine($"{residentAfter - resident} {reservedAfter - reserved}");
    }

    private static List<Thread> StartThreads(int count, ManualResetEventSlim stop)
    {
        using var up = new CountdownEvent(count);
        var threads = new List<Thread>();
        for (var i = 0; i < count; i++)
        {
            var thread = new Thread(() =>
            {
                up.Signal();
                stop.Wait();
            });
            thread.Start();
            threads.Add(thread);
        }

        up.Wait();
        return threads;
    }

    private static void QueueItems(int count, ManualResetEventSlim stop)
    {
        using var up = new CountdownEvent(count);
        for (var i = 0; i < count; i++)
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                up.Signal();
                stop.Wait();
            });
        }

        up.Wait();
    }

    private static (long Resident, long Reserved) Memory()
    {
        // The first reading loads what reads, so it does not count.
        Read();
        return Read();

        static (long, long) Read()
        {
            using var self = Process.GetCurrentProcess();
            return (self.WorkingSet64, self.VirtualMemorySize64);
        }
    }
}
