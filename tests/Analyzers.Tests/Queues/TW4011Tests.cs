using System.Globalization;
using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Queues;

public class TW4011Tests
{
    [Theory]
    [InlineData("using var done = new CountdownEvent(4); for (var i = 0; i < 4; i++) Task.Run(() => { Work(1); done.{|TW4011:Signal()|}; }); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { Work(1); done.{|TW4011:Set()|}; }); done.Wait();")]
    [InlineData("var done = new ManualResetEvent(false); _ = Task.Run(() => { Work(1); Console.WriteLine(); done.{|TW4011:Set()|}; }); done.WaitOne();")]
    [InlineData("var done = new AutoResetEvent(false); Task.Factory.StartNew(() => { var x = Compute(1); Store(x); done.{|TW4011:Set()|}; }); done.WaitOne();")]
    [InlineData("var done = new SemaphoreSlim(0); var task = Task.Run(async () => { await WorkAsync(); done.{|TW4011:Release()|}; }); await done.WaitAsync(); await task;")]
    [InlineData("var done = new CountdownEvent(items.Length); var all = new List<Task>(); foreach (var x in items) { all.Add(Task.Run(() => { Work(x); done.{|TW4011:Signal()|}; })); } done.Wait(); Task.WaitAll(all.ToArray());")]
    [InlineData("var done = new CountdownEvent(1); ThreadPool.QueueUserWorkItem(_ => { try { Work(1); done.{|TW4011:Signal()|}; } catch (Exception e) { Console.WriteLine(e); } }); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); new Thread(() => { try { Work(1); done.{|TW4011:Set()|}; } catch { } }).Start(); done.Wait();")]
    [InlineData("var done = new CountdownEvent(2); for (var i = 0; i < 2; i++) Task.Run(() => { Outer(1); {|TW4011:Tell(done)|}; }); done.Wait();")]
    [InlineData("var done = new CountdownEvent(2); done.Signal(); Task.Run(() => { if (n > 1) throw new InvalidOperationException(); done.{|TW4011:Signal()|}; }); done.Wait();")]
    [InlineData("Task.Run(() => { Work(1); _ready.{|TW4011:Set()|}; Work(2); }); _ready.Wait();")]
    [InlineData("Task.{|TW4011:Run(Item)|};")]
    [InlineData("var gate = new SemaphoreSlim(4); foreach (var x in items) { await gate.WaitAsync(); _ = Task.Run(() => { Work(x); gate.{|TW4011:Release()|}; }); }")]
    [InlineData("var done = new ManualResetEventSlim(); void Body() { Work(1); done.{|TW4011:Set()|}; } Task.Run(Body); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { try { Work(1); } catch (IOException) { Console.WriteLine(); } done.{|TW4011:Set()|}; }); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); var cold = new Task(() => { Work(1); done.{|TW4011:Set()|}; }); cold.Start(); done.Wait();")]
    public Task Skipped(string code) => In(code);

    [Theory]
    [InlineData("using var done = new CountdownEvent(4); for (var i = 0; i < 4; i++) Task.Run(() => { try { Work(1); } finally { done.Signal(); } }); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { done.Set(); Work(1); }); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { Console.WriteLine(); Thread.Sleep(10); done.Set(); }); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { results.Enqueue(1); done.Set(); }); done.Wait();")]
    [InlineData("var done = new CountdownEvent(1); ThreadPool.QueueUserWorkItem(_ => { Work(1); done.Signal(); }); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); new Thread(() => { Work(1); done.Set(); }).Start(); done.Wait();")]
    [InlineData("var done = new CountdownEvent(1); Task.Run(() => { Work(1); done.Signal(); }); if (!done.Wait(1000)) throw new TimeoutException();")]
    [InlineData("var done = new CountdownEvent(1); Task.Run(() => { Work(1); done.Signal(); }); done.Wait(token);")]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { try { Work(1); done.Set(); } catch { done.Set(); throw; } }); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { try { Work(1); } catch (Exception e) { Console.WriteLine(e); } done.Set(); }); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { Work(1); done.Set(); }).ContinueWith(_ => done.Set()); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); var task = Task.Run(() => { Work(1); done.Set(); }); task.ContinueWith(_ => done.Set()); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); var task = Task.Run(() => { Work(1); done.Set(); }); await task; done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); await Task.Run(() => { Work(1); done.Set(); }); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { Work(1); done.Set(); });")]
    [InlineData("var done = new ManualResetEventSlim(); Other.Watch(done); Task.Run(() => { Work(1); done.Set(); }); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); token.Register(() => done.Set()); Task.Run(() => { Work(1); done.Set(); }); done.Wait();")]
    [InlineData("var done = new CountdownEvent(1); ThreadPool.QueueUserWorkItem(_ => { try { Work(1); done.Signal(); } catch (Exception e) { Console.WriteLine(e); throw; } }); done.Wait();")]
    [InlineData("var done = new CountdownEvent(1); ThreadPool.QueueUserWorkItem(_ => { try { Work(1); } catch (Exception e) { Console.WriteLine(e); } finally { done.Signal(); } }); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { var n = items.Length; n++; items[0] = n; done.Set(); }); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { Quiet(1); done.Set(); }); done.Wait();")]
    [InlineData("var gate = new SemaphoreSlim(1, 1); Task.Run(() => { gate.Wait(); Work(1); gate.Release(); }); gate.Wait();")]
    [InlineData("var done = new CountdownEvent(1); Task.Run(() => Safe(done)); done.Wait();")]
    [InlineData("Task.Run(SafeItem); _safe.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); Changed += (_, _) => { Work(1); done.Set(); }; done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { Work(1); done.Set(); done.Wait(); });")]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { Work(1); done.Set(); }); WaitHandle.WaitAny(new[] { done.WaitHandle, token.WaitHandle });")]
    [InlineData("var done = new CountdownEvent(1); var t = Task.Run(() => { Work(1); done.Signal(); }); t.Wait(); done.Wait();")]
    public Task Innocent(string code) => In(code);

    [Fact]
    public Task A_count_that_does_not_fit_speaks_first() => In("using var done = {|TW4004:new CountdownEvent|}(3); for (var i = 0; i < 4; i++) Task.Run(() => { Work(1); done.Signal(); }); done.Wait();");

    [Theory]
    [InlineData("var done = new ManualResetEvent(false); Task.Run(() => { Work(1); done.{|TW4011:Set()|}; }); WaitHandle.WaitAll(new WaitHandle[] { done });")]
    [InlineData("ManualResetEvent a = new(false), b = new(false); Task.Run(() => { Work(1); a.{|TW4011:Set()|}; }); Task.Run(() => { Work(2); b.{|TW4011:Set()|}; }); WaitHandle.WaitAll(new WaitHandle[] { a, b });")]
    [InlineData("var all = new ManualResetEvent[n]; for (var i = 0; i < n; i++) { var done = new ManualResetEvent(false); all[i] = done; Task.Run(() => { Work(1); done.{|TW4011:Set()|}; }); } WaitHandle.WaitAll(all);")]
    [InlineData("var all = new WaitHandle[n]; for (var i = 0; i < n; i++) { var done = new AutoResetEvent(false); all[i] = done; Task.Run(() => { Work(1); done.{|TW4011:Set()|}; }); } WaitHandle.WaitAll(all);")]
    [InlineData("var all = new List<WaitHandle>(); foreach (var x in items) { var done = new ManualResetEvent(false); all.Add(done); Task.Run(() => { Work(x); done.{|TW4011:Set()|}; }); } WaitHandle.WaitAll(all.ToArray());")]
    [InlineData("var all = new ManualResetEvent[n]; for (var i = 0; i < n; i++) { all[i] = new ManualResetEvent(false); var own = i; Task.Run(() => { Work(own); all[own].{|TW4011:Set()|}; }); } WaitHandle.WaitAll(all);")]
    public Task Handles_in_arrays(string code) => In(code);

    [Theory]
    [InlineData("var done = new ManualResetEvent(false); Task.Run(() => { Work(1); done.Set(); }); WaitHandle.WaitAll(new WaitHandle[] { done }, 1000);")]
    [InlineData("var done = new ManualResetEvent(false); Task.Run(() => { Work(1); done.Set(); }); WaitHandle.WaitAny(new WaitHandle[] { done, token.WaitHandle });")]
    [InlineData("var done = new ManualResetEvent(false); Task.Run(() => { try { Work(1); } finally { done.Set(); } }); WaitHandle.WaitAll(new WaitHandle[] { done });")]
    [InlineData("var all = new ManualResetEvent[n]; for (var i = 0; i < n; i++) { var done = new ManualResetEvent(false); all[i] = done; Task.Run(() => { try { Work(1); } finally { done.Set(); } }); } WaitHandle.WaitAll(all);")]
    [InlineData("var all = new ManualResetEvent[n]; for (var i = 0; i < n; i++) { var done = new ManualResetEvent(false); all[i] = done; Task.Run(() => { Work(1); done.Set(); }); } WaitHandle.WaitAll(all, 1000);")]
    [InlineData("var all = new ManualResetEvent[n]; for (var i = 0; i < n; i++) { var done = new ManualResetEvent(false); all[i] = done; Task.Run(() => { Work(1); done.Set(); }); } foreach (var x in all) x.Set(); WaitHandle.WaitAll(all);")]
    [InlineData("var all = new ManualResetEvent[n]; for (var i = 0; i < n; i++) { all[i] = new ManualResetEvent(false); var own = i; Task.Run(() => { Work(own); all[own].Set(); }); } all[0].Set(); WaitHandle.WaitAll(all);")]
    [InlineData("var all = new ManualResetEvent[n]; for (var i = 0; i < n; i++) { all[i] = new ManualResetEvent(false); var own = i; new Thread(() => { Work(own); all[own].Set(); }).Start(); } WaitHandle.WaitAll(all);")]
    public Task Silent_on_handles_in_arrays_that_are_set_or_timed(string code) => In(code);

    [Theory]
    [InlineData("private readonly SemaphoreSlim _items = new(0); private readonly Queue<int> _queue = new(); public void Put(Func<int> make) => Task.Run(() => { var v = make(); lock (_queue) _queue.Enqueue(v); _items.Release(); }); public async Task<int> Next() { await _items.WaitAsync(); lock (_queue) return _queue.Dequeue(); }")]
    [InlineData("private readonly SemaphoreSlim _items = new(0); private readonly ConcurrentQueue<string> _queue = new(); public void Start(string[] paths) { foreach (var path in paths) Task.Run(() => { var text = File.ReadAllText(path); _queue.Enqueue(text); _items.Release(); }); } public string? Next() { _items.Wait(); return _queue.TryDequeue(out var text) ? text : null; }")]
    [InlineData("private readonly Semaphore _items = new(0, 100); private readonly ConcurrentQueue<int> _queue = new(); public void Put(Func<int> make) { ThreadPool.QueueUserWorkItem(_ => { try { _queue.Enqueue(make()); _items.Release(); } catch (Exception e) { Console.WriteLine(e); } }); } public int Next() { _items.WaitOne(); return _queue.TryDequeue(out var i) ? i : 0; }")]
    [InlineData("private readonly AutoResetEvent _some = new(false); private readonly ConcurrentQueue<int> _queue = new(); public void Put(Func<int> make) { Task.Run(() => { _queue.Enqueue(make()); _some.Set(); }); } public void Loop() { while (true) { _some.WaitOne(); while (_queue.TryDequeue(out var i)) Console.WriteLine(i); } }")]
    public Task Silent_on_a_signal_for_each_item_that_is_there(string members) => OfType(members);

    [Theory]
    [InlineData("private readonly ManualResetEventSlim _ready = new(); private string _text = \"\"; public void Begin(string path) { Task.Run(() => { _text = File.ReadAllText(path); _ready.{|TW4011:Set()|}; }); } public string Get() { _ready.Wait(); return _text; }")]
    [InlineData("private readonly SemaphoreSlim _done = new(0); public void Run(string path) { Task.Run(() => { File.Delete(path); _done.{|TW4011:Release()|}; }); _done.Wait(); }")]
    [InlineData("private readonly AutoResetEvent _done = new(false); public void Run(string path) { Task.Run(() => { File.Delete(path); _done.{|TW4011:Set()|}; }); _done.WaitOne(); }")]
    public Task Of_a_field(string members) => OfType(members);

    [Theory]
    [InlineData("private readonly AutoResetEvent _done = new(false); public void Run(string path) { Task.{|TW4011:Run(() => Delete(path))|}; _done.WaitOne(); } private void Delete(string path) { File.Delete(path); _done.Set(); }")]
    [InlineData("private readonly ManualResetEventSlim _done = new(); public void Run(string path) { Task.{|TW4011:Run(async () => await DeleteAsync(path))|}; _done.Wait(); } private async Task DeleteAsync(string path) { await File.WriteAllTextAsync(path, \"\"); _done.Set(); }")]
    [InlineData("public void Run(string path) { using var done = new ManualResetEventSlim(); void Delete(string p) { File.Delete(p); done.{|TW4011:Set()|}; } Task.Run(() => Delete(path)); done.Wait(); }")]
    public Task Of_a_helper_that_is_all_the_work(string members) => OfType(members);

    [Theory]
    [InlineData("private readonly AutoResetEvent _done = new(false); public void Run(string path) { Task.Run(() => Delete(path)); _done.WaitOne(); } private void Delete(string path) { try { File.Delete(path); } finally { _done.Set(); } }")]
    [InlineData("private readonly AutoResetEvent _done = new(false); public void Run(string path) { Task.Run(() => Delete(path)); _done.WaitOne(); } public void Again() => Delete(\"x\"); private void Delete(string path) { File.Delete(path); _done.Set(); }")]
    [InlineData("private readonly AutoResetEvent _done = new(false); public void Run(string path) { new Thread(() => Delete(path)).Start(); _done.WaitOne(); } private void Delete(string path) { File.Delete(path); _done.Set(); }")]
    [InlineData("private readonly AutoResetEvent _done = new(false); public void Run(string path) { Task.Run(() => { try { Delete(path); } catch (IOException) { _done.Set(); } }); _done.WaitOne(); } private void Delete(string path) { File.Delete(path); _done.Set(); }")]
    [InlineData("private readonly AutoResetEvent _done = new(false); public void Run(string path) { Task.Run(() => Delete(path)); _done.WaitOne(1000); } private void Delete(string path) { File.Delete(path); _done.Set(); }")]
    [InlineData("private readonly AutoResetEvent _done = new(false); public void Run(string path) { Task.Run(() => Tell(path)); _done.WaitOne(); } private void Tell(string path) { Console.WriteLine(path); _done.Set(); }")]
    public Task Silent_on_helpers_that_signal_or_that_others_call(string members) => OfType(members);

    [Theory]
    [InlineData("public void Run(string path) { Task.Run(() => Delete(path)); _done.WaitOne(); } private void Delete(string path) { File.Delete(path); _done.Set(); }", "the signal in 'Delete'", "“Delete”中的信号")]
    [InlineData("public void Run() { Task.Run(Delete); _done.WaitOne(); } private void Delete() { File.Delete(\"x\"); _done.Set(); }", "the signal in 'Delete'", "“Delete”中的信号")]
    [InlineData("public void Run(string path) { Task.Run(() => { File.Delete(path); _done.Set(); }); _done.WaitOne(); }", "this signal", "此信号")]
    [InlineData("public void Run(string path) { void Delete() { File.Delete(path); _done.Set(); } Task.Run(Delete); _done.WaitOne(); }", "this signal", "此信号")]
    public async Task Names_the_helper_of_the_signal(string members, string signal, string chinese)
    {
        var report = Assert.Single(await Analysis.Of("using System.IO; using System.Threading; using System.Threading.Tasks; class C { private readonly AutoResetEvent _done = new(false); " + members + " }").ReportsAsync(), static r => r.Id == "TW4011");
        Assert.Equal($"An exception before {signal} skips it, and who waits for '_done' waits for ever", report.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal($"{chinese}之前的异常会跳过它，等待“_done”的线程将永远等待", report.GetMessage(CultureInfo.GetCultureInfo("zh-Hans")));
    }

    private static Task OfType(string members) => Verify.Rule("TW4011", $$"""
        class C
        {
            {{members}}
        }
        """);

    private static Task In(string code) => Verify.Rule("TW4011", $$"""
        static class Other
        {
            private static ManualResetEventSlim? s_kept;
            public static void Watch(ManualResetEventSlim gate) => s_kept = gate;
        }
        class C
        {
            private readonly ManualResetEventSlim _ready = new();
            private readonly ManualResetEventSlim _late = new(), _safe = new();
            private event EventHandler? Changed;
            async Task M(int[] items, int n, List<Task> tasks, ConcurrentQueue<int> results, CancellationToken token)
            {
                {{code}}
                await Task.Yield();
            }
            static void Work(int i) => File.Delete(i.ToString());
            static void Outer(int i) => Work(i);
            static int Compute(int i) => int.Parse(File.ReadAllText("x"));
            static void Store(int i) { }
            static void Quiet(int i) { Console.WriteLine(i); Store(i); }
            static async Task WorkAsync() { await File.WriteAllTextAsync("x", "y"); }
            static void Tell(CountdownEvent gate) => TellNow(gate);
            static void TellNow(CountdownEvent gate) { gate.Signal(); }
            static void Safe(CountdownEvent gate) { try { Work(1); } finally { gate.Signal(); } }
            void Item() { Work(1); _late.Set(); }
            void SafeItem() { try { Work(1); } finally { _safe.Set(); } }
            void WaitLate() => _late.Wait();
        }
        """);
}
