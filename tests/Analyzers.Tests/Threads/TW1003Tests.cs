using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1003Tests
{
    [Theory]
    [InlineData("var t = new Thread(Work); t.{|TW1003:Start()|};")]
    [InlineData("new Thread(Work).{|TW1003:Start()|};")]
    [InlineData("new Thread(() => Work()) { Name = \"x\" }.{|TW1003:Start()|};")]
    [InlineData("var t = new Thread(Take); t.{|TW1003:Start(1)|};")]
    [InlineData("var t = new Thread(Work); t.Name = \"x\"; t.Priority = ThreadPriority.Lowest; t.{|TW1003:Start()|}; Console.WriteLine(t.ManagedThreadId);")]
    [InlineData("Thread t; t = new Thread(Work); t.{|TW1003:Start()|};")]
    [InlineData("if (flag) { var t = new Thread(Work); t.{|TW1003:Start()|}; }")]
    [InlineData("for (var i = 0; i < 3; i++) { var t = new Thread(Work); t.{|TW1003:Start()|}; }")]
    [InlineData("foreach (var x in xs) new Thread(() => Take(x)).{|TW1003:Start()|};")]
    [InlineData("var a = new Thread(Work); var b = new Thread(Work); a.Start(); b.{|TW1003:Start()|}; a.Join();")]
    [InlineData("var t = new Thread(() => { for (var i = 0; i < 3; i++) Work(); }); t.{|TW1003:Start()|};")]
    [InlineData("void Local() => Work(); var t = new Thread(Local); t.{|TW1003:Start()|};")]
    [InlineData("Action go = () => { var t = new Thread(Work); t.{|TW1003:Start()|}; }; go();")]
    [InlineData("var t = new Thread(Work); t.{|TW1003:Start()|}; await Task.Yield();")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("var t = new Thread(Work); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(Work); t.Start(); if (flag) t.Join();")]
    [InlineData("var t = new Thread(Work); t.Start(); if (!t.Join(1000)) Console.WriteLine(\"late\");")]
    [InlineData("var t = new Thread(Work); t.Start(); while (t.IsAlive) Thread.Sleep(5);")]
    [InlineData("var t = new Thread(Work); t.Start(); while (t.ThreadState != ThreadState.Stopped) Thread.Sleep(5);")]
    [InlineData("var t = new Thread(Work) { IsBackground = true }; t.Start();")]
    [InlineData("new Thread(Work) { IsBackground = true }.Start();")]
    [InlineData("new Thread(Work) { IsBackground = false }.Start();")]
    [InlineData("var t = new Thread(Work); t.IsBackground = flag; t.Start();")]
    [InlineData("var t = new Thread(Work); t.Start(); t.IsBackground = true;")]
    [InlineData("_kept = new Thread(Work); _kept.Start();")]
    [InlineData("var t = new Thread(Work); _kept = t; t.Start();")]
    [InlineData("var t = new Thread(Work); t.Start(); _all.Add(t);")]
    [InlineData("var t = new Thread(Work); t.Start(); Keep(t);")]
    [InlineData("var t = new Thread(Work); t.Start(); Action wait = t.Join; wait();")]
    [InlineData("var t = new Thread(Work); t.Start(); Action wait = () => t.Join(); wait();")]
    [InlineData("var t = new Thread(Work); t.Start(); using (new Joiner(t)) Work();")]
    [InlineData("var t = new Thread(Work); t.Start(); var u = t; u.Join();")]
    [InlineData("var t = new Thread(Work);")]
    [InlineData("var t = Make(); t.Start();")]
    [InlineData("var t = new Thread(() => { while (!_stop) Work(); }); t.Start();")]
    [InlineData("var t = new Thread(Loop); t.Start();")]
    [InlineData("new Thread(() => { while (true) Work(); }).Start();")]
    [InlineData("var done = new ManualResetEvent(false); var t = new Thread(() => { Work(); done.Set(); }); t.Start(); done.WaitOne();")]
    [InlineData("var done = new CountdownEvent(1); new Thread(() => { try { Work(); } finally { done.Signal(); } }).Start(); done.Wait();")]
    [InlineData("var left = 1; new Thread(() => { try { Work(); } finally { Interlocked.Decrement(ref left); } }).Start(); while (Volatile.Read(ref left) > 0) Thread.Yield();")]
    [InlineData("var gate = new SemaphoreSlim(0); new Thread(() => { Work(); gate.Release(); }).Start(); await gate.WaitAsync();")]
    [InlineData("var done = new TaskCompletionSource<int>(); new Thread(() => done.SetResult(1)).Start(); await done.Task;")]
    [InlineData("var done = new TaskCompletionSource(); new Thread(() => { try { Work(); done.TrySetResult(); } catch (Exception e) { done.TrySetException(e); } }).Start(); await done.Task;")]
    [InlineData("var queue = new BlockingCollection<int>(); new Thread(() => { queue.Add(1); queue.CompleteAdding(); }).Start(); foreach (var x in queue.GetConsumingEnumerable()) Take(x);")]
    [InlineData("new Thread(Reports).Start(); _done.WaitOne();")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("new Thread(start).Start();")]
    [InlineData("var t = Task.Run(Work);")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => Work());")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("_kept = new Thread(Work); _kept.Start(); _kept = null;")]
    [InlineData("var ts = new List<Thread>(); ts.Add(new Thread(Work)); var others = ts; foreach (var t in others) t.Start();")]
    public Task Misses_fields_and_other_groups(string code) => In(code);

    /// <summary>A list that is used for nothing but to start what is in it keeps nothing for a join.</summary>
    [Theory]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) ts.Add(new Thread(Work)); foreach (var t in ts) t.{|TW1003:Start()|};")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work); t.{|TW1003:Start()|}; ts.Add(t); }")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work); ts.Add(t); t.{|TW1003:Start()|}; } Console.WriteLine(ts.Count);")]
    [InlineData("var ts = new Thread[3]; for (var i = 0; i < 3; i++) { ts[i] = new Thread(Work); ts[i].{|TW1003:Start()|}; }")]
    [InlineData("var ts = Enumerable.Range(0, 3).Select(_ => new Thread(Work)).ToList(); ts.ForEach(t => t.{|TW1003:Start()|});")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) ts.Add(new Thread(Work)); for (var i = 0; i < 3; i++) ts[i].{|TW1003:Start()|}; Console.WriteLine(string.Join(\" \", ts.Select(t => t.Name)));")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) ts.Add(new Thread(Work)); for (var i = 0; i < 3; i++) ts[i].{|TW1003:Start()|}; var states = ts.ConvertAll(t => t.ThreadState); Console.WriteLine(states[0]);")]
    [InlineData("var queue = new BlockingCollection<int>(); var ts = new List<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(() => { foreach (var x in queue.GetConsumingEnumerable()) Take(x); }); t.{|TW1003:Start()|}; ts.Add(t); } queue.Add(1); queue.CompleteAdding();")]
    [InlineData("var arrived = new CountdownEvent(1); var go = new ManualResetEventSlim(); var t = new Thread(() => { arrived.Signal(); go.Wait(); Work(); }); t.{|TW1003:Start()|}; arrived.Wait(); go.Set();")]
    [InlineData("var running = 0; var t = new Thread(() => { Interlocked.Increment(ref running); Work(); Interlocked.Decrement(ref running); }); t.{|TW1003:Start()|};")]
    [InlineData("var ts = new Stack<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work); t.{|TW1003:Start()|}; ts.Push(t); }")]
    [InlineData("var ts = new Queue<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work); ts.Enqueue(t); t.{|TW1003:Start()|}; }")]
    public Task Groups_that_nobody_joins(string code) => In(code);

    [Theory]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work); t.Start(); ts.Add(t); } ts.ForEach(t => t.Join());")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work); t.Start(); ts.Add(t); } ts.ForEach(Keep);")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work); t.Start(); ts.Add(t); } foreach (var t in ts.Where(t => t.IsAlive)) t.Join();")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work); t.Start(); ts.Add(t); } _all.AddRange(ts);")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work); t.Start(); ts.Add(t); } while (ts.Any(t => t.IsAlive)) Thread.Sleep(5);")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work); t.Start(); ts.Add(t); } while (ts.TrueForAll(t => t.ThreadState != ThreadState.Stopped)) Thread.Sleep(5);")]
    [InlineData("var ts = new Stack<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work); t.Start(); ts.Push(t); } while (ts.Count > 0) ts.Pop().Join();")]
    [InlineData("var ts = new Queue<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work); t.Start(); ts.Enqueue(t); } while (ts.TryDequeue(out var next)) next.Join();")]
    [InlineData("var ts = new Thread[3]; for (var i = 0; i < 3; i++) { ts[i] = new Thread(Work); ts[i].Start(); } for (var i = 0; i < 3; i++) ts[i].Join();")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work) { IsBackground = true }; t.Start(); ts.Add(t); }")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work); t.Start(); ts.Add(t); } Keep(ts[0]);")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) { var t = new Thread(Work); ts.Add(t); ts[i].IsBackground = true; t.Start(); }")]
    [InlineData("var arrived = new CountdownEvent(1); var go = new ManualResetEventSlim(); var t = new Thread(() => { go.Wait(); Work(); arrived.Signal(); }); t.Start(); go.Set(); arrived.Wait();")]
    public Task Groups_that_may_be_joined(string code) => In(code);

    /// <summary>What is read before the join, or lost at the first await, has a report of its own, whose repair is the join.</summary>
    [Theory]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); Console.WriteLine({|TW1002:n|});")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); Thread.{|TW1014:Sleep(100)|}; Console.WriteLine(n);")]
    [InlineData("var t = new Thread({|TW1009:async () =>|} { await Task.Yield(); Work(); }); t.Start();")]
    public Task Other_rules_speak_first(string code) => In(code);

    /// <summary>What a test checks on another thread is lost with the end of the test, whoever keeps the process open.</summary>
    [Fact]
    public Task The_lost_check_of_a_test_speaks_first() => Verify.Rule("TW1003", """
        namespace Xunit
        {
            class FactAttribute : Attribute { }
            static class Assert { public static void Equal<T>(T expected, T actual) { } }
        }
        class C
        {
            [Xunit.Fact]
            public void M()
            {
                new Thread(() => Xunit.Assert.Equal(1, 2)).{|TW1016:Start()|};
                new Thread(() => Console.WriteLine(1)).{|TW1003:Start()|};
            }
        }
        """);

    private static Task In(string code) => Verify.Rule("TW1003", $$"""
        class Joiner : IDisposable
        {
            private readonly Thread _t;
            public Joiner(Thread t) => _t = t;
            public void Dispose() => _t.Join();
        }
        class C
        {
            private Thread? _kept;
            private readonly List<Thread> _all = new();
            private readonly ManualResetEvent _done = new(false);
            private volatile bool _stop;
            private static void Work() { }
            private static void Take(object? x) { }
            private static void Keep(Thread t) => t.Join();
            private static Thread Make() => new Thread(Work);
            private void Loop() { while (!_stop) Work(); }
            private void Reports() { Work(); Report(); }
            private void Report() => _done.Set();
            async Task M(bool flag, int[] xs, ThreadStart start)
            {
                {{code}}
                await Task.Yield();
            }
        }
        """);
}
