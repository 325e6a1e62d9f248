using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1015Tests
{
    [Theory]
    [InlineData("_timer = {|TW1015:new Timer|}(Count, null, 0, 100);")]
    [InlineData("_timer = {|TW1015:new Timer|}(_ => _count++, null, 0, 100);")]
    [InlineData("_timer = {|TW1015:new Timer|}(_ => { Step(); _count += 2; }, null, TimeSpan.Zero, TimeSpan.FromSeconds(1));")]
    [InlineData("_timer = {|TW1015:new Timer|}(_ => s_total = s_total + 1, null, 0, period);")]
    [InlineData("_timer = {|TW1015:new Timer|}(_ => Twice(), null, 1000, _period);")]
    [InlineData("_timer = {|TW1015:new Timer|}(_ => _items.Add(1), null, 0, 100);")]
    [InlineData("_timer = {|TW1015:new Timer|}(_ => _byName[\"a\"] = DateTime.Now.Second, null, 0, 100);")]
    [InlineData("_timer = {|TW1015:new Timer|}(_ => { lock (_gate) { _items.Clear(); } _count++; }, null, 0, 100);")]
    [InlineData("var count = 0; _timer = {|TW1015:new Timer|}(_ => count++, null, 0, 100); Console.WriteLine(count);")]
    [InlineData("void Tick(object? state) => _count++; _timer = {|TW1015:new Timer|}(Tick, null, 0, 100);")]
    [InlineData("_timer = {|TW1015:new Timer|}(new TimerCallback(Count), null, 0, 100);")]
    [InlineData("_timer = {|TW1015:new Timer|}(async _ => await Task.Delay(10), null, 0, 100);")]
    [InlineData("_timer = {|TW1015:new Timer|}(_ => RefreshAsync(), null, TimeSpan.Zero, TimeSpan.FromMinutes(1));")]
    [InlineData("_timer = {|TW1015:new Timer|}(Refresh, null, 0, 100);")]
    [InlineData("_timer = {|TW1015:new|}(async state => { Step(); await RefreshAsync(); }, null, 0, 100);")]
    [InlineData("_timer = {|TW1015:new Timer|}(_ => Thread.Sleep(500), null, 0, 100);")]
    [InlineData("_timer = {|TW1015:new Timer|}(_ => { Step(); Thread.Sleep(100); }, null, 0, 100);")]
    [InlineData("var timer = TimeProvider.System.{|TW1015:CreateTimer(Count, null, TimeSpan.Zero, TimeSpan.FromSeconds(1))|}; timer.ToString();")]
    [InlineData("var timer = {|TW1015:new System.Timers.Timer|}(100); timer.Elapsed += (_, _) => _count++; timer.Start();")]
    [InlineData("_ticks = {|TW1015:new System.Timers.Timer|}(100); _ticks.Elapsed += OnTick; _ticks.Enabled = true;")]
    [InlineData("_ticks = {|TW1015:new System.Timers.Timer|} { Interval = 100 }; _ticks.Elapsed += async (_, _) => await RefreshAsync();")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("_timer = new Timer(Count, null, 0, Timeout.Infinite);")]
    [InlineData("_timer = new Timer(Count, null, 100, -1);")]
    [InlineData("_timer = new Timer(Count, null, 100, 0);")]
    [InlineData("_timer = new Timer(Count, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);")]
    [InlineData("_timer = new Timer(Count, null, 0, period > 0 ? period : Timeout.Infinite);")]
    [InlineData("_timer = new Timer(Count);")]
    [InlineData("_timer = new Timer(_ => { _count++; _timer!.Change(100, Timeout.Infinite); }, null, 0, 100);")]
    [InlineData("_timer = new Timer(_ => { _timer!.Change(Timeout.Infinite, Timeout.Infinite); try { _count++; } finally { _timer!.Change(100, 100); } }, null, 0, 100);")]
    [InlineData("_timer = new Timer(async _ => { await RefreshAsync(); _timer!.Change(100, Timeout.Infinite); }, null, 0, Timeout.Infinite);")]
    [InlineData("_timer = new Timer(async _ => { _timer!.Change(-1, -1); await RefreshAsync(); _timer!.Change(100, 100); }, null, 0, 100);")]
    [InlineData("_timer = new Timer(_ => { if (Interlocked.Exchange(ref _busy, 1) == 1) return; try { _count++; } finally { Volatile.Write(ref _busy, 0); } }, null, 0, 100);")]
    [InlineData("_timer = new Timer(async _ => { if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0) return; try { await RefreshAsync(); } finally { _busy = 0; } }, null, 0, 100);")]
    [InlineData("_timer = new Timer(async _ => { if (Interlocked.Increment(ref _busy) > 1) return; await RefreshAsync(); _busy = 0; }, null, 0, 100);")]
    [InlineData("_timer = new Timer(_ => { if (!Monitor.TryEnter(_gate)) return; try { _count++; } finally { Monitor.Exit(_gate); } }, null, 0, 100);")]
    [InlineData("_timer = new Timer(async _ => { if (!await _one.WaitAsync(0)) return; try { await RefreshAsync(); } finally { _one.Release(); } }, null, 0, 100);")]
    [InlineData("_timer = new Timer(async _ => { await _one.WaitAsync(); try { await RefreshAsync(); } finally { _one.Release(); } }, null, 0, 100);")]
    [InlineData("_timer = new Timer(async _ => { if (_isRunning) return; _isRunning = true; await RefreshAsync(); _isRunning = false; }, null, 0, 100);")]
    [InlineData("_timer = new Timer(_ => Guarded(), null, 0, 100);")]
    [InlineData("_timer = new Timer(_ => { lock (_gate) { _count++; } }, null, 0, 100);")]
    [InlineData("_timer = new Timer(_ => { lock (_gate) { Twice(); } }, null, 0, 100);")]
    [InlineData("_timer = new Timer(_ => Interlocked.Increment(ref _busy), null, 0, 100);")]
    [InlineData("_timer = new Timer(_ => _last = DateTime.Now.Second, null, 0, 100);")]
    [InlineData("_timer = new Timer(_ => Console.WriteLine(_count), null, 0, 100);")]
    [InlineData("_timer = new Timer(_ => _queue.Enqueue(1), null, 0, 100);")]
    [InlineData("_timer = new Timer(_ => { var count = 0; count++; Console.WriteLine(count); }, null, 0, 100);")]
    [InlineData("_timer = new Timer(_ => { var items = new List<int>(); items.Add(1); }, null, 0, 100);")]
    [InlineData("_timer = new Timer(async _ => await Task.CompletedTask, null, 0, 100);")]
    [InlineData("_timer = new Timer(_ => Thread.Sleep(10), null, 0, 100);")]
    [InlineData("_timer = new Timer(_ => { t_mine++; }, null, 0, 100);")]
    [InlineData("_timer = new Timer(callback, null, 0, 100);")]
    [InlineData("_timer = new Timer(_ => Overridden(), null, 0, 100);")]
    [InlineData("_ticks = new System.Timers.Timer(100) { AutoReset = false }; _ticks.Elapsed += OnTick;")]
    [InlineData("_ticks = new System.Timers.Timer(100); _ticks.AutoReset = false; _ticks.Elapsed += OnTick;")]
    [InlineData("_ticks = new System.Timers.Timer(100); _ticks.Elapsed += (_, _) => { _ticks.Stop(); _count++; _ticks.Start(); };")]
    [InlineData("_ticks = new System.Timers.Timer(100); _ticks.Elapsed += (_, _) => Console.WriteLine(_count);")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await timer.WaitForNextTickAsync()) _count++;")]
    public Task Innocent(string code) => In(code);

    [Fact]
    public Task A_service_in_parts_with_a_base_class() => Verify.Rule("TW1015", """
        abstract class Service<T> : IDisposable
        {
            private Timer? _timer;
            private int _runs;
            protected abstract T Read();
            public Task StartAsync(CancellationToken token)
            {
                _timer = {|TW1015:new Timer|}(DoWork, null, TimeSpan.Zero, TimeSpan.FromSeconds(5));
                return Task.CompletedTask;
            }
            private void DoWork(object? state)
            {
                Read();
                Console.WriteLine(++_runs);
            }
            public void Dispose() => _timer?.Dispose();
        }
        partial class Cache
        {
            private readonly Timer _timer;
            private readonly Dictionary<string, int> _entries = new();
            public Cache(int interval) => _timer = {|TW1015:new Timer|}(Clean, null, interval, interval);
        }
        partial class Cache
        {
            private void Clean(object? state)
            {
                foreach (var key in Old()) Remove(key);
            }
            private string[] Old() => Array.Empty<string>();
            private void Remove(string key) => _entries.Remove(key);
        }
        """);

    [Fact]
    public Task A_field_initializer_and_a_static_type() => Verify.Rule("TW1015", """
        static class Heart
        {
            private static readonly Timer s_timer = {|TW1015:new Timer|}(Beat, null, 0, 1000);
            private static int s_beats;
            private static void Beat(object? state) => s_beats++;
        }
        """);

    [Fact]
    public Task It_speaks_before_TW3001() => Verify.Rule("TW1015", """
        class C
        {
            private Timer? _timer;
            private int _count;
            void M()
            {
                _timer = {|TW1015:new Timer|}(Tick, null, 0, 100);
                Parallel.For(0, 9, i => Tick(null));
            }
            void Tick(object? state) => _count++;
        }
        """);

    [Fact]
    public Task It_speaks_before_TW3003() => Verify.Rule("TW1015", """
        class C
        {
            private Timer? _timer;
            private int _count;
            void M() => _timer = {|TW1015:new Timer|}(Tick, null, 0, 100);
            void Tick(object? state) => _count++;
            public void Add() => Interlocked.Increment(ref _count);
        }
        """);

    [Fact]
    public Task Misses_a_callback_of_another_type() => In("_timer = new Timer(new Ticker().Tick, null, 0, 100);");

    [Theory]
    [InlineData("_timer = {|TW1015:new Timer|}(Tick); _timer.Change(0, 100);", "")]
    [InlineData("_timer = {|TW1015:new Timer|}(Tick, null, Timeout.Infinite, Timeout.Infinite); Go();", "private void Go() => _timer!.Change(0, 100); public void Stop() => _timer?.Change(Timeout.Infinite, Timeout.Infinite);")]
    [InlineData("_timer = {|TW1015:new Timer|}(_ => _count++); _timer.Change(TimeSpan.Zero, TimeSpan.FromSeconds(1));", "")]
    [InlineData("var timer = {|TW1015:new Timer|}(Tick); timer.Change(0, 100); GC.KeepAlive(timer);", "")]
    [InlineData("_timer = new Timer(Tick);", "")]
    [InlineData("_timer = new Timer(Tick); _timer.Change(100, Timeout.Infinite);", "")]
    [InlineData("_timer = new Timer(Tick); _timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);", "")]
    [InlineData("_timer = new Timer(Tick); _timer.Change(100, 0);", "")]
    [InlineData("_timer = new Timer(Again); _timer.Change(0, 100);", "private void Again(object? state) { _count++; _timer!.Change(100, 100); }")]
    [InlineData("_timer = new Timer(Tick); _other = new Timer(Atomic); _other.Change(0, 100);", "")]
    [InlineData("_timer = new Timer(Tick); _timer = new Timer(Atomic); _timer.Change(0, 100);", "")]
    [InlineData("_timer = new Timer(Atomic); _timer.Change(0, 100);", "")]
    [InlineData("_timer = new Timer(Tick); _timer.Change(0, period);", "private int period = Timeout.Infinite; public void Slow() => _timer!.Change(0, 500);")]
    public Task A_period_that_is_given_later(string code, string members) => Verify.Rule("TW1015", $$"""
        class C
        {
            private Timer? _timer, _other;
            private int _count, _atoms;
            void M() { {{code}} }
            {{members}}
            private void Tick(object? state) => _count++;
            private void Atomic(object? state) => Interlocked.Increment(ref _atoms);
        }
        """);

    private static Task In(string code) => Verify.Rule("TW1015", $$"""
        class Ticker
        {
            private int _count;
            public void Tick(object? state) => _count++;
        }
        class C
        {
            [ThreadStatic] private static int t_mine;
            private static int s_total;
            private readonly object _gate = new();
            private readonly SemaphoreSlim _one = new(1, 1);
            private readonly List<int> _items = new();
            private readonly Dictionary<string, int> _byName = new();
            private readonly ConcurrentQueue<int> _queue = new();
            private Timer? _timer;
            private System.Timers.Timer? _ticks;
            private int _count, _busy, _last, _period = 100;
            private bool _isRunning;
            private static void Step() { }
            private void Count(object? state) => _count++;
            private void Twice() { Step(); Once(); Once(); }
            private void Once() => _count--;
            private void Guarded() { if (Interlocked.Exchange(ref _busy, 1) == 0) { _count++; _busy = 0; } }
            private async void Refresh(object? state) => await RefreshAsync();
            private async Task RefreshAsync() => await Task.Delay(10);
            private void OnTick(object? sender, System.Timers.ElapsedEventArgs e) => _count++;
            protected virtual void Overridden() => _count++;
            async Task M(int period, TimerCallback callback)
            {
                {{code}}
                await Task.Yield();
            }
        }
        """);
}
