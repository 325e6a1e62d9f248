using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>A timed acquire whose result is used after all, cannot be false, or is no lock.</summary>
public class InnocentTimedResultTraps
{
    private static Task Silent(string statements) => Verify.Rule("TW2006", Snippet.Async(statements));

    [Theory]
    [InlineData("gate.Wait(Timeout.Infinite); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("gate.Wait(-1, ct); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("await gate.WaitAsync(Timeout.InfiniteTimeSpan); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("gate.Wait(TimeSpan.FromMilliseconds(-1)); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("const int Forever = Timeout.Infinite; mutex.WaitOne(Forever); try { work.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("Monitor.TryEnter(sync, Timeout.Infinite); try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("_ = rw.TryEnterReadLock(Timeout.Infinite); try { work.Do(); } finally { rw.ExitReadLock(); }")]
    [InlineData("mutex.WaitOne(); try { work.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("kernel.WaitOne(-1, true); try { work.Do(); } finally { kernel.Release(); }")]
    [InlineData("modern.TryEnter(Timeout.InfiniteTimeSpan); try { work.Do(); } finally { modern.Exit(); }")]
    public Task Infinite_timeout(string statements) => Silent(statements);

    [Theory]
    [InlineData("using var ready = new ManualResetEvent(false); ready.WaitOne(100); work.Do(); ready.Set();")]
    [InlineData("using var ready = new AutoResetEvent(false); _ = ready.WaitOne(100); work.Do(); ready.Set();")]
    [InlineData("using var ready = new ManualResetEventSlim(); ready.Wait(100); work.Do(); ready.Set();")]
    [InlineData("using var count = new CountdownEvent(1); count.Wait(100); work.Do(); count.Signal();")]
    [InlineData("using var barrier = new Barrier(1); barrier.SignalAndWait(100); work.Do();")]
    [InlineData("Monitor.Enter(sync); try { Monitor.Wait(sync, 100); work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("work.DoAsync().Wait(100); lock (sync) work.Do();")]
    [InlineData("var thread = new Thread(work.Do); thread.Start(); thread.Join(100);")]
    [InlineData("ct.WaitHandle.WaitOne(100); gate.Wait(); try { work.Do(); } finally { gate.Release(); }")]
    public Task Signals_are_no_locks(string statements) => Silent(statements);

    [Theory]
    [InlineData("signal.Wait(1000); work.Do();")]
    [InlineData("while (!ct.IsCancellationRequested) { await signal.WaitAsync(1000, ct); work.Do(); }")]
    [InlineData("signal.Wait(0); work.Do();")]
    [InlineData("while (signal.Wait(0)) { } work.Do();")]
    [InlineData("for (int i = signal.CurrentCount; i > 0; i--) signal.Wait(0);")]
    public Task Semaphore_as_a_signal_or_a_stoppable_sleep(string statements) => Silent(statements);

    [Theory]
    [InlineData("Monitor.TryEnter(sync, 100); if (!Monitor.IsEntered(sync)) return; try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.TryEnter(sync); try { if (Monitor.IsEntered(sync)) work.Do(); } finally { if (Monitor.IsEntered(sync)) Monitor.Exit(sync); }")]
    [InlineData("rw.TryEnterWriteLock(100); if (rw.IsWriteLockHeld) try { work.Do(); } finally { rw.ExitWriteLock(); }")]
    [InlineData("modern.TryEnter(); if (!modern.IsHeldByCurrentThread) return; try { work.Do(); } finally { modern.Exit(); }")]
    public Task Held_test_instead_of_the_result(string statements) => Verify.Rule("TW2006", Snippet.Sync(statements));

    [Theory]
    [InlineData("bool entered = gate.Wait(100); Action leave = () => { if (entered) gate.Release(); }; try { work.Do(); } finally { leave(); }")]
    [InlineData("bool entered = false; entered = gate.Wait(100); if (entered) { try { work.Do(); } finally { gate.Release(); } }")]
    [InlineData("var results = new[] { gate.Wait(100) }; if (results[0]) try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("if (Check(gate.Wait(100))) try { work.Do(); } finally { gate.Release(); } static bool Check(bool entered) => entered;")]
    [InlineData("Run(await gate.WaitAsync(100)); void Run(bool entered) { try { work.Do(); } finally { if (entered) gate.Release(); } }")]
    [InlineData("while (!gate.Wait(100)) ; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("if (gate.Wait(100)) { } else return; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("Task<bool> wait = gate.WaitAsync(100, ct); await wait; if (wait.Result) try { work.Do(); } finally { gate.Release(); }")]
    public Task Result_used_in_a_roundabout_way(string statements) => Silent(statements);

    [Fact]
    public Task Infinite_by_a_readonly_field() => Verify.Rule("TW2006", Snippet.Class("""
        private static readonly TimeSpan Forever = Timeout.InfiniteTimeSpan;
        private const int Always = -1;
        public void A() { gate.Wait(Forever); try { work.Do(); } finally { gate.Release(); } }
        public void B() { Monitor.TryEnter(sync, Always); try { work.Do(); } finally { Monitor.Exit(sync); } }
        """));

    [Fact]
    public Task Result_stored_or_returned() => Verify.Rule("TW2006", Snippet.Class("""
        private bool held;
        public bool Held { get; private set; }
        public void Take() => held = gate.Wait(100);
        public void TakeProperty() { Held = Monitor.TryEnter(sync, 100); }
        public void Leave() { if (held) gate.Release(); if (Held) Monitor.Exit(sync); }
        public bool TryTake() => mutex.WaitOne(100);
        public Task<bool> TryTakeAsync() => gate.WaitAsync(100);
        public async Task<bool> TryTakeSlowlyAsync() => await gate.WaitAsync(100).ConfigureAwait(false);
        public void TryTake(out bool taken) { taken = rw.TryEnterReadLock(100); }
        public IEnumerable<bool> TryAll() { yield return gate.Wait(100); yield return other.Wait(100); }
        """));
}
