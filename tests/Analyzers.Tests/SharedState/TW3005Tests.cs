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

    private static string In(string code) => $$"""
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Collections.Immutable;
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
