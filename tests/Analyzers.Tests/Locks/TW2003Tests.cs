using System.Linq;
using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2003Tests
{
    [Fact]
    public Task Cancelled_wait_inside_its_try() => Verify.Rule("TW2003", """
        class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);

            async Task Async(CancellationToken ct)
            {
                try
                {
                    await _gate.{|TW2003:WaitAsync(ct)|};
                    await Task.Yield();
                }
                finally
                {
                    _gate.Release();
                }
            }

            void Sync(CancellationToken ct)
            {
                try
                {
                    _gate.{|TW2003:Wait(ct)|};
                }
                finally
                {
                    _gate.Release();
                }
            }

            async Task Configured(CancellationToken ct)
            {
                try
                {
                    await _gate.{|TW2003:WaitAsync(ct)|}.ConfigureAwait(false);
                }
                finally
                {
                    _gate.Release();
                }
            }

            async Task CannotFail()
            {
                try
                {
                    await _gate.{|TW2013:WaitAsync()|};
                }
                finally
                {
                    _gate.Release();
                }
            }

            async Task Right(CancellationToken ct)
            {
                await _gate.WaitAsync(ct);
                try
                {
                    await Task.Yield();
                }
                finally
                {
                    _gate.Release();
                }
            }

            void Early(bool skip, List<int> list)
            {
                try
                {
                    if (list.Count == 0) return;
                    _gate.{|TW2003:Wait()|};
                }
                finally
                {
                    _gate.Release();
                }
            }

            void Before(CancellationToken ct)
            {
                try
                {
                    Prepare();
                    _gate.{|TW2003:Wait()|};
                }
                finally
                {
                    _gate.Release();
                }
            }

            void Prepare() => File.Delete("x");

            async Task Timed()
            {
                try
                {
                    if (!await _gate.{|TW2003:WaitAsync(100)|}) return;
                }
                finally
                {
                    _gate.Release();
                }
            }

            void Flag(object o)
            {
                var taken = false;
                try
                {
                    Monitor.Enter(o, ref taken);
                }
                finally
                {
                    if (taken) Monitor.Exit(o);
                }
            }

            void Twice(object o)
            {
                Monitor.Enter(o);
                Monitor.Exit(o);
                Monitor.{|TW2003:Exit(o)|};
            }
        }
        """);

    [Fact]
    public Task Handler_that_may_throw_the_failed_wait_again() => Verify.Rule("TW2003", """
        class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);

            async Task Maybe(CancellationToken ct)
            {
                try { await _gate.WaitAsync(ct); }
                catch (Exception e) { Handle(e, ct); }
                _gate.Release();
            }

            async Task Either(CancellationToken ct)
            {
                try { await _gate.{|TW2003:WaitAsync(ct)|}; }
                catch (Exception e) { Handle(e, ct); }
                finally { _gate.Release(); }
            }

            async Task Swallowed(CancellationToken ct)
            {
                try { await _gate.WaitAsync(ct); }
                catch (OperationCanceledException e) { Console.WriteLine(e); }
                _gate.{|TW2003:Release()|};
            }

            static void Handle(Exception e, CancellationToken ct) { if (ct.IsCancellationRequested) throw e; }
        }
        """);

    /// <summary>A correct flag behind many conditions, and a handler that may throw the caught exception again.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(60)]
    public Task A_flag_holds_behind_any_number_of_conditions(int conditions) => Verify.Rule("TW2003", $$"""
        class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);

            async Task M(int k, CancellationToken ct)
            {
                var taken = false;
                {{string.Concat(Enumerable.Range(0, conditions).Select(static i => $"if (k == {i}) Work();"))}}
                try
                {
                    await _gate.WaitAsync(ct);
                    taken = true;
                    Work();
                }
                catch (Exception e)
                {
                    Failed(e);
                }
                finally
                {
                    if (taken)
                    {
                        _gate.Release();
                    }
                }
            }

            static void Work() => File.Delete("x");

            static void Failed(Exception e) => Console.Error.WriteLine(e);
        }
        """);

    /// <summary>The test at the release is not followed, and the handler may throw the caught exception again: nothing is certain.</summary>
    [Fact]
    public Task A_guard_that_is_not_followed_counts_beside_a_handler_too() => Verify.Rule("TW2003", """
        class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly List<int> _holders = [];

            async Task M(int me, CancellationToken ct)
            {
                try
                {
                    await _gate.WaitAsync(ct);
                    _holders.Add(me);
                }
                catch (Exception e)
                {
                    Failed(e);
                }
                finally
                {
                    if (_holders.Exists(h => h == me))
                    {
                        _gate.Release();
                    }
                }
            }

            static void Failed(Exception e) { if (e is not OperationCanceledException) throw new IOException("failed", e); }
        }
        """);

    /// <summary>A task in a variable is not known to be finished, though nothing else is ever put into it.</summary>
    [Fact]
    public Task Noise_a_finished_task_in_a_variable_is_awaited_before_the_acquire() => Verify.Rule("TW2003", """
        class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private int _n;

            async Task M()
            {
                var done = Task.CompletedTask;
                try
                {
                    await done;
                    await _gate.{|TW2003:WaitAsync()|};
                    _n++;
                }
                finally
                {
                    _gate.Release();
                }
            }
        }
        """);

    [Theory]
    [InlineData("using var slots = new SemaphoreSlim(4, 4); foreach (var x in items) ThreadPool.QueueUserWorkItem(_ => { Work(x); slots.{|TW2003:Release()|}; });")]
    [InlineData("const int Most = 2; var slots = new Semaphore(Most, Most); Task.Run(() => { try { Work(1); } finally { slots.{|TW2003:Release()|}; } });")]
    [InlineData("Work(1); _full.{|TW2003:Release()|};")]
    [InlineData("var slots = new SemaphoreSlim(1, 1); Console.WriteLine(slots.CurrentCount); slots.{|TW2003:Release(1)|}; slots.Release();")]
    public Task A_full_semaphore_that_nothing_takes_from(string code) => OfFull(code);

    [Theory]
    [InlineData("using var slots = new SemaphoreSlim(4, 4); foreach (var x in items) { slots.Wait(); ThreadPool.QueueUserWorkItem(_ => { Work(x); slots.Release(); }); }")]
    [InlineData("using var slots = new SemaphoreSlim(0, 4); foreach (var x in items) ThreadPool.QueueUserWorkItem(_ => { Work(x); slots.Release(); });")]
    [InlineData("using var slots = new SemaphoreSlim(4); foreach (var x in items) ThreadPool.QueueUserWorkItem(_ => { Work(x); slots.Release(); });")]
    [InlineData("using var slots = new SemaphoreSlim(2, 4); Task.Run(() => { Work(1); slots.Release(2); });")]
    [InlineData("var slots = new SemaphoreSlim(4, 4); Task.Run(() => { Work(1); slots.Release(); }); Take(slots);")]
    [InlineData("var slots = new SemaphoreSlim(4, 4); Task.Run(() => { Work(1); slots.Release(); }); slots.AvailableWaitHandle.WaitOne();")]
    [InlineData("var slots = _used; Task.Run(() => { Work(1); slots.Release(); });")]
    [InlineData("_used.Release(); ")]
    [InlineData("var slots = new SemaphoreSlim(4, 4); Task.Run(() => { if (items.Length > 2) slots.Release(); });")]
    [InlineData("var slots = new SemaphoreSlim(4, 4); Task.Run(() => { _used.Wait(); Work(1); slots.Release(); });")]
    [InlineData("using var slots = new SemaphoreSlim(items.Length, 4); Task.Run(() => { Work(1); slots.Release(); });")]
    public Task A_semaphore_that_something_may_take_from(string code) => OfFull(code);

    private static Task OfFull(string code) => Verify.Rule("TW2003", $$"""
        class C
        {
            private readonly SemaphoreSlim _full = new(3, 3);
            private readonly SemaphoreSlim _used = new(3, 3);
            private Task Use() => _used.WaitAsync();
            static void Work(int i) { }
            static void Take(SemaphoreSlim slots) => slots.Wait();
            void M(int[] items)
            {
                {{code}}
            }
        }
        """);
}
