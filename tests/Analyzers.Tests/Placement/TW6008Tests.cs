using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Placement;

public class TW6008Tests
{
    [Theory]
    [InlineData("Task.{|TW6008:Run(Loop)|};")]
    [InlineData("Task.{|TW6008:Run(() => Loop())|};")]
    [InlineData("Task.{|TW6008:Run(() => { while (true) Step(); })|};")]
    [InlineData("Task.{|TW6008:Run(() => { for (;;) { if (_stop) return; Step(); } })|};")]
    [InlineData("_task = Task.{|TW6008:Run(() => { while (!_stop) Step(); }, token)|};")]
    [InlineData("_running = true; _task = Task.{|TW6008:Run(() => { while (Running) Step(); })|};")]
    [InlineData("_task = Task.{|TW6008:Run(() => { while (!token.IsCancellationRequested) Thread.Sleep(10); })|};")]
    [InlineData("_task = Task.{|TW6008:Run(() => { while (true) { if (token.IsCancellationRequested) break; Step(); } })|};")]
    [InlineData("_task = Task.{|TW6008:Run(() => { while (true) { try { Step(); } catch (OperationCanceledException) { return; } } })|};")]
    [InlineData("_task = Task.{|TW6008:Run(() => { do { Step(); } while (_stop == false); })|};")]
    [InlineData("_task = Task.{|TW6008:Run(() => { foreach (var item in _queue.GetConsumingEnumerable()) Console.WriteLine(item); })|};")]
    [InlineData("_task = Task.{|TW6008:Run(() => { while (!_queue.IsCompleted) { if (_queue.TryTake(out var item, 100)) Console.WriteLine(item); } })|};")]
    [InlineData("_task = Task.Factory.{|TW6008:StartNew(Loop)|};")]
    [InlineData("_task = Task.Factory.{|TW6008:StartNew(Loop, token)|};")]
    [InlineData("_task = Task.Factory.{|TW6008:StartNew(Loop, TaskCreationOptions.DenyChildAttach)|};")]
    [InlineData("_task = Task.Factory.{|TW6008:StartNew(Loop, token, TaskCreationOptions.None, TaskScheduler.Default)|};")]
    [InlineData("_task = Task.{|TW6008:Run(Outer)|};")]
    [InlineData("_task = Task.{|TW6008:Run(() => { while (!_stop) { lock (_items) Monitor.Wait(_items); Step(); } })|};")]
    [InlineData("_task = Task.{|TW6008:Run(() => { while (true) { Step(); AgainAsync().Wait(); } })|};")]
    [InlineData("void Run() { while (!_stop) Step(); } _task = Task.{|TW6008:Run(Run)|};")]
    [InlineData("for (var i = 0; i < 3; i++) Task.{|TW6008:Run(Loop)|};")]
    [InlineData("_task = Task.{|TW6008:Run(() => { while (!_stop) { try { Step(); } catch (Exception) { _stop = true; } } })|};")]
    [InlineData("_task = Task.Factory.{|TW6008:StartNew(async () => await AgainAsync(), token, TaskCreationOptions.LongRunning, TaskScheduler.Default)|}.Unwrap();")]
    [InlineData("_task = Task.Factory.{|TW6008:StartNew(AgainAsync, TaskCreationOptions.LongRunning)|}.Unwrap();")]
    [InlineData("Task.Factory.{|TW6008:StartNew(() => AgainAsync(), TaskCreationOptions.LongRunning)|}.Unwrap();")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("Task.Factory.StartNew(Loop, TaskCreationOptions.LongRunning);")]
    [InlineData("Task.Factory.StartNew(Loop, token, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);")]
    [InlineData("Task.Factory.StartNew(Loop, options);")]
    [InlineData("Task.Factory.StartNew(Loop, token, TaskCreationOptions.None, scheduler);")]
    [InlineData("new TaskFactory(scheduler).StartNew(Loop);")]
    [InlineData("new Thread(Loop).Start();")]
    [InlineData("Task.Run(Step);")]
    [InlineData("Task.Run(AgainAsync);")]
    [InlineData("Task.Run(async () => { while (true) { Step(); await Task.Delay(10); } });")]
    [InlineData("Task.Run(async () => { while (!_stop) await AgainAsync(); });")]
    [InlineData("Task.Run(() => LoopAsync());")]
    [InlineData("Task.Run(() => { LoopAsync(); });")]
    [InlineData("Task.Run(() => { for (var i = 0; i < 3; i++) Step(); });")]
    [InlineData("Task.Run(() => { while (Ask()) Step(); });")]
    [InlineData("Task.Run(() => { while (true) { if (Ask()) break; Step(); } });")]
    [InlineData("Task.Run(() => { while (true) { var line = Console.ReadLine(); if (line == null) return; Step(); } });")]
    [InlineData("Task.Run(() => { while (!_stop) { Step(); if (Ask()) return; } });")]
    [InlineData("Task.Run(() => { while (!_found) { _found = Ask(); } });")]
    [InlineData("Task.Run(() => { while (!_found) Search(); });")]
    [InlineData("Task.Run(() => { while (!_items.IsEmpty) _items.TryDequeue(out _); });")]
    [InlineData("Task.Run(() => { using var r = new StreamReader(\"x\"); while (!r.EndOfStream) r.ReadLine(); });")]
    [InlineData("Task.Run(() => { while (Empty) Step(); });")]
    [InlineData("var queue = new BlockingCollection<int>(); Task.Run(() => { foreach (var item in queue.GetConsumingEnumerable()) Console.WriteLine(item); });")]
    [InlineData("var t = Task.Run(Loop); Step(); _stop = true; t.Wait();")]
    [InlineData("var source = new CancellationTokenSource(); var t = Task.Run(() => { while (!source.IsCancellationRequested) Step(); }); Step(); source.Cancel(); t.Wait();")]
    [InlineData("var source = new CancellationTokenSource(1000); var t = Task.Run(() => { while (!source.IsCancellationRequested) Step(); }); t.Wait();")]
    [InlineData("var more = true; Task.Run(() => { while (more) more = Ask(); });")]
    [InlineData("Task.Run(() => { for (var i = 0; i < 9; i++) Put(i); });")]
    [InlineData("Task.Run(action);")]
    [InlineData("Task.Run(() => action());")]
    [InlineData("Task.Run(() => { Action later = () => { while (true) Step(); }; Console.WriteLine(later); });")]
    [InlineData("Parallel.Invoke(Loop, Loop);")]
    [InlineData("Task.Factory.StartNew(async () => await Task.CompletedTask, TaskCreationOptions.LongRunning).Unwrap();")]
    public Task Innocent(string code) => In(code);

    [Fact]
    public Task TW1009_speaks_before_it() => In("Task.Factory.StartNew({|TW1009:async () =>|} await AgainAsync(), TaskCreationOptions.LongRunning);");

    [Fact]
    public Task A_field_and_a_partial_type() => Verify.Rule("TW6008", """
        partial class C<T>
        {
            private readonly Task _pump;
            public C() => _pump = Task.{|TW6008:Run(Pump)|};
        }
        partial class C<T>
        {
            private readonly BlockingCollection<T> _queue = new();
            private void Pump() { foreach (var item in _queue.GetConsumingEnumerable()) Console.WriteLine(item); }
        }
        """);

    [Fact]
    public Task A_service_of_a_host() => Verify.Rule("TW6008", """
        class C
        {
            protected Task ExecuteAsync(CancellationToken token) => Task.{|TW6008:Run(() => { while (!token.IsCancellationRequested) Poll(); }, token)|};
            private void Poll() => Thread.Sleep(10);
        }
        """);

    [Theory]
    [InlineData("Task.{|TW6008:Run(() => { while (!_end.WaitOne(1000)) Step(); })|};")]
    [InlineData("Task.{|TW6008:Run(() => { while (!_slim.Wait(TimeSpan.FromSeconds(1))) Step(); })|};")]
    [InlineData("Task.{|TW6008:Run(() => { while (!token.WaitHandle.WaitOne(1000)) Step(); })|};")]
    [InlineData("Task.{|TW6008:Run(() => { while (!_stop && !_end.WaitOne(1000)) Step(); })|};")]
    public Task A_loop_that_waits_for_a_stop_signal(string code) => In(code);

    [Theory]
    [InlineData("Task.Run(() => { while (_end.WaitOne(1000)) Step(); });")]
    [InlineData("Task.Run(() => { while (!_end.WaitOne(1000)) { if (Ask()) _end.Set(); } });")]
    [InlineData("Task.Run(() => { while (!_end.WaitOne(1000)) { if (Ask()) return; } });")]
    [InlineData("Task.Run(() => { while (!_free.Wait(1000)) Step(); });")]
    [InlineData("var end = new ManualResetEvent(false); Task.Run(() => { while (!end.WaitOne(1000)) Step(); });")]
    [InlineData("var t = Task.Run(() => { while (!_end.WaitOne(1000)) Step(); }); Step(); _end.Set(); t.Wait();")]
    public Task Silent_on_other_signals(string code) => In(code);

    [Fact]
    public Task Misses_a_loop_over_a_flag_of_its_own_making() => Verify.Rule("TW6008", """
        class C
        {
            private int _state;
            private bool IsOpen => _state == 1;
            void M() => Task.Run(() => { while (IsOpen) Thread.Sleep(10); });
        }
        """);

    private static Task In(string code) => Verify.Rule("TW6008", $$"""
        class C
        {
            private readonly BlockingCollection<int> _queue = new();
            private readonly ConcurrentQueue<int> _items = new();
            private Task? _task;
            private volatile bool _stop;
            private bool _found, _running;
            private readonly ManualResetEvent _end = new(false);
            private readonly ManualResetEventSlim _slim = new();
            private readonly SemaphoreSlim _free = new(0);
            private bool Running { get; set; }
            private bool Empty => _items.IsEmpty;
            private void Step() { }
            private bool Ask() => _running;
            private void Search() { if (Ask()) _found = true; }
            private void Loop() { while (!_stop) Step(); }
            private void Put(int i) { lock (_items) { while (_found) Monitor.Wait(_items); Console.WriteLine(i); Monitor.PulseAll(_items); } }
            private void Outer() { Step(); Loop(); }
            private async Task AgainAsync() => await Task.Delay(1);
            private async Task LoopAsync() { while (true) await AgainAsync(); }
            void M(Action action, CancellationToken token, TaskScheduler scheduler, TaskCreationOptions options)
            {
                {{code}}
            }
        }
        """);
}
