using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.WholeProgram;

public class TW7001Tests
{
    /// <summary>An object that another one makes for itself has its name from the member that keeps it.</summary>
    [Theory]
    [InlineData("class O { public readonly I In = new(); } class S { public static void M() { var o = new O(); Parallel.For(0, 9, i => o.In.Up()); } }", true)]
    [InlineData("class O { readonly I _in; public O() { _in = new I(); } public void Up() => _in.Up(); } class S { public static void M() { var o = new O(); Parallel.For(0, 9, i => o.Up()); } }", true)]
    [InlineData("class O { readonly I _in = new(); public void Up() => _in.Up(); } class S { public static void M() { Parallel.For(0, 9, i => { var o = new O(); o.Up(); }); } }", false)]
    [InlineData("class O { I _in = new(); public void Swap() => _in = new(); public void Up() => _in.Up(); } class S { public static void M() { var o = new O(); Parallel.For(0, 9, i => o.Up()); } }", false)]
    public Task Objects_that_objects_make(string code, bool isReported) => Verify.Rule("TW7001", $"class I {{ int _n; public void Up() => {(isReported ? "{|TW7001:_n|}" : "_n")}++; }} {code}");

    /// <summary>Starts that make the counter's <c>Add</c> run on several threads at once.</summary>
    [Theory]
    [InlineData("var c = new Counter(); Parallel.For(0, 9, i => c.Add());")]
    [InlineData("var c = new Counter(); Parallel.For(0, 9, i => { Console.WriteLine(i); c.Add(); });")]
    [InlineData("var c = new Counter(); Parallel.ForEach(xs, x => c.Add());")]
    [InlineData("var c = new Counter(); Parallel.Invoke(c.Add, c.Add);")]
    [InlineData("var c = new Counter(); var a = new Thread(c.Add); var b = new Thread(c.Add); a.Start(); b.Start(); a.Join(); b.Join();")]
    [InlineData("var c = new Counter(); for (var i = 0; i < 4; i++) new Thread(c.Add).Start();")]
    [InlineData("var c = new Counter(); var ts = new List<Task>(); for (var i = 0; i < 4; i++) ts.Add(Task.Run(c.Add)); Task.WaitAll(ts.ToArray());")]
    [InlineData("var c = new Counter(); foreach (var x in xs) ThreadPool.QueueUserWorkItem(_ => c.Add());")]
    [InlineData("var c = new Counter(); var ts = xs.Select(x => Task.Run(() => c.Add())).ToArray(); Task.WaitAll(ts);")]
    [InlineData("var c = new Counter(); var t = Task.Run(c.Add); c.Add(); t.Wait();")]
    [InlineData("var c = new Counter(); var t = Task.Run(() => Tools.Use(c)); Tools.Use(c); t.Wait();")]
    [InlineData("var c = new Counter(); Parallel.For(0, 9, i => Tools.Use(c));")]
    [InlineData("var c = new Counter(); var u = new User(c); Parallel.For(0, 9, i => u.Work());")]
    [InlineData("var c = new Counter(); var a = new Thread(new User(c).Work); var b = new Thread(new User(c).Work); a.Start(); b.Start();")]
    [InlineData("var c = new Counter(); var a = Task.Run(new ShortUser(c).Work); var b = Task.Run(new ShortUser(c).Work); Task.WaitAll(a, b);")]
    [InlineData("Parallel.For(0, 9, i => _own.Add());")]
    [InlineData("Parallel.For(0, 9, i => Tools.Shared.Add());")]
    [InlineData("Parallel.For(0, 9, i => Own());")]
    [InlineData("void Go() => _own.Add(); Parallel.Invoke(Go, Go);")]
    [InlineData("var c = new Counter(); var d = c; Parallel.For(0, 9, i => d.Add());")]
    [InlineData("var c = new Counter(); var t = Task.Run(async () => { await Task.Delay(1); c.Add(); }); var u = Task.Run(async () => { await Task.Delay(1); c.Add(); }); Task.WaitAll(t, u);")]
    [InlineData("var c = new Counter(); var ts = new List<Thread>(); foreach (var x in xs) ts.Add(new Thread(c.Add)); foreach (var t in ts) t.Start();")]
    [InlineData("var c = new Counter(); var ts = new[] { new Thread(c.Add), new Thread(c.Add) }; foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join();")]
    [InlineData("xs.AsParallel().ForAll(x => given.Add());")]
    [InlineData("var c = new Counter(); Parallel.ForEachAsync(xs, (x, ct) => { c.Add(); return ValueTask.CompletedTask; }).Wait();")]
    public Task Guilty(string code) => In(code, "{|TW7001:_n|}++");

    [Theory]
    [InlineData("_n += 2")]
    [InlineData("_n = _n + 1")]
    [InlineData("_n--")]
    [InlineData("N = _n * 2", "N")]
    [InlineData("if (_n < 5) { _n += 1; }", "")]
    [InlineData("Inner()", "")]
    public Task Guilty_updates(string update, string? place = null) => In("var c = new Counter(); Parallel.For(0, 9, i => c.Add());", place switch
    {
        null => "{|TW7001:_n|}" + update[2..],
        "N" => "_m = {|TW7001:_n|} = _n * 2",
        _ => update.Contains("Inner") ? "Deep()" : "if (_n < 5) { {|TW7001:_n|} += 1; }",
    }, update.Contains("Inner") ? "{|TW7001:_m|} += 3" : "_m = 3");

    [Theory]
    [InlineData("var c = new Counter(); c.Add(); c.Add();")]
    [InlineData("var c = new Counter(); var t = new Thread(c.Add); t.Start(); t.Join(); c.Add();")]
    [InlineData("var c = new Counter(); var t = Task.Run(c.Add); t.Wait(); var u = Task.Run(c.Add); u.Wait();")]
    [InlineData("var c = new Counter(); c.Add(); Task.Run(c.Add).Wait(); c.Add();")]
    [InlineData("var c = new Counter(); var d = new Counter(); var t = Task.Run(c.Add); var u = Task.Run(d.Add); Task.WaitAll(t, u);")]
    [InlineData("Parallel.For(0, 9, i => { var c = new Counter(); c.Add(); });")]
    [InlineData("Parallel.For(0, 9, i => new Counter().Add());")]
    [InlineData("for (var i = 0; i < 4; i++) { var c = new Counter(); new Thread(c.Add).Start(); }")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var c = new Counter(); ts.Add(new Thread(c.Add)); } foreach (var t in ts) t.Start();")]
    [InlineData("var c = new Counter(); var d = new Counter(); var ts = new[] { new Thread(c.Add), new Thread(d.Add) }; foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join();")]
    [InlineData("var c = new Counter(); var ts = new[] { new Thread(c.Add), new Thread(() => Console.WriteLine(1)) }; foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join();")]
    [InlineData("foreach (var c in cs) new Thread(c.Add).Start();")]
    [InlineData("Parallel.ForEach(cs, c => c.Add());")]
    [InlineData("var c = new Counter(); foreach (var x in xs) { var t = new Thread(c.Add); t.Start(); t.Join(); }")]
    [InlineData("var c = new Counter(); var gate = new object(); Parallel.For(0, 9, i => { lock (gate) c.Add(); });")]
    [InlineData("var c = new Counter(); Parallel.For(0, 9, i => { lock (c) c.Add(); });")]
    [InlineData("var c = new Counter(); Parallel.For(0, 9, i => { lock (_sync) Tools.Use(c); });")]
    [InlineData("var c = new Counter(); var e = new AutoResetEvent(true); Parallel.For(0, 9, i => { e.WaitOne(); c.Add(); e.Set(); });")]
    [InlineData("var c = new Counter(); var s = new SemaphoreSlim(1, 1); Parallel.For(0, 9, i => { s.Wait(); try { c.Add(); } finally { s.Release(); } });")]
    [InlineData("var c = new Counter(); Parallel.For(0, 9, i => { Monitor.Enter(_sync); try { c.Add(); } finally { Monitor.Exit(_sync); } });")]
    [InlineData("var c = new Counter(); Parallel.For(0, 9, i => { if (i == 3) c.Add(); });")]
    [InlineData("var c = new Counter(); var once = 0; Parallel.For(0, 9, i => { if (Interlocked.Exchange(ref once, 1) == 0) c.Add(); });")]
    [InlineData("var c = new Counter(); Parallel.For(0, 9, new ParallelOptions { MaxDegreeOfParallelism = 1 }, i => c.Add());")]
    [InlineData("var c = new Counter(); Parallel.For(0, 9, i => given.Reset());")]
    [InlineData("var c = new Counter(); Parallel.For(0, 9, i => job.Do(c));")]
    [InlineData("var c = new Counter(); Parallel.For(0, 9, i => { act(); c.Add(); });")]
    [InlineData("Parallel.For(0, 9, i => Make().Add());")]
    [InlineData("Parallel.For(0, 9, i => t_local.Add());")]
    [InlineData("var local = new ThreadLocal<Counter>(() => new Counter()); Parallel.For(0, 9, i => local.Value!.Add());")]
    [InlineData("Parallel.For(0, 9, i => Tools.Changing.Add()); Tools.Changing = new();")]
    [InlineData("var c = new Counter(); c = new Counter(); Parallel.For(0, 9, i => c.Add());")]
    [InlineData("Task last = Task.CompletedTask; var c = new Counter(); foreach (var x in xs) { last.Wait(); last = Task.Run(c.Add); }")]
    [InlineData("var c = new Counter(); var t = Task.Run(c.Add); var u = t.ContinueWith(_ => c.Add()); u.Wait();")]
    [InlineData("var c = new Counter(); Action a = c.Add; a(); a();")]
    public Task Innocent(string code) => In(code, "_n++");

    [Theory]
    [InlineData("lock (_gate) { _n++; }")]
    [InlineData("lock (_gate) { Deep(); }")]
    [InlineData("Monitor.Enter(_gate); try { _n++; } finally { Monitor.Exit(_gate); }")]
    [InlineData("Take(); _n++; Give();")]
    [InlineData("using (_lock.EnterScope()) { _n++; }")]
    [InlineData("using var scope = _lock.EnterScope(); _n++;")]
    [InlineData("lock (typeof(Counter)) { _n++; }")]
    [InlineData("Interlocked.Increment(ref _n);")]
    [InlineData("_w++;")]
    [InlineData("t_n++;")]
    [InlineData("_go.Wait(); _n++;")]
    [InlineData("_one.Wait(); try { _n++; } finally { _one.Release(); }")]
    [InlineData("_rw.EnterWriteLock(); try { _n++; } finally { _rw.ExitWriteLock(); }")]
    [InlineData("var k = _n; Console.WriteLine(k);")]
    [InlineData("_n = 5;")]
    [InlineData("if (Interlocked.CompareExchange(ref _busy, 1, 0) == 0) { _n++; _busy = 0; }")]
    [InlineData("if (!Monitor.TryEnter(_gate)) return; try { _n++; } finally { Monitor.Exit(_gate); }")]
    [InlineData("Debug(Monitor.IsEntered(_gate)); _n++;")]
    public Task Innocent_updates(string update) => In("var c = new Counter(); Parallel.For(0, 9, i => c.Add());", update, "_m = 1");

    private static Task In(string code, string update, string deep = "_m = 1") => Verify.Rule("TW7001", $$"""
        class C
        {
            private readonly Counter _own = new();
            private readonly object _sync = new();
            [ThreadStatic] private static Counter t_local = new();
            private void Own() { _own.Add(); }
            private static Counter Make() => new();
            public void M(int[] xs, Counter given, IJob job, Action act, List<Counter> cs)
            {
                {{code}}
            }
        }
        """, test => test.TestState.Sources.Add(("Types.cs", $$"""
        class Counter
        {
            private int _n;
            private int _m;
            private volatile int _w;
            private int _busy;
            [ThreadStatic] private static int t_n;
            private readonly object _gate = new();
            private readonly Lock _lock = new();
            private readonly ManualResetEventSlim _go = new(false);
            private readonly SemaphoreSlim _one = new(1, 1);
            private readonly ReaderWriterLockSlim _rw = new();
            public Counter() { _n = 1; _m++; }
            public void Add() { {{update}}; }
            private void Deep() { {{deep}}; }
            private void Take() { Monitor.Enter(_gate); }
            private void Give() { Monitor.Exit(_gate); }
            private static void Debug(bool held) { }
            public int N => _n;
            public void Reset() { _busy = 0; }
        }
        class User
        {
            private readonly Counter _counter;
            public User(Counter counter) { _counter = counter; }
            public void Work() { Console.WriteLine("work"); _counter.Add(); }
        }
        class ShortUser(Counter counter) { public void Work() => counter.Add(); }
        interface IJob { void Do(Counter c); }
        class Job : IJob { public void Do(Counter c) => c.Add(); }
        static class Tools
        {
            public static readonly Counter Shared = new();
            public static Counter Changing = new();
            public static void Use(Counter c) { c.Add(); }
        }
        """)));

    [Fact]
    public Task Statics_of_another_type() => Verify.Rule("TW7001", """
        static class Stats { public static int Total; public static void Add(int n) { {|TW7001:Total|} += n; } }
        class C { void M() { Parallel.For(0, 9, i => Stats.Add(i)); } }
        """);

    /// <summary>The variable is the starter's own, and the update is another type's.</summary>
    [Fact]
    public Task The_starters_own_state() => Verify.Rule("TW7001", """
        class C
        {
            public int Total;
            void M() { Parallel.For(0, 9, i => Helper.Add(this)); }
        }
        static class Helper { public static void Add(C c) { {|TW7001:c.Total|}++; } }
        """);

    /// <summary>A type that shows the race alone is the live rule's.</summary>
    [Fact]
    public Task The_live_rule_speaks_first() => Verify.Rule("TW7001", """
        class Counter
        {
            private int _n;
            public void Add() { {|TW3001:_n|}++; }
            public void AddAll() { Parallel.For(0, 9, i => Add()); }
        }
        class C { void M() { var c = new Counter(); Parallel.For(0, 9, i => c.Add()); } }
        """);

    [Fact]
    public Task Generic_and_partial_types_and_bases() => Verify.Rule("TW7001", """
        class Box<T> { public T? Value; private int _uses; public void Put(T value) { Value = value; {|TW7001:_uses|}++; } }
        partial class Part { private int _n; }
        partial class Part { public void Add() { {|TW7001:_n|}++; } }
        class Base { private int _n; protected void Up() { {|TW7001:_n|}++; } }
        class Derived : Base { public void Add() { Up(); } }
        class C
        {
            void M(Box<string> box, Part part, Derived derived)
            {
                Parallel.For(0, 9, i => box.Put("x"));
                Parallel.For(0, 9, i => part.Add());
                Parallel.For(0, 9, i => derived.Add());
            }
        }
        """);

    [Fact]
    public Task A_suppressed_field() => Verify.Rule("TW7001", """
        class Counter
        {
            [System.Diagnostics.CodeAnalysis.SuppressMessage("Threadwise", "TW7001")]
            private int _n;
            public void Add() { _n++; }
        }
        class C { void M() { var c = new Counter(); Parallel.For(0, 9, i => c.Add()); } }
        """);

    [Fact]
    public Task Misses_threads_that_a_member_leaves_running() => Verify.Rule("TW7001", """
        class Counter { private int _n; public void Add() { _n++; } }
        class Starter(Counter counter) { public void Start() { new Thread(counter.Add).Start(); } }
        class C { void M() { var c = new Counter(); var s = new Starter(c); s.Start(); s.Start(); } }
        """);

    /// <summary>Timers, events and continuations of other types: when they run beside each other is not known.</summary>
    [Theory]
    [InlineData("class Starter(Counter counter) { readonly Timer _t = new(_ => counter.Add(), null, 0, Timeout.Infinite); readonly Timer _u = new(_ => counter.Add(), null, 0, Timeout.Infinite); }")]
    [InlineData("class Starter(Counter counter) { void M(Task[] ts) { foreach (var t in ts) t.ContinueWith(_ => counter.Add()); } }")]
    [InlineData("class Source { public event Action? Tick; public void Run() => Parallel.For(0, 9, i => Tick?.Invoke()); } class Starter(Counter counter, Source source) { void M() { source.Tick += counter.Add; source.Run(); } }")]
    public Task Misses_timers_continuations_and_events(string code) => Verify.Rule("TW7001", "class Counter { private int _n; public void Add() { _n++; } }\n" + code);

    /// <summary>Which code runs is not known, or which object it is.</summary>
    [Theory]
    [InlineData("interface IStep { void Run(); } class Step(Counter counter) : IStep { public void Run() => counter.Add(); } class C { void M(IStep step) => Parallel.For(0, 9, i => step.Run()); }")]
    [InlineData("class C { void M(Counter[] all) => Parallel.For(0, 9, i => all[0].Add()); }")]
    [InlineData("class C { void M(Func<Counter> get) => Parallel.For(0, 9, i => get().Add()); }")]
    public Task Misses_what_runs_by_way_of_interfaces_elements_and_delegates(string code) => Verify.Rule("TW7001", "class Counter { private int _n; public void Add() { _n++; } }\n" + code);
}
