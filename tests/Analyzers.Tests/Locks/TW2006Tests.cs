using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>The plain shapes, and what a report says. The look-alikes are in <c>Traps</c>.</summary>
public class TW2006Tests
{
    [Fact]
    public Task A_cache_that_is_filled_without_the_lock() => Verify.Rule("TW2006", """
        public sealed class Cache<TKey, TValue> where TKey : notnull
        {
            private readonly Dictionary<TKey, TValue> _items = [];
            private readonly ReaderWriterLockSlim _lock = new();
            private readonly SemaphoreSlim _load = new(1, 1);

            public bool TryGet(TKey key, out TValue? value)
            {
                _lock.{|TW2006:TryEnterReadLock(50)|};
                try
                {
                    return _items.TryGetValue(key, out value);
                }
                finally
                {
                    _lock.ExitReadLock();
                }
            }

            public void Set(TKey key, TValue value)
            {
                if (!_lock.TryEnterWriteLock(50))
                {
                    throw new TimeoutException();
                }

                try
                {
                    _items[key] = value;
                }
                finally
                {
                    _lock.ExitWriteLock();
                }
            }

            public async Task LoadAsync(Func<Task> load, CancellationToken token)
            {
                await _load.{|TW2006:WaitAsync(TimeSpan.FromSeconds(5), token)|}.ConfigureAwait(false);
                try
                {
                    await load();
                }
                finally
                {
                    _load.Release();
                }
            }

            public async Task<bool> TryLoadAsync(Func<Task> load)
            {
                if (!await _load.WaitAsync(0))
                {
                    return false;
                }

                try
                {
                    await load();
                    return true;
                }
                finally
                {
                    _load.Release();
                }
            }
        }
        """);

    [Fact]
    public Task In_every_kind_of_member() => Verify.Rule("TW2006", """
        public partial class C
        {
            private static readonly object s_sync = new();
            private static int s_count;
            static C() { Monitor.{|TW2006:TryEnter(s_sync, 1)|}; s_count = 1; Monitor.Exit(s_sync); }
            public C() { Monitor.{|TW2006:TryEnter(s_sync, 1)|}; s_count++; Monitor.Exit(s_sync); }
            ~C() { Monitor.{|TW2006:TryEnter(s_sync, 1)|}; s_count--; Monitor.Exit(s_sync); }
            public int this[int i] { set { Monitor.{|TW2006:TryEnter(s_sync, 1)|}; s_count = i; Monitor.Exit(s_sync); } }
            public event Action E { add { Monitor.{|TW2006:TryEnter(s_sync, 1)|}; s_count++; Monitor.Exit(s_sync); } remove { } }
            public static C operator +(C a, C b) { Monitor.{|TW2006:TryEnter(s_sync, 1)|}; s_count++; Monitor.Exit(s_sync); return a; }
            private readonly Action _field = () => { Monitor.{|TW2006:TryEnter(s_sync, 1)|}; s_count++; Monitor.Exit(s_sync); };
            partial void Part();
        }

        public partial class C
        {
            partial void Part() { Monitor.{|TW2006:TryEnter(s_sync, 1)|}; s_count++; Monitor.Exit(s_sync); }
        }

        public record struct R(object Sync)
        {
            public void M() { Monitor.{|TW2006:TryEnter(Sync, 1)|}; Monitor.Exit(Sync); }
        }

        public static class Extensions
        {
            public static void Under<T>(this T sync, Action act) where T : class { Monitor.{|TW2006:TryEnter(sync, 1)|}; act(); Monitor.Exit(sync); }
        }
        """);

    [Fact]
    public Task Taken_by_reference() => Verify.Rule("TW2006", """
        class C
        {
            private readonly object _sync = new();
            private SpinLock _spin = new(false);

            void Unread(bool unrelated)
            {
                bool taken = false;
                Monitor.{|TW2006:TryEnter(_sync, 100, ref taken)|};
                Monitor.Exit(_sync);

                var entered = false;
                _spin.{|TW2006:TryEnter(ref entered)|};
                _spin.Exit();
            }

            void Read()
            {
                bool taken = false;
                Monitor.TryEnter(_sync, 100, ref taken);
                if (taken) Monitor.Exit(_sync);
            }

            void CannotFail()
            {
                bool taken = false;
                Monitor.Enter(_sync, ref taken);
                Monitor.Exit(_sync);
            }
        }
        """);

    /// <summary>A semaphore that the function does not release is a signal or a pause; any other lock is held for whoever comes next.</summary>
    [Fact]
    public Task Released_elsewhere() => Verify.Rule("TW2006", """
        class C
        {
            private readonly SemaphoreSlim _signal = new(1, 1);
            private readonly Mutex _mutex = new();
            void Enter() => _mutex.{|TW2006:WaitOne(100)|};
            void Exit() => _mutex.ReleaseMutex();
            void Pause() => _signal.Wait(100);
            void Resume() => _signal.Release();
        }
        """);

    /// <summary>Only a wait that certainly ends is reported: who waits for a time that is not visible may know it is infinite.</summary>
    [Theory]
    [InlineData("100", true)]
    [InlineData("0", true)]
    [InlineData("TimeSpan.Zero", true)]
    [InlineData("default(TimeSpan)", true)]
    [InlineData("TimeSpan.FromMilliseconds(50)", true)]
    [InlineData("new TimeSpan(0, 0, 5)", true)]
    [InlineData("Limit", true)]
    [InlineData("s_limit", true)]
    [InlineData("Span", true)]
    [InlineData("fixedLimit", true)]
    [InlineData("-1", false)]
    [InlineData("Timeout.Infinite", false)]
    [InlineData("Timeout.InfiniteTimeSpan", false)]
    [InlineData("unchecked((int)uint.MaxValue)", false)]
    [InlineData("new TimeSpan(0, 0, 0, 0, -1)", false)]
    [InlineData("TimeSpan.FromMilliseconds(-1)", false)]
    [InlineData("TimeSpan.FromSeconds(-0.001)", false)]
    [InlineData("limit", false)]
    [InlineData("length", false)]
    [InlineData("changing", false)]
    [InlineData("limit > 0 ? limit : -1", false)]
    [InlineData("maybe ?? Timeout.Infinite", false)]
    [InlineData("Settable", false)]
    [InlineData("s_forEver", false)]
    [InlineData("s_set", false)]
    [InlineData("Virtual", false)]
    public Task The_length_of_the_wait(string timeout, bool isReported) => Verify.Rule("TW2006", $$"""
        class C
        {
            private const int Limit = 100;
            private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
            private static readonly int s_forEver = -1;
            private static readonly int s_set = 5;
            private static TimeSpan Span { get; } = TimeSpan.FromSeconds(2);
            protected virtual int Virtual => 5;
            public int Settable { get; set; } = 5;
            static C() => s_set = -1;
            void M(object sync, int limit, TimeSpan length, int? maybe)
            {
                var fixedLimit = 500;
                var changing = 500;
                if (limit < 0) changing = -1;
                Monitor.{{(isReported ? "{|TW2006:" : "")}}TryEnter(sync, {{timeout}}){{(isReported ? "|}" : "")}};
                limit++;
                Monitor.Exit(sync);
            }
        }
        """);

    [Theory]
    [InlineData("if (gate.WaitAsync(100).Result) { work(); gate.Release(); }")]
    [InlineData("_ = await gate.WaitAsync(100); work(); if (more) gate.Release();")]
    [InlineData("gate.Wait(0); gate.Release(); await Task.Yield();")]
    [InlineData("while (gate.CurrentCount > 0) gate.Wait(0); await Task.Yield(); gate.Release();")]
    [InlineData("lock (sync) { Monitor.TryEnter(sync, 10); work(); Monitor.Exit(sync); } await Task.Yield();")]
    [InlineData("Monitor.Enter(sync); Monitor.TryEnter(sync, 10); work(); Monitor.Exit(sync); Monitor.Exit(sync); await Task.Yield();")]
    [InlineData("bool ok = false; Monitor.TryEnter(sync, 10, ref ok); Leave(ref ok); await Task.Yield();")]
    [InlineData("bool ok = false; Monitor.TryEnter(sync, 10, ref ok); Leave(ref ok); Monitor.Exit(sync); await Task.Yield();")]
    [InlineData("bool ok = gate.Wait(10); MustBe(ok); work(); gate.Release(); await Task.Yield();")]
    [InlineData("_rw.TryEnterWriteLock(10); MustBeHeld(); try { work(); } finally { _rw.ExitWriteLock(); } await Task.Yield();")]
    [InlineData("mutex.WaitOne(10); Environment.Exit(0); await Task.Yield();")]
    public Task Innocent(string statements) => Verify.Rule("TW2006", $$"""
        class C
        {
            async Task M(SemaphoreSlim gate, object sync, Mutex mutex, Action work, bool more) { {{statements}} await Task.Yield(); }
            private readonly ReaderWriterLockSlim _rw = new();
            void Leave(ref bool ok) { if (!ok) throw new TimeoutException(); }
            void MustBe(bool ok) { if (!ok) throw new TimeoutException(); }
            void MustBeHeld() { if (!_rw.IsWriteLockHeld) throw new TimeoutException(); }
        }
        """);

    [Theory]
    [InlineData("gate.{|TW2006:WaitAsync(100)|}.Wait(); work(); gate.Release();")]
    [InlineData("_ = gate.{|TW2006:WaitAsync(100)|}.Result; work(); gate.Release();")]
    [InlineData("gate?.{|TW2006:Wait(100)|}; work(); gate?.Release();")]
    [InlineData("bool ok = false; Monitor.{|TW2006:TryEnter(sync, 10, ref ok)|}; work(); Monitor.Exit(sync);")]
    [InlineData("mutex.{|TW2006:WaitOne(10)|}; work();")]
    [InlineData("mutex.WaitOne(10); mutex.WaitOne(); work(); mutex.ReleaseMutex(); mutex.{|TW2003:ReleaseMutex()|};")]
    public Task Guilty(string statements) => Verify.Rule("TW2006", $$"""
        class C { async Task M(SemaphoreSlim gate, object sync, Mutex mutex, Action work) { {{statements}} await Task.Yield(); } }
        """);

    /// <summary>The answer takes a way that is not followed.</summary>
    [Theory]
    [InlineData("var wait = gate.WaitAsync(100); await wait; work(); gate.Release();")]
    [InlineData("await Task.WhenAll(gate.WaitAsync(100)); work(); gate.Release();")]
    [InlineData("WaitHandle handle = mutex; handle.WaitOne(100); work(); mutex.ReleaseMutex(); await Task.Yield();")]
    [InlineData("WaitHandle.WaitAll([mutex], 100); work(); mutex.ReleaseMutex(); await Task.Yield();")]
    public Task Misses_an_answer_that_is_not_dropped_at_once(string statements) => Verify.Rule("TW2006", $$"""
        class C { async Task M(SemaphoreSlim gate, Mutex mutex, Action work) { {{statements}} } }
        """);

    [Fact]
    public async Task Says_what_was_called_on_what_and_shows_the_releases()
    {
        var report = Assert.Single(await Analysis.Of("""
            class C
            {
                private readonly Mutex _once = new();
                void M(bool skip)
                {
                    this._once.WaitOne(100);
                    if (skip)
                    {
                        _once.ReleaseMutex();
                        return;
                    }

                    this._once.ReleaseMutex();
                }
            }
            """).ReportsAsync());

        Assert.Equal("TW2006", report.Id);
        Assert.Equal(DiagnosticSeverity.Warning, report.Severity);
        Assert.Equal("The result of 'WaitOne' on '_once' is ignored, so the code after it also runs without the lock", report.GetMessage());
        Assert.Equal("WaitOne(100)", Text(report.Location));
        Assert.Equal(["13: ReleaseMutex()", "9: ReleaseMutex()"], report.AdditionalLocations.Select(static l => $"{l.GetLineSpan().StartLinePosition.Line + 1}: {Text(l)}"));
        Assert.Equal("WrapInIf", report.Properties["edit"]);
    }

    [Fact]
    public async Task Points_at_the_name_of_a_call_that_goes_over_lines() => Assert.Equal("TryEnter", Text(Assert.Single(await Analysis.Of("""
        class C
        {
            void M(object o)
            {
                Monitor.TryEnter(
                    o,
                    100);
                Monitor.Exit(o);
            }
        }
        """).ReportsAsync()).Location));

    /// <summary>One cause: the acquire stands inside its own <c>try</c> and may fail there.</summary>
    [Theory]
    [InlineData("none", "TW2003")]
    [InlineData("silent", "TW2006")]
    [InlineData("error", "TW2006")]
    public async Task Speaks_before_TW2003(string severity, string expected) => Assert.Equal(expected, await Analysis.Of("""
        class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            void M()
            {
                try
                {
                    _gate.Wait(100);
                }
                finally
                {
                    _gate.Release();
                }
            }
        }
        """).With(".editorconfig", $"[*.cs]\ndotnet_diagnostic.TW2006.severity = {severity}").IdsAsync());

    private static string Text(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);
}
