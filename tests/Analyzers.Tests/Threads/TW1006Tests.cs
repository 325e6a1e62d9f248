using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1006Tests
{
    [Theory]
    [InlineData("for (var i = 0; i < 4; i++) { new Thread(() => Print({|TW1006:i|})).Start(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { Task.Run(() => Print({|TW1006:i|})); }")]
    [InlineData("for (var i = 0; i < 4; i++) Task.Run(() => Print({|TW1006:i|}));")]
    [InlineData("var ts = new List<Task>(); for (var i = 0; i < 4; i++) ts.Add(Task.Run(() => Print({|TW1006:i|}))); Task.WaitAll(ts.ToArray());")]
    [InlineData("var ts = new Thread[4]; for (var i = 0; i < 4; i++) { ts[i] = new Thread(() => Print({|TW1006:i|})); ts[i].Start(); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new Thread[4]; for (var i = 0; i < 4; i++) ts[i] = new Thread(() => Print({|TW1006:i|})); foreach (var t in ts) t.Start();")]
    [InlineData("for (var i = 0; i < 4; i++) ThreadPool.QueueUserWorkItem(_ => { Console.Write(1); Print({|TW1006:i|}); });")]
    [InlineData("for (int i = 0, j = 9; i < j; i++, j--) Task.Run(() => Print({|TW1006:j|}));")]
    [InlineData("var n = 0; while (n < 4) { Task.Run(() => Print({|TW1006:n|})); n++; }")]
    [InlineData("string name; foreach (var item in items) { name = item.Trim(); Task.Run(() => Console.WriteLine({|TW1006:name|})); }")]
    [InlineData("var results = new int[4]; for (var i = 0; i < 4; i++) { Task.Run(() => results[{|TW1006:i|}] = 1); }")]
    [InlineData("for (var i = 0; i < 4; i++) { Task.Run(async () => { await Task.Delay(1); Print({|TW1006:i|}); }); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(() => Print({|TW1006:i|})); t.IsBackground = true; t.Start(); Console.WriteLine(i); }")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("for (var i = 0; i < 4; i++) { var k = i; Task.Run(() => Print(k)); }")]
    [InlineData("foreach (var item in items) { Task.Run(() => Console.WriteLine(item)); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(() => Print(i)); t.Start(); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { Task.Run(() => Print(i)).Wait(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { await Task.Run(() => Print(i)); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = Task.Run(() => Print(i)); await t; }")]
    [InlineData("for (var i = 0; i < 4; i++) { new Thread(o => Print((int)o!)).Start(i); }")]
    [InlineData("for (var i = 0; i < 4; i++) { items.Select(x => x + i).ToList(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { Action a = () => Print(i); a(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { Parallel.For(0, 3, k => Print(k + i)); }")]
    [InlineData("for (var i = 0; i < 4; i++) { Task.Run(() => Console.WriteLine(nameof(i))); }")]
    [InlineData("var stop = false; while (!stop) { Task.Run(() => { while (!stop) Print(1); }); stop = Ask(); }")]
    [InlineData("var n = 0; foreach (var item in items) { n++; } Task.Run(() => Print(n));")]
    [InlineData("var n = 0; foreach (var item in items) { var m = n; Task.Run(() => Print(m)); n++; }")]
    [InlineData("var go = new CountdownEvent(1); for (var i = 0; i < 4; i++) { go.Reset(); Task.Run(() => { Print(i); go.Signal(); }); go.Wait(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var done = new ManualResetEvent(false); Task.Run(() => { Print(i); done.Set(); }); done.WaitOne(); }")]
    [InlineData("Task.Run(() => { for (var i = 0; i < 4; i++) Print(i); });")]
    [InlineData("for (var i = 0; i < 4; i++) { Run(() => Print(i)); }")]
    [InlineData("var last = 0; for (var k = 0; k < 4; k++) { if (k > 2) last = k; } Task.Run(() => Print(last));")]
    [InlineData("var n = 0; foreach (var item in items) { Task.Run(() => Interlocked.Increment(ref n)); }")]
    [InlineData("for (var i = 0; i < 4; i++) { Task.Run(() => { for (var j = 0; j < 3; j++) Print(j); }); }")]
    [InlineData("for (var i = 0; i < 4; i++) { lock (items) { Print(i); } }")]
    [InlineData("for (var i = 0; i < 4; i++) { Task.Run(() => { int i2 = 4; Print(i2); }); }")]
    [InlineData("for (var i = 0; i < 4; i++) { Task.Run(() => Print(i)); break; }")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("string? line; while ((line = Console.In.ReadLine()) != null) ThreadPool.QueueUserWorkItem(_ => Console.WriteLine({|TW1006:line|}));")]
    [InlineData("var queue = new ConcurrentQueue<int>(); int x; while (queue.TryDequeue(out x)) Task.Run(() => Console.WriteLine({|TW1006:x|}));")]
    [InlineData("var buffer = new byte[9]; var stream = new System.IO.MemoryStream(); int n; while ((n = stream.Read(buffer, 0, 9)) > 0 && n < 8) { var t = new Thread(() => Console.WriteLine({|TW1006:n|})); t.Start(); }")]
    [InlineData("var i = 0; while (i++ < 9) Task.Run(() => Console.WriteLine({|TW1006:i|}));")]
    public Task A_variable_that_the_condition_writes(string code) => In(code);

    [Theory]
    [InlineData("var queue = new ConcurrentQueue<int>(); while (queue.TryDequeue(out var x)) Task.Run(() => Console.WriteLine(x));")]
    [InlineData("string? line; while ((line = Console.In.ReadLine()) != null) { var t = new Thread(() => Console.WriteLine(line)); t.Start(); t.Join(); }")]
    [InlineData("string? line; while ((line = Console.In.ReadLine()) != null) { var copy = line; Task.Run(() => Console.WriteLine(copy)); }")]
    [InlineData("string? line; while ((line = Console.In.ReadLine()) is { } text) Task.Run(() => Console.WriteLine(text));")]
    [InlineData("var queue = new ConcurrentQueue<string>(); while (queue.TryDequeue(out var first) && first is { Length: var n }) Task.Run(() => Console.WriteLine(n));")]
    public Task Silent_on_a_variable_that_a_condition_declares_or_that_is_joined(string code) => In(code);

    [Theory]
    [InlineData("Thread? last = null; string? name = null; foreach (var item in items) { if (last != null) last.Join(); name = item; last = new Thread(() => Console.WriteLine(name)); last.Start(); } last?.Join();")]
    [InlineData("Thread? last = null; string? name = null; foreach (var item in items) { last?.Join(); name = item; last = new Thread(() => Console.WriteLine(name)); last.Start(); }")]
    [InlineData("var last = Task.CompletedTask; string? name = null; foreach (var item in items) { last.Wait(); name = item; last = Task.Run(() => Console.WriteLine(name)); }")]
    [InlineData("Task? write = null; string? line = null; while (true) { var next = Console.In.ReadLine(); if (write != null) await write; if (next == null) break; line = next; write = Task.Run(() => Console.WriteLine(line)); }")]
    [InlineData("var all = new List<Task>(); string? name = null; foreach (var item in items) { Task.WaitAll(all.ToArray()); name = item; all.Add(Task.Run(() => Console.WriteLine(name))); }")]
    [InlineData("Thread? last = null; string? name = null; foreach (var item in items) { if (last != null && !last.Join(1000)) return; name = item; last = new Thread(() => Console.WriteLine(name)); last.Start(); }")]
    public Task Silent_when_the_body_of_the_last_round_is_joined_before_the_change(string code) => In(code);

    [Theory]
    [InlineData("Thread? last = null; string? name = null; foreach (var item in items) { name = item; last?.Join(); last = new Thread(() => Console.WriteLine({|TW1006:name|})); last.Start(); }")]
    [InlineData("Thread? last = null; var name = \"\"; foreach (var item in items) { last?.Join(); last = new Thread(() => Console.WriteLine({|TW1006:name|})); last.Start(); name = item; }")]
    [InlineData("Task? last = null; for (var i = 0; i < 4; i++) { last?.Wait(); last = Task.Run(() => Print({|TW1006:i|})); }")]
    [InlineData("Thread? last = null, other = null; string? name = null; foreach (var item in items) { other?.Join(); name = item; last = new Thread(() => Console.WriteLine({|TW1006:name|})); last.Start(); }")]
    public Task A_join_behind_the_change_or_of_another_body(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW1006", $$"""
        class C
        {
            private static void Print(int n) => Console.WriteLine(n);
            private static bool Ask() => true;
            private static void Run(Action a) => a();
            async Task M(string[] items)
            {
                {{code}}
                await Task.Yield();
            }
        }
        """);
}
