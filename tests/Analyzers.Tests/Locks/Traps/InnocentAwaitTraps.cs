using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>An await or yield near a thread-affine lock that is not held there, or under a lock that has no owner.</summary>
public class InnocentAwaitTraps
{
    private static Task Silent(string statements) => Verify.Rule("TW2007", Snippet.Async(statements));

    [Theory]
    [InlineData("await work.DoAsync(); Monitor.Enter(sync); try { work.Do(); } finally { Monitor.Exit(sync); } await work.DoAsync();")]
    [InlineData("mutex.WaitOne(); try { work.Do(); } finally { mutex.ReleaseMutex(); } await work.DoAsync();")]
    [InlineData("await foreach (int i in work.Stream()) { rw.EnterWriteLock(); try { number += i; } finally { rw.ExitWriteLock(); } }")]
    [InlineData("lock (sync) { number++; } await work.DoAsync(); lock (sync) { number--; }")]
    [InlineData("lock (modern) { number++; } await work.DoAsync();")]
    [InlineData("try { await work.DoAsync(); } finally { modern.Enter(); try { number++; } finally { modern.Exit(); } }")]
    [InlineData("Monitor.Enter(sync); try { work.Do(); } catch { Monitor.Exit(sync); await work.DoAsync(); return; } Monitor.Exit(sync);")]
    [InlineData("Monitor.Enter(sync); try { work.Do(); } finally { Monitor.Exit(sync); await work.DoAsync(); }")]
    [InlineData("try { rw.EnterReadLock(); try { work.Do(); } finally { rw.ExitReadLock(); } } catch (IOException) { await work.DoAsync(); }")]
    [InlineData("old.AcquireReaderLock(100); try { work.Do(); } finally { old.ReleaseReaderLock(); } await using (work) { work.Do(); }")]
    public Task Before_or_after(string statements) => Silent(statements);

    [Theory]
    [InlineData("if (!Monitor.TryEnter(sync)) { await work.DoAsync(); return; } try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("while (!Monitor.TryEnter(sync)) await Task.Yield(); try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("if (rw.TryEnterReadLock(0)) { try { work.Do(); } finally { rw.ExitReadLock(); } } else { await work.DoAsync(); }")]
    [InlineData("bool taken = false; try { Monitor.TryEnter(sync, ref taken); if (taken) work.Do(); } finally { if (taken) Monitor.Exit(sync); } if (!taken) await work.DoAsync();")]
    [InlineData("bool taken = modern.TryEnter(100); if (!taken) await work.DoAsync(); else { try { work.Do(); } finally { modern.Exit(); } }")]
    [InlineData("bool taken = false; spin.Enter(ref taken); number++; spin.Exit(); await work.DoAsync();")]
    [InlineData("if (condition) Monitor.Enter(sync); number++; if (condition) Monitor.Exit(sync); else await work.DoAsync();")]
    [InlineData("while (number-- > 0) { Monitor.Enter(sync); number--; Monitor.Exit(sync); await Task.Yield(); }")]
    [InlineData("Monitor.Enter(sync); if (condition) { Monitor.Exit(sync); await work.DoAsync(); return; } number++; Monitor.Exit(sync);")]
    [InlineData("if (!mutex.WaitOne(0)) { await work.DoAsync(); return; } try { work.Do(); } finally { mutex.ReleaseMutex(); }")]
    public Task On_the_path_without_the_lock(string statements) => Silent(statements);

    /// <summary>Compilers before C# 13 do not allow the scope in an async method.</summary>
    [Fact]
    public Task Scope_closed_before_the_await_from_csharp_13_on() => Silent("using (modern.EnterScope()) { number++; } await work.DoAsync();");

    [Fact]
    public Task Left_for_the_await_and_taken_again() => Silent(
        "Monitor.Enter(sync); number++; Monitor.Exit(sync); await work.DoAsync(); Monitor.Enter(sync); number--; Monitor.Exit(sync);");

    [Theory]
    [InlineData("Monitor.Enter(sync); try { Func<Task> later = async () => await work.DoAsync(); Task.Run(later); } finally { Monitor.Exit(sync); }")]
    [InlineData("rw.EnterReadLock(); try { Task.Run(async () => { await work.DoAsync(); }); } finally { rw.ExitReadLock(); }")]
    [InlineData("Monitor.Enter(sync); try { Start(); } finally { Monitor.Exit(sync); } async void Start() { await work.DoAsync(); }")]
    [InlineData("Task task; lock (sync) { task = Task.Run(async () => await work.DoAsync()); } await task;")]
    [InlineData("Task task; Monitor.Enter(sync); try { task = work.DoAsync(); } finally { Monitor.Exit(sync); } await task;")]
    [InlineData("Func<Task> run = async () => { Monitor.Enter(sync); number++; Monitor.Exit(sync); await work.DoAsync(); }; await run();")]
    public Task In_another_body(string statements) => Silent(statements);

    [Theory]
    [InlineData("await gate.WaitAsync(ct); try { await work.DoAsync(); } finally { gate.Release(); }")]
    [InlineData("gate.Wait(ct); try { await foreach (int i in work.Stream()) number += i; } finally { gate.Release(); }")]
    [InlineData("kernel.WaitOne(); try { await work.DoAsync(); } finally { kernel.Release(); }")]
    [InlineData("if (Interlocked.Exchange(ref number, 1) == 1) return; try { await work.DoAsync(); } finally { Interlocked.Exchange(ref number, 0); }")]
    [InlineData("using var ready = new ManualResetEvent(true); ready.WaitOne(); ready.Reset(); await work.DoAsync(); ready.Set();")]
    public Task Locks_without_an_owner(string statements) => Silent(statements);

    [Fact]
    public Task Iterators_that_yield_outside_the_lock() => Verify.Rule("TW2007", Snippet.Class("""
        public IEnumerable<int> A(List<int> items)
        {
            int[] copy;
            Monitor.Enter(sync);
            try { copy = items.ToArray(); }
            finally { Monitor.Exit(sync); }
            foreach (int item in copy) yield return item;
        }
        public IEnumerable<int> B(int[] items)
        {
            foreach (int item in items)
            {
                rw.EnterReadLock();
                try { if (item < 0) yield break; work.Do(); }
                finally { rw.ExitReadLock(); }
                yield return item;
            }
        }
        public IEnumerable<int> D()
        {
            if (!Monitor.TryEnter(sync)) { yield return -1; yield break; }
            try { work.Do(); }
            finally { Monitor.Exit(sync); }
            yield return 1;
        }
        public async IAsyncEnumerable<int> E()
        {
            await gate.WaitAsync();
            try { await foreach (int i in work.Stream()) yield return i; }
            finally { gate.Release(); }
        }
        """));

    [Fact]
    public Task Yield_outside_the_lock_statement() => Verify.Rule("TW2007", """
        class C
        {
            private readonly object sync = new();
            private int value;
            IEnumerable<int> A() { int copy; lock (sync) { copy = value; } yield return copy; }
            IEnumerable<int> B() { lock (sync) { foreach (var i in Inner()) value = i; } yield break; IEnumerable<int> Inner() { yield return 1; } }
            IEnumerable<int> D() { lock (sync) { if (value == 0) yield break; } yield return 1; }
        }
        """);

    /// <summary>Who holds it to the end of the process has nothing to release.</summary>
    [Theory]
    [InlineData("mutex.WaitOne(); await Task.Delay(Timeout.Infinite);")]
    [InlineData("if (!mutex.WaitOne(0)) return; await Task.Delay(100); Console.WriteLine();")]
    public Task A_mutex_that_is_held_to_the_end(string statements) => Verify.Rule("TW2007", $$"""
        class C { static async Task Main() { using var mutex = new Mutex(false, "Only"); {{statements}} } }
        """);

    /// <summary>An await of a finished task goes on at once, on the same thread.</summary>
    [Theory]
    [InlineData("await Task.CompletedTask;")]
    [InlineData("await Task.FromResult(1);")]
    [InlineData("await new ValueTask<int>(1);")]
    [InlineData("await default(ValueTask);")]
    [InlineData("await ValueTask.CompletedTask.ConfigureAwait(false);")]
    public Task An_await_of_what_is_finished(string wait) => Verify.Rule("TW2007", $$"""
        class C { async Task M(object sync) { Monitor.Enter(sync); try { {{wait}} } finally { Monitor.Exit(sync); } await Task.Yield(); } }
        """);

    [Theory]
    [InlineData("rw.AcquireWriterLock(-1); rw.ReleaseReaderLock(); await work;")]
    [InlineData("rw.AcquireReaderLock(-1); var cookie = rw.UpgradeToWriterLock(-1); rw.ReleaseWriterLock(); await work; if (rw.IsReaderLockHeld) rw.ReleaseReaderLock();")]
    [InlineData("rw.AcquireReaderLock(-1); var cookie = rw.UpgradeToWriterLock(-1); rw.DowngradeFromWriterLock(ref cookie); rw.ReleaseReaderLock(); await work;")]
    [InlineData("rw.AcquireWriterLock(-1); rw.ReleaseLock(); await work;")]
    public Task A_reader_writer_lock_released_in_another_mode(string statements) => Verify.Rule("TW2007", $$"""
        class C { async Task M(ReaderWriterLock rw, Task work) { {{statements}} } }
        """);

    [Theory]
    [InlineData("if (n > 0) Monitor.Enter(sync); if (n <= 0) await work; if (n > 0) Monitor.Exit(sync);")]
    [InlineData("if (kind is 1) Monitor.Enter(sync); if (kind > 1) await work; if (kind is 1) Monitor.Exit(sync);")]
    public Task Conditions_that_exclude_each_other(string statements) => Verify.Rule("TW2007", $$"""
        class C { async Task M(object sync, Task work, int n, int kind) { {{statements}} } }
        """);

    [Theory]
    [InlineData("lock (sync) { work.ContinueWith(_ => { Monitor.Enter(sync); Monitor.Exit(sync); }); }")]
    [InlineData("Monitor.Enter(sync); try { work.ContinueWith(_ => { lock (sync) { } }); } finally { Monitor.Exit(sync); }")]
    [InlineData("gate.Wait(); work.ContinueWith(_ => gate.Release());")]
    public Task Continuations_that_release_what_they_may(string statements) => Verify.Rule("TW2007", $$"""
        class C { void M(object sync, SemaphoreSlim gate, Task work) { {{statements}} } }
        """);

    [Fact]
    public Task Mutex_of_the_single_instance_is_never_released() => Verify.Rule("TW2007", """
        using var mutex = new Mutex(true, "Global\\Only", out bool first);
        if (!first) return;
        await Task.Delay(Timeout.Infinite);
        """, static test => test.TestState.OutputKind = OutputKind.ConsoleApplication);

    [Fact]
    public Task Own_types_of_the_same_names_are_no_locks() => Verify.Rule("TW2007", """
        namespace Own
        {
            public static class Monitor { public static void Enter(object o) { } public static void Exit(object o) { } }
            public sealed class Mutex { public bool WaitOne() => true; public void ReleaseMutex() { } }
            public sealed class C(Mutex mutex)
            {
                public async Task A() { Monitor.Enter(this); try { await Task.Yield(); } finally { Monitor.Exit(this); } }
                public async Task B() { mutex.WaitOne(); try { await Task.Yield(); } finally { mutex.ReleaseMutex(); } }
            }
        }
        """);
}
