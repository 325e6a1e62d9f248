using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1001Tests
{
    [Theory]
    [InlineData("var t = {|TW1001:new Thread(Work)|};")]
    [InlineData("{|TW1001:new Thread(Work)|};")]
    [InlineData("_ = {|TW1001:new Thread(Work)|};")]
    [InlineData("var t = {|TW1001:new Thread(Work)|}; t.IsBackground = true; t.Name = \"x\";")]
    [InlineData("var t = new Thread(Work); t.{|TW1005:Join()|};")]
    [InlineData("var t = {|TW1001:new Thread(Work)|}; if (_t != null) t.Join();")]
    [InlineData("Thread t; t = {|TW1001:new Thread(Work)|}; Console.WriteLine(t.ManagedThreadId);")]
    [InlineData("var t = {|TW1001:new Task(Work)|}; t.Wait();")]
    [InlineData("var t = {|TW1001:new Task(Work)|}; await t;")]
    [InlineData("var t = {|TW1001:new Task<int>(() => 1)|}; Console.WriteLine(t.Result);")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) ts.Add({|TW1001:new Thread(Work)|}); foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new Thread[3]; for (var i = 0; i < 3; i++) ts[i] = {|TW1001:new Thread(Work)|}; for (var i = 0; i < 3; i++) ts[i].Join();")]
    [InlineData("var ts = new[] { {|TW1001:new Thread(Work)|}, {|TW1001:new Thread(Work)|} }; Console.WriteLine(ts.Length);")]
    [InlineData("_t = {|TW1001:new Thread(Work)|};")]
    [InlineData("var ts = new List<Thread>(); var t = {|TW1001:new Thread(Work)|}; t.Name = \"a\"; ts.Add(t); Console.WriteLine(ts.Count);")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("var t = new Thread(Work); t.Start();")]
    [InlineData("new Thread(Work).Start();")]
    [InlineData("new Thread(Work) { IsBackground = true }.Start();")]
    [InlineData("var t = new Thread(Work); t.UnsafeStart();")]
    [InlineData("var t = new Thread(Work); t?.Start();")]
    [InlineData("var t = new Thread(Work); Launch(t);")]
    [InlineData("return new Thread(Work);")]
    [InlineData("var t = new Thread(Work); return t;")]
    [InlineData("var t = new Thread(Work); Action go = t.Start; go();")]
    [InlineData("var t = new Thread(Work); Action go = () => t.Start(); go();")]
    [InlineData("var t = new Thread(Work); var u = t; u.Start();")]
    [InlineData("var t = new Thread(Work); _kept = t; Begin();")]
    [InlineData("_kept = new Thread(Work);")]
    [InlineData("Shared = new Thread(Work);")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) ts.Add(new Thread(Work)); foreach (var t in ts) t.Start();")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) ts.Add(new Thread(Work)); ts.ForEach(t => t.Start());")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) ts.Add(new Thread(Work)); ts[0].Start();")]
    [InlineData("var ts = new Thread[3]; for (var i = 0; i < 3; i++) { ts[i] = new Thread(Work); ts[i].Start(); }")]
    [InlineData("var ts = Enumerable.Range(0, 3).Select(_ => new Thread(Work)).ToList(); foreach (var t in ts) t.Start();")]
    [InlineData("var ts = Enumerable.Range(0, 3).Select(_ => new Thread(Work)); foreach (var t in ts) t.Start();")]
    [InlineData("var ts = new List<Thread> { new Thread(Work) }; Launch(ts);")]
    [InlineData("var t = new Task(Work); t.RunSynchronously();")]
    [InlineData("var t = new Task(Work); t.Start(TaskScheduler.Default); await t;")]
    [InlineData("var t = Task.Run(Work); await t;")]
    [InlineData("var t = new Timer(_ => Work());")]
    [InlineData("var h = new { Thread = new Thread(Work) }; h.Thread.Start();")]
    [InlineData("var d = new Dictionary<int, Thread>(); d[1] = new Thread(Work); d[1].Start();")]
    [InlineData("var p = (new Thread(Work), 1); p.Item1.Start();")]
    [InlineData("var queue = new Queue<Thread>(); queue.Enqueue(new Thread(Work)); queue.Dequeue().Start();")]
    public Task Innocent(string code) => In(code);

    [Fact]
    public Task Started_by_a_loop_of_another_member() => Verify.Rule("TW1001", """
        class C
        {
            private readonly Thread[] _made = { new Thread(Work), new Thread(Work) };
            private readonly List<Thread> _added = new();
            private static void Work() { }
            void Add() => _added.Add(new Thread(Work));
            void Start()
            {
                foreach (var t in _made) t.Start();
                foreach (var t in _added) t.Start();
            }
        }
        """);

    [Theory]
    [InlineData("(_t = new Thread(Work)).Start();")]
    [InlineData("Thread t; (t = new Thread(Work)).Start();")]
    [InlineData("var all = new Thread[1]; (all[0] = new Thread(Work)).Start();")]
    [InlineData("Launch(_t = new Thread(Work));")]
    [InlineData("Thread? a, b; a = b = new Thread(Work); Launch(a);")]
    public Task Silent_when_the_assignment_itself_is_used(string code) => In(code);

    [Theory]
    [InlineData("var a = {|TW1001:new Task(Work)|}; var b = {|TW1001:new Task(Work)|}; await Task.WhenAll(a, b);")]
    [InlineData("var all = new List<Task>(); for (var i = 0; i < 3; i++) all.Add({|TW1001:new Task(Work)|}); await Task.WhenAll(all);")]
    [InlineData("var a = {|TW1001:new Task(Work)|}; Task.WaitAll(new[] { a }, 100);")]
    public Task A_task_that_is_only_waited_for_with_others(string code) => In(code);

    [Theory]
    [InlineData("var all = new List<Task>(); for (var i = 0; i < 3; i++) all.Add(new Task(Work)); foreach (var t in all) t.Start(); await Task.WhenAll(all);")]
    [InlineData("var a = new Task(Work); Launch(a); await Task.WhenAll(a);")]
    [InlineData("var a = new Task(Work); await Other(Task.WhenAll(a), a); static Task Other(Task all, Task one) { one.Start(); return all; }")]
    public Task Silent_on_a_group_that_is_started_and_waited_for(string code) => In(code);

    [Theory]
    [InlineData("var t = new Thread(Work); if (t is { IsAlive: false } idle) idle.Start();")]
    [InlineData("var t = new Thread(Work); if (t is Thread same) same.Start();")]
    [InlineData("object t = new Thread(Work); if (t is Thread { Name: null } same) same.Start();")]
    public Task Silent_when_a_pattern_names_the_thread_anew(string code) => In(code);

    [Theory]
    [InlineData("var t = {|TW1001:new Thread(Work)|}; if (t is { IsAlive: false }) Console.WriteLine(t is not null);")]
    public Task A_pattern_that_only_asks(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW1001", $$"""
        class C
        {
            private Thread? _t;
            private Thread? _kept;
            public Thread? Shared;
            private void Begin() => _kept!.Start();
            private static void Work() { }
            private static void Launch(object t) { }
            async Task<object?> M()
            {
                await Task.Yield();
                {{code}}
                return null;
            }
        }
        """);
}
