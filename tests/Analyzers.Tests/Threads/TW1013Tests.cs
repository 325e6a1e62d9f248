using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1013Tests
{
    [Theory]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); t.{|TW1013:Join(100)|}; Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); t.{|TW1013:Join(TimeSpan.FromSeconds(1))|}; Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 1; }); t.{|TW1013:Wait(100)|}; Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 1; }); t.{|TW1013:Wait(100, CancellationToken.None)|}; Console.WriteLine(n);")]
    [InlineData("var r = new int[2]; var ts = new List<Thread>(); for (var i = 0; i < 2; i++) { var k = i; ts.Add(new Thread(() => r[k] = k)); } ts.ForEach(t => t.Start()); foreach (var t in ts) t.{|TW1013:Join(50)|}; Console.WriteLine(r[0]);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); Thread.Sleep(5); t.{|TW1013:Join(100)|}; Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); try { t.{|TW1013:Join(100)|}; } finally { Console.WriteLine(n); }")]
    [InlineData("_t = new Thread(Work); _t.Start(); _t.{|TW1013:Join(100)|}; Console.WriteLine(_n);")]
    [InlineData("_t = new Thread(Work); _t.Start(); _t.{|TW1013:Join(100)|}; Print();")]
    [InlineData("var ts = Enumerable.Range(0, 3).Select(_ => new Thread(Work)).ToArray(); foreach (var t in ts) t.Start(); foreach (var t in ts) t.{|TW1013:Join(100)|}; Console.WriteLine(_n);")]
    [InlineData("var t = new Thread(Deep); t.Start(); t.{|TW1013:Join(100)|}; Print();")]
    [InlineData("Name = \"\"; var t = new Thread(() => Name = \"x\"); t.Start(); t.{|TW1013:Join(100)|}; Console.WriteLine(Name);")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); if (t.Join(100)) Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); var ended = t.Join(100); Console.WriteLine(ended ? n : -1);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); if (!t.Join(100)) throw new TimeoutException(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); t.Join(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); t.Join(100); t.Join(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); t.Join(100); if (t.IsAlive) throw new TimeoutException(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); t.Join(100);")]
    [InlineData("var n = 0; var t = new Thread(() => Interlocked.Increment(ref n)); t.Start(); t.Join(100); Console.WriteLine(Volatile.Read(ref n));")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 1; }); t.Wait(100); if (t.IsCompleted) Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 1; }); t.Wait(CancellationToken.None); Console.WriteLine(n);")]
    [InlineData("var n = 0; var stop = false; var t = new Thread(() => { while (!stop) n++; }); t.Start(); stop = true; t.Join(100); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); while (!t.Join(100)) { } Console.WriteLine(n);")]
    [InlineData("_t?.Join(100); Console.WriteLine(_n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); _ = t.Join(100) ? true : throw new TimeoutException(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); Assert(t.Join(100)); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); return; Console.WriteLine(n);")]
    [InlineData("var t = new Thread(() => Console.WriteLine(\"x\")); t.Start(); t.Join(100); Console.WriteLine(_n);")]
    [InlineData("var ts = new[] { new Thread(Work) }; foreach (var t in ts) t.Start(); if (ts.All(t => t.Join(100))) Console.WriteLine(_n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); do { } while (!t.Join(10)); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); var late = !t.Join(100); if (late) return; Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 1; }); if (Task.WaitAny(new Task[] { t }, 100) == 0) Console.WriteLine(n);")]
    [InlineData("var n = 0; var done = new ManualResetEventSlim(); Task.Run(() => { n = 1; done.Set(); }); done.Wait(1000); Console.WriteLine(done.IsSet ? n : -1);")]
    [InlineData("var n = 0; var end = 0; var t = new Thread(() => { n = 1; Volatile.Write(ref end, 1); }); t.Start(); t.Join(1000); if (Volatile.Read(ref end) == 1) Console.WriteLine(n);")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("var n = 0; var a = Task.Run(() => { n = 5; }); Task.{|TW1013:WaitAll(new Task[] { a }, 100)|}; Console.WriteLine(n);")]
    [InlineData("var r = new int[3]; var all = new List<Task>(); for (var i = 0; i < 3; i++) { var k = i; all.Add(Task.Run(() => { r[k] = k; })); } Task.{|TW1013:WaitAll(all.ToArray(), TimeSpan.FromSeconds(1))|}; Console.WriteLine(r[0]);")]
    [InlineData("var n = 0; var done = new ManualResetEventSlim(); Task.Run(() => { n = 5; done.Set(); }); done.{|TW1013:Wait(100)|}; Console.WriteLine(n);")]
    [InlineData("var n = 0; using var done = new ManualResetEvent(false); ThreadPool.QueueUserWorkItem(_ => { n = 5; done.Set(); }); done.{|TW1013:WaitOne(1000)|}; Console.WriteLine(n);")]
    [InlineData("var n = 0; using var done = new CountdownEvent(1); new Thread(() => { n = 5; done.Signal(); }).Start(); done.{|TW1013:Wait(TimeSpan.FromSeconds(1))|}; Console.WriteLine(n);")]
    [InlineData("_done.Reset(); Task.Run(Tell); _done.{|TW1013:Wait(100)|}; Console.WriteLine(_n);")]
    [InlineData("var n = 0; using var done = new CountdownEvent(1); void Count() { n = 5; done.Signal(); } new Thread(Count).Start(); done.{|TW1013:Wait(100)|}; Console.WriteLine(n);")]
    [InlineData("var n = 0; using var done = new ManualResetEvent(false); ThreadPool.QueueUserWorkItem(_ => { n = 5; done.Set(); }); WaitHandle.{|TW1013:WaitAll(new WaitHandle[] { done }, 1000)|}; Console.WriteLine(n);")]
    [InlineData("var n = 0; var a = Task.Run(() => { n = 5; }); Task.{|TW1013:WhenAny(a, Task.Delay(100))|}.Wait(); Console.WriteLine(n);")]
    public Task A_timed_wait_for_all_or_for_a_signal_of_the_body(string code) => In(code);

    [Theory]
    [InlineData("var n = 0; var t = new Thread(() => n = 5); t.Start(); t.Join(Timeout.Infinite); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 5); t.Start(); t.Join(-1); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 5; }); t.Wait(Timeout.InfiniteTimeSpan); Console.WriteLine(n);")]
    [InlineData("var n = 0; var a = Task.Run(() => { n = 5; }); Task.WaitAll(new Task[] { a }, -1); Console.WriteLine(n);")]
    [InlineData("var n = 0; var a = Task.Run(() => { n = 5; }); var b = Task.Run(Work); Task.WaitAll(new Task[] { b }, 100); a.Wait(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var done = new ManualResetEventSlim(); Task.Run(() => { n = 5; done.Set(); }); done.Wait(Timeout.Infinite); Console.WriteLine(n);")]
    [InlineData("var n = 0; var done = new ManualResetEventSlim(); Task.Run(() => { n = 5; done.Set(); }); if (!done.Wait(100)) return; Console.WriteLine(n);")]
    [InlineData("var n = 0; var done = new ManualResetEventSlim(); Task.Run(() => { n = 5; done.Set(); }); done.Wait(100); done.Wait(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var other = new ManualResetEventSlim(); Task.Run(() => { n = 5; }); other.Wait(100); Console.WriteLine(n);")]
    [InlineData("var n = 0; _done.Reset(); Task.Run(() => { n = 5; Tell(); }); _done.Wait(100); Console.WriteLine(n);")]
    public Task Silent_on_waits_without_an_end_and_on_signals_of_others(string code) => In(code);

    [Theory]
    [InlineData("await Task.{|TW1013:WhenAny(a, Task.Delay(100))|}; Console.WriteLine(n);")]
    [InlineData("var late = Task.Delay(TimeSpan.FromSeconds(1)); await Task.{|TW1013:WhenAny(late, a)|}.ConfigureAwait(false); Console.WriteLine(n);")]
    [InlineData("await Task.{|TW1013:WhenAny(Task.WhenAll(a), Task.Delay(100))|}; Console.WriteLine(n);")]
    [InlineData("await signal.{|TW1013:WaitAsync(100)|}; Console.WriteLine(n);")]
    [InlineData("await Task.WhenAny(a, Task.Delay(100)); await a; Console.WriteLine(n);")]
    [InlineData("if (await Task.WhenAny(a, Task.Delay(100)) != a) throw new TimeoutException(); Console.WriteLine(n);")]
    [InlineData("await Task.WhenAny(a, Task.Delay(100)); if (!a.IsCompleted) throw new TimeoutException(); Console.WriteLine(n);")]
    [InlineData("await Task.WhenAny(a, Task.Delay(100)); if (n == 0) throw new TimeoutException(); Console.WriteLine(n);")]
    [InlineData("await Task.WhenAny(a, Task.Delay(-1, token)); token.ThrowIfCancellationRequested(); Console.WriteLine(n);")]
    [InlineData("var all = Task.WhenAll(a); await Task.WhenAny(all, Task.Delay(100)); if (!all.IsCompleted) return; Console.WriteLine(n);")]
    [InlineData("while (!a.IsCompleted) await Task.WhenAny(a, Task.Delay(100)); Console.WriteLine(n);")]
    [InlineData("if (!await signal.WaitAsync(100)) throw new TimeoutException(); Console.WriteLine(n);")]
    [InlineData("await signal.WaitAsync(); Console.WriteLine(n);")]
    [InlineData("await signal.WaitAsync(token); Console.WriteLine(n);")]
    public Task Against_the_clock(string code) => Verify.Rule("TW1013", $$"""
        class C
        {
            async Task M(CancellationToken token)
            {
                var n = 0;
                using var signal = new SemaphoreSlim(0);
                var a = Task.Run(() => { n = 5; signal.Release(); });
                {{code}}
            }
        }
        """);

    private static Task In(string code) => Verify.Rule("TW1013", $$"""
        class C
        {
            private Thread? _t;
            private int _n;
            private string Name { get; set; } = "";
            private static void Assert(bool condition) { if (!condition) throw new TimeoutException(); }
            private readonly ManualResetEventSlim _done = new();
            private void Tell() { _n = 5; _done.Set(); }
            private void Work() => _n = 4;
            private void Deep() => Deeper();
            private void Deeper() => Work();
            private void Print() => Console.WriteLine(_n);
            void M()
            {
                {{code}}
            }
        }
        """);
}
