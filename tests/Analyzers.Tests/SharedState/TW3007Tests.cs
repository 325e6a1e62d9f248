using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.SharedState;

public class TW3007Tests
{
    [Theory]
    // Two bodies
    [InlineData("(int, int) _last; void M() { var a = new Thread(() => { for (var i = 0; i < 9; i++) {|TW3007:_last|} = (i, -i); }); var b = new Thread(() => { for (var i = 0; i < 9; i++) Console.WriteLine(_last); }); a.Start(); b.Start(); a.Join(); b.Join(); }")]
    [InlineData("decimal _price; async Task M() { var a = Task.Run(() => {|TW3007:_price|} = 1.5m); var b = Task.Run(() => Console.WriteLine(_price)); await Task.WhenAll(a, b); }")]
    [InlineData("static Guid s_id; void M() { var a = Task.Run(() => { {|TW3007:s_id|} = Guid.NewGuid(); }); var b = Task.Run(() => { var id = s_id; Console.WriteLine(id); }); Task.WaitAll(a, b); }")]
    [InlineData("int? _n; async Task M() { var a = Task.Run(() => {|TW3007:_n|} = 5); var b = Task.Run(() => { if (_n.HasValue) Console.WriteLine(_n.Value); }); await Task.WhenAll(a, b); }")]
    [InlineData("bool? _ok; void M() { var a = new Thread(Set); var b = new Thread(Show); a.Start(); b.Start(); a.Join(); b.Join(); } private void Set() => Really(true); private void Really(bool ok) => {|TW3007:_ok|} = ok; private void Show() => Print(); private void Print() { if (_ok is { } ok) Console.WriteLine(ok); }")]
    [InlineData("struct P { public double X, Y; } P _at; void M() { var a = new Thread(() => {|TW3007:_at|} = new P { X = 1, Y = 2 }); var b = new Thread(() => Use(_at)); a.Start(); b.Start(); a.Join(); b.Join(); } static void Use(P p) { }")]
    [InlineData("DateTimeOffset _seen; void M() { Parallel.Invoke(() => {|TW3007:_seen|} = DateTimeOffset.UtcNow, () => Console.WriteLine(_seen)); }")]
    [InlineData("void M() { var best = (Score: 0, Name: \"\"); Parallel.Invoke(() => {|TW3007:best|} = (1, \"a\"), () => best = (2, \"b\")); Console.WriteLine(best); }")]
    [InlineData("public decimal Rate { get; private set; } async Task M() { var a = Task.Run(() => {|TW3007:Rate|} = 2m); var b = Task.Run(() => Console.WriteLine(Rate * 2)); await Task.WhenAll(a, b); }")]
    [InlineData("TimeSpan? _span; async Task M() { var a = Task.Run(() => {|TW3007:_span|} = null); var b = Task.Run(() => Console.WriteLine(_span ?? TimeSpan.Zero)); await Task.WhenAll(a, b); }")]
    [InlineData("decimal _sum; async Task M(decimal[] xs) { var a = Task.Run(() => { foreach (var x in xs) {|TW3007:_sum|} += x; }); var b = Task.Run(() => Console.WriteLine(_sum)); await Task.WhenAll(a, b); }")]
    // A body that runs many times
    [InlineData("void M(int[] xs) { (int Key, int Value) last = default; Parallel.ForEach(xs, x => {|TW3007:last|} = (x, x * x)); Console.WriteLine(last); }")]
    [InlineData("void M(int[] xs) { (int, int) best = default; Parallel.For(0, xs.Length, i => { if (xs[i] > best.Item1) {|TW3007:best|} = (xs[i], i); }); Console.WriteLine(best); }")]
    [InlineData("int? _max; void M(int[] xs) => Parallel.ForEach(xs, x => { if (_max is null || x > _max) {|TW3007:_max|} = x; });")]
    [InlineData("DateTime? _at; void M(int[] xs) => Parallel.ForEach(xs, x => { if (_at == null) {|TW3007:_at|} = DateTime.Now; Console.WriteLine(_at.Value); });")]
    [InlineData("decimal? _rate; decimal Load() => 1m; void M(decimal[] xs) => Parallel.ForEach(xs, x => Console.WriteLine(x * ({|TW3007:_rate|} ??= Load())));")]
    [InlineData("Guid _current; void M(Guid[] ids) { var tasks = ids.Select(id => Task.Run(() => {|TW3007:_current|} = id)).ToArray(); Task.WaitAll(tasks); Console.WriteLine(_current); }")]
    [InlineData("void M(int[] xs, (int, int)[] last) => Parallel.ForEach(xs, x => { {|TW3007:last[0]|} = (x, x); Console.WriteLine(last[0]); });")]
    [InlineData("readonly object _gate = new(); (int, int) _p; void M() { var a = new Thread(() => { {|TW3007:_p|} = (1, 1); }); var b = new Thread(() => { lock (_gate) Console.WriteLine(_p); }); a.Start(); b.Start(); a.Join(); b.Join(); }")]
    [InlineData("readonly ReaderWriterLockSlim _rw = new(); (int, int) _p; void M() { var a = new Thread(() => { _rw.EnterReadLock(); try { {|TW3007:_p|} = (1, 1); } finally { _rw.ExitReadLock(); } }); var b = new Thread(() => { _rw.EnterReadLock(); try { Console.WriteLine(_p); } finally { _rw.ExitReadLock(); } }); a.Start(); b.Start(); a.Join(); b.Join(); }")]
    // The starter
    [InlineData("(int, int) _p; void M() { var t = new Thread(() => Console.WriteLine(_p)); t.Start(); {|TW3007:_p|} = (1, 2); t.Join(); }")]
    [InlineData("void M() { decimal d = 0; var t = Task.Run(() => { for (var i = 0; i < 9; i++) Console.WriteLine(d); }); for (var i = 0; i < 9; i++) { {|TW3007:d|} = i; } t.Wait(); }")]
    public Task Values_that_come_apart_are_reported(string code) => Verify.Rule("TW3007", In(code));

    [Theory]
    // Whole values
    [InlineData("int _n; void M() { var a = new Thread(() => _n = 1); var b = new Thread(() => Console.WriteLine(_n)); a.Start(); b.Start(); a.Join(); b.Join(); }")]
    [InlineData("long _n; double _d; DateTime _t; TimeSpan _s; async Task M() { var a = Task.Run(() => { _n = 1; _d = 2; _t = DateTime.Now; _s = TimeSpan.Zero; }); var b = Task.Run(() => Console.WriteLine($\"{_n} {_d} {_t} {_s}\")); await Task.WhenAll(a, b); }")]
    [InlineData("string? _s; Tuple<int, int>? _p; async Task M() { var a = Task.Run(() => { _s = \"a\"; _p = Tuple.Create(1, 2); }); var b = Task.Run(() => Console.WriteLine(_s + _p)); await Task.WhenAll(a, b); }")]
    [InlineData("struct Id { public int Value; } Id _id; async Task M() { var a = Task.Run(() => _id = new Id { Value = 1 }); var b = Task.Run(() => Console.WriteLine(_id)); await Task.WhenAll(a, b); }")]
    [InlineData("object _box = 1m; async Task M() { var a = Task.Run(() => _box = 2m); var b = Task.Run(() => Console.WriteLine((decimal)_box)); await Task.WhenAll(a, b); }")]
    [InlineData("ImmutableArray<int> _a = ImmutableArray<int>.Empty; CancellationToken _c; async Task M() { var a = Task.Run(() => { _a = ImmutableArray.Create(1); _c = default; }); var b = Task.Run(() => Console.WriteLine($\"{_a} {_c}\")); await Task.WhenAll(a, b); }")]
    [InlineData("DayOfWeek _d; async Task M() { var a = Task.Run(() => _d = DayOfWeek.Friday); var b = Task.Run(() => Console.WriteLine(_d)); await Task.WhenAll(a, b); }")]
    [InlineData("[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)] struct U { [System.Runtime.InteropServices.FieldOffset(0)] public int I; [System.Runtime.InteropServices.FieldOffset(0)] public float F; } U _u; async Task M() { var a = Task.Run(() => _u = new U { I = 1 }); var b = Task.Run(() => Console.WriteLine(_u)); await Task.WhenAll(a, b); }")]
    // A part of it
    [InlineData("(int, int) _p; async Task M() { var a = Task.Run(() => _p = (1, 2)); var b = Task.Run(() => Console.WriteLine(_p.Item1)); await Task.WhenAll(a, b); }")]
    [InlineData("int? _n; async Task M() { var a = Task.Run(() => _n = 5); var b = Task.Run(() => Console.WriteLine(_n.HasValue)); await Task.WhenAll(a, b); }")]
    [InlineData("int? _n; async Task M() { var a = Task.Run(() => _n = 5); var b = Task.Run(() => Console.WriteLine(_n != null)); await Task.WhenAll(a, b); }")]
    [InlineData("int? _n; async Task M() { var a = Task.Run(() => _n = 5); var b = Task.Run(() => Console.WriteLine(_n is null || _n is not null)); await Task.WhenAll(a, b); }")]
    [InlineData("int? _n; async Task M() { var a = Task.Run(() => _n = 5); var b = Task.Run(() => Console.WriteLine(_n.GetValueOrDefault())); await Task.WhenAll(a, b); }")]
    [InlineData("Guid _g; async Task M() { var a = Task.Run(() => _g = Guid.NewGuid()); var b = Task.Run(() => Console.WriteLine(_g == Guid.Empty)); await Task.WhenAll(a, b); }")]
    [InlineData("struct P { public double X, Y; } P _at; async Task M() { var a = Task.Run(() => _at.X = 1); var b = Task.Run(() => Console.WriteLine(_at)); await Task.WhenAll(a, b); }")]
    [InlineData("struct P { public double X, Y; public double First() => X; } P _at; async Task M() { var a = Task.Run(() => _at = new P { X = 1 }); var b = Task.Run(() => Console.WriteLine(_at.First())); await Task.WhenAll(a, b); }")]
    // Kept apart by a lock
    [InlineData("readonly object _gate = new(); (int, int) _p; async Task M() { var a = Task.Run(() => { lock (_gate) _p = (1, 2); }); var b = Task.Run(() => { lock (_gate) Console.WriteLine(_p); }); await Task.WhenAll(a, b); }")]
    [InlineData("readonly object _gate = new(); (int, int) _p; async Task M() { var a = Task.Run(() => { lock (_gate) Set(1); }); var b = Task.Run(() => { Monitor.Enter(_gate); try { Console.WriteLine(_p); } finally { Monitor.Exit(_gate); } }); await Task.WhenAll(a, b); } private void Set(int x) => Really(x); private void Really(int x) => _p = (x, x);")]
    [InlineData("readonly ReaderWriterLockSlim _rw = new(); (int, int) _p; void M() { var a = new Thread(() => { _rw.EnterWriteLock(); try { _p = (1, 1); } finally { _rw.ExitWriteLock(); } }); var b = new Thread(() => { _rw.EnterReadLock(); try { Console.WriteLine(_p); } finally { _rw.ExitReadLock(); } }); a.Start(); b.Start(); a.Join(); b.Join(); }")]
    [InlineData("void M(int[] xs) { (int, int) best = default; var gate = new object(); Parallel.For(0, xs.Length, i => { lock (gate) { if (xs[i] > best.Item1) best = (xs[i], i); } }); Console.WriteLine(best); }")]
    [InlineData("readonly object _gate = new(); decimal _total; void M(decimal[] xs) => Parallel.ForEach(xs, () => 0m, (x, s, own) => own + x, own => { lock (_gate) _total += own; });")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); Guid _id; async Task M(Guid[] ids) { await Parallel.ForEachAsync(ids, async (id, ct) => { await _gate.WaitAsync(ct); try { _id = id; Console.WriteLine(_id); } finally { _gate.Release(); } }); }")]
    // In order
    [InlineData("(int, int) _p; void M() { var a = new Thread(() => _p = (1, 2)); a.Start(); a.Join(); Console.WriteLine(_p); }")]
    [InlineData("(int, int) _p; async Task M() { await Task.Run(() => _p = (1, 2)); await Task.Run(() => Console.WriteLine(_p)); }")]
    [InlineData("(int, int) _p; async Task M() { _p = (1, 2); var a = Task.Run(() => Console.WriteLine(_p)); var b = Task.Run(() => Console.WriteLine(_p)); await Task.WhenAll(a, b); _p = (3, 4); }")]
    [InlineData("(int, int) _p; async Task M() { var a = Task.Run(() => _p = (1, 2)); var b = a.ContinueWith(_ => Console.WriteLine(_p)); await b; }")]
    [InlineData("(int, int) _p; readonly ManualResetEventSlim _set = new(); async Task M() { var a = Task.Run(() => { _p = (1, 2); _set.Set(); }); var b = Task.Run(() => { _set.Wait(); Console.WriteLine(_p); }); await Task.WhenAll(a, b); }")]
    [InlineData("(int, int) _p; volatile bool _set; async Task M() { var a = Task.Run(() => { _p = (1, 2); _set = true; }); var b = Task.Run(() => { if (_set) Console.WriteLine(_p); }); await Task.WhenAll(a, b); }")]
    [InlineData("(int, int) _p; int _set; async Task M() { var a = Task.Run(() => { _p = (1, 2); Volatile.Write(ref _set, 1); }); var b = Task.Run(() => { while (Volatile.Read(ref _set) == 0) Thread.Yield(); Console.WriteLine(_p); }); await Task.WhenAll(a, b); }")]
    [InlineData("(int, int) _p; readonly ConcurrentQueue<int> _q = new(); async Task M() { var a = Task.Run(() => { _p = (1, 2); _q.Enqueue(1); }); var b = Task.Run(() => { if (_q.TryDequeue(out _)) Console.WriteLine(_p); }); await Task.WhenAll(a, b); }")]
    [InlineData("(int, int) _p; int _version; async Task M() { var a = Task.Run(() => { Interlocked.Increment(ref _version); _p = (1, 2); Interlocked.Increment(ref _version); }); var b = Task.Run(() => { int v; (int, int) p; do { v = Volatile.Read(ref _version); p = _p; } while ((v & 1) != 0 || v != Volatile.Read(ref _version)); Console.WriteLine(p); }); await Task.WhenAll(a, b); }")]
    [InlineData("readonly BlockingCollection<int> _q = new(); (int, int) _p; async Task M() { var a = Task.Run(() => { _p = (1, 2); _q.Add(1); }); var b = Task.Run(() => { _q.Take(); Console.WriteLine(_p); }); await Task.WhenAll(a, b); }")]
    // One thread's own, one thread alone, one value
    [InlineData("void M(int[] xs) => Parallel.ForEach(xs, x => { (int, int) p = (x, x); p = (p.Item2, 1); Console.WriteLine(p); });")]
    [InlineData("void M(int[] xs, (int, int)[] r) => Parallel.For(0, xs.Length, i => { r[i] = (xs[i], i); Console.WriteLine(r[i]); });")]
    [InlineData("void M((int, int)[] r) => Parallel.Invoke(() => r[0] = (1, 1), () => Console.WriteLine(r[1]));")]
    [InlineData("[ThreadStatic] static Guid s_id; void M(Guid[] ids) => Parallel.ForEach(ids, id => { s_id = id; Console.WriteLine(s_id); });")]
    [InlineData("readonly AsyncLocal<Guid> _id = new(); void M(Guid[] ids) => Parallel.ForEach(ids, id => { _id.Value = id; Console.WriteLine(_id.Value); });")]
    [InlineData("void M(int[] xs) { (int, int)? found = null; Parallel.ForEach(xs, x => { if (x == 3) found = (x, x); }); Console.WriteLine(found); }")]
    [InlineData("int _won; (int, int) _p; void M(int[] xs) { Parallel.ForEach(xs, x => { if (Interlocked.Exchange(ref _won, 1) == 0) _p = (x, x); }); Console.WriteLine(_p); }")]
    [InlineData("int? _n; void M(int[] xs) { Parallel.ForEach(xs, x => { if (x > 3) _n = null; }); Console.WriteLine(_n); }")]
    [InlineData("decimal _limit; void M(int[] xs, decimal limit) { Parallel.ForEach(xs, x => { _limit = limit; }); Console.WriteLine(_limit); }")]
    [InlineData("decimal _d; async Task M() { var a = Task.Run(() => Console.WriteLine(_d)); var b = Task.Run(() => Console.WriteLine(_d)); await Task.WhenAll(a, b); }")]
    [InlineData("void M(Item[] xs) => Parallel.ForEach(xs, x => { x.Id = Guid.NewGuid(); Console.WriteLine(x.Id); }); sealed class Item { public Guid Id; }")]
    [InlineData("readonly (int, int) _p = (1, 2); async Task M() { var a = Task.Run(() => Console.WriteLine(_p)); var b = Task.Run(() => Console.WriteLine(_p)); await Task.WhenAll(a, b); }")]
    // Updates are lost, which another rule says
    [InlineData("decimal _sum; void M(decimal[] xs) => Parallel.ForEach(xs, x => { {|TW3001:_sum|} += x; Console.WriteLine(_sum); });")]
    public Task What_stays_whole_is_left_alone(string code) => Verify.Rule("TW3007", In(code));

    /// <summary>A writer in the background that goes on until a flag stops it has no result to wait for.</summary>
    [Theory]
    [InlineData("(int, int) _p; volatile bool _stop; void M() { var t = new Thread(() => { for (var i = 0; !_stop; i++) {|TW3007:_p|} = (i, -i); }); var r = new Thread(() => { while (!_stop) Console.WriteLine(_p); }); t.Start(); r.Start(); Thread.Sleep(9); _stop = true; t.Join(); r.Join(); }")]
    [InlineData("decimal _d; volatile bool _stop; void M() { var t = new Thread(() => { while (!_stop) { {|TW3007:_d|} = 1m; _d = -1m; } }); t.Start(); for (var i = 0; i < 9; i++) Console.WriteLine(_d); _stop = true; t.Join(); }")]
    [InlineData("Guid _id; volatile bool _stop; void M() { var t = new Thread(Write); t.Start(); var seen = new HashSet<Guid>(); while (seen.Count < 5) { seen.Add(_id); } _stop = true; t.Join(); } private void Write() { while (!_stop) {|TW3007:_id|} = Guid.NewGuid(); }")]
    [InlineData("int? _n; void M(CancellationToken ct) { var t = Task.Run(() => { while (!ct.IsCancellationRequested) { {|TW3007:_n|} = Environment.TickCount; } }); Console.WriteLine(_n); }")]
    // A lock, a part, behind the end, a word; a body with an end is another rule's
    [InlineData("readonly object _gate = new(); decimal _d; volatile bool _stop; void M() { var t = new Thread(() => { while (!_stop) { lock (_gate) _d = -_d; } }); t.Start(); for (var i = 0; i < 9; i++) { lock (_gate) Console.WriteLine(_d); } _stop = true; t.Join(); }")]
    [InlineData("(int, int) _p; volatile bool _stop; void M() { var t = new Thread(() => { while (!_stop) { _p = (1, 2); } }); t.Start(); Console.WriteLine(_p.Item1); _stop = true; t.Join(); }")]
    [InlineData("(int, int) _p; volatile bool _stop; void M() { var t = new Thread(() => { while (!_stop) { _p = (1, 2); } }); t.Start(); _stop = true; t.Join(); Console.WriteLine(_p); }")]
    [InlineData("long _p; volatile bool _stop; void M() { var t = new Thread(() => { while (!_stop) { _p = Environment.TickCount64; } }); t.Start(); Console.WriteLine(_p); _stop = true; t.Join(); }")]
    [InlineData("(int, int) _p; volatile bool _full, _stop; void M() { var t = new Thread(() => { while (!_stop) { if (!_full) { _p = (1, 2); _full = true; } } }); t.Start(); if (_full) { Console.WriteLine(_p); _full = false; } _stop = true; t.Join(); }")]
    public Task A_writer_with_a_stop_flag(string code) => Verify.Rule("TW3007", In(code));

    [Fact]
    public Task Speaks_before_a_local_that_each_round_writes() => Verify.Rule("TW3007", In("void M(int[] xs, int[] r) { (int, int) pair; Parallel.For(0, xs.Length, i => { {|TW3007:pair|} = (xs[i], i); r[i] = Sum(pair); }); } static int Sum((int, int) p) => p.Item1 + p.Item2;"));

    [Theory]
    // What a struct's own methods read is not looked at; nor is who else calls a member.
    [InlineData("struct P { public double X, Y; public double Length() => X * X + Y * Y; } P _at; async Task M() { var a = Task.Run(() => _at = new P { X = 1 }); var b = Task.Run(() => Console.WriteLine(_at.Length())); await Task.WhenAll(a, b); }")]
    [InlineData("(int, int) _p; public void Start() { new Thread(() => _p = (1, 2)).Start(); } public (int, int) P => _p;")]
    // Values of eight bytes are whole on 64 bits; how structs of other packages are made is not known.
    [InlineData("double _d; long _l; async Task M() { var a = Task.Run(() => { _d = 1; _l = 1; }); var b = Task.Run(() => Console.WriteLine(_d + _l)); await Task.WhenAll(a, b); }")]
    [InlineData("System.Text.Json.JsonElement _e; async Task M(System.Text.Json.JsonElement e) { var a = Task.Run(() => _e = e); var b = Task.Run(() => Console.WriteLine(_e)); await Task.WhenAll(a, b); }")]
    // The wait for a turn may be the order.
    [InlineData("(int, int) _p; readonly AutoResetEvent _turn = new(true); void M() { var a = new Thread(() => { _turn.WaitOne(); _p = (1, 2); _turn.Set(); }); var b = new Thread(() => Console.WriteLine(_p)); a.Start(); b.Start(); a.Join(); b.Join(); }")]
    public Task Misses_what_is_not_in_sight(string code) => Verify.Rule("TW3007", In(code));

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
            {{code}}
        }
        """;
}
