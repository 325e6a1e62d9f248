using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.SharedState;

public class TW3003Tests
{
    [Theory]
    [InlineData("int _n; void A() => Interlocked.Increment(ref _n); void B() { {|TW3003:_n|}++; }")]
    [InlineData("int _n; void A() => Interlocked.Increment(ref _n); void B() { --{|TW3003:_n|}; }")]
    [InlineData("long _n; void A(int x) => Interlocked.Add(ref _n, x); void B(int x) { {|TW3003:_n|} += x; }")]
    [InlineData("int _n; void A() => Interlocked.Increment(ref _n); void B() { {|TW3003:_n|} = _n - 1; }")]
    [InlineData("static int s_n; static void A() => Interlocked.Increment(ref s_n); static void B() { {|TW3003:s_n|}--; }")]
    [InlineData("int _n; int A() => Interlocked.Exchange(ref _n, 0); void B() { {|TW3003:_n|}++; }")]
    [InlineData("int _max; void A(int x) { int old; do { old = _max; } while (x > old && Interlocked.CompareExchange(ref _max, x, old) != old); } void B() { {|TW3003:_max|}++; }")]
    [InlineData("int _n; void A() => Interlocked.Increment(ref _n); void B() { Task.Run(() => {|TW3003:_n|}++); }")]
    [InlineData("int _n; public void A() => Interlocked.Increment(ref _n); public void B() => C1(); private void C1() => C2(); private void C2() => {|TW3003:_n|}--;")]
    [InlineData("volatile int _n; void A() => {|TW3003:_n|}++; void B() => _n--;")]
    [InlineData("volatile int _n; void A() { {|TW3003:_n|} += 2; } int P { set => _n |= value; }")]
    [InlineData("static volatile int s_n; static void A() => {|TW3003:s_n|}++; static void B() => s_n++;")]
    [InlineData("int _n; void A() { Interlocked.Increment(ref _n); try { } finally { {|TW3003:_n|}--; } }")]
    [InlineData("int _flags; public void A(int x) => Interlocked.Or(ref _flags, x); public void B(int x) { {|TW3003:_flags|} |= x; }")]
    [InlineData("long _flags; public void A(long x) { Interlocked.And(ref _flags, ~x); } public void B(long x) { {|TW3003:_flags|} &= x; }")]
    [InlineData("static uint s_flags; public static bool A(uint x) => (Interlocked.Or(ref s_flags, x) & x) == 0; public static void B(uint x) { {|TW3003:s_flags|} = s_flags | x; }")]
    // One method that several threads run, or two lambdas
    [InlineData("volatile int _v; void M() { Task.Run(Up); Task.Run(Up); } private void Up() => {|TW3003:_v|}++;")]
    [InlineData("volatile int _v; void M() { for (var i = 0; i < 4; i++) new Thread(Up).Start(); } private void Up() { {|TW3003:_v|}++; }")]
    [InlineData("volatile int _v; void M() { Task.Run(() => {|TW3003:_v|}++); Task.Run(() => _v++); }")]
    [InlineData("volatile int _v; void M(int n) => Parallel.For(0, n, i => {|TW3003:_v|}++);")]
    // By way of a property that gives and stores the field as it is
    [InlineData("int _n; int N { get => _n; set => _n = value; } public void A() => Interlocked.Increment(ref _n); public void B() { {|TW3003:N|}--; }")]
    [InlineData("int _n; int N { get { return _n; } set { _n = value; } } public void A() => Interlocked.Add(ref _n, 5); public void B() { {|TW3003:this.N|} += 1; }")]
    [InlineData("volatile int _n; int N { get => _n; set => _n = value; } public void A() { {|TW3003:N|}++; } public void B() { N--; }")]
    [InlineData("long _n; public long N { get => Volatile.Read(ref _n); set => Volatile.Write(ref _n, value); } public void A() => Interlocked.Increment(ref _n); public void B() { {|TW3003:N|} += 2; }")]
    // Of another object of the type
    [InlineData("volatile int _n; public void A() => {|TW3003:_n|}++; public void Take(C other) { other._n--; }")]
    [InlineData("volatile int _n; public void A(C other) { {|TW3003:other._n|}++; } public void B(C other) { other._n--; }")]
    [InlineData("volatile int _n; C? _next; public void A() => {|TW3003:_n|}++; public void B() { _next!._n--; }")]
    [InlineData("int _n; readonly C _root; public C(C root) { _root = root; } public void A() => Interlocked.Increment(ref _n); public void B() { {|TW3003:_root._n|}--; }")]
    [InlineData("int _n; static readonly C s_main = new(); public void A() => Interlocked.Increment(ref _n); public static void B() { {|TW3003:s_main._n|}--; }")]
    [InlineData("int _n; C? _next; public void A() => Interlocked.Increment(ref _n); public void B() { var next = _next; if (next != null) {|TW3003:next._n|} += 2; }")]
    [InlineData("int _n; readonly List<C> _all = new(); public void A() => Interlocked.Increment(ref _n); public void B() { foreach (var c in _all) {|TW3003:c._n|}--; }")]
    [InlineData("int _n; public void A(C other) => Interlocked.Increment(ref other._n); public void B() { {|TW3003:_n|}--; }")]
    public Task Updates_in_two_steps_beside_atomic_ones_are_reported(string code) => Verify.Rule("TW3003", In(code));

    [Theory]
    [InlineData("int _n; void A() => Interlocked.Increment(ref _n); void B() => Interlocked.Decrement(ref _n);")]
    [InlineData("int _n; void A() => Interlocked.Increment(ref _n); int B() => _n;")]
    [InlineData("int _flags; public void A(int x) => Interlocked.Or(ref _flags, x); public bool B(int x) => (_flags & x) != 0;")]
    [InlineData("int _flags; public void A(int x) => Interlocked.Or(ref _flags, x); public void B(int x) { _flags = x; }")]
    [InlineData("int _flags; public C(int x) { _flags |= x; } public void A(int x) => Interlocked.Or(ref _flags, x); public void B(int x) { lock (this) _flags |= x; }")]
    [InlineData("int _flags; public void A(int x) => Interlocked.Or(ref _flags, x); public void B(int x) => Interlocked.And(ref _flags, ~x);")]
    [InlineData("int _n; void A() => Interlocked.Increment(ref _n); int B() => Volatile.Read(ref _n) + 1;")]
    [InlineData("int _n; void A() => Interlocked.Increment(ref _n); void B() { _n = 0; }")]
    [InlineData("int _n; void A() { lock (this) Interlocked.Increment(ref _n); } void B() { lock (this) _n++; }")]
    [InlineData("int _n; void A() { Interlocked.Increment(ref _n); } void B() { lock (this) _n++; }")]
    [InlineData("int _n; readonly object _gate = new(); public void A() { Interlocked.Increment(ref _n); } public void B() { lock (_gate) C1(); } private void C1() => _n++;")]
    [InlineData("int _n; public C() { _n++; Init(); } private void Init() => _n++; void A() => Interlocked.Increment(ref _n);")]
    [InlineData("int _n; void A() => Interlocked.Increment(ref _n); public void Dispose() { _n++; }")]
    [InlineData("int _n; int A() { var old = _n; while (Interlocked.CompareExchange(ref _n, old + 1, old) != old) old = _n; return old; }")]
    [InlineData("long _n; long A() => Interlocked.Read(ref _n); void B() => _n++;")]
    [InlineData("int _n; void A() => Interlocked.MemoryBarrier(); void B() => _n++;")]
    [InlineData("int _n; int _m; void A() => Interlocked.Increment(ref _m); void B() => _n++;")]
    [InlineData("int _n; static void A(C other) => Interlocked.Increment(ref other._m); int _m; void B() => _n++;")]
    [InlineData("volatile int _n; void A() => _n++; int B() => _n;")]
    [InlineData("volatile int _n; protected void A() => _n |= 1; protected void B() => _n &= ~1;")]
    [InlineData("volatile int _n; public void A() { System.Diagnostics.Debug.Assert(Monitor.IsEntered(this)); _n |= 1; } public void B() { System.Diagnostics.Debug.Assert(Monitor.IsEntered(this), \"held\"); _n &= ~1; }")]
    [InlineData("volatile int _n; public void A() { if (!Monitor.IsEntered(this)) throw new InvalidOperationException(); _n |= 1; } public void B() { lock (this) _n &= ~1; }")]
    [InlineData("int _n; public virtual void A() => Interlocked.Increment(ref _n); public override string ToString() => \"\" + _n++;")]
    [InlineData("volatile int _n; void A() => _n++; void B() => _n = 0;")]
    [InlineData("volatile bool _stop; void A() => _stop = true; void B() => _stop = false;")]
    [InlineData("volatile int _n; readonly object _gate = new(); void A() { lock (_gate) _n++; } void B() { lock (_gate) _n--; }")]
    [InlineData("volatile string? _s; void A() => _s = \"a\"; void B() => _s = \"b\";")]
    [InlineData("volatile string _s = \"\"; public void A() => _s = _s + \"a\"; public void B() => _s = _s.Trim();")]
    [InlineData("volatile int[] _all = []; public void A(int n) => _all = [.. _all, n]; public void B(int n) => _all = _all.Where(i => i != n).ToArray();")]
    [InlineData("volatile bool _isOdd; public void A() => _isOdd = !_isOdd; public void B() => _isOdd ^= true;")]
    [InlineData("[ThreadStatic] static int t_n; void A() => t_n++; void B() => t_n--;")]
    [InlineData("void A() { var n = 0; Interlocked.Increment(ref n); n++; Console.WriteLine(n); }")]
    [InlineData("struct S { int _n; void A() => Interlocked.Increment(ref _n); void B() => _n++; }")]
    [InlineData("int _n; void A() => Interlocked.Increment(ref _n); void B() => Take(ref _n); static void Take(ref int x) => x++; void D() => _n++;")]
    [InlineData("string _s = \"\"; void A() => Interlocked.Exchange(ref _s, \"a\"); void B() { _s ??= \"c\"; }")]
    [InlineData("int _n; int N { get => _n; set => _n = value; } public void A() => Interlocked.Increment(ref _n); public int B() => N;")]
    [InlineData("int _n; int N { get => _n; set => _n = value; } public C() { N++; } public void A() => Interlocked.Increment(ref _n);")]
    [InlineData("int _n; int N { get => _n; set { if (value > 0) _n = value; } } public void A() => Interlocked.Increment(ref _n); public void B() { N = 0; }")]
    // One thread, or one after the other, or a lock
    [InlineData("volatile int _v; void M() { Task.Run(Up).Wait(); Task.Run(Up).Wait(); } private void Up() => _v++;")]
    [InlineData("volatile int _v; void M() { new Thread(Up).Start(); } private void Up() { while (true) _v++; }")]
    [InlineData("volatile int _v; readonly object _gate = new(); void M() { for (var i = 0; i < 4; i++) new Thread(Up).Start(); } private void Up() { lock (_gate) _v++; }")]
    // The object may be one that no other thread has yet
    [InlineData("int _n; public void A() => Interlocked.Increment(ref _n); public static void B(C other) { other._n++; }")]
    [InlineData("int _n; public void A() => Interlocked.Increment(ref _n); public C Copy() { var copy = new C(); copy._n += _n; return copy; }")]
    [InlineData("int _n; public void A() => Interlocked.Increment(ref _n); public C Made() { var made = Make(); made._n++; return made; } static C Make() => new();")]
    [InlineData("int _n; public void A() => Interlocked.Increment(ref _n); public static C operator +(C a, C b) { var c = new C(); c._n += a._n; c._n += b._n; return c; }")]
    [InlineData("int _n; readonly object _gate = new(); public void A() => Interlocked.Increment(ref _n); public void B(C other) { lock (other._gate) other._n++; }")]
    [InlineData("volatile int _n; C? _next; public C(C next) { _next = next; next._n++; } public void A() => _n++;")]
    [InlineData("class D { public int N; } readonly D _d = new(); int _n; public void A() => Interlocked.Increment(ref _n); public void B() { _d.N++; }")]
    // After the joins of all who count; on behalf of one member; compared with itself, which only reads
    [InlineData("int _n; void M() { var ts = new List<Task>(); for (var i = 0; i < 3; i++) ts.Add(Task.Run(() => Interlocked.Increment(ref _n))); Task.WaitAll(ts.ToArray()); _n++; }")]
    [InlineData("int _n; async Task M() { var ts = new List<Task>(); for (var i = 0; i < 3; i++) ts.Add(Task.Run(() => Interlocked.Increment(ref _n))); await Task.WhenAll(ts); _n += 3; }")]
    [InlineData("int _n; void M(int[] xs) { Parallel.ForEach(xs, x => Interlocked.Increment(ref _n)); _n++; }")]
    [InlineData("int _n; void T() { Parallel.For(0, 5, i => Interlocked.Increment(ref _n)); if (_n != 5) throw new Exception(); _n = 0; _n += 5; }")]
    [InlineData("volatile int _v; public void Loop() { while (true) { Up(); Down(); } } private void Up() => _v++; private void Down() => _v--;")]
    [InlineData("int _n; int N => Interlocked.CompareExchange(ref _n, 0, 0); void Loop() { _n++; }")]
    [InlineData("double _d; void Add(double v) { var seen = _d; while (true) { var s = Interlocked.CompareExchange(ref _d, seen + v, seen); if (s == seen) return; seen = s; } }")]
    [InlineData("volatile int _v; void Start() => new Thread(Loop).Start(); private void Loop() { for (;;) { Up(); if (_v > 9) Down(); } } private void Up() => _v++; private void Down() => _v = 0;")]
    [InlineData("sealed class Cell { public long V; } readonly Cell[] _cs = new Cell[4]; void A(int i) => Interlocked.Increment(ref _cs[i].V); long Sum() { long s = 0; foreach (var c in _cs) s += c.V; return s; }")]
    public Task What_loses_nothing_is_left_alone(string code) => Verify.Rule("TW3003", In(code));

    /// <summary>A static member may be given an object that nobody else has yet, and so may who calls for one.</summary>
    [Theory]
    [InlineData("volatile int _n; public void A() => _n++; public static void Move(C from, C to) { from._n--; to._n++; }")]
    [InlineData("volatile int _n; readonly Dictionary<int, C> _all = new(); public void A() => _n++; public void B(int k) { _all[k]._n--; }")]
    [InlineData("volatile int _n; public void A() => _n++; public void B() { Find()._n--; } C Find() => this;")]
    public Task Misses_objects_that_are_found_in_other_ways(string code) => Verify.Rule("TW3003", In(code));

    private static string In(string code) => $$"""
        class C
        {
            {{code}}
        }
        """;
}
