using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.SharedState;

public class TW3011Tests
{
    [Theory]
    // Without the lock of those that change it
    [InlineData("public void C1() { foreach (var x in {|TW3011:_list|}) Console.WriteLine(x); }")]
    [InlineData("public void C1() { foreach (var (k, v) in {|TW3011:_map|}) Console.WriteLine(k + v); }")]
    [InlineData("public void C1() { foreach (var k in {|TW3011:_map|}.Keys) Console.WriteLine(k); }")]
    [InlineData("public int C1() => {|TW3011:_map|}.Values.Sum();")]
    [InlineData("public int C1() => {|TW3011:_list|}.Sum();")]
    [InlineData("public bool C1() => {|TW3011:_list|}.Any(x => x > 3);")]
    [InlineData("public int[] C1() => {|TW3011:_list|}.Where(x => x > 3).ToArray();")]
    [InlineData("public void C1() { foreach (var x in {|TW3011:_list|}.OrderBy(x => x).Select(x => x * 2)) Console.WriteLine(x); }")]
    [InlineData("public string C1() => string.Join(\",\", {|TW3011:_list|});")]
    [InlineData("public void C1() => {|TW3011:_list|}.ForEach(x => Console.WriteLine(x));")]
    [InlineData("public void C1() => Show(); private void Show() => Really(); private void Really() { foreach (var x in {|TW3011:_list|}) Console.WriteLine(x); }")]
    [InlineData("public void C1() { lock (_other) { foreach (var x in {|TW3011:_list|}) Console.WriteLine(x); } }")]
    [InlineData("public void C1() { Task.Run(() => { foreach (var x in {|TW3011:_list|}) Console.WriteLine(x); }); }")]
    [InlineData("public async Task C1() { await Task.Yield(); foreach (var x in {|TW3011:_list|}) await Console.Out.WriteLineAsync(\"\" + x); }")]
    [InlineData("public IEnumerable<int> C1() { foreach (var x in {|TW3011:_list|}) yield return x; }")]
    [InlineData("public void C1() { lock (_gate) { } foreach (var x in {|TW3011:_list|}) Console.WriteLine(x); }")]
    [InlineData("public void C1() { if (_list.Count > 0) { foreach (var x in {|TW3011:_list|}) Console.WriteLine(x); } }")]
    [InlineData("public int C1() { var n = 0; if (_list.Contains(3)) { n++; } foreach (var x in {|TW3011:_list|}) n += x; return n; }")]
    public Task An_enumeration_without_the_lock_is_reported(string code) => Verify.Rule("TW3011", In(code));

    [Theory]
    // Two threads
    [InlineData("void M() { var list = new List<int>(); var a = Task.Run(() => list.Add(1)); var b = Task.Run(() => { foreach (var x in {|TW3011:list|}) Console.WriteLine(x); }); Task.WaitAll(a, b); }")]
    [InlineData("readonly Dictionary<int, int> _table = new(); void M() { var a = new Thread(Fill); var b = new Thread(Show); a.Start(); b.Start(); a.Join(); b.Join(); } private void Fill() => Put(1); private void Put(int x) => _table.Add(x, x); private void Show() { foreach (var x in {|TW3011:_table|}.Values) Console.WriteLine(x); }")]
    [InlineData("readonly List<int> _items = new(); async Task M() { var a = Task.Run(() => { for (var i = 0; i < 9; i++) _items.Add(i); }); var b = Task.Run(() => Console.WriteLine({|TW3011:_items|}.Where(x => x > 3).Count())); await Task.WhenAll(a, b); }")]
    [InlineData("void M() { var list = new List<int>(); var t = new Thread(() => { foreach (var x in {|TW3011:list|}) Console.WriteLine(x); }); t.Start(); list.Add(2); t.Join(); }")]
    // The body changes it under a lock, and its starter goes through it without
    [InlineData("readonly object _g = new(); readonly List<int> _l = new(); public void M() { var t = new Thread(() => { for (int i = 0; i < 1000; i++) lock (_g) _l.Add(i); }); t.Start(); foreach (var x in {|TW3011:_l|}) Console.WriteLine(x); t.Join(); }")]
    [InlineData("readonly object _g = new(); readonly List<int> _l = new(); public void M() { var t = new Thread(() => { for (int i = 0; i < 1000; i++) lock (_g) _l.Add(i); }); t.Start(); lock (_g) { foreach (var x in _l) Console.WriteLine(x); } t.Join(); foreach (var x in _l) Console.WriteLine(x); }")]
    [InlineData("readonly object _g = new(); readonly List<int> _l = new(); public void M() { var t = new Thread(() => { for (int i = 0; i < 1000; i++) lock (_g) _l.Add(i); }); t.Start(); List<int> c; lock (_g) { c = _l.ToList(); } foreach (var x in c) Console.WriteLine(x); t.Join(); }")]
    [InlineData("readonly object _lock = new(); readonly List<int> _items = new(); void M() { Parallel.Invoke(() => { lock (_lock) _items.Add(1); }, () => Console.WriteLine(string.Join(\",\", {|TW3011:_items|}))); }")]
    // A thread that the enumeration starts
    [InlineData("void M(List<int> list) { var ts = new List<Task>(); foreach (var x in list) { ts.Add(Task.Run(() => {|TW3011:list|}.Remove(x))); } Task.WaitAll(ts.ToArray()); }")]
    [InlineData("readonly List<int> _items = new(); readonly object _lock = new(); void M() { foreach (var x in _items) { new Thread(() => { lock (_lock) {|TW3011:_items|}.Remove(x); }).Start(); } }")]
    [InlineData("readonly Dictionary<string, int> _table = new(); readonly object _lock = new(); void M() { foreach (var k in _table.Keys) { Task.Run(() => Drop(k)); } } private void Drop(string k) { lock (_lock) Really(k); } private void Really(string k) => {|TW3011:_table|}.Remove(k);")]
    [InlineData("readonly object _lock = new(); void M(List<int> list) => Parallel.ForEach(list, x => { if (x > 3) { lock (_lock) {|TW3011:list|}.Remove(x); } });")]
    [InlineData("void M(HashSet<int> set) => Parallel.ForEach(set, x => {|TW3011:set|}.Add(x + 1));")]
    [InlineData("readonly object _lock = new(); readonly HashSet<int> _set = new(); void M() => _set.AsParallel().Where(x => x > 3).ForAll(x => { lock (_lock) {|TW3011:_set|}.Remove(x); });")]
    [InlineData("readonly object _lock = new(); async Task M(List<int> list) => await Parallel.ForEachAsync(list, async (x, ct) => { await Task.Delay(1, ct); lock (_lock) {|TW3011:list|}.Add(x); });")]
    [InlineData("void M(List<string> l) { foreach (var s in l) Task.Run(() => { lock (l) { {|TW3011:l|}.Remove(s); } }); }")]
    public Task An_enumeration_beside_a_change_is_reported(string code) => Verify.Rule("TW3011", In(code));

    [Theory]
    // Under the lock
    [InlineData("public void C1() { lock (_gate) { foreach (var x in _list) Console.WriteLine(x); } }")]
    [InlineData("public void C1() { lock (_gate) Show(); } private void Show() => Really(); private void Really() { foreach (var x in _list) Console.WriteLine(x); }")]
    [InlineData("public void C1() { Monitor.Enter(_gate); try { foreach (var x in _list) Console.WriteLine(x); } finally { Monitor.Exit(_gate); } }")]
    [InlineData("public int C1() { lock (_gate) return _list.Where(x => x > 3).Count(); }")]
    [InlineData("public int C1() { lock (_gate) { return _map.Values.Sum(x => _list.Count(y => y > x)); } }")]
    // A snapshot
    [InlineData("public void C1() { int[] copy; lock (_gate) { copy = _list.ToArray(); } foreach (var x in copy) Console.WriteLine(x); }")]
    [InlineData("public void C1() { List<int> copy; lock (_gate) copy = new List<int>(_list); copy.ForEach(x => Console.WriteLine(x)); }")]
    [InlineData("public void C1() { List<int> old; lock (_gate) { old = _swapped; _swapped = new(); } foreach (var x in old) Console.WriteLine(x); }")]
    [InlineData("public void C1() { foreach (var x in Copy()) Console.WriteLine(x); } private int[] Copy() { lock (_gate) return _list.ToArray(); }")]
    [InlineData("public List<int> C1() { lock (_gate) return [.. _list]; }")]
    // Nobody else has it, or any more
    [InlineData("public C() { foreach (var x in _list) Console.WriteLine(x); }")]
    [InlineData("public void Dispose() { foreach (var x in _list) Console.WriteLine(x); Close(); } private void Close() { foreach (var x in _list) Console.WriteLine(x); }")]
    [InlineData("Thread _t = null!; public void Stop() { _t.Join(); foreach (var x in _frozen) Console.WriteLine(x); }")]
    [InlineData("public override string ToString() => string.Join(\",\", _list);")]
    // No enumeration
    [InlineData("public int C1() => _list.Count;")]
    [InlineData("public IEnumerable<int> C1() => _list;")]
    [InlineData("public IEnumerable<int> C1() => _list.Where(x => x > 3);")]
    [InlineData("readonly int[] _array = new int[9]; public void X1() { lock (_gate) _array[0] = 1; } public void X2() { lock (_gate) _array[1] = 1; } public void C1() { foreach (var x in _array) Console.WriteLine(x); }")]
    [InlineData("readonly ConcurrentDictionary<int, int> _safe = new(); public void X1() { lock (_gate) _safe.TryAdd(1, 1); } public void X2() { lock (_gate) _safe.Clear(); } public void C1() { foreach (var x in _safe) Console.WriteLine(x); }")]
    [InlineData("ImmutableList<int> _fixed = ImmutableList<int>.Empty; public void X1() { lock (_gate) _fixed = _fixed.Add(1); } public void X2() { lock (_gate) _fixed = _fixed.Clear(); } public void C1() { foreach (var x in _fixed) Console.WriteLine(x); }")]
    [InlineData("List<int> _copied = new(); public void X1() { lock (_gate) _copied = new List<int>(_copied) { 1 }; } public void X2() { lock (_gate) _copied = new List<int>(_copied) { 2 }; } public void C1() { foreach (var x in _copied) Console.WriteLine(x); }")]
    // No guard: one of those that change it takes no lock either
    [InlineData("readonly List<int> _loose = new(); public void X1() { lock (_gate) _loose.Add(1); } public void X2() { _loose.Clear(); } public void C1() { foreach (var x in _loose) Console.WriteLine(x); }")]
    // A lock that cannot be named, one under which the family calls
    [InlineData("public void C1(object gate) { lock (gate) { foreach (var x in _list) Console.WriteLine(x); } }")]
    [InlineData("readonly List<int> _two = new(); public void W1() { lock (_gate) lock (_other) _two.Add(1); } public void W2() { lock (_gate) lock (_other) _two.Remove(1); } public int R1() { lock (_gate) return _two.Sum(); } public int R2() { lock (_other) return _two.Sum(); }")]
    public Task What_the_lock_keeps_whole_is_left_alone(string code) => Verify.Rule("TW3011", In(code));

    [Theory]
    [InlineData("void M(List<int> list) { foreach (var x in list.ToArray()) { Task.Run(() => { lock (list) list.Remove(x); }); } }")]
    [InlineData("void M(List<int> list) { lock (list) { foreach (var x in list) { Task.Run(() => { lock (list) list.Remove(x); }); } } }")]
    [InlineData("async Task M(List<int> list) { foreach (var x in list) { await Task.Run(() => Console.WriteLine(x)); } list.Clear(); }")]
    [InlineData("void M(List<int> list) { foreach (var x in list) { if (x > 3) { Task.Run(() => list.Remove(x)); break; } } }")]
    [InlineData("void M(List<int> list) { foreach (var x in list) { if (x > 3) { Task.Run(() => list.Remove(x)); return; } } }")]
    [InlineData("void M(List<int> list) => Parallel.ForEach(list.ToList(), x => { lock (list) list.Remove(x); });")]
    [InlineData("void M(List<int> list) => Parallel.For(0, list.Count, i => list[i] = i);")]
    [InlineData("void M(List<int> list) => Parallel.ForEach(list, (x, s, i) => list[(int)i] = x * 2);")]
    [InlineData("void M(List<int> list, List<int> other) => Parallel.ForEach(list, x => { lock (other) other.Add(x); });")]
    [InlineData("void M(Node[] nodes) => Parallel.ForEach(nodes, n => n.Children.Add(n)); sealed class Node { public List<Node> Children { get; } = new(); }")]
    [InlineData("void M(List<int> list) { var dead = new ConcurrentBag<int>(); Parallel.ForEach(list, x => dead.Add(x)); foreach (var x in dead) list.Remove(x); }")]
    [InlineData("void M() { var list = new List<int>(); var t = Task.Run(() => list.Add(1)); t.Wait(); foreach (var x in list) Console.WriteLine(x); }")]
    [InlineData("async Task M() { var list = new List<int>(); await Task.Run(() => list.Add(1)); await Task.Run(() => { foreach (var x in list) Console.WriteLine(x); }); }")]
    [InlineData("readonly object _lock = new(); readonly List<int> _items = new(); void M() { Parallel.Invoke(() => { lock (_lock) _items.Add(1); }, () => { lock (_lock) Console.WriteLine(string.Join(\",\", _items)); }); }")]
    [InlineData("void M(ConcurrentDictionary<int, int> map) => Parallel.ForEach(map, p => map.TryRemove(p.Key, out _));")]
    [InlineData("void M(Dictionary<int, int> map) => Parallel.ForEach(map, p => Console.WriteLine(map[p.Key]));")]
    [InlineData("void M(List<int> list) { foreach (var x in list) { var own = new List<int>(); Task.Run(() => own.Add(x)); } }")]
    [InlineData("readonly object _lock = new(); readonly List<int> _items = new(); public void M() { lock (_lock) Start(); } private void Start() { foreach (var x in _items) { Task.Run(() => { lock (_lock) _items.Remove(x); }); } }")]
    [InlineData("void M(List<int> list) { foreach (var x in list) { var t = new Thread(() => list.Remove(x)); t.Start(); t.Join(); return; } }")]
    [InlineData("void M(List<int> list) => Parallel.ForEach(list, new ParallelOptions { MaxDegreeOfParallelism = 1 }, x => Console.WriteLine(x));")]
    public Task What_is_enumerated_apart_is_left_alone(string code) => Verify.Rule("TW3011", In(code));

    [Theory]
    // Changes on several threads are the worse half, and lookups need the lock too.
    [InlineData("void M(int[] xs) { var list = new List<int>(); Parallel.ForEach(xs, x => { {|TW3005:list|}.Add(x); foreach (var y in list) Console.WriteLine(y); }); }")]
    [InlineData("void M() { var list = new List<int>(); var a = Task.Run(() => {|TW3005:list|}.Add(1)); var b = Task.Run(() => { list.Add(2); foreach (var x in list) Console.WriteLine(x); }); Task.WaitAll(a, b); }")]
    public Task Gives_way_where_the_collection_is_changed_by_both(string code) => Verify.Rule("TW3011", In(code));

    /// <summary>A local that means the collection of the field itself.</summary>
    [Theory]
    [InlineData("public void C1() { var list = _list; foreach (var x in {|TW3011:list|}) Console.WriteLine(x); }")]
    [InlineData("public void C1() { List<int> list; lock (_gate) { list = _list; } foreach (var x in {|TW3011:list|}) Console.WriteLine(x); }")]
    [InlineData("public int C1() { Dictionary<int, int> map; lock (_gate) map = _map; return {|TW3011:map|}.Values.Sum(); }")]
    [InlineData("public int C1() { List<int>? list = null; lock (_gate) { list = _list; } return {|TW3011:list|}.Where(x => x > 3).Count(); }")]
    [InlineData("readonly List<int> _l = new(); public void X1(int x) { lock (_gate) { var l = _l; l.Add(x); } } public void X2(int x) { lock (_gate) { var l = _l; l.Remove(x); } } public void C1() { foreach (var x in {|TW3011:_l|}) Console.WriteLine(x); }")]
    // Under the lock, a copy, a collection that is replaced, one of two, one that others name too
    [InlineData("public void C1() { var list = _list; lock (_gate) { foreach (var x in list) Console.WriteLine(x); } }")]
    [InlineData("public void C1() { List<int> list; lock (_gate) { list = _list.ToList(); } foreach (var x in list) Console.WriteLine(x); }")]
    [InlineData("public void C1() { List<int> list; lock (_gate) { list = _swapped; _swapped = new(); } foreach (var x in list) Console.WriteLine(x); }")]
    [InlineData("public void C1(bool own) { var list = _list; if (own) list = new List<int>(); foreach (var x in list) Console.WriteLine(x); }")]
    [InlineData("public int C1() { var list = _list; return list.Count; }")]
    [InlineData("public void Dispose() { var list = _list; foreach (var x in list) Console.WriteLine(x); }")]
    [InlineData("List<int> _late = new(); public void X1() { lock (_gate) { _late.Add(1); } } public void X2() { lock (_gate) { _late.Remove(1); } } public void X3() { lock (_gate) { _late = new(); } } public void C1() { List<int> old; lock (_gate) { old = _late; } foreach (var x in old) Console.WriteLine(x); }")]
    public Task An_alias_of_the_collection(string code) => Verify.Rule("TW3011", In(code));

    [Theory]
    [InlineData("public void C1() { var list = _list; {|TW3002:list|}.Add(3); }")]
    [InlineData("public bool C1(int x) { List<int> list; lock (_gate) list = _list; return {|TW3002:list|}.Contains(x); }")]
    public Task An_alias_that_is_changed_or_asked_is_the_guard_rules(string code) => Verify.Rule("TW3011", In(code));

    [Fact]
    public Task A_change_without_the_lock_is_the_guard_rules() => Verify.Rule("TW3011", In("public void C1() { {|TW3002:_list|}.Add(9); foreach (var x in _list) Console.WriteLine(x); }"));

    [Theory]
    // Who goes through a sequence that is handed out is not followed.
    [InlineData("public IEnumerable<int> C1() => _list.Select(x => x * 2);")]
    [InlineData("public List<int> C1() { var list = _list; return list; } public void C2() { foreach (var x in C1()) Console.WriteLine(x); }")]
    [InlineData("public List<int> All => _list; public void C2() { foreach (var x in All) Console.WriteLine(x); }")]
    // Collections without type arguments, and threads of another method with no lock of the field.
    [InlineData("readonly System.Collections.ArrayList _old = new(); public void X1() { lock (_gate) _old.Add(1); } public void X2() { lock (_gate) _old.Remove(1); } public void C1() { foreach (var x in _old) Console.WriteLine(x); }")]
    [InlineData("readonly List<int> _loose = new(); public void Start() { new Thread(() => _loose.Add(1)).Start(); } public void Show() { foreach (var x in _loose) Console.WriteLine(x); }")]
    public Task Misses_sequences_that_are_handed_out(string code) => Verify.Rule("TW3011", In(code));

    private static string In(string code) => $$"""
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            readonly object _gate = new();
            readonly object _other = new();
            readonly List<int> _list = new();
            readonly List<int> _frozen = new();
            List<int> _swapped = new();
            readonly Dictionary<int, int> _map = new();
            public void A(int x) { lock (_gate) { _list.Add(x); _map[x] = x; _swapped.Add(x); _frozen.Add(x); } }
            public void B(int x) { lock (_gate) { _list.Remove(x); _map.Remove(x); _swapped.Remove(x); _frozen.Remove(x); } }
            public int D(int x) { lock (_gate) { return _map[x] + _list.IndexOf(x); } }
            {{code}}
        }
        """;
}
