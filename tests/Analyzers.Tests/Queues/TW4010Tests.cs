using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Queues;

public class TW4010Tests
{
    [Theory]
    // Something throws before.
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => { var x = Compute(1); done.SetResult(x); }); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => done.SetResult(Compute(1))); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource|}(); _ = Task.Run(async () => { await WorkAsync(); done.TrySetResult(); }); await done.Task; return 0;")]
    [InlineData("TaskCompletionSource<int> done = {|TW4010:new|}(); Task.Factory.StartNew(() => { var x = Compute(1); done.SetResult(x); }); return done.Task.Result;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => { if (n > 1) throw new InvalidOperationException(); done.SetResult(1); }); return done.Task.GetAwaiter().GetResult();")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); new Thread(() => { try { done.SetResult(Compute(1)); } catch (Exception e) { Console.WriteLine(e); } }).Start(); return await done.Task.ConfigureAwait(false);")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); void Body() { var x = Compute(1); done.SetResult(x); } Task.Run(Body); done.Task.Wait(); return 1;")]
    // Something returns before.
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => { if (n > 1) return; done.SetResult(1); }); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); ThreadPool.QueueUserWorkItem(_ => { if (n > 1) done.SetResult(1); }); return await done.Task;")]
    // Who comes second throws.
    [InlineData("var done = new TaskCompletionSource<int>(); using var timer = new Timer(_ => done.{|TW4010:SetException(new TimeoutException())|}, null, 100, -1); Changed += (_, _) => done.TrySetResult(1); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); token.Register(() => done.{|TW4010:SetCanceled()|}); Changed += (_, _) => done.{|TW4010:SetResult(1)|}; return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); token.Register(() => done.TrySetCanceled()); Changed += (_, _) => { Console.WriteLine(); done.{|TW4010:SetResult(1)|}; }; return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); token.Register(() => done.TrySetCanceled()); var t = Task.Run(() => done.{|TW4010:SetResult(1)|}); return await done.Task;")]
    public Task Guilty(string code) => In(code);

    [Theory]
    // Completed on every way.
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { try { done.SetResult(Compute(1)); } catch (Exception e) { done.SetException(e); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { var x = 0; try { x = Compute(1); } finally { done.SetResult(x); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { try { Compute(1); } catch (Exception e) { Console.WriteLine(e); } done.SetResult(1); }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { if (n > 1) { done.SetResult(1); return; } done.SetResult(2); }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { if (n > 1) done.SetResult(1); else done.SetResult(2); }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => done.SetResult(1)); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { Console.WriteLine(); done.SetResult(n); }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => Compute(1)).ContinueWith(t => done.SetResult(t.Result)); return await done.Task;")]
    // An exception ends the program, comes out elsewhere, or somebody else completes.
    [InlineData("var done = new TaskCompletionSource<int>(); new Thread(() => done.SetResult(Compute(1))).Start(); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); ThreadPool.QueueUserWorkItem(_ => done.SetResult(Compute(1))); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); var t = Task.Run(() => done.SetResult(Compute(1))); await t; return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); await Task.Run(() => done.SetResult(Compute(1))); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => done.TrySetResult(Compute(1))); token.Register(() => done.TrySetCanceled()); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => done.TrySetResult(Compute(1))).ContinueWith(t => done.TrySetException(t.Exception!)); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Other.Watch(done); Task.Run(() => done.TrySetResult(Compute(1))); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { Compute(1); Finish(done); Finish(done); }); return await done.Task;")]
    // Nobody waits for ever.
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => done.SetResult(Compute(1))); return 1;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => done.SetResult(Compute(1))); await Task.WhenAny(done.Task, Task.Delay(100)); return 1;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => done.SetResult(Compute(1))); return done.Task.Wait(100) ? 1 : 0;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => done.SetResult(Compute(1))); return await done.Task.WaitAsync(TimeSpan.FromSeconds(1));")]
    // The next round completes.
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { for (var i = 0; i < 10; i++) { Thread.Sleep(1); if (i == n) done.TrySetResult(1); } }); return await done.Task;")]
    // One of two, or asked before.
    [InlineData("var done = new TaskCompletionSource<int>(); Changed += (_, _) => done.SetResult(1); Failed += (_, _) => done.SetException(new IOException()); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Begin(x => done.SetResult(x), e => done.SetException(e)); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); token.Register(() => done.TrySetCanceled()); Changed += (_, _) => done.TrySetResult(1); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); token.Register(() => done.TrySetCanceled()); Changed += (_, _) => { if (!done.Task.IsCompleted) done.SetResult(1); }; return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); token.Register(() => done.TrySetCanceled()); Changed += (_, _) => { try { done.SetResult(1); } catch (InvalidOperationException) { } }; return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Changed += (_, _) => done.SetResult(1); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); if (n > 1) token.Register(() => done.SetCanceled()); else Changed += (_, _) => done.SetResult(1); return await done.Task;")]
    [InlineData("var a = new TaskCompletionSource<int>(); var b = new TaskCompletionSource<int>(); token.Register(() => a.SetCanceled()); Changed += (_, _) => b.SetResult(1); return await b.Task;")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("Task.Run(() => _done.SetResult(Compute(1))); return await _done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Changed += (_, _) => { if (n > 1) done.SetResult(1); }; return await done.Task;")]
    public Task Misses(string code) => In(code);

    [Theory]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => { try { done.SetResult(int.Parse(n + \"x\")); } catch (FormatException) { Console.WriteLine(); } }); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<DateTime>|}(); Task.Run(() => done.SetResult(DateTime.ParseExact(\"x\", \"y\", null))); return (await done.Task).Day;")]
    public Task A_text_that_may_be_no_number(string code) => In(code);

    [Theory]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { int.TryParse(\"x\", out var x); done.SetResult(x); }); return await done.Task;")]
    public Task Silent_on_a_text_that_is_tried(string code) => In(code);

    [Theory]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource|}(); Task.Run(() => Compute(n)); await done.Task.ConfigureAwait(false); return 1;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource|}(); Task.Run(() => done.Task.Wait()); return 1;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource|}(); var all = new Task[n]; for (var i = 0; i < n; i++) all[i] = UntilAsync(done.Task); return all.Length;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); return done.Task.Result;")]
    public Task A_source_that_nothing_completes(string code) => In(code);

    [Theory]
    [InlineData("var done = new TaskCompletionSource(); var all = new Task[n]; for (var i = 0; i < n; i++) all[i] = UntilAsync(done.Task); done.SetResult(); return all.Length;")]
    [InlineData("var never = new TaskCompletionSource(); await Task.WhenAny(WorkAsync(), never.Task); return 1;")]
    [InlineData("var never = new TaskCompletionSource<int>(); Other.Watch(never.Task); return 1;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Other.Watch(done); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource(); token.Register(() => done.TrySetCanceled()); await done.Task; return 1;")]
    [InlineData("var done = new TaskCompletionSource(); await done.Task.WaitAsync(token); return 1;")]
    [InlineData("var done = new TaskCompletionSource(); done.Task.Wait(n); return 1;")]
    [InlineData("var done = new TaskCompletionSource(); Console.WriteLine(done.Task.IsCompleted); return 1;")]
    [InlineData("var done = new TaskCompletionSource(); await EitherAsync(done.Task); return 1;")]
    [InlineData("var done = new TaskCompletionSource(); Changed += (_, _) => done.TrySetResult(); await done.Task; return 1;")]
    [InlineData("var done = _done; return await done.Task;")]
    public Task A_source_that_may_be_completed_or_raced(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW4010", $$"""
        static class Other
        {
            private static object? s_kept;
            public static void Watch(object source) => s_kept = source;
        }
        class C
        {
            private readonly TaskCompletionSource<int> _done = new();
            private event EventHandler? Changed, Failed;
            async Task<int> M(int n, CancellationToken token)
            {
                await Task.Yield();
                {{code}}
            }
            static int Compute(int i) => int.Parse(File.ReadAllText(i.ToString()));
            static async Task UntilAsync(Task end) => await end;
            static async Task EitherAsync(Task end) { await Task.WhenAny(end, Task.Delay(9)); }
            static async Task WorkAsync() { await File.WriteAllTextAsync("x", "y"); }
            static void Finish(TaskCompletionSource<int> source) => source.TrySetResult(1);
            static void Begin(Action<int> done, Action<Exception> failed) => done(1);
        }
        """);
}
