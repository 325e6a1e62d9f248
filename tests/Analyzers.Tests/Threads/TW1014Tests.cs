using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1014Tests
{
    [Theory]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); Thread.{|TW1014:Sleep(100)|}; Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); Thread.{|TW1014:Sleep(TimeSpan.FromSeconds(1))|}; Console.WriteLine(n); t.Join();")]
    [InlineData("var n = 0; ThreadPool.QueueUserWorkItem(_ => n = 1); Console.WriteLine(\"wait\"); Thread.{|TW1014:Sleep(100)|}; Console.WriteLine(n);")]
    [InlineData("var n = 0; _ = Task.Run(() => { n = 1; }); {|TW1014:await Task.Delay(100)|}; Console.WriteLine(n);")]
    [InlineData("var n = 0; _ = Task.Run(() => { n = 1; }); {|TW1014:await Task.Delay(100).ConfigureAwait(false)|}; Console.WriteLine(n);")]
    [InlineData("var n = 0; _ = Task.Run(() => { n = 1; }); Task.Delay(100).{|TW1014:Wait()|}; Console.WriteLine(n);")]
    [InlineData("var list = new List<int>(); var t = new Thread(() => list.Add(1)); t.Start(); Thread.{|TW1014:Sleep(10)|}; foreach (var x in list) Console.WriteLine(x);")]
    [InlineData("_t = new Thread(Work); _t.Start(); Thread.{|TW1014:Sleep(100)|}; Print();")]
    [InlineData("for (var i = 0; i < 3; i++) { new Thread(Work).Start(); } Thread.{|TW1014:Sleep(500)|}; Console.WriteLine(_n);")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("var r = new int[4]; for (var i = 0; i < 4; i++) { var k = i; ThreadPool.QueueUserWorkItem(_ => r[k] = k); } Thread.{|TW1014:Sleep(200)|}; Console.WriteLine(r.Sum());")]
    [InlineData("var r = new int[4]; var ts = Enumerable.Range(0, 4).Select(i => Task.Run(() => { r[i] = i; })).ToList(); {|TW1014:await Task.Delay(TimeSpan.FromSeconds(1))|}; Console.WriteLine(r[0]);")]
    [InlineData("Name = \"\"; var t = new Thread(() => Name = \"x\"); t.Start(); Thread.{|TW1014:Sleep(20)|}; Console.WriteLine(Name);")]
    [InlineData("void Local() { _n = 3; } new Thread(Local).Start(); Thread.{|TW1014:Sleep(20)|}; Console.WriteLine(_n);")]
    [InlineData("var t = new Thread(Deep); t.Start(); Thread.{|TW1014:Sleep(20)|}; Print();")]
    [InlineData("var pair = (0, 0); _ = Task.Run(() => pair = (1, 2)); Thread.{|TW1014:Sleep(20)|}; Console.WriteLine(pair.Item1);")]
    public Task Guilty_in_slots_properties_and_helpers(string code) => In(code);

    [Theory]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); Thread.Sleep(100); t.Join(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 1; }); await Task.Delay(100); await t; Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 1; }); await Task.WhenAny(t, Task.Delay(100)); Console.WriteLine(t.IsCompleted ? n : 0);")]
    [InlineData("var t = new Thread(() => Console.WriteLine()); t.Start(); Thread.Sleep(100); Console.WriteLine(1);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); Thread.Sleep(100); t.Start(); t.Join(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var stop = false; var t = new Thread(() => { while (!stop) n++; }); t.Start(); Thread.Sleep(100); Console.WriteLine(n); stop = true; t.Join();")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); while (n == 0) Thread.Sleep(1); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); while (t.IsAlive) Thread.Sleep(1); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => Interlocked.Increment(ref n)); t.Start(); Thread.Sleep(100); Console.WriteLine(Volatile.Read(ref n));")]
    [InlineData("var n = 0; var e = new ManualResetEventSlim(); var t = new Thread(() => { n = 1; e.Set(); }); t.Start(); Thread.Sleep(1); e.Wait(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var o = new object(); var t = new Thread(() => { lock (o) n = 1; }); t.Start(); Thread.Sleep(1); lock (o) Console.WriteLine(n);")]
    [InlineData("_t = new Thread(Work); _t.Start(); Thread.Sleep(100); Stop(); Console.WriteLine(_n);")]
    [InlineData("var t = new Thread(Work); t.Start(); Thread.Sleep(100); t.Interrupt(); t.Join(); Console.WriteLine(_n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); Thread.Sleep(100); if (!t.Join(100)) throw new TimeoutException(); Console.WriteLine(n);")]
    [InlineData("var t = new Thread(() => { while (true) { _n++; Thread.Sleep(10); } }) { IsBackground = true }; t.Start(); Thread.Sleep(1000); Console.WriteLine(\"a while later\");")]
    [InlineData("using var stop = new CancellationTokenSource(); var n = 0; var t = Task.Run(() => { while (!stop.IsCancellationRequested) n++; }); await Task.Delay(100); stop.Cancel(); await t; Console.WriteLine(n);")]
    [InlineData("var queue = new ConcurrentQueue<int>(); var t = new Thread(() => queue.Enqueue(1)); t.Start(); Thread.Sleep(100); Console.WriteLine(queue.Count);")]
    [InlineData("volatileFlag = false; var t = new Thread(() => volatileFlag = true); t.Start(); Thread.Sleep(100); Console.WriteLine(volatileFlag);")]
    [InlineData("var n = 0; var a = new Thread(() => n = 1); a.Start(); a.Join(); Thread.Sleep(100); Console.WriteLine(n);")]
    [InlineData("var n = 0; Thread.Sleep(100); n = 1; Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => { var m = n; Console.WriteLine(m); }); t.Start(); Thread.Sleep(100); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); n = 2; Thread.Sleep(100); t.Join(); Console.WriteLine(n);")]
    [InlineData("var n = 0; Parallel.For(0, 4, i => Interlocked.Add(ref n, i)); Thread.Sleep(100); Console.WriteLine(n);")]
    [InlineData("var tasks = new List<Task>(); for (var i = 0; i < 3; i++) { tasks.Add(Task.Run(Work)); await Task.Delay(10); } await Task.WhenAll(tasks); Console.WriteLine(_n);")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 1; }); Thread.Sleep(100); Console.WriteLine(t.Status == TaskStatus.RanToCompletion ? n : 0);")]
    [InlineData("var n = 0; using var timer = new Timer(_ => Interlocked.Increment(ref n), null, 0, 10); Thread.Sleep(100); Console.WriteLine(n);")]
    public Task Innocent(string code) => In(code);

    /// <summary>The pause lies between the questions for a flag, which is what orders the two.</summary>
    [Theory]
    [InlineData("var n = 0; Task.Run(() => { n = 4; volatileFlag = true; }); while (!volatileFlag) Thread.Sleep(1); Console.WriteLine(n);")]
    [InlineData("var n = 0; _ = Task.Run(() => { n = 4; volatileFlag = true; }); while (!volatileFlag) await Task.Delay(10); Console.WriteLine(n);")]
    [InlineData("var n = 0; var done = false; new Thread(() => { n = 4; Volatile.Write(ref done, true); }).Start(); while (!Volatile.Read(ref done)) Thread.Yield(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var done = 0; new Thread(() => { n = 4; Interlocked.Exchange(ref done, 1); }).Start(); do { Thread.Sleep(1); } while (Interlocked.CompareExchange(ref done, 0, 0) == 0); Console.WriteLine(n);")]
    [InlineData("var r = new int[3]; var left = 3; for (var i = 0; i < 3; i++) { var k = i; ThreadPool.QueueUserWorkItem(_ => { r[k] = k; Interlocked.Decrement(ref left); }); } while (Volatile.Read(ref left) > 0) Thread.Sleep(1); Console.WriteLine(r.Sum());")]
    [InlineData("var n = 0; var left = new CountdownEvent(1); Task.Run(() => { n = 4; left.Signal(); }); while (!left.IsSet) Thread.Sleep(1); Console.WriteLine(n);")]
    [InlineData("var n = 0; var left = new CountdownEvent(1); Task.Run(() => { n = 4; left.Signal(); }); while (left.CurrentCount > 0) Thread.Sleep(1); Console.WriteLine(n);")]
    [InlineData("var n = 0; var queue = new ConcurrentQueue<int>(); Task.Run(() => { n = 4; queue.Enqueue(1); }); while (!queue.TryDequeue(out _)) Thread.Sleep(1); Console.WriteLine(n);")]
    [InlineData("var n = 0; Task.Run(() => { n = 4; volatileFlag = true; }); for (var i = 0; i < 100; i++) { if (volatileFlag) { Console.WriteLine(n); return; } Thread.Sleep(10); } throw new TimeoutException();")]
    [InlineData("var n = 0; Task.Run(() => { n = 4; volatileFlag = true; }); Thread.Sleep(10); var isDone = volatileFlag; Console.WriteLine(isDone ? n : -1);")]
    [InlineData("var n = 0; Task.Run(() => { n = 4; volatileFlag = true; }); Thread.Sleep(10); Await(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var done = new ManualResetEventSlim(); Task.Run(() => { n = 4; done.Set(); }); Thread.Sleep(10); Console.WriteLine(done.IsSet ? n : -1);")]
    public Task A_published_flag_that_is_asked_is_a_join(string code) => In(code);

    /// <summary>Whoever prints the flag, or tests a flag of something else behind the result, has not waited.</summary>
    [Theory]
    [InlineData("var n = 0; Task.Run(() => { n = 4; volatileFlag = true; }); Thread.{|TW1014:Sleep(1)|}; Console.WriteLine(volatileFlag); Console.WriteLine(n);")]
    [InlineData("var n = 0; var done = 0; Task.Run(() => { n = 4; Interlocked.Increment(ref done); }); Thread.{|TW1014:Sleep(1)|}; Interlocked.Increment(ref done); Console.WriteLine(n);")]
    [InlineData("var n = 0; Task.Run(() => { n = 4; volatileFlag = true; }); Thread.{|TW1014:Sleep(1)|}; Console.WriteLine(n); while (!volatileFlag) { }")]
    public Task A_flag_that_nobody_asks_is_none(string code) => In(code);

    [Theory]
    [InlineData("var all = new List<string>(); var words = new[] { \"a\", \"bc\" }; var t = Task.Run(() => all.AddRange(words.Where(w => w.Length > 1))); {|TW1014:await Task.Delay(200)|}; Console.WriteLine(all.Count);")]
    public Task A_body_that_asks_a_query(string code) => In(code);

    [Theory]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 5; }); {|TW1014:await Task.Yield()|}; Console.WriteLine(n);")]
    public Task A_turn_for_others_is_no_join(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW1014", $$"""
        class C
        {
            private Thread? _t;
            private int _n;
            private static volatile bool volatileFlag;
            private string Name { get; set; } = "";
            private void Work() => _n = 4;
            private void Deep() => Deeper();
            private void Deeper() => Work();
            private void Stop() => _t!.Join();
            private void Print() => Console.WriteLine(_n);
            private static void Await() { while (!volatileFlag) Thread.Sleep(1); }
            async Task M()
            {
                {{code}}
                await Task.Yield();
            }
        }
        """);
}
