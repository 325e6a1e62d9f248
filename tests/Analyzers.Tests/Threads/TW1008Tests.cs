using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1008Tests
{
    [Theory]
    [InlineData("var t = new Thread({|TW1008:() => Square(3)|}); t.Start(); t.Join();")]
    [InlineData("new Thread({|TW1008:() => Square(3)|}).Start();")]
    [InlineData("var t = new Thread({|TW1008:() => { Square(3); }|}); t.Start(); t.Join();")]
    [InlineData("var t = new Thread({|TW1008:() => { var x = _field; Square(x); }|}); t.Start(); t.Join();")]
    [InlineData("foreach (var x in xs) { var t = new Thread({|TW1008:() => Square(x)|}); t.Start(); }")]
    [InlineData("var t = new Thread({|TW1008:x => Square((int)x!)|}); t.Start(3); t.Join();")]
    [InlineData("var t = new Thread(new ThreadStart({|TW1008:() => Square(3)|})); t.Start();")]
    [InlineData("ThreadStart go = {|TW1008:() => Square(3)|}; var t = new Thread(go); t.Start();")]
    [InlineData("var t = new Thread({|TW1008:Run|}); t.Start();")]
    [InlineData("void Local() { Square(2); } var t = new Thread({|TW1008:Local|}); t.Start();")]
    [InlineData("var t = new Thread({|TW1008:() => Outer(3)|}); t.Start(); t.Join();")]
    [InlineData("var t = new Thread({|TW1008:() => Squares(xs)|}); t.Start(); t.Join();")]
    [InlineData("var t = new Thread({|TW1008:() => Slow(3)|}); t.Start(); t.Join();")]
    [InlineData("var t = new Thread({|TW1008:() => Text(xs)|}); t.Start(); t.Join();")]
    [InlineData("var t = new Thread({|TW1008:() => OfField()|}); t.Start(); t.Join();")]
    [InlineData("var t = new Thread({|TW1008:() => xs.Sum()|}); t.Start(); t.Join();")]
    [InlineData("var t = new Thread({|TW1008:() => xs.Select(x => x * x).Max()|}); t.Start(); t.Join();")]
    [InlineData("var t = new Thread({|TW1008:() => xs.Select(Square).Max()|}); t.Start(); t.Join();")]
    [InlineData("var t = new Thread({|TW1008:() => Math.Pow(2, _field)|}); t.Start(); t.Join();")]
    [InlineData("var t = new Thread({|TW1008:() => Made(3)|}); t.Start(); t.Join();")]
    [InlineData("ThreadPool.QueueUserWorkItem({|TW1008:_ => Square(3)|});")]
    [InlineData("var t = new Thread({|TW1008:() => other.Compute(3)|}); t.Start(); t.Join();")]
    [InlineData("var t = new Thread({|TW1008:() => Fib(40)|}); t.Start(); t.Join();")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("var r = 0; var t = new Thread(() => r = Square(3)); t.Start(); t.Join(); Console.WriteLine(r);")]
    [InlineData("var rs = new int[1]; var t = new Thread(() => rs[0] = Square(3)); t.Start(); t.Join(); Console.WriteLine(rs[0]);")]
    [InlineData("var q = new ConcurrentQueue<int>(); var t = new Thread(() => q.Enqueue(Square(3))); t.Start(); t.Join();")]
    [InlineData("var s = new HashSet<int>(); var t = new Thread(() => s.Add(Square(3))); t.Start(); t.Join();")]
    [InlineData("var d = new ConcurrentDictionary<int, int>(); var t = new Thread(() => d.TryAdd(3, Square(3))); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => Console.WriteLine(Square(3))); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => { _ = Square(3); }); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => { var r = Square(3); Console.WriteLine(r); }); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => Save(3)); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => SaveDeep(3)); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => Counted(3)); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => Cached(3)); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => Filled(xs)); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => Sorted(xs)); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => Told(3)); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => Locked(3)); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => Virtual(3)); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => other.Open(3)); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => given(3)); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => xs.Select(x => Save(x)).ToList()); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => xs.Select(Counted).ToList()); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => xs.Select(given).ToList()); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => Interlocked.Increment(ref _field)); t.Start(); t.Join();")]
    [InlineData("var n = 0; var t = new Thread(() => { n++; Square(n); }); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => { Square(3); Void(); }); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => { Void(); Square(3); }); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(Void); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => Void()); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => Burn()); t.Start();")]
    [InlineData("var t = new Thread(() => Lazily()); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => File.Exists(\"a\")); t.Start(); t.Join();")]
    [InlineData("var done = new ManualResetEvent(false); new Thread(() => done.Set()).Start(); done.WaitOne();")]
    [InlineData("var done = new ManualResetEvent(false); new Thread(() => { Square(1); done.Set(); }).Start(); done.WaitOne();")]
    [InlineData("var r = Task.Run(() => Square(3)); Console.WriteLine(r.Result);")]
    [InlineData("var text = new System.Text.StringBuilder(); var t = new Thread(() => text.Append(1)); t.Start(); t.Join();")]
    [InlineData("var random = new Random(); var t = new Thread(() => random.Next()); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => GetAsync()); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(given2); t.Start(); t.Join();")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("Parallel.ForEach(xs, {|TW1008:x => Square(x)|});")]
    [InlineData("Parallel.For(0, 9, {|TW1008:i => Fib(i)|});")]
    [InlineData("var t = new Thread({|TW1008:() => { var unused = Square(3); }|}); t.Start(); t.Join();")]
    [InlineData("Parallel.ForEach(xs, {|TW1008:x => { var y = x + 1; var z = Square(y); }|});")]
    [InlineData("Parallel.ForEach(xs, x => _field = Square(x));")]
    [InlineData("var r = new int[9]; Parallel.For(0, 9, i => r[i] = Square(i));")]
    [InlineData("Parallel.ForEach(xs, x => { var y = Square(x); Console.WriteLine(y); });")]
    [InlineData("Parallel.ForEach(xs, {|TW1008:x => Slow(x)|});")]
    [InlineData("Parallel.ForEach(xs, () => 0, (x, _, sum) => sum + Square(x), sum => Interlocked.Add(ref _field, sum));")]
    [InlineData("var set = new ConcurrentDictionary<int, int>(); Parallel.ForEach(xs, x => set.TryAdd(x, x));")]
    [InlineData("var t = new Thread(() => { using var unused = Open(); }); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => { _ = Square(3); }); t.Start(); t.Join();")]
    public Task Parallel_loops_and_locals_that_nobody_reads(string code) => In(code);

    /// <summary>To place it well would not bring the result back.</summary>
    [Theory]
    [InlineData("var a = new Thread({|TW1008:() => Fib(40)|}); var b = new Thread(() => _field = Fib(39)); a.Start(); b.Start(); a.Join(); b.Join();")]
    public Task It_speaks_before_the_placement_of_the_work(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW1008", $$"""
        class Other { public int Compute(int x) => x; public virtual int Open(int x) => x; }
        class Pair { public int A { get; set; } public int B { get; set; } }
        class C
        {
            private int _field;
            private readonly object _gate = new();
            private static readonly Lazy<int> s_lazy = new(() => 1);
            private static readonly Dictionary<int, int> s_cache = new();
            private static int Square(int x) => x * x;
            private static Stream Open() => new MemoryStream();
            private static int Outer(int x) => Inner(x) + 1;
            private static int Inner(int x) { if (x < 0) throw new ArgumentOutOfRangeException(nameof(x)); return Square(x); }
            private static List<int> Squares(int[] xs) { var all = new List<int>(); foreach (var x in xs) { all.Add(Square(x)); } return all; }
            private static string Text(int[] xs) { var text = new System.Text.StringBuilder(); for (var i = 0; i < xs.Length; i++) text.Append(xs[i]).Append(','); return text.ToString(); }
            private static int Slow(int x) { Thread.Sleep(100); return x; }
            private static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);
            private int OfField() => _field * 2;
            private static Pair Made(int x) { var pair = new Pair { A = x }; pair.B = x + 1; return pair; }
            private static void Run() { Square(3); }
            private static void Void() => Console.WriteLine();
            private static bool Save(int x) { File.WriteAllText("a", x.ToString()); return true; }
            private static bool SaveDeep(int x) => x > 0 && Save(x);
            private int Counted(int x) { _field++; return x; }
            private static int Cached(int x) { if (!s_cache.TryGetValue(x, out var y)) { s_cache[x] = y = x; } return y; }
            private static int Filled(int[] xs) { xs[0] = 1; return 1; }
            private static int[] Sorted(int[] xs) { Array.Sort(xs); return xs; }
            private static int Told(int x) { Console.WriteLine(x); return x; }
            private int Locked(int x) { lock (_gate) { return x; } }
            public virtual int Virtual(int x) => x;
            private static int Burn() { var x = 0; while (true) { x++; } }
            private static int Lazily() => Square(s_lazy.Value);
            private static async Task<int> GetAsync() { await Task.Yield(); return 1; }
            void M(int[] xs, Other other, Func<int, int> given, ThreadStart given2)
            {
                {{code}}
            }
        }
        """);
}
