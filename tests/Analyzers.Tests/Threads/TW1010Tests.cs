using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1010Tests
{
    [Theory]
    [InlineData("Thread t = null!; t = new Thread(() => t.{|TW1010:Join()|}); t.Start();")]
    [InlineData("Thread? t = null; t = new Thread(() => { Work(); t?.{|TW1010:Join()|}; }); t.Start();")]
    [InlineData("Thread t = null!; t = new Thread(() => { if (flag) t.{|TW1010:Join()|}; }); t.Start();")]
    [InlineData("Thread t = null!; t = new Thread(() => { try { Work(); } finally { t!.{|TW1010:Join()|}; } }); t.IsBackground = true; t.Start();")]
    [InlineData("Task t = null!; t = Task.Run(() => t.{|TW1010:Wait()|}); await t;")]
    [InlineData("Task t = null!; t = new Task(() => t.{|TW1010:Wait()|}); t.Start();")]
    [InlineData("Task t = null!; t = Task.Run(async () => { await Task.Yield(); {|TW1010:await t|}; }); await t;")]
    [InlineData("Task t = null!; t = Task.Run(async () => {|TW1010:await t.ConfigureAwait(false)|}); await t;")]
    [InlineData("Task<int> t = null!; t = Task.Run(() => {|TW1010:t.Result|} + 1); Console.WriteLine(await t);")]
    [InlineData("Task<int> t = null!; t = Task.Factory.StartNew(() => t.GetAwaiter().{|TW1010:GetResult()|} + 1); Console.WriteLine(await t);")]
    [InlineData("_own = new Thread(() => _own!.{|TW1010:Join()|}); _own.Start();")]
    [InlineData("_own = new Thread(OwnWork); _own.Start();")]
    [InlineData("_run = new Thread(Run); _run.Start();")]
    [InlineData("for (var i = 0; i < 3; i++) { Thread t = null!; t = new Thread(() => t.{|TW1010:Join()|}); t.Start(); }")]
    [InlineData("Thread t = null!; void Body() { Work(); t.{|TW1010:Join()|}; } t = new Thread(Body); t.Start();")]
    public Task A_body_that_waits_for_itself(string code) => In(code);

    [Theory]
    [InlineData("Thread a = null!, b = null!; a = new Thread(() => b.{|TW1010:Join()|}); b = new Thread(() => a.Join()); a.Start(); b.Start();")]
    [InlineData("Thread b = null!; var a = new Thread(() => { Work(); b.{|TW1010:Join()|}; }); b = new Thread(() => { Work(); a.Join(); }); a.Start(); b.Start();")]
    [InlineData("Task b = null!; var a = Task.Run(() => b.{|TW1010:Wait()|}); b = Task.Run(async () => await a); await b;")]
    [InlineData("_first = new Thread(First); _second = new Thread(Second); _first.Start(); _second.Start();")]
    public Task Two_bodies_that_wait_for_each_other(string code) => In(code);

    [Theory]
    [InlineData("var t = new Thread(() => Work()); t.Start(); t.Join();")]
    [InlineData("Thread.CurrentThread.Join();")]
    [InlineData("var t = new Thread(() => Thread.CurrentThread.Join()); t.Start();")]
    [InlineData("Thread t = null!; t = new Thread(() => t.Join(100)); t.Start();")]
    [InlineData("Task t = null!; t = Task.Run(() => t.Wait(100)); await t;")]
    [InlineData("Task t = null!; t = Task.Run(() => t.Wait(token)); await t;")]
    [InlineData("Thread t = null!; t = new Thread(() => { if (Thread.CurrentThread != t) t.Join(); }); t.Start();")]
    [InlineData("Thread t = null!; t = new Thread(() => { if (t.ManagedThreadId != Environment.CurrentManagedThreadId) t.Join(); }); t.Start();")]
    [InlineData("Thread t = new Thread(Work); t.Start(); var u = new Thread(() => t.Join()); u.Start();")]
    [InlineData("Thread t = new Thread(Work); t.Start(); t = new Thread(() => t.Join()); t.Start();")]
    [InlineData("Thread? t = null; foreach (var x in xs) { var last = t; t = new Thread(() => last?.Join()); t.Start(); }")]
    [InlineData("Thread? t = null; foreach (var x in xs) { t = new Thread(() => t!.Join()); t.Start(); }")]
    [InlineData("Thread t = null!; t = new Thread(() => { var watch = new Thread(() => t.Join()); watch.Start(); }); t.Start();")]
    [InlineData("Thread t = null!; t = new Thread(() => { Action later = () => t.Join(); _later = later; }); t.Start();")]
    [InlineData("Thread t = null!; t = new Thread(() => Console.WriteLine(t.Name + t.IsAlive)); t.Start();")]
    [InlineData("Thread t = null!; Set(out t); t = new Thread(() => t.Join()); t.Start();")]
    [InlineData("Task t = null!; t = new Task(async () => { await Task.Yield(); await t; }); t.Start();")]
    [InlineData("Task t = null!; t = Task.Factory.StartNew(async () => { await Task.Yield(); await t; }); await t;")]
    [InlineData("Thread t = null!; t = new Thread(async () => { await Task.Yield(); t.Join(); }); t.Start();")]
    [InlineData("Task t = null!; t = Task.Run(() => t.ContinueWith(_ => { })); await t;")]
    [InlineData("Task t = null!; t = Task.Run(async () => { var winner = await Task.WhenAny(t, Task.Delay(5)); }); await t;")]
    [InlineData("_guarded = new Thread(Guarded); _guarded.Start();")]
    [InlineData("_taken = new Thread(TakesItself); _taken.Start();")]
    [InlineData("_stopped = new Thread(RunUntilStopped); _stopped.Start();")]
    [InlineData("_either = new Thread(() => Either(true)); _either.Start(); Either(false);")]
    [InlineData("other._own = new Thread(() => _other!.Join()); other._own.Start();")]
    [InlineData("_other = new Thread(other.JoinOther); _other.Start();")]
    [InlineData("Thread b = null!; var a = new Thread(() => b.Join()); b = new Thread(() => Work()); a.Start(); b.Start();")]
    [InlineData("Thread b = null!; var a = new Thread(() => { if (flag) b.Join(); }); b = new Thread(() => { if (!flag) a.Join(); }); a.Start(); b.Start();")]
    [InlineData("Thread b = null!; var a = new Thread(() => b.Join(50)); b = new Thread(() => a.Join()); a.Start(); b.Start();")]
    [InlineData("Thread b = null!; var a = new Thread(() => { if (flag) return; b.Join(); }); b = new Thread(() => { if (!flag) return; a.Join(); }); a.Start(); b.Start();")]
    [InlineData("var ts = new Thread[2]; ts[0] = new Thread(() => ts[1].Join()); ts[1] = new Thread(Work); ts[0].Start(); ts[1].Start();")]
    [InlineData("Thread b = null!, c = null!; var a = new Thread(() => b.Join()); b = new Thread(() => c.Join()); c = new Thread(Work); a.Start(); b.Start(); c.Start();")]
    [InlineData("Thread b = null!, c = null!; var a = new Thread(() => b.Join()); b = new Thread(() => { if (flag) c.Join(); }); c = new Thread(() => a.Join()); a.Start(); b.Start(); c.Start();")]
    [InlineData("Thread b = null!, c = null!; var a = new Thread(() => b.Join()); b = new Thread(() => c.Join(10)); c = new Thread(() => a.Join()); a.Start(); b.Start(); c.Start();")]
    [InlineData("Thread t = null!, u = new Thread(Work); t = new Thread(() => { var other = u; other.Join(); }); t.Start();")]
    [InlineData("Thread t = null!; t = new Thread(() => { var self = t; self = new Thread(Work); self.Start(); self.Join(); }); t.Start();")]
    [InlineData("Task t = null!; t = Task.Run(() => Task.WaitAll(new[] { t }, 100)); await t;")]
    [InlineData("Task t = null!, u = Task.Run(Work); t = Task.Run(() => Task.WaitAll(u)); await t;")]
    [InlineData("Task t = null!; t = Task.Run(() => Task.WaitAny(t)); await t;")]
    [InlineData("Task t = null!; t = Task.Run(async () => { await Task.WhenAny(t, Task.Delay(5)); }); await t;")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("Thread b = null!, c = null!; var a = new Thread(() => b.{|TW1010:Join()|}); b = new Thread(() => c.Join()); c = new Thread(() => a.Join()); a.Start(); b.Start(); c.Start();")]
    [InlineData("Task b = null!, c = null!, d = null!; var a = Task.Run(async () => {|TW1010:await b|}); b = Task.Run(async () => await c); c = Task.Run(async () => await d); d = Task.Run(async () => await a);")]
    [InlineData("Thread t = null!; t = new Thread(() => { var self = t; self.{|TW1010:Join()|}; }); t.Start();")]
    [InlineData("Task t = null!; t = Task.Run(() => Task.{|TW1010:WaitAll(t)|}); await t;")]
    [InlineData("Task t = null!, u = Task.Run(Work); t = Task.Run(() => Task.{|TW1010:WaitAll(u, t)|}); await t;")]
    [InlineData("Task t = null!, u = Task.Run(Work); t = Task.Run(async () => {|TW1010:await Task.WhenAll(t, u)|}); await t;")]
    public Task Guilty_rings_copies_and_groups(string code) => In(code);

    [Theory]
    [InlineData("Task t = null!; t = Task.Run(() => { if (t.IsCompleted) t.Wait(); }); await t;")]
    [InlineData("Task t = null!; t = Task.Run(() => { if (t is { IsCompleted: true }) t.Wait(); }); await t;")]
    [InlineData("Task t = null!; t = Task.Run(() => { if (flag && t.Status == TaskStatus.RanToCompletion) t.Wait(); }); await t;")]
    [InlineData("Thread t = null!; t = new Thread(() => { if (!t.IsAlive) t.Join(); }); t.Start();")]
    public Task Silent_when_it_waits_for_what_has_ended(string code) => In(code);

    [Theory]
    [InlineData("Task t = null!, u = Task.Run(Work); t = Task.Run(() => { if (u.IsCompleted) t.{|TW1010:Wait()|}; }); await t;")]
    [InlineData("Task t = null!; t = Task.Run(() => { if (flag) t.{|TW1010:Wait()|}; }); await t;")]
    public Task Another_condition(string code) => In(code);

    [Theory]
    [InlineData("var ts = new Thread[2]; ts[0] = new Thread(() => ts[1].Join()); ts[1] = new Thread(() => ts[0].Join()); ts[0].Start(); ts[1].Start();")]
    [InlineData("Thread t = null!; var copy = t; t = new Thread(() => { var self = copy; self.Join(); }); t.Start();")]
    public Task Misses_what_is_not_followed(string code) => In(code);

    private static Task In(string code)
    {
        // The members with a cycle of their own are there only for the code that starts them.
        var own = code.Contains("OwnWork") ? "{|TW1010:Join()|}" : "Join(5)";
        var stop = code.Contains("Thread(Run)") ? "{|TW1010:StopNow()|}" : "Work()";
        var first = code.Contains("Thread(First)") ? "{|TW1010:Join()|}" : "Join(5)";
        return Verify.Rule("TW1010", $$"""
            class C
            {
                private Thread? _own;
                private void OwnWork() { Work(); _own!.{{own}}; }
                private Thread? _run, _guarded, _taken, _stopped, _either, _other, _first, _second;
                private Action? _later;
                private volatile bool _stop;
                private static void Work() { }
                private static void Set(out Thread t) { t = new Thread(Work); t.Start(); }
                private void Run() { Work(); {{stop}}; }
                private void StopNow() { _stop = true; _run!.Join(); }
                private void First() { Work(); _second!.{{first}}; }
                private void Second() => _first!.Join();
                private void Guarded() { Work(); StopGuarded(); }
                private void StopGuarded() { if (Thread.CurrentThread != _guarded) _guarded!.Join(); }
                private void TakesItself() { if (_taken is null) return; _taken.Join(); }
                private void Forget() => _taken = null;
                private void RunUntilStopped() { Work(); StopOnce(); }
                private void StopOnce() { if (_stop) return; _stop = true; _stopped!.Join(); }
                private void Either(bool isBody) { if (!isBody) _either!.Join(); }
                public void JoinOther() => _other!.Join();
                async Task M(bool flag, int[] xs, C other, CancellationToken token)
                {
                    {{code}}
                    await Task.Yield();
                }
            }
            """);
    }
}
