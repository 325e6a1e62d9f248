using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.SharedState;

public class TW3005Tests
{
    [Theory]
    [InlineData("List<int> M(int[] xs) { var r = new List<int>(); Parallel.ForEach(xs, x => {|TW3005:r|}.Add(x * 2)); return r; }")]
    [InlineData("List<int> M(int[] xs) { var r = new List<int>(); Parallel.ForEach(xs, x => { if (x > 0) { {|TW3005:r|}.Add(x); } }); return r; }")]
    [InlineData("Dictionary<int, int> M(int[] xs) { var r = new Dictionary<int, int>(); Parallel.ForEach(xs, x => {|TW3005:r|}[x] = x * 2); return r; }")]
    [InlineData("readonly Dictionary<string, int> _counts = new(); void M(string[] xs) => Parallel.ForEach(xs, x => { {|TW3005:_counts|}[x] = x.Length; });")]
    [InlineData("readonly HashSet<int> _seen = new(); void M(int[] xs) => Parallel.ForEach(xs, Add); private void Add(int x) { {|TW3005:_seen|}.Add(x); }")]
    [InlineData("static readonly Queue<int> s_queue = new(); void M(int[] xs) => Parallel.ForEach(xs, x => A(x)); private static void A(int x) => B(x); private static void B(int x) => {|TW3005:s_queue|}.Enqueue(x);")]
    [InlineData("string M(string[] xs) { var text = new StringBuilder(); Parallel.ForEach(xs, x => {|TW3005:text|}.Append(x)); return text.ToString(); }")]
    [InlineData("async Task<List<int>> M(int[] xs) { var r = new List<int>(); await Parallel.ForEachAsync(xs, async (x, ct) => { await Task.Delay(1, ct); {|TW3005:r|}.Add(x); }); return r; }")]
    [InlineData("async Task<List<int>> M(int[] xs, Func<int, Task<int>> get) { var r = new List<int>(); await Task.WhenAll(xs.Select(async x => {|TW3005:r|}.Add(await get(x)))); return r; }")]
    [InlineData("readonly Dictionary<int, string> _d = new(); async Task M(int[] xs, System.IO.StreamReader f) { var ts = new List<Task>(); foreach (var x in xs) ts.Add(One(x, f)); await Task.WhenAll(ts); } private async Task One(int x, System.IO.StreamReader f) { {|TW3005:_d|}[x] = await f.ReadToEndAsync(); }")]
    // By way of what runs it on the spot
    [InlineData("readonly List<int> _r = new(); private void Add(int x) => {|TW3005:_r|}.Add(x); void M(int[][] xs) => Parallel.ForEach(xs, a => Array.ForEach(a, Add));")]
    [InlineData("readonly List<int> _r = new(); private void Add(int x) => {|TW3005:_r|}.Add(x); void M(List<int>[] xs) => Parallel.ForEach(xs, a => a.ForEach(Add));")]
    [InlineData("readonly List<int> _r = new(); private int Add(int x) { {|TW3005:_r|}.Add(x); return x; } void M(int[][] xs) => Parallel.ForEach(xs, a => { var ys = a.Select(Add).Where(y => y > 0).ToArray(); });")]
    [InlineData("readonly List<int> _r = new(); static void Each(int[] a, Action<int> f) { foreach (var x in a) f(x); } void M(int[][] xs) => Parallel.ForEach(xs, a => Each(a, x => {|TW3005:_r|}.Add(x)));")]
    [InlineData("readonly List<int> _r = new(); private void Add(int x) => {|TW3005:_r|}.Add(x); static async Task Again(int x, Func<Task> f) { await Task.Delay(x); await f(); } Task M(int[] xs) => Parallel.ForEachAsync(xs, async (x, ct) => await Again(x, async () => { await Task.Yield(); Add(x); }));")]
    [InlineData("async Task<List<int>> M(int[] xs) { var r = new List<int>(); await Task.WhenAll(xs.Select(x => Task.Run(() => {|TW3005:r|}.Add(x)))); return r; }")]
    [InlineData("List<int> M(int[] xs) { var r = new List<int>(); var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => {|TW3005:r|}.Add(x)); ts.Add(t); t.Start(); } foreach (var t in ts) t.Join(); return r; }")]
    [InlineData("readonly Stack<int> _stack = new(); void M() { for (var i = 0; i < 4; i++) ThreadPool.QueueUserWorkItem(_ => {|TW3005:_stack|}.Push(1)); }")]
    [InlineData("void M() { var q = new Queue<int>(); var a = new Thread(() => {|TW3005:q|}.Enqueue(1)); var b = new Thread(() => q.TryDequeue(out _)); a.Start(); b.Start(); a.Join(); b.Join(); }")]
    [InlineData("void M() { var list = new List<int>(); var t = new Thread(() => list.Add(1)); t.Start(); {|TW3005:list|}.Add(2); t.Join(); }")]
    [InlineData("void M() { var map = new Dictionary<int, int>(); Parallel.Invoke(() => {|TW3005:map|}.Add(1, 1), () => map.Add(2, 2)); }")]
    [InlineData("void M(int[] xs) { var r = new List<int>(); xs.AsParallel().ForAll(x => {|TW3005:r|}.Add(x)); }")]
    [InlineData("void M(int[] xs, List<int>[] buckets) => Parallel.ForEach(xs, x => {|TW3005:buckets[x % 8]|}.Add(x));")]
    [InlineData("readonly Dictionary<int, int> _d = new(); void M(int[] xs) => Parallel.ForEach(xs, x => { if (!_d.TryGetValue(x, out var v)) {|TW3005:_d|}[x] = 1; });")]
    public Task Collections_that_threads_change_at_once_are_reported(string code) => Verify.Rule("TW3005", In(code));

    [Theory]
    [InlineData("List<int> M(int[] xs) { var r = new List<int>(); Parallel.ForEach(xs, x => { lock (r) r.Add(x); }); return r; }")]
    [InlineData("List<int> M(int[] xs) { var r = new List<int>(); var gate = new object(); Parallel.ForEach(xs, x => { var y = x * 2; lock (gate) { r.Add(y); } }); return r; }")]
    [InlineData("readonly Dictionary<int, int> _map = new(); readonly object _gate = new(); void M(int[] xs) => Parallel.ForEach(xs, Add); private void Add(int x) { lock (_gate) { Really(x); } } private void Really(int x) => _map[x] = 1;")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); async Task M(int[] xs) { var r = new List<int>(); await Parallel.ForEachAsync(xs, async (x, ct) => { await _gate.WaitAsync(ct); try { r.Add(x); } finally { _gate.Release(); } }); }")]
    [InlineData("ConcurrentBag<int> M(int[] xs) { var r = new ConcurrentBag<int>(); Parallel.ForEach(xs, x => r.Add(x)); return r; }")]
    [InlineData("ConcurrentDictionary<int, int> M(int[] xs) { var r = new ConcurrentDictionary<int, int>(); Parallel.ForEach(xs, x => r[x] = x); return r; }")]
    [InlineData("int[] M(int[] xs) { var r = new int[xs.Length]; Parallel.For(0, xs.Length, i => r[i] = xs[i] * 2); return r; }")]
    [InlineData("void M(int[] xs, List<int>[] rows) => Parallel.For(0, rows.Length, i => rows[i].Add(xs[i]));")]
    [InlineData("void M(Row[] rows) => Parallel.ForEach(rows, row => row.Cells.Add(1)); sealed class Row { public List<int> Cells { get; } = new(); }")]
    [InlineData("void M(int[] xs) => Parallel.ForEach(xs, x => { var own = new List<int>(); own.Add(x); Console.WriteLine(own.Count); });")]
    [InlineData("void M(int[] xs, Dictionary<int, string> names) => Parallel.ForEach(xs, x => Console.WriteLine(names[x]));")]
    [InlineData("void M(int[] xs, HashSet<int> known) => Parallel.ForEach(xs, x => { if (known.Contains(x)) Console.WriteLine(x); });")]
    [InlineData("List<int> M(int[] xs) { var r = new List<int>(); foreach (var x in xs) { var t = new Thread(() => r.Add(x)); t.Start(); t.Join(); } return r; }")]
    [InlineData("async Task<List<int>> M(int[] xs) { var r = new List<int>(); await Task.WhenAll(xs.Select(async x => { r.Add(x); await Task.Delay(x); })); return r; }")]
    [InlineData("async Task<List<int>> M(int[] xs) { var r = new List<int>(); await Task.WhenAll(xs.Select(async x => { await Task.Delay(x); lock (r) r.Add(x); })); return r; }")]
    [InlineData("async Task<List<int>> M(int[] xs) { var r = new List<int>(); await Task.WhenAll(xs.Select(async x => { var own = new List<int>(); await Task.Delay(x); own.Add(x); })); return r; }")]
    // The helper has a lock, keeps it for later, or runs it on another thread; a query that nobody goes through
    [InlineData("readonly List<int> _r = new(); readonly object _gate = new(); void Each(int[] a, Action<int> f) { foreach (var x in a) lock (_gate) f(x); } void M(int[][] xs) => Parallel.ForEach(xs, a => Each(a, x => _r.Add(x)));")]
    [InlineData("readonly List<int> _r = new(); Action<int>? _f; void Keep(int[] a, Action<int> f) { _f = f; } void M(int[][] xs) => Parallel.ForEach(xs, a => Keep(a, x => _r.Add(x)));")]
    [InlineData("readonly List<int> _r = new(); static IEnumerable<int> Each(int[] a, Func<int, int> f) { foreach (var x in a) yield return f(x); } void M(int[][] xs) => Parallel.ForEach(xs, a => Each(a, x => { _r.Add(x); return x; }));")]
    [InlineData("readonly List<int> _r = new(); private int Add(int x) { _r.Add(x); return x; } void M(int[][] xs, IEnumerable<int>[] ys) => Parallel.For(0, 9, i => { ys[i] = xs[i].Select(Add); });")]
    [InlineData("readonly List<int> _r = new(); static void Each(int[] a, Action<int> f) { foreach (var x in a) f(x); } void M(int[][] xs) { foreach (var a in xs) Each(a, x => _r.Add(x)); Parallel.ForEach(xs, a => Each(a, x => Console.WriteLine(x))); }")]
    [InlineData("async Task<List<int>> M(int[] xs) { var r = new List<int>(); foreach (var x in xs) await Task.Run(() => r.Add(x)); return r; }")]
    [InlineData("List<int> M() { var r = new List<int>(); var t = new Thread(() => r.Add(1)); t.Start(); t.Join(); r.Add(2); return r; }")]
    [InlineData("List<int> M() { var r = new List<int> { 1 }; r.Add(2); var t = new Thread(() => r.Add(3)); t.Start(); t.Join(); return r; }")]
    [InlineData("List<int> M(int[] xs) { var r = new List<int>(); Parallel.For(0, xs.Length, () => new List<int>(), (i, s, own) => { own.Add(xs[i]); return own; }, own => { lock (r) r.AddRange(own); }); return r; }")]
    [InlineData("List<int> M(int[] xs) => xs.AsParallel().Select(x => x * 2).ToList();")]
    [InlineData("List<int> M(int[] xs) { var r = new List<int>(); xs.ToList().ForEach(x => r.Add(x)); return r; }")]
    [InlineData("List<int> M(int[] xs) { var r = new List<int>(); Parallel.ForEach(xs, new ParallelOptions { MaxDegreeOfParallelism = 1 }, x => r.Add(x)); return r; }")]
    [InlineData("[ThreadStatic] static List<int>? s_own; void M(int[] xs) => Parallel.ForEach(xs, x => (s_own ??= new()).Add(x));")]
    [InlineData("void M(BlockingCollection<int> ready) { var list = new List<int>(); var a = new Thread(() => { list.Add(1); ready.Add(1); }); var b = new Thread(() => { ready.Take(); list.Add(2); }); a.Start(); b.Start(); a.Join(); b.Join(); }")]
    [InlineData("void M(List<int> list) { var a = new Thread(() => Console.WriteLine(list.Contains(1))); var b = new Thread(() => { foreach (var x in list) Console.WriteLine(x); }); a.Start(); b.Start(); a.Join(); b.Join(); }")]
    [InlineData("void M(List<int>[] buckets) { var a = new Thread(() => buckets[0].Add(1)); var b = new Thread(() => buckets[1].Add(1)); a.Start(); b.Start(); a.Join(); b.Join(); }")]
    [InlineData("void M() { var list = new List<int>(); var t = new Thread(() => Console.WriteLine(\"runs\")); t.Start(); list.Add(2); t.Join(); }")]
    [InlineData("readonly List<int> _list = new(); public void Start() { var t = new Thread(Run); t.Start(); } private void Run() { lock (_list) _list.Add(1); } public void Add() { lock (_list) _list.Add(2); }")]
    [InlineData("void M(int[] xs) { var sb = new ThreadLocal<List<int>>(() => new()); Parallel.ForEach(xs, x => sb.Value!.Add(x)); }")]
    [InlineData("ImmutableList<int> _list = ImmutableList<int>.Empty; void M(int[] xs) => Parallel.ForEach(xs, x => ImmutableInterlocked.Update(ref _list, l => l.Add(x)));")]
    // Places of a list of their own, one thread alone, lists handed over
    [InlineData("void M(int[] xs) { var r = new List<int>(new int[xs.Length]); Parallel.For(0, xs.Length, i => r[i] = xs[i] * 2); }")]
    [InlineData("void M(int[] xs) { var l = new List<int>(); xs.AsParallel().WithDegreeOfParallelism(1).ForAll(x => l.Add(x)); }")]
    [InlineData("async Task M() { var l = new List<int>(); var e = new TaskCompletionSource<int>(); var t = Task.Run(() => { l.Add(1); e.TrySetResult(1); }); await e.Task; l.Add(2); await t; }")]
    [InlineData("void M(int[] xs) { var ls = Enumerable.Range(0, 4).Select(_ => new List<int>()).ToArray(); Parallel.For(0, 4, i => { var l = ls[i]; for (var j = i; j < xs.Length; j += 4) l.Add(xs[j]); }); }")]
    [InlineData("readonly ConcurrentDictionary<int, List<int>> _d = new(); void M(int[] xs) => Parallel.ForEach(xs, x => { var l = _d.GetOrAdd(x, _ => new List<int>()); lock (l) l.Add(x); });")]
    [InlineData("static void Fill(List<int> l, int x) { l.Add(x); } void M(List<int>[] ls) => Parallel.For(0, ls.Length, i => Fill(ls[i], i));")]
    [InlineData("void M(int[] xs) { var batch = new List<int>(); foreach (var x in xs) { batch.Add(x); if (batch.Count == 10) { var b = batch; Task.Run(() => b.Sort()); batch = new List<int>(); } } }")]
    [InlineData("readonly List<int> _l = new(); void M() { var snap = _l.ToArray(); var t = Task.Run(() => { foreach (var x in snap) Console.WriteLine(x); }); _l.Add(4); t.Wait(); }")]
    // A function that forks itself has its own variables each time
    [InlineData("static List<int> Sort(List<int> xs) { List<int> l = new(), r = new(); foreach (var x in xs) (x < xs[0] ? l : r).Add(x); l.Add(0); r.Add(1); Parallel.Invoke(() => l = Sort(l), () => r = Sort(r)); l.AddRange(r); return l; }")]
    [InlineData("static List<string> Files(string d) { var found = new List<string>(); found.Add(d); var inner = new List<string>[2]; Parallel.For(0, 2, i => inner[i] = Files(d + i)); Array.ForEach(inner, i => found.AddRange(i)); return found; }")]
    public Task Collections_that_are_kept_apart_are_left_alone(string code) => Verify.Rule("TW3005", In(code));

    /// <summary>What a variable of an interface's type holds is known where all that is ever put into it is.</summary>
    [Theory]
    [InlineData("IList<int> M(int[] xs) { IList<int> r = new List<int>(); Parallel.ForEach(xs, x => {|TW3005:r|}.Add(x)); return r; }")]
    [InlineData("void M(int[] xs) { IDictionary<int,int> r = new Dictionary<int,int>(); Parallel.ForEach(xs, x => {|TW3005:r|}[x] = 1); }")]
    [InlineData("void M(int[] xs) { ICollection<int> r = new List<int>(); Parallel.ForEach(xs, x => {|TW3005:r|}.Add(x)); }")]
    [InlineData("void M(int[] xs) { ISet<int> r = new HashSet<int>(); Parallel.ForEach(xs, x => {|TW3005:r|}.Add(x)); }")]
    [InlineData("readonly IList<int> _r = new List<int>(); void M(int[] xs) { Parallel.ForEach(xs, x => {|TW3005:_r|}.Add(x)); }")]
    [InlineData("private IList<int> _r = new List<int>(); void M(int[] xs) { Parallel.ForEach(xs, x => {|TW3005:_r|}.Add(x)); }")]
    [InlineData("readonly IDictionary<int,int> _r; public C() { _r = new Dictionary<int,int>(); } void M(int[] xs) { Parallel.ForEach(xs, x => {|TW3005:_r|}[x] = 1); }")]
    [InlineData("static readonly IDictionary<int,int> s_r = new Dictionary<int,int>(); void M(int[] xs) { Parallel.ForEach(xs, x => {|TW3005:s_r|}[x] = 1); }")]
    [InlineData("IList<int> R { get; } = new List<int>(); void M(int[] xs) { Parallel.ForEach(xs, x => {|TW3005:R|}.Add(x)); }")]
    [InlineData("void M() { IList<int> q = new List<int>(); var a = new Thread(() => {|TW3005:q|}.Add(1)); var b = new Thread(() => Console.WriteLine(q.Contains(1))); a.Start(); b.Start(); a.Join(); b.Join(); }")]
    [InlineData("void M() { IList<int> q = new List<int>(); var a = new Thread(() => q.Add(1)); var b = new Thread(() => { foreach (var x in {|TW3011:q|}) Console.WriteLine(x); }); a.Start(); b.Start(); a.Join(); b.Join(); }")]
    [InlineData("static void Put(IDictionary<int,int> l, int i, int x) { l[i] = x; } void M(int[] xs) { var r = new Dictionary<int,int>(); Parallel.For(0, 9, i => Put({|TW3005:r|}, i, 1)); }")]
    [InlineData("readonly object _g = new(); readonly IDictionary<int,int> _d = new Dictionary<int,int>(); public void A(int k) { lock (_g) _d[k] = 1; } public void B(int k) { lock (_g) _d.Remove(k); } public void D(int k) { {|TW3002:_d|}[k] = 2; }")]
    // Near misses
    [InlineData("void M(IList<int> r, int[] xs) { Parallel.ForEach(xs, x => r.Add(x)); }")]
    [InlineData("void M(int[] xs) { IDictionary<int,int> r = new ConcurrentDictionary<int,int>(); Parallel.ForEach(xs, x => r[x] = 1); }")]
    [InlineData("void M(int[] xs, bool b) { IDictionary<int,int> r = b ? new ConcurrentDictionary<int,int>() : new Dictionary<int,int>(); Parallel.ForEach(xs, x => r[x] = 1); }")]
    [InlineData("IDictionary<int,int> _r = new Dictionary<int,int>(); public C(bool b) { if (b) _r = new ConcurrentDictionary<int,int>(); } void M(int[] xs) { Parallel.ForEach(xs, x => _r[x] = 1); }")]
    [InlineData("readonly IDictionary<int,int> _r; public C(IDictionary<int,int> r) { _r = r; } public C() { _r = new Dictionary<int,int>(); } void M(int[] xs) { Parallel.ForEach(xs, x => _r[x] = 1); }")]
    [InlineData("void M(int[] xs) { IList<int> r = ArrayList.Synchronized(new List<int>()); Parallel.ForEach(xs, x => r.Add(x)); } static class ArrayList { public static IList<int> Synchronized(IList<int> l) => l; }")]
    [InlineData("void M(int[] xs) { IList<int> r = new int[9]; Parallel.For(0, 9, i => r[i] = i); }")]
    [InlineData("void M(int[] xs) { IList<int> r = new List<int>(new int[9]); Parallel.For(0, 9, i => r[i] = i); }")]
    [InlineData("void M(int[] xs) { IReadOnlyList<int> r = new List<int>(); Parallel.ForEach(xs, x => Console.WriteLine(r.Count)); }")]
    [InlineData("void M(int[] xs) { IList<int> r = new List<int>(); Parallel.ForEach(xs, x => { lock (r) r.Add(x); }); }")]
    [InlineData("internal IList<int> R = new List<int>(); void M(int[] xs) { Parallel.ForEach(xs, x => R.Add(x)); }")]
    [InlineData("static void Put(IDictionary<int,int> l, int i, int x) { l[i] = x; } void M(int[] xs) { var r = new ConcurrentDictionary<int,int>(); Parallel.For(0, 9, i => Put(r, i, 1)); }")]
    [InlineData("readonly object _g = new(); readonly IDictionary<int,int> _d = new ConcurrentDictionary<int,int>(); public void A(int k) { lock (_g) _d[k] = 1; } public void B(int k) { lock (_g) _d.Remove(k); } public void D(int k) { _d[k] = 2; }")]
    public Task Collections_behind_an_interface(string code) => Verify.Rule("TW3005", In(code));

    /// <summary>To give a collection to a helper of the type is to do with it what the helper does.</summary>
    [Theory]
    [InlineData("static void Add(List<int> l, int x) { l.Add(x); } void M(int[] xs) { var r = new List<int>(); Parallel.ForEach(xs, x => Add({|TW3005:r|}, x)); }")]
    [InlineData("static void Add(List<int> l, int x) { Add2(l, x); } static void Add2(List<int> l, int x) { if (x > 0) l.Add(x); } void M(int[] xs) { var r = new List<int>(); Parallel.ForEach(xs, x => { Add({|TW3005:r|}, x); }); }")]
    [InlineData("static void Add(List<int> l, int x) { l.Add(x); } readonly List<int> _r = new(); void M(int[] xs) { Parallel.ForEach(xs, x => Add({|TW3005:_r|}, x)); }")]
    [InlineData("void Add(List<int> l, int x) { l.Add(x); } async Task M(int[] xs) { var r = new List<int>(); await Task.WhenAll(xs.Select(x => Task.Run(() => Add({|TW3005:r|}, x)))); }")]
    [InlineData("static void Put(Dictionary<int,int> l, int i, int x) { l[i] = x; } void M(int[] xs) { var r = new Dictionary<int,int>(); Parallel.For(0, 9, i => Put({|TW3005:r|}, i, 1)); }")]
    [InlineData("void M(int[] xs) { var r = new List<int>(xs); Parallel.For(0, 9, i => Put({|TW3005:r|})); void Put(List<int> l) => l.Add(1); }")]
    [InlineData("void M(int[] xs) { var r = new StringBuilder(); Parallel.For(0, 9, i => Log({|TW3005:r|}, i)); } static void Log(StringBuilder b, int i) { b.Append(i).Append(','); }")]
    [InlineData("void M(int[] xs) { var r = new StringBuilder(); var t = new Thread(() => Log(r, 1)); t.Start(); Log({|TW3005:r|}, 2); t.Join(); } static void Log(StringBuilder b, int i) { b.Append(i).Append(','); }")]
    // Near misses
    [InlineData("static void Add(List<int> l, int x) { lock (l) l.Add(x); } void M(int[] xs) { var r = new List<int>(); Parallel.ForEach(xs, x => Add(r, x)); }")]
    [InlineData("static readonly object s_g = new(); static void Add(List<int> l, int x) { lock (s_g) l.Add(x); } void M(int[] xs) { var r = new List<int>(); Parallel.ForEach(xs, x => Add(r, x)); }")]
    [InlineData("static void Add(List<int> l, int x) { l.Add(x); } void M(int[] xs) { var r = new List<int>(); Parallel.ForEach(xs, x => { lock (r) Add(r, x); }); }")]
    [InlineData("static void Add(List<int> l, int x) { l = new List<int>(l); l.Add(x); } void M(int[] xs) { var r = new List<int>(); Parallel.ForEach(xs, x => Add(r, x)); }")]
    [InlineData("static int Sum(List<int> l) { return l.Count; } void M(int[] xs) { var r = new List<int>(); Parallel.ForEach(xs, x => Console.WriteLine(Sum(r))); }")]
    [InlineData("static void Add(List<int> l, int x) { l.Add(x); } void M(int[] xs) { Parallel.ForEach(xs, x => { var r = new List<int>(); Add(r, x); }); }")]
    [InlineData("static void Put(List<int> l, int i, int x) { l[i] = x; } void M(int[] xs) { var r = new List<int>(xs); Parallel.For(0, 9, i => Put(r, i, 1)); }")]
    [InlineData("static IEnumerable<int> Put(List<int> l) { l.Add(1); yield return 1; } void M(int[] xs) { var r = new List<int>(xs); Parallel.For(0, 9, i => Put(r)); }")]
    [InlineData("readonly Mutex _m = new(); void M(int[] xs) { var r = new StringBuilder(); Parallel.For(0, 9, i => Log(r, i)); } void Log(StringBuilder b, int i) { _m.WaitOne(); try { b.Append(i).Append(','); } finally { _m.ReleaseMutex(); } }")]
    [InlineData("void M(int[] xs) { var r = new StringBuilder(); var t = new Thread(() => Log(r, 1)); t.Start(); t.Join(); Log(r, 2); } static void Log(StringBuilder b, int i) { b.Append(i).Append(','); }")]
    public Task Collections_that_a_helper_is_given(string code) => Verify.Rule("TW3005", In(code));

    /// <summary>Threads and tasks that come out of a query, or are started by <c>ForEach</c>.</summary>
    [Theory]
    [InlineData("void M(int[] xs) { var r = new List<int>(); var ts = xs.Select(x => new Thread(() => {|TW3005:r|}.Add(x))).ToList(); ts.ForEach(t => t.Start()); ts.ForEach(t => t.Join()); }")]
    [InlineData("void M(int[] xs) { var r = new List<int>(); var ts = xs.Select(x => new Thread(() => {|TW3005:r|}.Add(x))).ToList(); foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); }")]
    [InlineData("void M() { var r = new List<int>(); var ts = Enumerable.Range(0, 4).Select(i => new Thread(() => {|TW3005:r|}.Add(i))).ToArray(); foreach (var t in ts) { t.Start(); } foreach (var t in ts) t.Join(); }")]
    [InlineData("void M() { var r = new List<int>(); var ts = Enumerable.Range(0, 4).Select(i => Task.Run(() => {|TW3005:r|}.Add(i))).ToArray(); Task.WaitAll(ts); }")]
    [InlineData("void M() { var r = new List<int>(); Task[] ts = Enumerable.Range(0, 4).Select(i => Task.Run(() => {|TW3005:r|}.Add(i))).ToArray(); Task.WaitAll(ts); }")]
    [InlineData("async Task M() { var r = new List<int>(); var ts = Enumerable.Range(0, 4).Select(i => Task.Run(() => { {|TW3005:r|}.Add(i); })).ToList(); await Task.WhenAll(ts); }")]
    [InlineData("void M() { var r = new List<int>(); var ts = new Thread[4]; for (int i = 0; i < 4; i++) { ts[i] = new Thread(() => {|TW3005:r|}.Add(1)); } Array.ForEach(ts, t => t.Start()); Array.ForEach(ts, t => t.Join()); }")]
    [InlineData("void M() { var r = new List<int>(); var ts = new List<Thread>(); for (int i = 0; i < 4; i++) { ts.Add(new Thread(() => {|TW3005:r|}.Add(1))); } foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); }")]
    [InlineData("void M() { var r = new List<int>(); var ts = (from i in Enumerable.Range(0, 4) select new Thread(() => {|TW3005:r|}.Add(i))).ToList(); foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); }")]
    [InlineData("void M() { var r = new List<int>(); var ts = Enumerable.Range(0, 4).Select(i => new Thread(Work)).ToList(); foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); void Work() { {|TW3005:r|}.Add(1); } }")]
    [InlineData("void M() { var r = new List<int>(); var ts = Enumerable.Range(0, 4).Select(i => { var t = new Thread(() => {|TW3005:r|}.Add(i)); t.Start(); return t; }).ToList(); foreach (var t in ts) t.Join(); }")]
    [InlineData("void M() { var r = new List<int>(); var ts = Enumerable.Range(0, 4).Select(i => { var t = new Thread(() => {|TW3005:r|}.Add(i)); return t; }).ToList(); foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); }")]
    [InlineData("void M() { var r = new List<int>(); var ts = Enumerable.Repeat(0, 4).Select(_ => new Task(() => {|TW3005:r|}.Add(1))).ToArray(); foreach (var t in ts) t.Start(); Task.WaitAll(ts); }")]
    [InlineData("async Task M(int[] xs) { var r = new List<int>(); await Task.WhenAll(from x in xs select Task.Run(() => {|TW3005:r|}.Add(x))); }")]
    [InlineData("void M(int[] xs) { var r = new List<int>(); var ts = (from x in xs select Task.Run(() => {|TW3005:r|}.Add(x))).ToArray(); Task.WaitAll(ts); }")]
    [InlineData("int _n; void M() { var ts = new List<Thread>(); for (var i = 0; i < 4; i++) ts.Add(new Thread(() => {|TW3001:_n|}++)); ts.ForEach(t => { t.Start(); }); ts.ForEach(t => t.Join()); }")]
    [InlineData("int _n; void M() { new List<int> { 1, 2 }.ForEach(x => new Thread(() => {|TW3001:_n|}++).Start()); }")]
    [InlineData("void M() { var n = 0; new List<int> { 1, 2 }.ForEach(x => { Task.Run(() => {|TW3001:n|}++); }); }")]
    // Near misses
    [InlineData("void M() { var r = new List<int>(); var ts = Enumerable.Range(0, 4).Select(i => new Thread(() => r.Add(i))).ToArray(); foreach (var t in ts) { t.Start(); t.Join(); } }")]
    [InlineData("void M() { var r = new List<int>(); var ts = Enumerable.Range(0, 4).Select(i => Task.Run(() => r.Add(i))); foreach (var t in ts) t.Wait(); }")]
    [InlineData("void M() { var r = new List<int>(); var ts = Enumerable.Range(0, 4).Select(i => new Thread(() => r.Add(i))).ToList(); ts.ForEach(t => { t.Start(); t.Join(); }); }")]
    [InlineData("void M(int[] xs) { var r = new List<int>(); r.ForEach(t => Task.Run(() => r.Count).Wait()); r.Add(1); }")]
    [InlineData("int _n; void M(List<Thread> ts) { ts.ForEach(t => { t.Start(); }); }")]
    [InlineData("int _n; void M() { new List<int> { 1, 2 }.ForEach(x => { var n = 0; new Thread(() => n++).Start(); }); }")]
    [InlineData("int _n; void M() { new List<int> { 1, 2 }.ForEach(x => { var t = Task.Run(() => _n++); t.Wait(); }); }")]
    public Task Threads_that_a_query_makes_or_ForEach_starts(string code) => Verify.Rule("TW3005", In(code));

    /// <summary>Each pipe is read by itself, so that the handlers of both may run at once; those of one never do.</summary>
    [Theory]
    [InlineData("string M(Process p) { var sb = new StringBuilder(); p.OutputDataReceived += (_, e) => {|TW3005:sb|}.AppendLine(e.Data); p.ErrorDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); return sb.ToString(); }")]
    [InlineData("readonly List<string> _log = new(); void M(ProcessStartInfo info) { using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => { if (e.Data != null) {|TW3005:_log|}.Add(e.Data); }; p.ErrorDataReceived += (_, e) => { if (e.Data != null) _log.Add(e.Data); }; p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); }")]
    [InlineData("readonly StringBuilder _sb = new(); void M(Process p) { p.OutputDataReceived += OnData; p.ErrorDataReceived += OnData; p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); } void OnData(object sender, DataReceivedEventArgs e) { {|TW3005:_sb|}.AppendLine(e.Data); }")]
    [InlineData("readonly StringBuilder _sb = new(); void M(Process p) { p.OutputDataReceived += (_, e) => Add(\"out\", e.Data); p.ErrorDataReceived += (_, e) => Add(\"err\", e.Data); p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); } void Add(string kind, string? line) { {|TW3005:_sb|}.Append(kind).AppendLine(line); }")]
    [InlineData("Process _p = new(); readonly Dictionary<string, int> _all = new(); void M() { _p.OutputDataReceived += (_, e) => {|TW3005:_all|}[e.Data!] = 1; _p.ErrorDataReceived += (_, e) => _all[e.Data!] = 2; _p.Start(); _p.BeginErrorReadLine(); _p.BeginOutputReadLine(); _p.WaitForExit(); }")]
    [InlineData("void M(Process p) { var lines = new List<string?>(); void Take(object s, DataReceivedEventArgs e) => {|TW3005:lines|}.Add(e.Data); p.OutputDataReceived += Take; p.ErrorDataReceived += Take; p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); }")]
    [InlineData("async Task M(Process p) { var sb = new StringBuilder(); p.OutputDataReceived += (_, e) => {|TW3005:sb|}.AppendLine(e.Data); p.ErrorDataReceived += (_, e) => sb.Append(\"! \").AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); await p.WaitForExitAsync(); }")]
    [InlineData("void M(Process p) { var n = 0; p.OutputDataReceived += (_, e) => {|TW3001:n|}++; p.ErrorDataReceived += (_, e) => n++; p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); }")]
    [InlineData("void M(Process p) { var sb = new StringBuilder(); p.OutputDataReceived += (_, e) => {|TW3005:sb|}.AppendLine(e.Data); p.ErrorDataReceived += (_, e) => { lock (sb) sb.AppendLine(e.Data); }; p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); }")]
    public Task Handlers_of_both_outputs_of_a_child(string code) => Verify.Rule("TW3005", In(code));

    [Theory]
    [InlineData("void M(Process p) { var o = new StringBuilder(); var x = new StringBuilder(); p.OutputDataReceived += (_, e) => o.AppendLine(e.Data); p.ErrorDataReceived += (_, e) => x.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); }")]
    [InlineData("void M(Process p) { var sb = new StringBuilder(); p.OutputDataReceived += (_, e) => { lock (sb) sb.AppendLine(e.Data); }; p.ErrorDataReceived += (_, e) => { lock (sb) sb.AppendLine(e.Data); }; p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); }")]
    [InlineData("void M(Process p) { var sb = new StringBuilder(); p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.ErrorDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); p.WaitForExit(); }")]
    [InlineData("void M(Process p) { var sb = new StringBuilder(); p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.ErrorDataReceived += (_, e) => Console.Error.WriteLine(e.Data); p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); }")]
    [InlineData("void M(Process p) { var q = new ConcurrentQueue<string?>(); p.OutputDataReceived += (_, e) => q.Enqueue(e.Data); p.ErrorDataReceived += (_, e) => q.Enqueue(e.Data); p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); }")]
    [InlineData("void M(Process p) { var sb = new StringBuilder(); p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.OutputDataReceived += (_, e) => sb.AppendLine(); p.ErrorDataReceived += (_, e) => Console.WriteLine(e.Data); p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); }")]
    [InlineData("void M(Process p, Process q) { var sb = new StringBuilder(); p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); q.ErrorDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); p.WaitForExit(); q.Start(); q.BeginErrorReadLine(); q.WaitForExit(); }")]
    [InlineData("void M(Process p, System.ComponentModel.ISynchronizeInvoke form) { var sb = new StringBuilder(); p.SynchronizingObject = form; p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.ErrorDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); }")]
    [InlineData("void M(Process p) { p.OutputDataReceived += Take; p.ErrorDataReceived += Take; p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); } void Take(object s, DataReceivedEventArgs e) { var line = new StringBuilder(); line.Append(e.Data); Console.WriteLine(line); }")]
    [InlineData("void M(Process p) { p.OutputDataReceived += (_, e) => { var all = new List<string?>(); all.Add(e.Data); }; p.ErrorDataReceived += (_, e) => { var all = new List<string?>(); all.Add(e.Data); }; p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); }")]
    [InlineData("void M(Process p) { var n = 0; p.OutputDataReceived += (_, e) => Interlocked.Increment(ref n); p.ErrorDataReceived += (_, e) => Interlocked.Increment(ref n); p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); }")]
    [InlineData("void M(Process p) { var sb = new StringBuilder(); DataReceivedEventHandler take = (_, e) => sb.AppendLine(e.Data); p.OutputDataReceived += take; p.ErrorDataReceived -= take; p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); }")]
    public Task Innocent_handlers_of_outputs(string code) => Verify.Rule("TW3005", In(code));

    private static string In(string code) => $$"""
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Diagnostics;
        using System.Linq;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            {{code}}
        }
        """;
}
