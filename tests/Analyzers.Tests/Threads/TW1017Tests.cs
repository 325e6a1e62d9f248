using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1017Tests
{
    [Theory]
    [InlineData("_t = new Thread(Loop); _t.{|TW1017:Start()|};")]
    [InlineData("new Thread(Loop).{|TW1017:Start()|};")]
    [InlineData("var t = new Thread(() => { while (!_stop) Step(); }); t.{|TW1017:Start()|};")]
    [InlineData("var t = new Thread(() => { while (true) Step(); }); t.{|TW1017:Start()|};")]
    [InlineData("var t = new Thread(() => { for (;;) { if (_stop) return; Step(); } }); t.{|TW1017:Start()|};")]
    [InlineData("var t = new Thread(() => { while (!token.IsCancellationRequested) Step(); }); t.Name = \"x\"; t.{|TW1017:Start()|};")]
    [InlineData("var t = new Thread(() => Outer()); t.{|TW1017:Start()|};")]
    [InlineData("var t = new Thread(Outer); t.{|TW1017:Start()|};")]
    [InlineData("var t = new Thread(() => { try { while (Running && !_stop) Step(); } finally { Step(); } }); t.{|TW1017:Start()|};")]
    [InlineData("void Run() { while (!_stop) Step(); } var t = new Thread(Run); t.{|TW1017:Start()|};")]
    [InlineData("var t = new Thread(_ => { do Step(); while (!_stop); }); t.{|TW1017:Start(null)|};")]
    [InlineData("for (var i = 0; i < 3; i++) { var t = new Thread(Loop); t.{|TW1017:Start()|}; _all.Add(t); }")]
    [InlineData("var t = new Thread(() => { while (!_signaler.IsStopped) Step(); }); t.{|TW1017:Start()|};")]
    [InlineData("var ts = Enumerable.Range(0, 2).Select(_ => new Thread(Loop)).ToList(); foreach (var t in ts) t.{|TW1017:Start()|};")]
    [InlineData("new Thread(() => { while (!_stop) { try { Step(); } catch (Exception e) { Console.WriteLine(e); } } }).{|TW1017:Start()|};")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("var t = new Thread(Loop) { IsBackground = true }; t.Start();")]
    [InlineData("var t = new Thread(Loop); t.IsBackground = true; t.Start();")]
    [InlineData("var t = new Thread(Loop); t.Start(); t.IsBackground = true;")]
    [InlineData("var t = new Thread(Loop) { IsBackground = false }; t.Start();")]
    [InlineData("var t = new Thread(Step); t.Start();")]
    [InlineData("var t = new Thread(() => { for (var i = 0; i < 3; i++) Step(); }); t.Start();")]
    [InlineData("var t = new Thread(() => { foreach (var x in _all) Step(); }); t.Start();")]
    [InlineData("var t = new Thread(() => { var n = 3; while (n-- > 0) Step(); }); t.Start();")]
    [InlineData("var t = new Thread(() => { var more = true; while (more) more = Ask(); }); t.Start();")]
    [InlineData("var t = new Thread(() => { while (Ask()) Step(); }); t.Start();")]
    [InlineData("var t = new Thread(() => { using var r = new StringReader(\"\"); while (r.ReadLine() != null) Step(); }); t.Start();")]
    [InlineData("Task.Run(Loop);")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => Loop());")]
    [InlineData("Task.Factory.StartNew(Loop, TaskCreationOptions.LongRunning);")]
    [InlineData("var t = new Thread(start); t.Start();")]
    [InlineData("var t = new Thread(Loop); Console.WriteLine(t.Name);")]
    [InlineData("var t = new Thread(Loop); t.Start(); Step(); _stop = true; t.Join();")]
    [InlineData("var t = new Thread(Loop); t.Start(); try { Step(); } finally { _stop = true; if (!t.Join(1000)) throw new TimeoutException(); }")]
    [InlineData("var t = new Thread(() => { while (true) { if (!Ask()) break; Step(); } }); t.IsBackground = true; t.Start();")]
    [InlineData("var t = new Thread(() => { for (var i = 0; i < 100 && !_stop; i++) Step(); }); t.Start();")]
    [InlineData("var t = new Thread(() => { while (_all.Count > 0) _all.RemoveAt(0); }); t.Start();")]
    [InlineData("var t = new Thread(() => { do { Step(); } while (Ask()); }); t.Start();")]
    [InlineData("_t = new Thread(Loop); _t.IsBackground = true; _t.Start();")]
    [InlineData("var ts = Enumerable.Range(0, 2).Select(_ => new Thread(Loop) { IsBackground = true }).ToList(); foreach (var t in ts) t.Start();")]
    [InlineData("var t = new Thread(Loop) { Name = \"loop\", IsBackground = true, Priority = ThreadPriority.Lowest }; t.Start();")]
    [InlineData("var t = new Thread(Loop); foreach (var x in new[] { t }) x.IsBackground = true; t.Start();")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("new Thread(() => { while (true) { string? f; lock (_work) { if (!_work.TryDequeue(out f)) return; } Console.WriteLine(f); } }).Start();")]
    [InlineData("new Thread(() => { for (;;) { var k = Interlocked.Increment(ref _next); if (k >= _all.Count) break; Step(); } }).Start();")]
    [InlineData("new Thread(() => { while (!_stop) { if (_work.Count == 0) return; Console.WriteLine(_work.Dequeue()); } }).Start();")]
    [InlineData("new Thread(() => { while (true) { if (!_queue.TryTake(out var f)) return; Console.WriteLine(f); } }).Start();")]
    public Task Silent_when_the_body_ends_with_its_work(string code) => In(code);

    [Theory]
    [InlineData("new Thread(() => { while (true) { var f = _queue.Take(); if (f == null) return; Console.WriteLine(f); } }).{|TW1017:Start()|};")]
    [InlineData("new Thread(() => { while (true) { string f; lock (_work) { while (_work.Count == 0) Monitor.Wait(_work); f = _work.Dequeue(); } if (f == null) break; Console.WriteLine(f); } }).{|TW1017:Start()|};")]
    [InlineData("string? Next() { _go.WaitOne(); return _work.Count == 0 ? null : _work.Dequeue(); } new Thread(() => { while (true) { var f = Next(); if (f == null) break; Console.WriteLine(f); } }).{|TW1017:Start()|};")]
    [InlineData("new Thread(() => { while (true) { try { Step(); } catch (Exception) { return; } } }).{|TW1017:Start()|};")]
    public Task The_word_to_stop_comes_through_what_it_waits_for(string code) => In(code);

    [Theory]
    [InlineData("new Thread(() => { foreach (var f in _queue.GetConsumingEnumerable()) Console.WriteLine(f); }).{|TW1017:Start()|};")]
    [InlineData("new Thread(() => { while (!_go.WaitOne(1000)) Step(); }).{|TW1017:Start()|};")]
    [InlineData("new Thread(() => { while (!token.WaitHandle.WaitOne(1000)) Step(); }).{|TW1017:Start()|};")]
    public Task A_queue_and_a_stop_signal(string code) => In(code);

    [Theory]
    [InlineData("var queue = new BlockingCollection<string>(); new Thread(() => { foreach (var f in queue.GetConsumingEnumerable()) Console.WriteLine(f); }).Start(); queue.CompleteAdding();")]
    [InlineData("new Thread(() => { foreach (var f in _queue.GetConsumingEnumerable()) { if (f.Length == 0) break; Console.WriteLine(f); } }) { IsBackground = true }.Start();")]
    [InlineData("new Thread(() => { foreach (var f in _work) Console.WriteLine(f); }).Start();")]
    [InlineData("new Thread(() => { while (_go.WaitOne(1000)) Step(); }).Start();")]
    public Task A_queue_of_the_method_and_a_wait_that_gives_up(string code) => In(code);

    [Theory]
    [InlineData("var ts = Enumerable.Range(0, 4).Select(_ => new Thread(Loop)).ToList(); ts.ForEach(t => t.Start()); Step(); _stop = true; ts.ForEach(t => t.Join());")]
    [InlineData("var ts = new Thread[4]; for (var i = 0; i < 4; i++) { ts[i] = new Thread(Loop); ts[i].Start(); } _stop = true; foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new Thread[4]; for (var i = 0; i < 4; i++) { ts[i] = new Thread(Loop); ts[i].Start(); } _stop = true; for (var i = 0; i < 4; i++) ts[i].Join();")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 4; i++) { var t = new Thread(Loop); t.Start(); ts.Add(t); } _stop = true; foreach (var t in ts) t.Join();")]
    [InlineData("_t = new Thread(Loop); _t.Start(); Step(); _stop = true; _t.Join();")]
    public Task Silent_when_the_member_joins_all_of_them(string code) => In(code);

    [Fact]
    public Task A_program_may_live_by_its_threads() => Verify.Rule("TW1017", """
        class C
        {
            private static volatile bool s_stop;
            private static void Loop() { while (!s_stop) { } }
            static void Main() => new Thread(Loop).Start();
        }
        """, static test => test.OutputKind = OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("var t = new Thread(Loop); Background.Set(t); t.Start();")]
    [InlineData("var t = new Thread(Loop); t.Quiet(); t.Start();")]
    [InlineData("_t = new Thread(Loop); Background.Set(_t); _t.Start();")]
    public Task Silent_when_other_code_gets_the_thread(string code) => In(code);

    [Theory]
    [InlineData("var t = new Thread(Loop); _all.Add(t); t.{|TW1017:Start()|};")]
    public Task A_collection_that_keeps_the_thread(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW1017", $$"""
        static class Background
        {
            public static void Set(Thread t) => t.IsBackground = true;
            public static void Quiet(this Thread t) => t.IsBackground = true;
        }
        class Signaler { public bool IsStopped { get; set; } }
        class C
        {
            private readonly Signaler _signaler = new();
            private Thread? _t;
            private volatile bool _stop;
            private readonly List<Thread> _all = new();
            private readonly Queue<string> _work = new();
            private readonly BlockingCollection<string> _queue = new();
            private readonly ManualResetEvent _go = new(false);
            private int _next;
            private bool Running { get; set; }
            private void Step() { }
            private bool Ask() => false;
            private void Loop() { while (!_stop) Step(); }
            private void Outer() { Step(); Loop(); }
            void M(ThreadStart start, CancellationToken token)
            {
                {{code}}
            }
        }
        """);
}
