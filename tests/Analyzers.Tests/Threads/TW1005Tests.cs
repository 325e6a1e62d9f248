using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1005Tests
{
    [Theory]
    [InlineData("var t = new Thread(Work); t.Start(); t.{|TW1005:Start()|};")]
    [InlineData("var t = new Thread(Work); t.Start(); t.Join(); t.{|TW1005:Start()|};")]
    [InlineData("var t = new Thread(Work); t.Start(); Console.WriteLine(); t.{|TW1005:Start()|}; t.Join();")]
    [InlineData("var t = new Thread(Work); t.{|TW1005:Join()|}; t.Start();")]
    [InlineData("var t = new Thread(Work); t.Name = \"x\"; t.{|TW1005:Join()|};")]
    [InlineData("var t = new Thread(Work); t.{|TW1005:Join(100)|}; t.Start();")]
    [InlineData("var t = new Task(Work); t.Start(); t.{|TW1005:Start()|};")]
    [InlineData("var t = Task.Run(Work); t.{|TW1005:Start()|};")]
    [InlineData("var t = Task.Factory.StartNew(Work); t.{|TW1005:Start()|}; t.Wait();")]
    [InlineData("Thread t; t = new Thread(Work); t.Start(); t.{|TW1005:Start()|};")]
    [InlineData("if (flag) { var t = new Thread(Work); t.{|TW1005:Join()|}; t.Start(); }")]
    [InlineData("var a = new Thread(Work); var b = new Thread(Work); a.Start(); b.{|TW1005:Join()|}; b.Start(); a.Join();")]
    [InlineData("var t = new Thread(_ => Work()); t.Start(1); t.{|TW1005:Start(2)|};")]
    [InlineData("_made.Start(); _made.Join(); _made.{|TW1005:Start()|};")]
    [InlineData("_t = new Thread(Work); _t.Start(); _t.Join(); _t.{|TW1005:Start()|};")]
    [InlineData("_t = new Thread(Work); _t.{|TW1005:Join()|}; _t.Start();")]
    [InlineData("_t!.Start(); Console.WriteLine(\"on\"); _t.{|TW1005:Start()|};")]
    [InlineData("s_task = new Task(Work); s_task.Start(); s_task.Wait(); s_task.{|TW1005:Start()|};")]
    [InlineData("_task = Task.Run(Work); _task.{|TW1005:Start()|};")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("var t = new Thread(Work); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(Work); t.Start(); t = new Thread(Work); t.Start();")]
    [InlineData("var t = new Thread(Work); if (flag) t.Start(); if (!flag) t.Start(); t.Join();")]
    [InlineData("var t = new Thread(Work); Begin(t); t.Join();")]
    [InlineData("var t = Make(); t.Join();")]
    [InlineData("var t = new Thread(Work); Action go = t.Start; go(); t.Join();")]
    [InlineData("var t = new Thread(Work); Action go = () => t.Start(); go(); t.Join();")]
    [InlineData("var t = new Thread(Work); var u = t; u.Start(); t.Join();")]
    [InlineData("var t = new Thread(Work); _t = t; Go(); t.Join();")]
    [InlineData("var t = new Thread(Work); for (var i = 0; i < 1; i++) t.Start(); t.Join();")]
    [InlineData("var t = new Thread(Work); try { t.Start(); } catch (OutOfMemoryException) { } t.Join();")]
    [InlineData("foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join();")]
    [InlineData("var t = {|TW1001:new Task(Work)|}; t.Wait();")]
    [InlineData("var t = new Task(Work); t.Start(); t.Wait();")]
    [InlineData("var t = new Thread(Work); t.IsBackground = true; t.Start(); t.Join(); t.Join();")]
    [InlineData("Thread? t = null; t?.Join(); t = new Thread(Work); t.Start();")]
    [InlineData("var t = new Thread(Work); if (t.ThreadState == ThreadState.Unstarted) t.Start(); t.Join();")]
    [InlineData("var a = new Thread(Work); var b = new Thread(Work); a.Start(); b.Start(); a.Join(); b.Join();")]
    [InlineData("var t = new Thread(Work); t.Start(); ThreadStart again = t.Join; again();")]
    [InlineData("var t = new Thread(Work); void Start() { t.Start(); } Start(); t.Join();")]
    [InlineData("var t = new Thread(Work); using (Begins(t)) { } t.Join();")]
    [InlineData("Thread.CurrentThread.Join(0);")]
    [InlineData("var c = Task.Run(Work); c.ContinueWith(_ => { }); await c;")]
    [InlineData("var t = new Thread(Work); lock (ts) { t.Start(); } t.Join();")]
    [InlineData("_made.Start(); _made.Join();")]
    [InlineData("_made.Join(); _made.Start();")]
    [InlineData("_t = new Thread(Work); _t.Start(); _t.Join(); _t = new Thread(Work); _t.Start();")]
    [InlineData("_t = new Thread(Work); _t.Start(); Renew(); _t.Start();")]
    [InlineData("_t = new Thread(Work); _t.Start(); await Task.Yield(); _t.Start();")]
    [InlineData("_t = new Thread(Work); _t.Start(); other._t!.Start();")]
    [InlineData("_t = new Thread(Work); Go(); _t.Join();")]
    [InlineData("_t = new Thread(Work); _t.Start(); if (flag) _t = new Thread(Work); _t.Start();")]
    [InlineData("other._t!.Start(); other._t = new Thread(Work); other._t.Start();")]
    [InlineData("_t = new Thread(Work); _t.Start(); Fresh = new Thread(Work); _t.Start();")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("var t = new Task(() => { }); t.Start(); await t; t.{|TW1005:Start()|};")]
    public Task A_task_that_is_awaited_in_between(string code) => In(code);

    [Theory]
    [InlineData("var t = new Task(() => { }); t.Start(); await t; t = new Task(() => { }); t.Start();")]
    public Task Silent_on_another_task_behind_the_await(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW1005", $$"""
        class C
        {
            private Thread? _t;
            private readonly Thread _made = new(Work);
            public Thread Made => _made;
            private static Task? s_task;
            private Task? _task;
            private Thread? Fresh { set => _t = value; }
            private void Renew() => _t = new Thread(Work);
            private void Go() => _t!.Start();
            private static void Work() { }
            private static void Begin(Thread t) => t.Start();
            private static IDisposable Begins(Thread t) { t.Start(); return new MemoryStream(); }
            private static Thread Make() { var t = new Thread(Work); t.Start(); return t; }
            async Task M(bool flag, List<Thread> ts, C other)
            {
                {{code}}
                await Task.Yield();
            }
        }
        """);
}
