using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.WholeProgram;

/// <summary>Objects that are disposed of while work of another type uses them: what TW4005 reports, through the types of the compilation.</summary>
public class TW7006DisposalTests
{
    /// <summary>What the snippets use, of another file.</summary>
    private const string Types = """
        class Lines
        {
            private readonly StreamWriter _to;
            public Lines(StreamWriter to) { _to = to; }
            public void Run() { foreach (var x in new[] { 1, 2 }) _to.WriteLine(x); }
            public void RunDeep() { Console.WriteLine(); One(3); }
            private void One(int x) => Two(x);
            private void Two(int x) { lock (_to) { _to.WriteLine(x); } }
            public void RunSometimes(bool b) { if (b) _to.WriteLine(1); }
            public void RunGuarded() { try { _to.WriteLine(1); } catch (ObjectDisposedException) { } }
            public void RunOrNot() { if (_stop) return; _to.WriteLine(1); }
            private volatile bool _stop;
            public void Loop() { while (!_stop) { _to.WriteLine(1); } }
            public void Stop() => _stop = true;
            public async Task RunAsync() { await Task.Yield(); await _to.WriteLineAsync("x"); }
            public StreamWriter To => _to;
        }
        class ShortLines(StreamWriter to) { public void Run() => to.Write(1); }
        class Log : IDisposable
        {
            private readonly StreamWriter _file = new("a");
            private StreamWriter _other = new("b");
            public void Write(string text) { _file.WriteLine(text); }
            public void WriteDeep(string text) { Write(text); }
            public void WriteOther(string text) { _other.WriteLine(text); }
            public void Roll() { _other = new("c"); }
            public void Note(string text) { Console.WriteLine(text); }
            public void Dispose() { _other.Dispose(); _file.Dispose(); }
        }
        class CarefulLog : IDisposable
        {
            private readonly StreamWriter _file = new("a");
            private readonly List<Task> _open = new();
            private bool _isClosed;
            public void Write(string text) { if (_isClosed) return; _file.WriteLine(text); }
            public void WriteAlways(string text) { _file.WriteLine(text); }
            public void Begin(string text) => _open.Add(Task.Run(() => WriteAlways(text)));
            public void Dispose() { Task.WaitAll(_open.ToArray()); _isClosed = true; _file.Dispose(); }
        }
        class MaybeLog : IDisposable
        {
            private readonly StreamWriter? _file = new("a");
            public void Write(string text) { _file!.WriteLine(text); }
            public void Dispose() => _file?.Dispose();
        }
        class Keeper : IDisposable
        {
            private readonly StreamWriter _file;
            public Keeper(StreamWriter file) { _file = file; }
            public void Dispose() { }
            public void Write() => _file.Write(1);
        }
        static class Jobs
        {
            private static readonly List<Task> s_all = new();
            public static void Begin(StreamWriter to) { Task.Run(() => to.Write(1)); }
            public static void BeginDeep(StreamWriter to) { Console.WriteLine(); Begin(to); }
            public static Task Started(StreamWriter to) => Task.Run(() => new Lines(to).Run());
            public static Thread StartedThread(StreamWriter to) { var t = new Thread(() => to.Write(1)); t.Start(); return t; }
            public static void BeginAndWait(StreamWriter to) { var t = Task.Run(() => to.Write(1)); t.Wait(); }
            public static void BeginDeepAndWait(StreamWriter to) { BeginAndWait(to); Console.WriteLine(); }
            public static void BeginThenWaitForAll(StreamWriter to) { BeginKept(to); WaitForAll(); }
            public static void BeginKept(StreamWriter to) { s_all.Add(Task.Run(() => to.Write(1))); }
            public static void BeginTold(StreamWriter to, Action<Task> tell) { tell(Task.Run(() => to.Write(1))); }
            public static void WaitForAll() => Task.WaitAll(s_all.ToArray());
            public static void Use(StreamWriter to) { to.Write(1); }
            public static void Ignore(StreamWriter to) { Task.Run(() => Console.WriteLine(1)); }
            public static async Task UseAsync(StreamWriter to) { await Task.Yield(); to.Write(1); }
            public static void Tick() => Console.WriteLine("tick");
        }
        class Writer
        {
            private readonly Thread _thread;
            public Writer(StreamWriter to) { _thread = new Thread(() => to.Write(1)); _thread.Start(); }
            public void Wait() => _thread.Join();
        }
        class DisposedWriter : IDisposable
        {
            private readonly Thread _thread;
            public DisposedWriter(StreamWriter to) { _thread = new Thread(() => to.Write(1)); _thread.Start(); }
            public void Dispose() => _thread.Join();
        }
        class Signals(SemaphoreSlim gate, CountdownEvent left, BlockingCollection<int> queue)
        {
            public void Run() { gate.Wait(); gate.Release(); }
            public void Count() => left.Signal();
            public void Put() { for (var i = 0; i < 9; i++) queue.Add(i); }
            public void Take() { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }
        }
        """;

    [Theory]
    [InlineData("{|TW7006:using|} var f = new StreamWriter(\"a\"); var w = new Lines(f); var t = new Thread(w.Run); t.Start();")]
    [InlineData("{|TW7006:using|} var f = new StreamWriter(\"a\"); var w = new Lines(f); Task.Run(w.Run); Console.WriteLine();")]
    [InlineData("{|TW7006:using|} var f = new StreamWriter(\"a\"); Task.Run(new Lines(f).RunDeep); Jobs.Tick();")]
    [InlineData("{|TW7006:using|} (var f = new StreamWriter(\"a\")) { var w = new Lines(f); new Thread(() => w.RunDeep()).Start(); }")]
    [InlineData("{|TW7006:using|} (var f = new StreamWriter(\"a\")) { var w = new ShortLines(f); var t = Task.Run(() => w.Run()); }")]
    [InlineData("var f = new StreamWriter(\"a\"); var w = new Lines(f); new Thread(w.Run).Start(); f.{|TW7006:Dispose()|};")]
    [InlineData("var f = new StreamWriter(\"a\"); var w = new Lines(f); var t = Task.Run(w.Run); Console.WriteLine(); f.{|TW7006:Close()|};")]
    [InlineData("{|TW7006:using|} var f = new StreamWriter(\"a\"); var w = new Lines(f); return Task.Run(w.Run);")]
    [InlineData("{|TW7006:using|} var f = new StreamWriter(\"a\"); var w = new Lines(f); return Task.Run(() => w.RunAsync());")]
    [InlineData("{|TW7006:using|} var log = new Log(); Task.Run(() => log.Write(\"a\"));")]
    [InlineData("{|TW7006:using|} var log = new Log(); var t = new Thread(() => log.WriteDeep(\"a\")); t.Start(); Console.WriteLine(\"b\");")]
    [InlineData("{|TW7006:using|} (var log = new Log()) { var t = Task.Run(() => { for (var i = 0; i < 9; i++) log.Write($\"{i}\"); }); }")]
    [InlineData("{|TW7006:using|} (var log = new Log()) { return Task.Run(() => log.Write(\"a\")); }")]
    [InlineData("var log = new Log(); var t = Task.Run(() => log.Write(\"a\")); log.{|TW7006:Dispose()|};")]
    [InlineData("{|TW7006:using|} var log = new MaybeLog(); Task.Run(() => log.Write(\"a\"));")]
    [InlineData("foreach (var x in new[] { 1, 2 }) { {|TW7006:using|} var log = new Log(); Task.Run(() => log.Write($\"{x}\")); }")]
    [InlineData("{|TW7006:using|} var f = new StreamWriter(\"a\"); Jobs.Begin(f);")]
    [InlineData("{|TW7006:using|} var f = new StreamWriter(\"a\"); Jobs.BeginDeep(f); Console.WriteLine();")]
    [InlineData("{|TW7006:using|} (var f = new StreamWriter(\"a\")) Jobs.BeginKept(f); Jobs.WaitForAll();")]
    [InlineData("{|TW7006:using|} var f = new StreamWriter(\"a\"); return Jobs.Started(f);")]
    [InlineData("{|TW7006:using|} var f = new StreamWriter(\"a\"); var t = Jobs.StartedThread(f); Console.WriteLine(\"started\");")]
    [InlineData("{|TW7006:using|} var f = new StreamWriter(\"a\"); var w = new Writer(f); Console.WriteLine(\"started\");")]
    [InlineData("{|TW7006:using|} var g = new SemaphoreSlim(1); var s = new Signals(g, null!, null!); Task.Run(s.Run);")]
    [InlineData("{|TW7006:using|} var left = new CountdownEvent(1); var s = new Signals(null!, left, null!); ThreadPool.QueueUserWorkItem(_ => s.Count());")]
    [InlineData("{|TW7006:using|} var q = new BlockingCollection<int>(); var s = new Signals(null!, null!, q); new Thread(s.Put).Start();")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("using var f = new StreamWriter(\"a\"); var w = new Lines(f); var t = new Thread(w.Run); t.Start(); t.Join();")]
    [InlineData("using var f = new StreamWriter(\"a\"); var w = new Lines(f); Task.Run(w.Run).Wait();")]
    [InlineData("using var f = new StreamWriter(\"a\"); var w = new Lines(f); var t = Task.Run(w.Run); t.GetAwaiter().GetResult();")]
    [InlineData("using var f = new StreamWriter(\"a\"); var w = new Lines(f); w.Run();")]
    [InlineData("using var f = new StreamWriter(\"a\"); var w = new Lines(f); Task.Run(() => w.RunSometimes(wait));")]
    [InlineData("using var f = new StreamWriter(\"a\"); var w = new Lines(f); Task.Run(w.RunGuarded);")]
    [InlineData("using var f = new StreamWriter(\"a\"); var w = new Lines(f); Task.Run(w.RunOrNot);")]
    [InlineData("using var f = new StreamWriter(\"a\"); var w = new Lines(f); var t = Task.Run(w.Loop); w.Stop();")]
    [InlineData("using var f = new StreamWriter(\"a\"); using var g = new StreamWriter(\"b\"); var w = new Lines(f); var t = Task.Run(w.Run); t.Wait(); Task.Run(() => Console.WriteLine(g));")]
    [InlineData("var g = new StreamWriter(\"b\"); using var f = new StreamWriter(\"a\"); var w = new Lines(g); var t = Task.Run(w.Run);")]
    [InlineData("using var f = new StreamWriter(\"a\"); var w = new Lines(f); var t = new Thread(w.Run); t.Start(); WaitFor(t);")]
    [InlineData("using var f = new StreamWriter(\"a\"); var w = new Lines(f); var t = new Thread(w.Run); t.Start(); Done(() => t.Join());")]
    [InlineData("using var f = new StreamWriter(\"a\"); var w = new Lines(f); var t = Task.Run(w.Run); Jobs.WaitForAll();")]
    [InlineData("using var f = new StreamWriter(\"a\"); Action job = new Lines(f).Run; job();")]
    [InlineData("StreamWriter f; if (wait) f = new StreamWriter(\"a\"); else f = new StreamWriter(\"b\"); var w = new Lines(f); f = new StreamWriter(\"c\"); Task.Run(w.Run); f.Dispose();")]
    [InlineData("var f = new StreamWriter(\"a\"); var w = new Lines(f); var t = Task.Run(w.Run); if (wait) f.Dispose();")]
    [InlineData("var f = new StreamWriter(\"a\"); var w = new Lines(f); f.Dispose(); Task.Run(() => Console.WriteLine(w.To));")]
    [InlineData("using var log = new Log(); var t = Task.Run(() => log.Write(\"a\")); t.Wait();")]
    [InlineData("using var log = new Log(); Task.Run(() => log.Note(\"a\"));")]
    [InlineData("using var log = new Log(); Task.Run(() => log.WriteOther(\"a\"));")]
    [InlineData("using var log = new CarefulLog(); Task.Run(() => log.Write(\"a\"));")]
    [InlineData("using var log = new CarefulLog(); log.Begin(\"a\");")]
    [InlineData("using var log = new CarefulLog(); Task.Run(() => log.WriteAlways(\"a\"));")]
    [InlineData("var log = new Log(); var t = Task.Run(() => log.Write(\"a\")); t.ContinueWith(_ => log.Dispose());")]
    [InlineData("var log = new Log(); Task.Run(() => { log.Write(\"a\"); log.Dispose(); });")]
    [InlineData("using var keeper = new Keeper(new StreamWriter(\"a\")); Task.Run(() => keeper.Write());")]
    [InlineData("using var f = new StreamWriter(\"a\"); Jobs.BeginAndWait(f);")]
    [InlineData("using var f = new StreamWriter(\"a\"); Jobs.BeginDeepAndWait(f);")]
    [InlineData("using var f = new StreamWriter(\"a\"); Jobs.BeginThenWaitForAll(f);")]
    [InlineData("using var f = new StreamWriter(\"a\"); Jobs.BeginKept(f); Jobs.WaitForAll();")]
    [InlineData("using var f = new StreamWriter(\"a\"); Jobs.BeginTold(f, t => t.Wait());")]
    [InlineData("using var f = new StreamWriter(\"a\"); Jobs.Started(f).Wait();")]
    [InlineData("using var f = new StreamWriter(\"a\"); Jobs.StartedThread(f).Join();")]
    [InlineData("using var f = new StreamWriter(\"a\"); var t = Jobs.StartedThread(f); t.Join();")]
    [InlineData("using var f = new StreamWriter(\"a\"); Jobs.Use(f);")]
    [InlineData("using var f = new StreamWriter(\"a\"); Jobs.Ignore(f);")]
    [InlineData("using var f = new StreamWriter(\"a\"); Jobs.UseAsync(f).Wait();")]
    [InlineData("using var f = new StreamWriter(\"a\"); var w = new Writer(f); w.Wait();")]
    [InlineData("using var f = new StreamWriter(\"a\"); using var w = new DisposedWriter(f); Console.WriteLine();")]
    [InlineData("using (var f = new StreamWriter(\"a\")) using (var w = new DisposedWriter(f)) Console.WriteLine();")]
    [InlineData("using var q = new BlockingCollection<int>(); var s = new Signals(null!, null!, q); var t = Task.Run(s.Take); q.CompleteAdding(); t.Wait();")]
    [InlineData("using var left = new CountdownEvent(1); var s = new Signals(null!, left, null!); ThreadPool.QueueUserWorkItem(_ => s.Count()); left.Wait();")]
    [InlineData("using var source = new CancellationTokenSource(); Task.Run(() => Jobs.Tick(), source.Token);")]
    public Task Innocent(string code) => In(code);

    /// <summary>The writer stops by a flag of its own object, or the scope lies in a helper: neither is followed.</summary>
    [Theory]
    [InlineData("using var f = new StreamWriter(\"a\"); Task.Run(() => Jobs.Use(wait ? f : null!));")]
    [InlineData("var f = new StreamWriter(\"a\"); Jobs.Begin(f); f.Dispose();")]
    public Task Misses_objects_without_a_name_and_calls_before_an_explicit_disposal(string code) => In(code);

    /// <summary>What one file shows is TW4005's.</summary>
    [Fact]
    public Task The_live_rule_speaks_first() => Verify.Rule("TW7006", """
        static class Writing { public static void One(StreamWriter to) => to.Write(1); }
        class C
        {
            void M()
            {
                {|TW4005:using|} var f = new StreamWriter("a");
                Task.Run(() => Writing.One(f));
            }
        }
        """);

    private static Task In(string code) => Verify.Rule("TW7006", $$"""
        class C
        {
            private static void WaitFor(Thread t) => t.Join();
            private static void Done(Action a) => a();
            object? M(bool wait)
            {
                {{code}}
                return null;
            }
        }
        """, static test => test.TestState.Sources.Add(("Types.cs", Types)));
}
