using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>Correct uses of Lock, SpinLock, Mutex and try-guards by Interlocked.</summary>
public class InnocentOtherLockTraps
{
    private static Task Silent(string statements) => Verify.Rule("TW2003", Snippet.Sync(statements));

    [Theory]
    [InlineData("modern.Enter(); try { work.Do(); } finally { modern.Exit(); }")]
    [InlineData("if (modern.TryEnter()) { try { work.Do(); } finally { modern.Exit(); } }")]
    [InlineData("if (!modern.TryEnter(TimeSpan.FromSeconds(1))) return; try { work.Do(); } finally { modern.Exit(); }")]
    [InlineData("using (modern.EnterScope()) { work.Do(); }")]
    [InlineData("try { using var scope = modern.EnterScope(); work.Do(); } finally { work.Do(); }")]
    [InlineData("var scope = modern.EnterScope(); try { work.Do(); } finally { scope.Dispose(); }")]
    [InlineData("lock (modern) { work.Do(); if (condition) return; }")]
    [InlineData("lock (modern) { modern.Exit(); try { work.Do(); } finally { modern.Enter(); } }")]
    [InlineData("try { work.Do(); modern.Enter(); work.Do(); } finally { if (modern.IsHeldByCurrentThread) modern.Exit(); }")]
    [InlineData("bool taken = false; try { taken = modern.TryEnter(100); if (taken) work.Do(); } finally { if (taken) modern.Exit(); }")]
    [InlineData("modern.Enter(); try { work.Do(); modern.Enter(); try { work.Do(); } finally { modern.Exit(); } } finally { modern.Exit(); }")]
    public Task Modern_lock(string statements) => Silent(statements);

    [Theory]
    [InlineData("bool taken = false; try { spin.Enter(ref taken); number++; } finally { if (taken) spin.Exit(); }")]
    [InlineData("bool taken = false; spin.Enter(ref taken); try { number++; } finally { spin.Exit(false); }")]
    [InlineData("bool taken = false; spin.TryEnter(ref taken); if (!taken) return; try { number++; } finally { spin.Exit(); }")]
    [InlineData("bool taken = false; try { spin.TryEnter(100, ref taken); if (taken) number++; } finally { if (taken) spin.Exit(true); }")]
    [InlineData("bool taken = false; do spin.TryEnter(TimeSpan.FromMilliseconds(1), ref taken); while (!taken); try { number++; } finally { spin.Exit(); }")]
    [InlineData("if (spin.IsHeldByCurrentThread) spin.Exit();")]
    public Task Spin_lock(string statements) => Silent(statements);

    [Theory]
    [InlineData("mutex.WaitOne(); try { work.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("if (mutex.WaitOne(0)) { try { work.Do(); } finally { mutex.ReleaseMutex(); } }")]
    [InlineData("if (!mutex.WaitOne(TimeSpan.FromSeconds(1), false)) throw new TimeoutException(); try { work.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("try { mutex.WaitOne(); } catch (AbandonedMutexException) { } try { work.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("bool owned; try { owned = mutex.WaitOne(100); } catch (AbandonedMutexException) { owned = true; } if (!owned) return; try { work.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("bool owned = false; try { try { owned = mutex.WaitOne(100); } catch (AbandonedMutexException) { owned = true; } if (owned) work.Do(); } finally { if (owned) mutex.ReleaseMutex(); }")]
    [InlineData("try { if (!mutex.WaitOne(100)) return; } catch (AbandonedMutexException) { work.Do(); } try { work.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("WaitHandle handle = mutex; handle.WaitOne(); try { work.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("if (WaitHandle.WaitAny(new WaitHandle[] { mutex, ct.WaitHandle }) != 0) return; try { work.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("WaitHandle.WaitAll(new WaitHandle[] { mutex, kernel }); try { work.Do(); } finally { mutex.ReleaseMutex(); kernel.Release(); }")]
    [InlineData("using var ready = new ManualResetEvent(false); WaitHandle.SignalAndWait(ready, mutex); try { work.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("mutex.WaitOne(); mutex.WaitOne(); mutex.ReleaseMutex(); mutex.ReleaseMutex();")]
    public Task Mutex_waits(string statements) => Silent(statements);

    [Theory]
    [InlineData("using var own = new Mutex(true); work.Do(); own.ReleaseMutex();")]
    [InlineData("using var own = new Mutex(initiallyOwned: true); try { work.Do(); } finally { own.ReleaseMutex(); }")]
    [InlineData("using var own = new Mutex(true, \"app\", out bool created); if (!created) return; try { work.Do(); } finally { own.ReleaseMutex(); }")]
    [InlineData("using var own = new Mutex(true, \"app\", out bool created); try { if (created) work.Do(); } finally { if (created) own.ReleaseMutex(); }")]
    [InlineData("using var own = new Mutex(true, \"app\", out bool created); if (!created) own.WaitOne(); try { work.Do(); } finally { own.ReleaseMutex(); }")]
    [InlineData("using var own = new Mutex(true, \"app\", out bool created); if (!created && !own.WaitOne(100)) return; try { work.Do(); } finally { own.ReleaseMutex(); }")]
    [InlineData("using var own = new Mutex(false, \"app\"); bool owned = own.WaitOne(0); try { if (!owned) return; work.Do(); } finally { if (owned) own.ReleaseMutex(); }")]
    [InlineData("using var own = new Mutex(false, \"app\", out bool created); own.WaitOne(); try { work.Do(); } finally { own.ReleaseMutex(); }")]
    [InlineData("if (!Mutex.TryOpenExisting(\"app\", out Mutex? found)) return; found.WaitOne(); try { work.Do(); } finally { found.ReleaseMutex(); found.Dispose(); }")]
    [InlineData("var own = new Mutex(true, \"app\"); AppDomain.CurrentDomain.ProcessExit += (_, _) => own.ReleaseMutex();")]
    public Task Mutex_created_owned_or_named(string statements) => Silent(statements);

    [Theory]
    [InlineData("if (Interlocked.Exchange(ref busy, 1) == 1) return; try { work.Do(); } finally { Volatile.Write(ref busy, 0); }")]
    [InlineData("if (Interlocked.CompareExchange(ref busy, 1, 0) != 0) return; try { work.Do(); } finally { Interlocked.Exchange(ref busy, 0); }")]
    [InlineData("if (Interlocked.CompareExchange(ref busy, 1, 0) == 0) { try { work.Do(); } finally { busy = 0; } }")]
    [InlineData("var wait = new SpinWait(); while (Interlocked.CompareExchange(ref busy, 1, 0) != 0) wait.SpinOnce(); try { work.Do(); } finally { Volatile.Write(ref busy, 0); }")]
    [InlineData("bool first = Interlocked.Exchange(ref busy, 1) == 0; try { if (first) work.Do(); } finally { if (first) Interlocked.Exchange(ref busy, 0); }")]
    [InlineData("if (Interlocked.Exchange(ref open, true)) return; try { work.Do(); } finally { Volatile.Write(ref open, false); }")]
    [InlineData("Interlocked.Exchange(ref busy, 0); work.Do(); Interlocked.Exchange(ref busy, 0);")]
    [InlineData("if (Interlocked.Increment(ref busy) == 1) { work.Do(); } Interlocked.Decrement(ref busy);")]
    [InlineData("if (Interlocked.Exchange(ref busy, 1) == 0) gate.Release();")]
    [InlineData("if (Interlocked.Decrement(ref busy) == 0) gate.Release();")]
    public Task Interlocked_guard(string statements) => Verify.Rule("TW2003", Snippet.Class(
        $"private int busy; private bool open; public void M() {{ {statements} }}"));
}
