using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Queues;

public class TW4003Tests
{
    [Theory]
    // Something is shown, saved or sent.
    [InlineData("foreach (var x in items) Task.{|TW4003:Run(() => File.Delete(path + x))|};")]
    [InlineData("foreach (var x in items) { Task.{|TW4003:Run(() => Console.WriteLine(x))|}; }")]
    [InlineData("for (var i = 0; i < 4; i++) ThreadPool.{|TW4003:QueueUserWorkItem(_ => Console.WriteLine())|};")]
    [InlineData("for (var i = 0; i < items.Length; i++) { var n = i; Task.Factory.{|TW4003:StartNew(() => Save(path, n))|}; }")]
    [InlineData("foreach (var x in items) ThreadPool.{|TW4003:QueueUserWorkItem(Item, x)|};")]
    [InlineData("foreach (var x in items) Task.{|TW4003:Run(() => Save(path, x))|}; Console.WriteLine(items.Length);")]
    [InlineData("foreach (var x in items) { if (x > 1) { Task.{|TW4003:Run(() => Save(path, x))|}; } }")]
    // Results are collected.
    [InlineData("var results = new ConcurrentBag<int>(); foreach (var x in items) Task.{|TW4003:Run(() => results.Add(x * 2))|}; return results.Count;")]
    [InlineData("var results = new int[items.Length]; for (var i = 0; i < items.Length; i++) { var n = i; Task.{|TW4003:Run(() => results[n] = n)|}; } Use(results);")]
    [InlineData("var results = new ConcurrentDictionary<int, int>(); foreach (var x in items) ThreadPool.{|TW4003:QueueUserWorkItem(_ => results.TryAdd(x, x))|}; return results;")]
    [InlineData("var results = new ConcurrentQueue<int>(); foreach (var x in items) { Task.{|TW4003:Run|}(() =>\n{ results.Enqueue(x); }); } Console.WriteLine(); return null;")]
    // Tasks are collected.
    [InlineData("var tasks = new List<Task>(); foreach (var x in items) tasks.Add(Task.{|TW4003:Run(() => Compute(x))|});")]
    [InlineData("var tasks = new Task[items.Length]; for (var i = 0; i < items.Length; i++) { tasks[i] = Task.{|TW4003:Run(() => Compute(1))|}; }")]
    [InlineData("var tasks = new List<Task<int>>(); foreach (var x in items) { tasks.Add(Task.{|TW4003:Run(() => Compute(x))|}); } Console.WriteLine(\"all\");")]
    // What they use is disposed of.
    [InlineData("using var file = new StreamWriter(path); foreach (var x in items) Task.{|TW4003:Run(() => file.WriteLine(x))|};")]
    [InlineData("using var gate = new SemaphoreSlim(2); foreach (var x in items) _ = Task.{|TW4003:Run|}(async () =>\n{ await gate.WaitAsync(); gate.Release(); });")]
    [InlineData("using Stream file = File.OpenRead(path); foreach (var x in items) ThreadPool.{|TW4003:QueueUserWorkItem(_ => Read(file))|};")]
    [InlineData("foreach (var x in items) { using var file = new StreamWriter(path + x); Task.{|TW4003:Run(() => file.WriteLine(x))|}; }")]
    public Task Guilty(string code) => In(code);

    [Theory]
    // Waited for.
    [InlineData("var tasks = new List<Task>(); foreach (var x in items) tasks.Add(Task.Run(() => Save(path, x))); Task.WaitAll(tasks.ToArray());")]
    [InlineData("var tasks = new Task[4]; for (var i = 0; i < 4; i++) tasks[i] = Task.Run(() => Save(path, 1)); Task.WaitAll(tasks);")]
    [InlineData("var tasks = new List<Task>(); foreach (var x in items) tasks.Add(Task.Run(() => Save(path, x))); foreach (var t in tasks) t.Wait();")]
    [InlineData("var tasks = new List<Task>(); foreach (var x in items) tasks.Add(Task.Run(() => Save(path, x))); return tasks;")]
    [InlineData("var tasks = new List<Task>(); foreach (var x in items) tasks.Add(Task.Run(() => Save(path, x))); return Task.WhenAll(tasks);")]
    [InlineData("var tasks = new List<Task>(); foreach (var x in items) tasks.Add(Task.Run(() => Save(path, x))); Use(tasks);")]
    [InlineData("foreach (var x in items) _kept.Add(Task.Run(() => Save(path, x)));")]
    [InlineData("foreach (var x in items) Use(Task.Run(() => Save(path, x)));")]
    [InlineData("foreach (var x in items) Task.Run(() => Save(path, x)).Wait();")]
    [InlineData("using var done = new CountdownEvent(items.Length); foreach (var x in items) ThreadPool.QueueUserWorkItem(_ => { try { Save(path, x); } finally { done.Signal(); } }); done.Wait();")]
    [InlineData("var left = items.Length; using var done = new ManualResetEventSlim(); foreach (var x in items) ThreadPool.QueueUserWorkItem(_ => { Console.WriteLine(x); if (Interlocked.Decrement(ref left) == 0) done.Set(); }); done.Wait();")]
    [InlineData("var results = new BlockingCollection<int>(); foreach (var x in items) ThreadPool.QueueUserWorkItem(_ => results.Add(x)); foreach (var x in items) results.Take();")]
    [InlineData("foreach (var x in items) Task.Run(() => Console.WriteLine(x)); Console.ReadLine();")]
    [InlineData("foreach (var x in items) Task.Run(() => Console.WriteLine(x)); _stop.WaitOne();")]
    [InlineData("Parallel.ForEach(items, x => Save(path, x));")]
    [InlineData("var left = items.Length; foreach (var x in items) ThreadPool.QueueUserWorkItem(_ => { Console.WriteLine(x); Interlocked.Decrement(ref left); }); while (Volatile.Read(ref left) > 0) Thread.Sleep(1);")]
    // Meant.
    [InlineData("foreach (var x in items) _ = Task.Run(() => Save(path, x));")]
    [InlineData("foreach (var x in items) Task.Run(() => Tell(x));")]
    [InlineData("foreach (var x in items) ThreadPool.QueueUserWorkItem(_ => Tell(x));")]
    [InlineData("foreach (var x in items) Task.Run(() => _changed?.Invoke(x));")]
    [InlineData("foreach (var x in items) Task.Run(() => Console.WriteLine(token.IsCancellationRequested));")]
    [InlineData("while (true) { var line = Console.ReadLine(); Task.Run(() => Console.WriteLine(line)); }")]
    [InlineData("foreach (var x in _queue.GetConsumingEnumerable()) Task.Run(() => Save(path, x));")]
    [InlineData("while (!_ended) { var x = _queue.Take(); ThreadPool.QueueUserWorkItem(_ => Save(path, x)); }")]
    [InlineData("foreach (var x in items) new Thread(() => Save(path, x)).Start();")]
    [InlineData("foreach (var x in items) _seen.Enqueue(x); Task.Run(() => _seen.Clear());")]
    [InlineData("foreach (var x in items) Task.Run(() => _seen.Enqueue(x));")]
    // In no loop.
    [InlineData("Task.Run(() => Console.WriteLine(1));")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => Save(path, 1));")]
    [InlineData("var t = Task.Run(() => Compute(1));")]
    // The object is not disposed of by the starter, or serves on.
    [InlineData("foreach (var x in items) { var file = new StreamWriter(path + x); _ = Task.Run(() => { using (file) file.WriteLine(x); }); }")]
    [InlineData("using var stop = new CancellationTokenSource(); foreach (var x in items) _ = Task.Run(() => Tell(x), stop.Token);")]
    [InlineData("foreach (var x in items) { using (var file = new StreamWriter(path + x)) file.WriteLine(x); _ = Task.Run(() => Tell(x)); }")]
    public Task Innocent(string code) => In(code);

    [Fact]
    public Task What_the_end_of_the_program_cuts_off_is_another_matter() => Verify.Rule("TW4003", """
        foreach (var x in args)
        {
            Task.{|TW1016:Run(() => Console.WriteLine(x))|};
        }
        """);

    [Fact]
    public Task Tasks_that_are_kept_give_way_to_what_is_disposed_of() =>
        In("{|TW4005:using|} var file = new StreamWriter(path); var tasks = new List<Task>(); foreach (var x in items) tasks.Add(Task.Run(() => file.WriteLine(x)));");

    [Theory]
    [InlineData("foreach (var x in items) Begin(path, x);")]
    public Task Misses_helpers(string code) => In(code);

    [Theory]
    [InlineData("items.ToList().ForEach(x => { Task.{|TW4003:Run(() => File.Delete(path + x))|}; });")]
    [InlineData("items.ToList().ForEach(x => Task.{|TW4003:Run(() => Save(path, x))|});")]
    [InlineData("Array.ForEach(items, x => ThreadPool.{|TW4003:QueueUserWorkItem(_ => Console.WriteLine(x))|});")]
    [InlineData("var results = new ConcurrentBag<int>(); items.ToList().ForEach(x => Task.{|TW4003:Run(() => results.Add(x * 2))|}); return results.Count;")]
    [InlineData("using var file = new StreamWriter(path); items.ToList().ForEach(x => Task.{|TW4003:Run(() => file.WriteLine(x))|});")]
    [InlineData("var tasks = items.Select(x => Task.{|TW4003:Run(() => Compute(x))|}).ToList();")]
    [InlineData("var tasks = items.Where(x => x > 1).Select(x => Task.{|TW4003:Run(() => Save(path, x))|}).ToArray(); Console.WriteLine(items.Length);")]
    [InlineData("var tasks = new List<Task>(); items.ToList().ForEach(x => tasks.Add(Task.{|TW4003:Run(() => Compute(x))|}));")]
    public Task Guilty_in_calls_for_each(string code) => In(code);

    [Theory]
    [InlineData("items.ToList().ForEach(x => { Task.Run(() => Tell(x)); });")]
    [InlineData("items.ToList().ForEach(x => _ = Task.Run(() => Save(path, x)));")]
    [InlineData("items.ToList().ForEach(x => Task.Run(() => Save(path, x)).Wait());")]
    [InlineData("items.ToList().ForEach(x => _kept.Add(Task.Run(() => Save(path, x))));")]
    [InlineData("var tasks = new List<Task>(); items.ToList().ForEach(x => tasks.Add(Task.Run(() => Save(path, x)))); Task.WaitAll(tasks.ToArray());")]
    [InlineData("var tasks = items.Select(x => Task.Run(() => Save(path, x))).ToList(); Task.WaitAll(tasks.ToArray());")]
    [InlineData("var tasks = items.Select(x => Task.Run(() => Save(path, x))).ToList(); return Task.WhenAll(tasks);")]
    [InlineData("var tasks = items.Select(x => Task.Run(() => Save(path, x)));")]
    [InlineData("var tasks = items.Select(x => Task.Run(() => Save(path, x))); return tasks.ToList();")]
    [InlineData("var tasks = items.Select(x => Task.Run(() => Compute(x))).ToArray(); return tasks.Sum(t => t.Result);")]
    [InlineData("return items.Select(x => Task.Run(() => Compute(x))).ToArray();")]
    [InlineData("Task.WaitAll(items.Select(x => Task.Run(() => Save(path, x))).ToArray());")]
    [InlineData("var results = items.Select(x => Task.Run(() => Compute(x))).Select(t => t.Result).ToList(); return results;")]
    [InlineData("Action<int> later = x => Task.Run(() => Save(path, x)); Use(later);")]
    [InlineData("items.ToList().ForEach(x => new Thread(() => Save(path, x)).Start());")]
    public Task Innocent_in_calls_for_each(string code) => In(code);

    [Theory]
    [InlineData("foreach (var x in items) { var t = new Task(() => Console.WriteLine(x)); t.Start(); t.Wait(); }")]
    [InlineData("foreach (var x in items) { var t = new Task(() => Console.WriteLine(x)); Use(t); t.Start(); }")]
    [InlineData("var all = new List<Task>(); foreach (var x in items) { var t = new Task(() => Console.WriteLine(x)); all.Add(t); t.Start(); } Task.WaitAll(all.ToArray());")]
    [InlineData("var all = new List<Task>(); foreach (var x in items) { var t = new Task(() => Console.WriteLine(x)); all.Add(t); } foreach (var t in all) t.Start(); foreach (var t in all) t.Wait();")]
    [InlineData("foreach (var x in items) { var t = new Task(() => Tell(x)); t.Start(); }")]
    [InlineData("foreach (var x in items) { var t = new Task(() => Console.WriteLine(x)); t.RunSynchronously(); }")]
    [InlineData("foreach (var x in items) { var t = new Task(() => Console.WriteLine(x)); _kept.Add(t); t.Start(); }")]
    [InlineData("var all = new List<Task>(); foreach (var x in items) all.Add(Task.Run(() => Console.WriteLine(x))); Task.WhenAll(all).Wait();")]
    [InlineData("var all = new List<Task>(); foreach (var x in items) all.Add(Task.Run(() => Console.WriteLine(x))); _ = Task.WhenAll(all);")]
    [InlineData("var all = new List<Task>(); foreach (var x in items) all.Add(Task.Run(() => Console.WriteLine(x))); Use(Task.WhenAll(all));")]
    [InlineData("var all = new List<Task>(); foreach (var x in items) all.Add(Task.Run(() => Console.WriteLine(x))); Task.WhenAll(all).ContinueWith(_ => Tell(1));")]
    [InlineData("var all = new List<Task>(); foreach (var x in items) all.Add(Task.Run(() => Console.WriteLine(x))); return Task.WhenAll(all);")]
    public Task Silent_on_cold_tasks_and_tasks_of_all_that_somebody_has(string code) => In(code);

    [Theory]
    [InlineData("foreach (var x in items) { var t = new Task(() => Console.WriteLine(x)); t.{|TW4003:Start()|}; }")]
    [InlineData("foreach (var x in items) new Task(() => File.Delete(path + x)).{|TW4003:Start()|};")]
    [InlineData("for (var i = 0; i < items.Length; i++) { var x = items[i]; var t = new Task(() => Save(path, x)); t.{|TW4003:Start()|}; }")]
    [InlineData("var all = new List<Task>(); foreach (var x in items) { var t = new Task(() => Console.WriteLine(x)); all.Add(t); t.{|TW4003:Start()|}; }")]
    [InlineData("var results = new ConcurrentBag<int>(); foreach (var x in items) { var t = new Task(() => results.Add(Compute(x))); t.{|TW4003:Start()|}; }")]
    public Task A_cold_task(string code) => In(code);

    [Theory]
    [InlineData("foreach (var x in items) Task.{|TW4003:Run(async () => { await Task.Delay(1); Console.WriteLine(x); })|};")]
    [InlineData("foreach (var x in items.Where(i => i > 2)) Task.{|TW4003:Run(async () => await File.WriteAllTextAsync(path + x, \"x\"))|};")]
    public Task Async_items(string code) => In(code);

    [Theory]
    [InlineData("var all = new List<Task>(); foreach (var x in items) all.Add(Task.{|TW4003:Run(() => Console.WriteLine(x))|}); Task.WhenAll(all);")]
    [InlineData("var all = new Task[items.Length]; for (var i = 0; i < items.Length; i++) { var x = items[i]; all[i] = Task.{|TW4003:Run(() => File.Delete(path + x))|}; } Task.WhenAll(all);")]
    public Task A_task_of_all_that_is_dropped(string code) => In(code);

    [Fact]
    public Task Items_that_only_count_what_they_have_done() => In("foreach (var x in items) ThreadPool.{|TW4003:QueueUserWorkItem(_ => { Console.WriteLine(x); Interlocked.Increment(ref _active); })|};");

    [Theory]
    [InlineData("foreach (var x in items) ThreadPool.QueueUserWorkItem(_ => { try { Console.WriteLine(x); } finally { _stop.Set(); } });")]
    [InlineData("foreach (var x in items) Task.Run(() => { Console.WriteLine(x); _queue.Add(x); });")]
    [InlineData("foreach (var x in items) { Interlocked.Increment(ref _active); ThreadPool.QueueUserWorkItem(_ => { try { Console.WriteLine(x); } finally { Interlocked.Decrement(ref _active); } }); }")]
    [InlineData("foreach (var x in items) { Interlocked.Increment(ref _active); Task.Run(() => { Console.WriteLine(x); Leave(); }); } void Leave() => Interlocked.Decrement(ref _active);")]
    public Task Silent_on_items_that_signal_what_others_may_wait_for(string code) => In(code);

    /// <summary>A local that the items signal, and that leaves the method or is asked for its task, tells others of the end.</summary>
    [Theory]
    [InlineData("Task Run() { var left = items.Length; var done = new TaskCompletionSource(); foreach (var x in items) ThreadPool.QueueUserWorkItem(_ => { try { File.Delete(path + x); } finally { if (Interlocked.Decrement(ref left) == 0) done.TrySetResult(); } }); return done.Task; } Run().Wait();")]
    [InlineData("List<Task> Run() { var all = new List<Task>(); foreach (var x in items) { var done = new TaskCompletionSource(); ThreadPool.QueueUserWorkItem(_ => { File.Delete(path + x); done.SetResult(); }); all.Add(done.Task); } return all; } Task.WaitAll(Run().ToArray());")]
    [InlineData("CountdownEvent Run() { var done = new CountdownEvent(items.Length); foreach (var x in items) ThreadPool.QueueUserWorkItem(_ => { File.Delete(path + x); done.Signal(); }); return done; } Run().Wait();")]
    [InlineData("var done = new CountdownEvent(items.Length); foreach (var x in items) ThreadPool.{|TW4003:QueueUserWorkItem(_ => { File.Delete(path + x); done.Signal(); })|};")]
    [InlineData("var done = new TaskCompletionSource(); foreach (var x in items) ThreadPool.{|TW4003:QueueUserWorkItem(_ => { File.Delete(path + x); done.TrySetResult(); })|};")]
    public Task Locals_that_tell_others_of_the_end(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW4003", $$"""
        class C
        {
            private readonly BlockingCollection<int> _queue = new();
            private readonly ConcurrentQueue<int> _seen = new();
            private readonly List<Task> _kept = new();
            private readonly ManualResetEvent _stop = new(false);
            private Action<int>? _changed;
            private volatile bool _ended;
            private int _active;
            object? M(string path, int[] items, CancellationToken token)
            {
                {{code}}
                return null;
            }
            static int Compute(int x) => x * 2;
            static void Save(string path, int x) => Store(path, x);
            static void Store(string path, int x) { File.WriteAllText(path + x, "x"); }
            static void Tell(int x) { }
            static void Item(object? x) { Console.WriteLine(x); }
            static void Read(Stream s) { s.ReadByte(); }
            static void Use(object o) { }
            static void Begin(string path, int x) { Task.Run(() => Tell(x)); }
        }
        """);
}
