using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>An await or yield while a lock is held that its thread must release: reported at the keyword.</summary>
public class GuiltyAwaitTraps
{
    private static Task Reported(string statements) => Verify.Rule("TW2007", Snippet.Async(statements));

    [Theory]
    [InlineData("Monitor.Enter(sync); try { {|TW2007:await|} work.DoAsync(); } finally { Monitor.Exit(sync); }")]
    [InlineData("mutex.WaitOne(); try { {|TW2007:await|} work.DoAsync(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("rw.EnterReadLock(); try { {|TW2007:await|} work.DoAsync(); } finally { rw.ExitReadLock(); }")]
    [InlineData("rw.EnterWriteLock(); try { {|TW2007:await|} work.DoAsync(); } finally { rw.ExitWriteLock(); }")]
    [InlineData("rw.EnterUpgradeableReadLock(); try { {|TW2007:await|} work.DoAsync(); } finally { rw.ExitUpgradeableReadLock(); }")]
    [InlineData("old.AcquireReaderLock(-1); try { {|TW2007:await|} work.DoAsync(); } finally { old.ReleaseReaderLock(); }")]
    [InlineData("old.AcquireWriterLock(100); try { {|TW2007:await|} work.DoAsync(); } finally { old.ReleaseWriterLock(); }")]
    [InlineData("modern.Enter(); try { {|TW2007:await|} work.DoAsync(); } finally { modern.Exit(); }")]
    [InlineData("bool taken = false; spin.Enter(ref taken); try { {|TW2007:await|} work.DoAsync(); } finally { spin.Exit(); }")]
    public Task Each_lock(string statements) => Reported(statements);

    [Theory]
    [InlineData("if (!Monitor.TryEnter(sync, 100)) return; try { {|TW2007:await|} work.DoAsync(); } finally { Monitor.Exit(sync); }")]
    [InlineData("bool taken = false; try { Monitor.Enter(sync, ref taken); {|TW2007:await|} work.DoAsync(); } finally { if (taken) Monitor.Exit(sync); }")]
    [InlineData("bool taken = false; Monitor.TryEnter(sync, ref taken); if (taken) { try { {|TW2007:await|} work.DoAsync(); } finally { Monitor.Exit(sync); } }")]
    [InlineData("if (mutex.WaitOne(100)) { try { {|TW2007:await|} work.DoAsync(); } finally { mutex.ReleaseMutex(); } } else { await work.DoAsync(); }")]
    [InlineData("if (rw.TryEnterWriteLock(100)) try { {|TW2007:await|} work.DoAsync(); } finally { rw.ExitWriteLock(); }")]
    [InlineData("if (condition) Monitor.Enter(sync); try { {|TW2007:await|} work.DoAsync(); } finally { if (condition) Monitor.Exit(sync); }")]
    [InlineData("while (!modern.TryEnter(100)) await Task.Yield(); try { {|TW2007:await|} work.DoAsync(); } finally { modern.Exit(); }")]
    [InlineData("object alias = sync; Monitor.Enter(alias); try { {|TW2007:await|} work.DoAsync(); } finally { Monitor.Exit(sync); }")]
    public Task Taken_in_other_ways(string statements) => Reported(statements);

    [Theory]
    [InlineData("Monitor.Enter(sync); try { {|TW2007:await|} work.DoAsync().ConfigureAwait(false); } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); try { {|TW2007:await|} Task.Yield(); } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); try { number = {|TW2007:await|} Task.FromResult(1).ContinueWith(t => t.Result + 1); } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); try { if ({|TW2007:await|} gate.WaitAsync(0)) gate.Release(); } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); try { number += text.Length + {|TW2007:await|} Task.Run(() => 1); } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); try { {|TW2007:await|} foreach (int i in work.Stream()) number += i; } finally { Monitor.Exit(sync); }")]
    [InlineData("rw.EnterReadLock(); try { {|TW2007:await|} foreach (int i in work.Stream().ConfigureAwait(false)) number += i; } finally { rw.ExitReadLock(); }")]
    [InlineData("Monitor.Enter(sync); try { {|TW2007:await|} using (work) { work.Do(); } } finally { Monitor.Exit(sync); }")]
    [InlineData("mutex.WaitOne(); try { {|TW2007:await|} using var owned = work; owned.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("rw.EnterWriteLock(); try { {|TW2007:await|} using (work.ConfigureAwait(false)) { work.Do(); } } finally { rw.ExitWriteLock(); }")]
    public Task Kinds_of_await(string statements) => Reported(statements);

    [Theory]
    [InlineData("Monitor.Enter(sync); try { work.Do(); } catch (IOException) { {|TW2007:await|} work.DoAsync(); } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); try { work.Do(); } finally { {|TW2007:await|} work.DoAsync(); Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); try { if (condition) {|TW2007:await|} work.DoAsync(); else work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); try { while (number-- > 0) {|TW2007:await|} Task.Yield(); } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); try { switch (number) { case 1: {|TW2007:await|} work.DoAsync(); break; } } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); try { lock (peer) { number++; } {|TW2007:await|} work.DoAsync(); } finally { Monitor.Exit(sync); }")]
    [InlineData("await gate.WaitAsync(ct); try { Monitor.Enter(sync); try { {|TW2007:await|} work.DoAsync(); } finally { Monitor.Exit(sync); } } finally { gate.Release(); }")]
    [InlineData("await work.DoAsync(); Monitor.Enter(sync); try { {|TW2007:await|} work.DoAsync(); } finally { Monitor.Exit(sync); } await work.DoAsync();")]
    [InlineData("Monitor.Enter(sync); Monitor.Enter(sync); Monitor.Exit(sync); try { {|TW2007:await|} work.DoAsync(); } finally { Monitor.Exit(sync); }")]
    public Task Places(string statements) => Reported(statements);

    [Fact]
    public Task Two_regions_are_two_reports() => Reported("""
        Monitor.Enter(sync);
        try { {|TW2007:await|} work.DoAsync(); }
        finally { Monitor.Exit(sync); }
        rw.EnterReadLock();
        try { {|TW2007:await|} work.DoAsync(); }
        finally { rw.ExitReadLock(); }
        """);

    [Fact]
    public Task Lambdas_and_local_functions() => Reported("""
        Func<Task> run = async () =>
        {
            Monitor.Enter(sync);
            try { {|TW2007:await|} work.DoAsync(); }
            finally { Monitor.Exit(sync); }
        };
        await run();
        await Local();
        async Task Local()
        {
            mutex.WaitOne();
            try { {|TW2007:await|} work.DoAsync(); }
            finally { mutex.ReleaseMutex(); }
        }
        """);

    [Fact]
    public Task Iterators() => Verify.Rule("TW2007", Snippet.Class("""
        public IEnumerable<int> A()
        {
            Monitor.Enter(sync);
            try { {|TW2007:yield|} return 1; }
            finally { Monitor.Exit(sync); }
        }
        public IEnumerable<int> B(List<int> items)
        {
            rw.EnterReadLock();
            try { foreach (int item in items) {|TW2007:yield|} return item; }
            finally { rw.ExitReadLock(); }
        }
        public IEnumerator<int> D()
        {
            mutex.WaitOne();
            try { if (work.Ask()) yield break; {|TW2007:yield|} return 1; }
            finally { mutex.ReleaseMutex(); }
        }
        public IEnumerable<int> E()
        {
            if (!modern.TryEnter()) yield break;
            try { {|TW2007:yield|} return 1; }
            finally { modern.Exit(); }
        }
        public async IAsyncEnumerable<int> F()
        {
            await gate.WaitAsync();
            gate.Release();
            rw.EnterWriteLock();
            try { {|TW2007:yield|} return 1; }
            finally { rw.ExitWriteLock(); }
        }
        public async IAsyncEnumerable<int> G()
        {
            Monitor.Enter(sync);
            try { {|TW2007:await|} work.DoAsync(); }
            finally { Monitor.Exit(sync); }
            yield return 1;
        }
        public IEnumerable<int> Property
        {
            get
            {
                bool taken = false;
                try { Monitor.Enter(sync, ref taken); {|TW2007:yield|} return 1; }
                finally { if (taken) Monitor.Exit(sync); }
            }
        }
        """));

    [Fact]
    public Task Top_level_statements() => Verify.Rule("TW2007", """
        using var mutex = new Mutex(false, "Global\\Only");
        mutex.WaitOne();
        try { {|TW2007:await|} Task.Delay(args.Length); }
        finally { mutex.ReleaseMutex(); }
        """, static test => test.TestState.OutputKind = OutputKind.ConsoleApplication);

    [Fact]
    public Task Yields_in_lock_statements() => Verify.Rule("TW2007", """
        class C
        {
            private readonly object sync = new();
            private readonly object other = new();
            IEnumerable<int> A() { lock (sync) { {|TW2007:yield|} return 1; yield return 2; } }
            async IAsyncEnumerable<int> B(Task work) { await work; lock (sync) { {|TW2007:yield|} return 1; } }
            IEnumerable<int> Nested() { lock (sync) { lock (other) { {|TW2007:yield|} return 1; } } }
            IEnumerable<int> Both() { lock (sync) { {|TW2007:yield|} return 0; lock (other) { {|TW2007:yield|} return 1; } } }
            IEnumerable<int> Local() { return Inner(); IEnumerable<int> Inner() { lock (sync) { {|TW2007:yield|} return 1; } } }
            IEnumerable<int> Own { get { lock (this) { try { {|TW2007:yield|} return 1; } finally { } } } }
        }
        """);

    [Theory]
    [InlineData("Monitor.Enter(sync); return task.{|TW2007:ContinueWith(_ => Monitor.Exit(sync))|};")]
    [InlineData("mutex.WaitOne(); return Task.{|TW2007:Run(() => { work.Do(); mutex.ReleaseMutex(); })|};")]
    [InlineData("rw.EnterWriteLock(); Task.{|TW2007:Run(() => rw.ExitWriteLock())|}; return task;")]
    public Task Released_by_a_continuation(string statements) => Verify.Rule("TW2007", $$"""
        class C { Task M(object sync, Mutex mutex, ReaderWriterLockSlim rw, Task task, W work) { {{statements}} } }
        class W { public void Do() { } }
        """);

    [Fact]
    public Task Held_by_a_flag_that_is_followed() => Reported(
        "bool own = work != null; if (own) Monitor.Enter(sync); {|TW2007:await|} work!.DoAsync(); if (own) Monitor.Exit(sync);");

    [Fact]
    public Task A_mutex_that_its_creation_acquires() => Reported(
        "using var own = new Mutex(true); try { {|TW2007:await|} work.DoAsync(); } finally { own.ReleaseMutex(); }");

    [Fact]
    public Task Released_without_a_finally() => Reported("Monitor.Enter(sync); {|TW2007:await|} work.DoAsync(); Monitor.Exit(sync);");
}
