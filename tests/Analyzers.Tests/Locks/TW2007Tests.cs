using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>The plain shapes, and what a report says. The look-alikes are in <c>Traps</c>.</summary>
public class TW2007Tests
{
    [Fact]
    public Task A_store_that_awaits_under_its_lock() => Verify.Rule("TW2007", """
        public sealed class Store<T>
        {
            private readonly List<T> _items = [];
            private readonly ReaderWriterLockSlim _lock = new();

            public async Task AddAsync(Task<T> pending)
            {
                _lock.EnterWriteLock();
                try
                {
                    _items.Add({|TW2007:await|} pending.ConfigureAwait(false));
                }
                finally
                {
                    _lock.ExitWriteLock();
                }
            }

            public async Task AddAfterAsync(Task<T> pending)
            {
                var item = await pending.ConfigureAwait(false);
                _lock.EnterWriteLock();
                try
                {
                    _items.Add(item);
                }
                finally
                {
                    _lock.ExitWriteLock();
                }
            }

            public IEnumerable<T> All()
            {
                _lock.EnterReadLock();
                try
                {
                    foreach (var item in _items)
                    {
                        {|TW2007:yield|} return item;
                    }
                }
                finally
                {
                    _lock.ExitReadLock();
                }
            }

            public IEnumerable<T> Copy()
            {
                T[] copy;
                _lock.EnterReadLock();
                try
                {
                    copy = _items.ToArray();
                }
                finally
                {
                    _lock.ExitReadLock();
                }

                foreach (var item in copy)
                {
                    yield return item;
                }
            }
        }
        """);

    [Fact]
    public Task In_every_kind_of_member() => Verify.Rule("TW2007", """
        public partial class C
        {
            private static readonly object s_sync = new();
            private readonly Func<Task> _field = async () => { Monitor.Enter(s_sync); {|TW2007:await|} Task.Yield(); Monitor.Exit(s_sync); };
            public Func<Task> Property { get; } = async () => { Monitor.Enter(s_sync); {|TW2007:await|} Task.Yield(); Monitor.Exit(s_sync); };
            public C() => _field = async () => { Monitor.Enter(s_sync); {|TW2007:await|} Task.Yield(); Monitor.Exit(s_sync); };
            public IEnumerable<int> this[int i] { get { Monitor.Enter(s_sync); {|TW2007:yield|} return i; Monitor.Exit(s_sync); } }
            public static async void Fire() { Monitor.Enter(s_sync); {|TW2007:await|} Task.Yield(); Monitor.Exit(s_sync); }
            public async ValueTask<int> Count<T>(ValueTask<int> n) { Monitor.Enter(s_sync); try { return {|TW2007:await|} n; } finally { Monitor.Exit(s_sync); } }
            private partial Task Part();
        }

        public partial class C
        {
            private async partial Task Part() { Monitor.Enter(s_sync); {|TW2007:await|} Task.Yield(); Monitor.Exit(s_sync); }
        }
        """);

    /// <summary>The lock is free again, or was never taken, where the method is suspended.</summary>
    [Fact]
    public Task Near_misses() => Verify.Rule("TW2007", """
        class C
        {
            private readonly object _sync = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private int _value;

            async Task Before(Task pending) { await pending; Monitor.Enter(_sync); try { _value++; } finally { Monitor.Exit(_sync); } await pending; }
            async Task OtherBranch(Task pending) { if (Monitor.TryEnter(_sync)) { try { _value++; } finally { Monitor.Exit(_sync); } } else { await pending; } }
            async Task Semaphore(Task pending) { await _gate.WaitAsync(); try { await pending; } finally { _gate.Release(); } }
            async Task InALambda() { Monitor.Enter(_sync); Func<Task> later = async () => await Task.Yield(); Monitor.Exit(_sync); await later(); }
            Task NotAwaited(Func<Task> start) { Monitor.Enter(_sync); try { return start(); } finally { Monitor.Exit(_sync); } }
            async Task DisposedAfterwards() { Monitor.{|TW2012:Enter(_sync)|}; await using var file = File.OpenRead("x"); Monitor.Exit(_sync); }
            async Task ReleasedByFlag(Task pending) { var held = true; Monitor.Enter(_sync); try { _value++; Monitor.Exit(_sync); held = false; await pending; } finally { if (held) Monitor.Exit(_sync); } }
            async Task ReleasedByAHelper(Task pending) { Monitor.Enter(_sync); _value++; Leave(); await pending; }
            void Leave() => Monitor.Exit(_sync);
            void Waited(Task pending) { Monitor.Enter(_sync); try { pending.Wait(); } finally { Monitor.Exit(_sync); } }
        }
        """);

    [Fact]
    public Task A_lock_that_a_helper_takes() => Verify.Rule("TW2007", """
        class C
        {
            private readonly object _sync = new();
            async Task M(Task pending) { Take(); {|TW2007:await|} pending; Monitor.Exit(_sync); }
            void Take() => Monitor.Enter(_sync);
        }
        """);

    [Fact]
    public async Task Names_the_lock_and_shows_the_acquire_and_the_other_places()
    {
        var report = Assert.Single(await Analysis.Of("""
            class C
            {
                private readonly Mutex _once = new();
                async Task M(Task first, Task second)
                {
                    this._once.WaitOne();
                    try
                    {
                        await first;
                        await using var file = File.OpenRead("x");
                        await second;
                    }
                    finally
                    {
                        this._once.ReleaseMutex();
                    }
                }
            }
            """).ReportsAsync());

        Assert.Equal("TW2007", report.Id);
        Assert.Equal(DiagnosticSeverity.Warning, report.Severity);
        Assert.Equal("'_once' (Mutex) belongs to the thread that acquired it, and what follows here may run on another one", report.GetMessage());
        Assert.Equal("9: await", Place(report.Location));
        Assert.Equal(["6: WaitOne()", "10: await", "11: await"], report.AdditionalLocations.Select(Place));
        Assert.False(report.Properties.ContainsKey("edit"));
    }

    [Theory]
    [InlineData("Monitor.Enter(sync); await work; Monitor.Exit(sync);", "'sync' (Monitor)")]
    [InlineData("var rw = new ReaderWriterLockSlim(); rw.EnterReadLock(); await work; rw.ExitReadLock();", "'rw' (ReaderWriterLockSlim)")]
    [InlineData("var l = new Lock(); l.Enter(); await work; l.Exit();", "'l' (Lock)")]
    public async Task Names_each_kind_of_lock(string statements, string named) => Assert.StartsWith(named, Assert.Single(
        await Analysis.Of($"class C {{ async Task M(Task work, object sync) {{ {statements} }} }}").ReportsAsync(), static report => report.Id == "TW2007").GetMessage());

    private static string Place(Location location) =>
        $"{location.GetLineSpan().StartLinePosition.Line + 1}: {location.SourceTree!.GetText().ToString(location.SourceSpan)}";
}
