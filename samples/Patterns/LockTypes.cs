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
    private const int Updates = Threads * Rounds;

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
        WithLock(), WithMonitor(), WithMutex(), WithSpinLock(), WithSemaphore(), WithSemaphoreSlim(), await WithSemaphoreSlimAsync(), WithReaderWriterLockSlim(), WithReaderWriterLock(), WithTryGuard(),
    ];

    private static Guarded WithLock()
    {
        var count = 0;
        OnThreads(() =>
        {
            lock (s_lock)
            {
                count++;
            }
        });
        return new Guarded("Lock", "lock (…)", "memory, the first choice", Updates, count);
    }

    private static Guarded WithMonitor()
    {
        var count = 0;
        OnThreads(() =>
        {
            // The answer decides: no answer, no lock.
            if (!Monitor.TryEnter(s_monitor, TimeSpan.FromMinutes(1)))
            {
                throw new TimeoutException("The lock is held for too long.");
            }

            try
            {
                count++;
            }
            finally
            {
                Monitor.Exit(s_monitor);
            }
        });
        return new Guarded("Monitor", "if (TryEnter(…, timeout)) try finally Exit", "memory, where waiting must end, or Wait and Pulse are needed", Updates, count);
    }

    private static Guarded WithMutex()
    {
        var count = 0;
        OnThreads(() =>
        {
            // Before the try: a wait that fails has nothing to release.
            s_mutex.WaitOne();
            try
            {
                count++;
            }
            finally
            {
                s_mutex.ReleaseMutex();
            }
        });
        return new Guarded("Mutex", "WaitOne try finally ReleaseMutex", "memory here; files and devices between processes, by name", Updates, count);
    }

    private static Guarded WithSpinLock()
    {
        var count = 0;
        OnThreads(() =>
        {
            var taken = false;
            try
            {
                s_spin.Enter(ref taken);
                count++;
            }
            finally
            {
                if (taken)
                {
                    s_spin.Exit();
                }
            }
        });
        return new Guarded("SpinLock", "Enter(ref taken) finally if (taken) Exit", "a handful of instructions", Updates, count);
    }

    private static Guarded WithSemaphore()
    {
        var count = 0;
        OnThreads(() =>
        {
            s_semaphore.WaitOne();
            try
            {
                count++;
            }
            finally
            {
                s_semaphore.Release();
            }
        });
        return new Guarded("Semaphore", "WaitOne try finally Release", "n at once, between processes by name; one at once here", Updates, count);
    }

    private static Guarded WithSemaphoreSlim()
    {
        var count = 0;
        OnThreads(() =>
        {
            s_slim.Wait();
            try
            {
                count++;
            }
            finally
            {
                s_slim.Release();
            }
        });
        return new Guarded("SemaphoreSlim", "Wait try finally Release", "n at once; one at once here", Updates, count);
    }

    private static async Task<Guarded> WithSemaphoreSlimAsync()
    {
        var count = 0;
        await OnTasksAsync(async () =>
        {
            // The one lock that may be held over an await: it does not belong to a thread.
            await s_asyncGate.WaitAsync();
            try
            {
                await Task.Yield();
                count++;
            }
            finally
            {
                s_asyncGate.Release();
            }
        });
        return new Guarded("SemaphoreSlim, async", "await WaitAsync try finally Release", "what is awaited under the lock", Updates, count);
    }

    private static Guarded WithReaderWriterLockSlim()
    {
        var count = 0;
        OnThreads(() =>
        {
            s_rwSlim.EnterWriteLock();
            try
            {
                count++;
            }
            finally
            {
                s_rwSlim.ExitWriteLock();
            }
        });
        return new Guarded("ReaderWriterLockSlim", "EnterWriteLock try finally ExitWriteLock", "what is read often and written seldom", Updates, count);
    }

    private static Guarded WithReaderWriterLock()
    {
        var count = 0;
        OnThreads(() =>
        {
            s_rw.AcquireWriterLock(Timeout.Infinite);
            try
            {
                count++;
            }
            finally
            {
                s_rw.ReleaseWriterLock();
            }
        });
        return new Guarded("ReaderWriterLock", "AcquireWriterLock try finally ReleaseWriterLock", "the same, in old code", Updates, count);
    }

    private static Guarded WithTryGuard()
    {
        var count = 0;
        OnThreads(() =>
        {
            // Whoever finds it taken leaves the work to the one who has it; here everybody has work, so everybody tries again.
            while (Interlocked.Exchange(ref s_busy, 1) != 0)
            {
                Thread.Yield();
            }

            try
            {
                count++;
            }
            finally
            {
                Volatile.Write(ref s_busy, 0);
            }
        });
        return new Guarded("Interlocked", "if (Exchange(ref busy, 1) == 0) try finally Write(ref busy, 0)", "work that may be left to who is at it already", Updates, count);
    }

    /// <summary>Four threads that do the step side by side, again and again; returns when all have ended.</summary>
    private static void OnThreads(Action step)
    {
        var threads = new List<Thread>();
        for (var i = 0; i < Threads; i++)
        {
            var thread = new Thread(() =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    step();
                }
            });
            thread.Start();
            threads.Add(thread);
        }

        threads.ForEach(static thread => thread.Join());
    }

    private static Task OnTasksAsync(Func<Task> stepAsync) => Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(async () =>
    {
        for (var round = 0; round < Rounds; round++)
        {
            await stepAsync();
        }
    })));
}
