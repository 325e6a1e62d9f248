using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>What a lock guarded.</summary>
/// <param name="Lock">Its type.</param>
/// <param name="Shape">How it is taken and given back.</param>
/// <param name="Guards">What for.</param>
/// <param name="Expected">How many updates were made under it.</param>
/// <param name="Found">How many of them are there.</param>
internal sealed record Guarded(string Lock, string Shape, string Guards, int Expected, int Found);

/// <summary>Every kind of lock in its right shape, each around a count that four threads add to.</summary>
internal static class LockTypes
{
    private const int Threads = 4;
    private const int Rounds = 2_500;

    private static readonly Lock s_lock = new();
    private static readonly object s_monitor = new();
    private static readonly Mutex s_mutex = new();
    private static readonly Semaphore s_semaphore = new(1, 1);
    private static readonly SemaphoreSlim s_slim = new(1, 1);
    private static readonly SemaphoreSlim s_asyncGate = new(1, 1);
    private static readonly ReaderWriterLockSlim s_rwSlim = new();
    private static readonly ReaderWriterLock s_rw = new();

    // Not readonly: a SpinLock is a struct, and a readonly one would be copied at each call.
    private static SpinLock s_spin = new(enableThreadOwnerTracking: false);
    private static int s_busy;

    public static async Task<List<Guarded>> RunAsync() =>
    [
        OnThreads("Lock", "lock (…)", "memory, the first choice", WithLock),
        OnThreads("Monitor", "if (TryEnter(…, timeout)) try finally Exit", "memory, where waiting must end, or Wait and Pulse are needed", WithMonitor),
        OnThreads("Mutex", "WaitOne try finally ReleaseMutex", "memory here; files and devices between processes, by name", WithMutex),
        OnThreads("SpinLock", "Enter(ref taken) finally if (taken) Exit", "a handful of instructions", WithSpinLock),
        OnThreads("Semaphore", "WaitOne try finally Release", "n at once, between processes by name; one at once here", WithSemaphore),
        OnThreads("SemaphoreSlim", "Wait try finally Release", "n at once; one at once here", WithSemaphoreSlim),
        await OnTasksAsync(),
        OnThreads("ReaderWriterLockSlim", "EnterWriteLock try finally ExitWriteLock", "what is read often and written seldom", WithReaderWriterLockSlim),
        OnThreads("ReaderWriterLock", "AcquireWriterLock try finally ReleaseWriterLock", "the same, in old code", WithReaderWriterLock),
        OnThreads("Interlocked", "if (Exchange(ref busy, 1) == 0) try finally Write(ref busy, 0)", "work that may be left to who is at it already", WithTryGuard),
    ];

    private static void WithLock(Count count)
    {
        lock (s_lock)
        {
            count.Value++;
        }
    }

    private static void WithMonitor(Count count)
    {
        // The answer decides: no answer, no lock.
        if (!Monitor.TryEnter(s_monitor, TimeSpan.FromMinutes(1)))
        {
            throw new TimeoutException("The lock is held for too long.");
        }

        try
        {
            count.Value++;
        }
        finally
        {
            Monitor.Exit(s_monitor);
        }
    }

    private static void WithMutex(Count count)
    {
        // Before the try: a wait that fails has nothing to release.
        s_mutex.WaitOne();
        try
        {
            count.Value++;
        }
        finally
        {
            s_mutex.ReleaseMutex();
        }
    }

    private static void WithSpinLock(Count count)
    {
        var taken = false;
        try
        {
            s_spin.Enter(ref taken);
            count.Value++;
        }
        finally
        {
            if (taken)
            {
                s_spin.Exit();
            }
        }
    }

    private static void WithSemaphore(Count count)
    {
        s_semaphore.WaitOne();
        try
        {
            count.Value++;
        }
        finally
        {
            s_semaphore.Release();
        }
    }

    private static void WithSemaphoreSlim(Count count)
    {
        s_slim.Wait();
        try
        {
            count.Value++;
        }
        finally
        {
            s_slim.Release();
        }
    }

    private static async Task WithSemaphoreSlimAsync(Count count)
    {
        // The one lock that may be held over an await: it does not belong to a thread.
        await s_asyncGate.WaitAsync();
        try
        {
            await Task.Yield();
            count.Value++;
        }
        finally
        {
            s_asyncGate.Release();
        }
    }

    private static void WithReaderWriterLockSlim(Count count)
    {
        s_rwSlim.EnterWriteLock();
        try
        {
            count.Value++;
        }
        finally
        {
            s_rwSlim.ExitWriteLock();
        }
    }

    private static void WithReaderWriterLock(Count count)
    {
        s_rw.AcquireWriterLock(Timeout.Infinite);
        try
        {
            count.Value++;
        }
        finally
        {
            s_rw.ReleaseWriterLock();
        }
    }

    private static void WithTryGuard(Count count)
    {
        // Whoever finds it taken leaves the work to the one who has it; here everybody has work, so everybody tries again.
        while (Interlocked.Exchange(ref s_busy, 1) != 0)
        {
            Thread.Yield();
        }

        try
        {
            count.Value++;
        }
        finally
        {
            Volatile.Write(ref s_busy, 0);
        }
    }

    private static Guarded OnThreads(string name, string shape, string guards, Action<Count> add)
    {
        var count = new Count();
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                add(count);
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        return new Guarded(name, shape, guards, Threads * Rounds, count.Value);
    }

    private static async Task<Guarded> OnTasksAsync()
    {
        var count = new Count();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                await WithSemaphoreSlimAsync(count);
            }
        })));
        return new Guarded("SemaphoreSlim, async", "await WaitAsync try finally Release", "what is awaited under the lock", Threads * Rounds, count.Value);
    }

    private sealed class Count
    {
        public int Value { get; set; }
    }
}
