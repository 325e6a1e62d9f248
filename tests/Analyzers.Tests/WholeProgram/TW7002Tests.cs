using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.WholeProgram;

public class TW7002Tests
{
    [Theory]
    [InlineData("var l = new Log(); Parallel.For(0, 9, i => l.Write(\"x\"));")]
    [InlineData("var l = new Log(); Parallel.ForEach(xs, l.Write);")]
    [InlineData("var l = new Log(); var a = Task.Run(() => l.Write(\"a\")); var b = Task.Run(() => l.Write(\"b\")); Task.WaitAll(a, b);")]
    [InlineData("var l = new Log(); var a = Task.Run(() => l.Write(\"a\")); l.Write(\"b\"); a.Wait();")]
    [InlineData("var l = new Log(); foreach (var x in xs) new Thread(() => l.Write(x)).Start();")]
    [InlineData("var l = new Log(); foreach (var x in xs) ThreadPool.QueueUserWorkItem(_ => Tools.Tell(l, x));")]
    [InlineData("var l = new Log(); var u = new User(l); Parallel.For(0, 9, i => u.Work());")]
    [InlineData("var l = new Log(); Parallel.Invoke(() => l.Write(\"a\"), () => l.Show());")]
    [InlineData("var l = new Log(); Parallel.For(0, 9, i => Array.ForEach(xs, l.Write));")]
    [InlineData("Parallel.For(0, 9, i => _own.Write(\"x\"));")]
    [InlineData("Parallel.For(0, 9, i => Tools.Shared.Write(\"x\"));")]
    [InlineData("Parallel.For(0, 9, i => given.Write(\"x\"));")]
    public Task Guilty(string code) => In(code, "{|TW7002:_lines|}.Add(line)");

    [Theory]
    [InlineData("{|TW7002:_lines|}.Clear()")]
    [InlineData("{|TW7002:_lines|}.Insert(0, line)")]
    [InlineData("{|TW7002:_byName|}[line] = 1")]
    [InlineData("{|TW7002:_byName|}.TryAdd(line, 1)")]
    [InlineData("{|TW7002:_text|}.Append(line)")]
    [InlineData("{|TW7002:Pending|}.Enqueue(line)")]
    public Task Guilty_changes(string change) => In("Parallel.For(0, 9, i => given.Write(\"x\"));", change);

    [Theory]
    [InlineData("{|TW7002:_lines|}.Add(1)")]
    [InlineData("{|TW7002:_lines|}.Remove(1)")]
    [InlineData("{|TW7002:_lines|}.RemoveAt(0)")]
    [InlineData("{|TW7002:_lines|}.Insert(0, 1)")]
    [InlineData("{|TW7002:_lines|}.Reverse()")]
    [InlineData("Console.WriteLine(_lines.Count)")]
    public Task One_list(string change) => Verify.Rule("TW7002", $$"""
        class Log
        {
            private readonly List<int> _lines = new();
            public void Write() { {{change}}; }
        }
        class C
        {
            void M() { var log = new Log(); Parallel.For(0, 9, i => log.Write()); }
        }
        """);

    [Theory]
    [InlineData("var l = new Log(); l.Write(\"a\"); l.Write(\"b\");")]
    [InlineData("var l = new Log(); var a = Task.Run(() => l.Write(\"a\")); a.Wait(); l.Write(\"b\");")]
    [InlineData("var l = new Log(); Parallel.For(0, 9, i => Console.WriteLine(l.Count));")]
    [InlineData("var l = new Log(); l.Write(\"a\"); Parallel.For(0, 9, i => l.Show());")]
    [InlineData("Parallel.For(0, 9, i => { var l = new Log(); l.Write(\"a\"); });")]
    [InlineData("foreach (var x in xs) { var l = new Log(); new Thread(() => l.Write(x)).Start(); }")]
    [InlineData("foreach (var l in logs) Task.Run(() => l.Write(\"x\"));")]
    [InlineData("Parallel.ForEach(logs, l => l.Write(\"x\"));")]
    [InlineData("var l = new Log(); var gate = new object(); Parallel.For(0, 9, i => { lock (gate) l.Write(\"x\"); });")]
    [InlineData("var l = new Log(); var s = new SemaphoreSlim(1, 1); Parallel.For(0, 9, i => { s.Wait(); l.Write(\"x\"); s.Release(); });")]
    [InlineData("var l = new Log(); Parallel.For(0, 9, i => { if (i == 0) l.Write(\"x\"); });")]
    [InlineData("var l = new Log(); var b = new Barrier(2); Parallel.Invoke(() => { l.Write(\"a\"); b.SignalAndWait(); }, () => { b.SignalAndWait(); l.Write(\"b\"); });")]
    [InlineData("var l = new Log(); Parallel.For(0, 9, i => writer.Write(l));")]
    [InlineData("Parallel.For(0, 9, i => Make().Write(\"x\"));")]
    public Task Innocent(string code) => In(code, "_lines.Add(line)");

    [Theory]
    [InlineData("lock (_gate) { _lines.Add(line); }")]
    [InlineData("lock (_lines) { _lines.Add(line); }")]
    [InlineData("lock (_gate) { Inner(line); }")]
    [InlineData("_queue.Enqueue(line)")]
    [InlineData("_byKey.TryAdd(line, 1)")]
    [InlineData("_slots[line.Length] = line")]
    [InlineData("_lines[line.Length] = line")]
    [InlineData("var copy = new List<string>(_lines); copy.Add(line); _lines2 = copy")]
    [InlineData("Console.WriteLine(_lines.Count)")]
    [InlineData("_frozen = _frozen.Add(line)")]
    [InlineData("t_lines.Add(line)")]
    [InlineData("Enter(); _lines.Add(line); Exit()")]
    public Task Innocent_changes(string change) => In("Parallel.For(0, 9, i => given.Write(\"x\"));", change);

    private static Task In(string code, string change) => Verify.Rule("TW7002", $$"""
        class C
        {
            private readonly Log _own = new();
            private static Log Make() => new();
            public void M(string[] xs, Log given, List<Log> logs, IWriter writer)
            {
                {{code}}
            }
        }
        """, test => test.TestState.Sources.Add(("Types.cs", $$"""
        class Log
        {
            private readonly List<string> _lines = new();
            private List<string> _lines2 = new();
            private readonly Dictionary<string, int> _byName = new();
            private readonly System.Text.StringBuilder _text = new();
            private readonly object _gate = new();
            private readonly ConcurrentQueue<string> _queue = new();
            private readonly ConcurrentDictionary<string, int> _byKey = new();
            private readonly string[] _slots = new string[9];
            private volatile System.Collections.Immutable.ImmutableList<string> _frozen = System.Collections.Immutable.ImmutableList<string>.Empty;
            [ThreadStatic] private static List<string> t_lines = new();
            private Queue<string> Pending { get; } = new();
            public Log() { _lines.Add("begin"); }
            public void Write(string line) { {{change}}; }
            private void Inner(string line) { _lines.Add(line); }
            private void Enter() { Monitor.Enter(_gate); }
            private void Exit() { Monitor.Exit(_gate); }
            public int Count => _lines.Count;
            public void Show() { foreach (var line in _lines) Console.WriteLine(line); }
        }
        class User
        {
            private readonly Log _log;
            public User(Log log) { _log = log; }
            public void Work() { _log.Write("work"); }
        }
        interface IWriter { void Write(Log log); }
        static class Tools
        {
            public static readonly Log Shared = new();
            public static void Tell(Log log, string line) { log.Write(line); }
        }
        """)));

    [Fact]
    public Task The_live_rule_speaks_first() => Verify.Rule("TW7002", """
        class Log
        {
            private readonly List<int> _lines = new();
            public void Add(int n) { {|TW3005:_lines|}.Add(n); }
            public void AddAll() { Parallel.For(0, 9, i => Add(i)); }
        }
        class C { void M() { var l = new Log(); Parallel.For(0, 9, i => l.Add(i)); } }
        """);

    [Fact]
    public Task A_collection_that_types_hand_to_each_other() => Verify.Rule("TW7002", """
        class Basket { public readonly List<int> Items = new(); }
        class Filler(Basket basket) { public void Fill() { {|TW7002:basket.Items|}.Add(1); } }
        class C
        {
            void M()
            {
                var basket = new Basket();
                var filler = new Filler(basket);
                var t = Task.Run(filler.Fill);
                var u = Task.Run(filler.Fill);
                Task.WaitAll(t, u);
            }
        }
        """);

    /// <summary>Collections behind an interface, and those that a helper of another type is given.</summary>
    [Theory]
    [InlineData("class Bag { readonly IList<int> _l = new List<int>(); public void Add(int x) => {|TW7002:_l|}.Add(x); } class C { void M(int[] xs) { var b = new Bag(); Parallel.ForEach(xs, x => b.Add(x)); } }")]
    [InlineData("class Bag { public IDictionary<int,int> D { get; } = new Dictionary<int,int>(); public void Add(int x) => {|TW7002:D|}[x] = 1; } class C { void M(int[] xs) { var b = new Bag(); Parallel.ForEach(xs, x => b.Add(x)); } }")]
    [InlineData("static class H { public static void Add(List<int> l, int x) => {|TW7002:l|}.Add(x); } class C { void M(int[] xs) { var b = new List<int>(); Parallel.ForEach(xs, x => H.Add(b, x)); } }")]
    [InlineData("static class H { public static void Add(this List<int> l, int x, int y) => {|TW7002:l|}.Add(x); } class C { void M(int[] xs) { var b = new List<int>(); Parallel.ForEach(xs, x => b.Add(x, 2)); } }")]
    [InlineData("static class H { public static void Add(List<int> l, int x) => {|TW7002:l|}.Add(x); } class C { readonly List<int> _b = new(); void M(int[] xs) { Parallel.ForEach(xs, x => H.Add(_b, x)); } }")]
    [InlineData("static class H { public static void Add(List<int> l, int x) => G.Add(l, x); } static class G { public static void Add(List<int> l, int x) => {|TW7002:l|}.Add(x); } class C { readonly List<int> _b = new(); void M(int[] xs) { Parallel.ForEach(xs, x => H.Add(_b, x)); } }")]
    [InlineData("static class H { public static void Add(StringBuilder l, int x) { {|TW7002:l|}.Append(x); } } class C { async Task M() { var b = new StringBuilder(); var t = Task.Run(() => H.Add(b, 1)); H.Add(b, 2); await t; } }")]
    // Near misses
    [InlineData("class Bag(IList<int> l) { readonly IList<int> _l = l; public void Add(int x) => _l.Add(x); } class C { void M(int[] xs) { var b = new Bag(new List<int>()); Parallel.ForEach(xs, x => b.Add(x)); } }")]
    [InlineData("static class H { public static void Add(List<int> l, int x) { lock (l) l.Add(x); } } class C { void M(int[] xs) { var b = new List<int>(); Parallel.ForEach(xs, x => H.Add(b, x)); } }")]
    [InlineData("static class H { public static void Add(List<int> l, int x) => l.Add(x); } class C { readonly List<int> _b = new(); void M(int[] xs) { Parallel.ForEach(xs, x => { lock (_b) H.Add(_b, x); }); } }")]
    [InlineData("static class H { public static void Add(List<int> l, int x) => l.Add(x); } class C { void M(int[] xs) { Parallel.ForEach(xs, x => { var b = new List<int>(); H.Add(b, x); }); } }")]
    [InlineData("static class H { public static void Add(List<int> l, int x) { l = new(l); l.Add(x); } } class C { void M(int[] xs) { var b = new List<int>(); Parallel.ForEach(xs, x => { H.Add(b, x); }); } }")]
    [InlineData("static class H { public static void Add(List<int>[] l, int x) { l[x].Add(x); } } class C { void M(int[] xs) { var b = new List<int>[9]; Parallel.ForEach(xs, x => { H.Add(b, x); }); } }")]
    [InlineData("static class H { public static void Add(List<int> l, int x) { l.Add(x); } } class C { void M(List<int>[] b) { Parallel.For(0, 9, i => H.Add(b[i], i)); Parallel.For(0, 9, i => { var own = b[i]; H.Add(own, i); }); } }")]
    [InlineData("static class H { public static void Add(StringBuilder l, int x) { l.Append(x); } } class C { async Task M() { var b = new StringBuilder(); var t = Task.Run(() => H.Add(b, 1)); await t; H.Add(b, 2); } }")]
    public Task Collections_behind_an_interface_or_given_away(string code) => Verify.Rule("TW7002", "using System.Text; " + code);
}
