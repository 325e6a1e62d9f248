using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Queues;

public class TW4007Tests
{
    [Theory]
    [InlineData("while (true) { if (_queue.{|TW4007:TryDequeue(out var x)|}) Work(x); else Thread.Sleep(10); }")]
    [InlineData("while (!_stop) { if (_queue.{|TW4007:TryDequeue(out var x)|}) { Work(x); } else { Thread.Sleep(500); } }")]
    [InlineData("while (!token.IsCancellationRequested) { if (_queue.{|TW4007:TryDequeue(out var x)|}) { Work(x); continue; } Thread.Sleep(1); }")]
    [InlineData("for (;;) { if (!_queue.{|TW4007:TryDequeue(out var x)|}) { await Task.Delay(50); continue; } Work(x); More(x); }")]
    [InlineData("while (!_stop) { while (_queue.{|TW4007:TryDequeue(out var x)|}) { Work(x); } Thread.Sleep(20); }")]
    [InlineData("while (!_stop) { while (_queue.{|TW4007:TryDequeue(out var x)|}) Work(x); await Task.Delay(TimeSpan.FromMilliseconds(10)); }")]
    [InlineData("while ({|TW4007:_queue.IsEmpty|}) Thread.Sleep(1);")]
    [InlineData("while ({|TW4007:_queue.Count|} == 0) { Thread.Yield(); }")]
    [InlineData("while ({|TW4007:_queue.IsEmpty|} && !_stop) { await Task.Yield(); }")]
    [InlineData("int x; while (!_queue.{|TW4007:TryDequeue(out x)|}) { } Work(x);")]
    [InlineData("int x; while (!_queue.{|TW4007:TryDequeue(out x)|}) { Thread.Sleep(5); } Work(x);")]
    [InlineData("while (true) { if (_queue.{|TW4007:TryDequeue(out var x)|}) { Work(x); } }")]
    [InlineData("while (!_stop) { if (_stack.{|TW4007:TryPop(out var x)|}) Work(x); else Thread.Yield(); }")]
    [InlineData("while (!_stop) { int x; if (_bag.{|TW4007:TryTake(out x)|}) Work(x); Thread.Sleep(10); }")]
    [InlineData("while (!_stop) { if (blocking.{|TW4007:TryTake(out var x)|}) Work(x); else Thread.Sleep(10); }")]
    [InlineData("while (!_stop) { if (reader.{|TW4007:TryRead(out var x)|}) Work(x); else await Task.Delay(10, token); }")]
    [InlineData("new Thread(() => { while (true) { if (_queue.{|TW4007:TryDequeue(out var x)|}) Work(x); else Thread.Sleep(10); } }).Start();")]
    [InlineData("while (!_stop) { if ({|TW4007:_queue.IsEmpty|}) { Thread.Sleep(10); continue; } _queue.TryDequeue(out var x); Work(x); }")]
    [InlineData("while (true) { if (!_queue.{|TW4007:TryDequeue(out var x)|}) Thread.Sleep(1); else Work(x); }")]
    public Task Polled(string code) => In(code);

    [Theory]
    [InlineData("while (_queue.TryDequeue(out var x)) Work(x);")]
    [InlineData("while (!_queue.IsEmpty) { if (_queue.TryDequeue(out var x)) Work(x); }")]
    [InlineData("while (_queue.Count > 0) { if (_queue.TryDequeue(out var x)) Work(x); }")]
    [InlineData("while (true) { if (!_queue.TryDequeue(out var x)) break; Work(x); }")]
    [InlineData("while (true) { if (_queue.TryDequeue(out var x)) Work(x); else return; }")]
    [InlineData("while (true) { if (_bag.TryTake(out var x)) { Work(x); return; } Work(0); }")]
    [InlineData("var spin = new SpinWait(); int x; while (!_queue.TryDequeue(out x)) spin.SpinOnce(); Work(x);")]
    [InlineData("var spin = new SpinWait(); while (!_stop) { if (_queue.TryDequeue(out var x)) { Work(x); spin.Reset(); } else spin.SpinOnce(); }")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50)); while (await timer.WaitForNextTickAsync()) { while (_queue.TryDequeue(out var x)) Work(x); }")]
    [InlineData("while (!_stop) { await Task.Delay(1000); while (_queue.TryDequeue(out var x)) Work(x); }")]
    [InlineData("while (!_stop) { while (_queue.TryDequeue(out var x)) Work(x); Thread.Sleep(_interval); }")]
    [InlineData("while (!_stop) { _signal.WaitOne(); while (_queue.TryDequeue(out var x)) Work(x); }")]
    [InlineData("while (!_stop) { if (_queue.TryDequeue(out var x)) Work(x); else _signal.WaitOne(100); }")]
    [InlineData("while (!_stop) { if (_queue.TryDequeue(out var x)) Work(x); if (_other.TryDequeue(out var y)) Work(y); Thread.Sleep(10); }")]
    [InlineData("while (!_stop) { Render(); if (_queue.TryDequeue(out var x)) Work(x); Thread.Sleep(10); }")]
    [InlineData("while (!_stop) { if (_queue.TryDequeue(out var x)) Work(x); else Render(); }")]
    [InlineData("var watch = System.Diagnostics.Stopwatch.StartNew(); while (_queue.IsEmpty && watch.ElapsedMilliseconds < 1000) Thread.Sleep(10);")]
    [InlineData("for (var i = 0; i < 100 && _queue.IsEmpty; i++) Thread.Sleep(10);")]
    [InlineData("while (_queue.Count < 5) Thread.Sleep(10);")]
    [InlineData("while (!_stop) { if (blocking.TryTake(out var x, 100)) Work(x); }")]
    [InlineData("while (!_stop) { if (blocking.TryTake(out var x, Timeout.Infinite, token)) Work(x); }")]
    [InlineData("foreach (var x in blocking.GetConsumingEnumerable()) Work(x);")]
    [InlineData("while (await reader.WaitToReadAsync()) { while (reader.TryRead(out var x)) Work(x); }")]
    [InlineData("var plain = new Queue<int>(); while (!_stop) { if (plain.TryDequeue(out var x)) Work(x); else Thread.Sleep(10); }")]
    [InlineData("while (_map.IsEmpty) Thread.Sleep(1);")]
    [InlineData("while (!_stop) { if (_queue.TryDequeue(out var x) && x > 1) Work(x); Thread.Sleep(10); }")]
    [InlineData("var left = 10; while (left > 0) { if (_queue.TryDequeue(out var x)) { Work(x); left--; } }")]
    [InlineData("if (_queue.TryDequeue(out var x)) Work(x); else Thread.Sleep(10);")]
    [InlineData("foreach (var i in new[] { 1, 2 }) { if (_queue.TryDequeue(out var x)) Work(x); else Thread.Sleep(10); }")]
    [InlineData("while (!_stop) { _gate.Wait(); if (_queue.TryDequeue(out var x)) Work(x); }")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("var done = false; while (!done) { if (_queue.{|TW4007:TryDequeue(out var x)|}) done = x == 0; else Thread.Sleep(10); }")]
    [InlineData("var running = true; while (running) { if (!_queue.{|TW4007:TryDequeue(out var x)|}) { Thread.Sleep(10); continue; } if (x == 0) running = false; else Work(x); }")]
    [InlineData("while (!_stop) { if (_queue.{|TW4007:TryDequeue(out var x)|}) { Work(x); } else { Pause(); } }")]
    [InlineData("while ({|TW4007:_queue.IsEmpty|}) Pause();")]
    [InlineData("while (true) { token.ThrowIfCancellationRequested(); if (_queue.{|TW4007:TryDequeue(out var x)|}) Work(x); else Thread.Sleep(10); }")]
    [InlineData("while (true) { if (token.IsCancellationRequested) break; if (_queue.{|TW4007:TryDequeue(out var x)|}) Work(x); else await Task.Delay(10); }")]
    [InlineData("while (!Volatile.Read(ref _ended)) { if (_queue.{|TW4007:TryDequeue(out var x)|}) Work(x); else Thread.Sleep(10); }")]
    public Task Flags_in_locals_and_pauses_in_helpers(string code) => In(code);

    [Theory]
    [InlineData("var empty = false; while (!empty) { if (_queue.TryDequeue(out var x)) Work(x); else empty = true; }")]
    [InlineData("var tries = 0; var late = false; while (!late) { if (_queue.TryDequeue(out var x)) Work(x); else { Thread.Sleep(10); late = tries++ > 3; } }")]
    [InlineData("var more = _queue.TryDequeue(out var x); while (more) { Work(x); more = _queue.TryDequeue(out x); }")]
    [InlineData("while (!_stop) { if (_queue.TryDequeue(out var x)) { Work(x); } else { Idle(); } }")]
    [InlineData("while (!_stop) { if (_queue.TryDequeue(out var x)) { Work(x); } else { _signal.WaitOne(); } }")]
    [InlineData("while (!_stop) { if (_queue.TryDequeue(out var x)) { Work(x); } else { Render(); Pause(); } }")]
    [InlineData("while (true) { if (Late()) break; if (_queue.TryDequeue(out var x)) Work(x); else Thread.Sleep(10); }")]
    [InlineData("while (true) { if (_stop) { Render(); break; } if (_queue.TryDequeue(out var x)) Work(x); else Thread.Sleep(10); }")]
    [InlineData("while (true) { if (_queue.IsEmpty) break; if (_queue.TryDequeue(out var x)) Work(x); else Thread.Sleep(10); }")]
    public Task Silent_on_flags_of_the_empty_queue_and_helpers_that_do_more(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW4007", $$"""
        using System.Threading.Channels;
        class C
        {
            private readonly ConcurrentQueue<int> _queue = new(), _other = new();
            private readonly ConcurrentStack<int> _stack = new();
            private readonly ConcurrentBag<int> _bag = new();
            private readonly ConcurrentDictionary<int, int> _map = new();
            private readonly AutoResetEvent _signal = new(false);
            private readonly SemaphoreSlim _gate = new(0);
            private volatile bool _stop;
            private bool _ended;
            private int _interval;
            async Task M(BlockingCollection<int> blocking, ChannelReader<int> reader, CancellationToken token)
            {
                {{code}}
                await Task.Yield();
            }
            void Work(int i) { _interval = i; }
            void More(int i) { _stop = i > 1; _queue.Enqueue(i); }
            void Render() { _ended = true; }
            static bool Late() => Environment.TickCount > 5;
            static void Pause() => Thread.Sleep(10);
            void Idle() { Render(); Thread.Sleep(10); }
        }
        """);
}
