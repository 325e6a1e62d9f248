using System;
using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.SharedState;

public class TW3002Tests
{
    [Theory]
    [InlineData("public void C1() { {|TW3002:_n|}++; }")]
    [InlineData("public void C1() { {|TW3002:_n|} = 0; }")]
    [InlineData("public int C1() => ++{|TW3002:_n|};")]
    [InlineData("public void C1(int x) { if (x > 0) { {|TW3002:_list|}.Add(x); } }")]
    [InlineData("public bool C1(int x) => {|TW3002:_list|}.Contains(x);")]
    [InlineData("public int[] C1() => {|TW3002:_list|}.ToArray();")]
    [InlineData("public int C1(int x) => {|TW3002:_map|}[x];")]
    [InlineData("public void C1() { {|TW3002:_map|}.Remove(1); }")]
    [InlineData("public void C1() { lock (_other) { {|TW3002:_n|}++; } }")]
    [InlineData("public void C1() { lock (_gate) { } {|TW3002:_n|}++; }")]
    [InlineData("public void C1() { Add(); } private void Add() => {|TW3002:_n|}++;")]
    [InlineData("public void C1() { lock (_gate) Add(); } public void C2() { Add(); } private void Add() => Really(); private void Really() => {|TW3002:_n|}++;")]
    [InlineData("public void C1() { Task.Run(() => {|TW3002:_n|}++); }")]
    [InlineData("public void C1() { lock (_gate) { Task.Run(() => {|TW3002:_n|}++); } }")]
    [InlineData("public void C1() { Monitor.Enter(_gate); Monitor.Exit(_gate); {|TW3002:_n|}++; }")]
    [InlineData("public void C1() { if (Monitor.TryEnter(_gate)) { Monitor.Exit(_gate); } {|TW3002:_n|}++; }")]
    [InlineData("public int N { get { lock (_gate) return _n; } set { {|TW3002:_n|} = value; } }")]
    [InlineData("public void C1() { {|TW3002:_price|} *= 2; }")]
    public Task What_most_methods_guard_and_one_does_not_is_reported(string code) => Verify.Rule("TW3002", In(code));

    /// <summary>A scope that is a parameter holds a lock that its caller took.</summary>
    [Theory]
    [InlineData("private readonly Lock _lock = new(); public void C1() { Closing(_lock.EnterScope()); } private void Closing(Lock.Scope scope) { try { _n++; } finally { scope.Dispose(); } }")]
    [InlineData("private readonly Lock _lock = new(); public void C1() { Closing(_lock.EnterScope()); void Closing(Lock.Scope scope) { _n++; scope.Dispose(); } }")]
    [InlineData("private readonly Lock _lock = new(); public void C1(bool own) { Lock.Scope scope = default; if (own) scope = _lock.EnterScope(); try { _n++; } finally { if (own) scope.Dispose(); } }")]
    public Task Under_a_scope_that_is_handed_over(string code) => Verify.Rule("TW3002", In(code));

    [Theory]
    [InlineData("public void C1() { foreach (var x in {|TW3011:_list|}) Console.WriteLine(x); }")]
    [InlineData("public int C1() => {|TW3011:_map|}.Values.Sum();")]
    public Task An_enumeration_is_another_rules(string code) => Verify.Rule("TW3002", In(code));

    [Theory]
    [InlineData("int _x; public void X1() { _rw.EnterWriteLock(); try { _x++; } finally { _rw.ExitWriteLock(); } } public int X2() { _rw.EnterReadLock(); try { return _x; } finally { _rw.ExitReadLock(); } } public void C1() { _rw.EnterReadLock(); try { {|TW3002:_x|}++; } finally { _rw.ExitReadLock(); } }")]
    [InlineData("static readonly object s_gate = new(); static int s_x; public static void X1() { lock (s_gate) s_x++; } public static int X2() { lock (s_gate) return s_x; } public static void C1() { {|TW3002:s_x|}--; }")]
    [InlineData("int _x; public void X1() { lock (this) _x++; } public int X2() { lock (this) return _x; } public void C1() => {|TW3002:_x|}--;")]
    [InlineData("readonly Lock _l = new(); int _x; public void X1() { lock (_l) _x++; } public int X2() { using (_l.EnterScope()) return _x; } public void C1() => {|TW3002:_x|}--;")]
    [InlineData("readonly SemaphoreSlim _s = new(1, 1); int _x; public async Task X1() { await _s.WaitAsync(); try { _x++; } finally { _s.Release(); } } public async Task X2() { await _s.WaitAsync(); try { _x--; } finally { _s.Release(); } } public void C1() => {|TW3002:_x|}--;")]
    [InlineData("public int X { get; private set; } public void X1() { lock (_gate) X++; } public void X2() { lock (_gate) X--; } public void C1() { {|TW3002:X|} += 3; }")]
    [InlineData("int _x; public void X1() { lock (_gate) Up(); } public void X2() { lock (_gate) Down(); } private void Up() => _x++; private void Down() => _x--; public void C1() => {|TW3002:_x|} = 3;")]
    [InlineData("int _x; public void X1() { Take(); try { _x++; } finally { Drop(); } } public void X2() { Take(); try { _x++; } finally { Drop(); } } private void Take() => Monitor.Enter(_gate); private void Drop() => Monitor.Exit(_gate); public void C1() => {|TW3002:_x|} = 3;")]
    public Task Every_kind_of_guard_counts(string code) => Verify.Rule("TW3002", In(code));

    /// <summary>A value that is copied in more than one step.</summary>
    [Theory]
    [InlineData("public decimal C1() => {|TW3002:_price|};")]
    [InlineData("public bool C1(decimal p) { var price = {|TW3002:_price|}; return price > p; }")]
    [InlineData("public bool C1(decimal p) => {|TW3002:_price|} < p;")]
    [InlineData("Guid _id; public void X() { lock (_gate) _id = Guid.NewGuid(); } public void Y() { lock (_gate) _id = Guid.Empty; } public Guid C1 => {|TW3002:_id|};")]
    [InlineData("int? _last; public void X(int n) { lock (_gate) _last = n; } public void Y() { lock (_gate) _last = null; } public int? C1 => {|TW3002:_last|};")]
    [InlineData("int? _last; public void X(int n) { lock (_gate) _last = n; } public void Y() { lock (_gate) _last = null; } public int C1() => {|TW3002:_last|}.GetValueOrDefault(-1);")]
    [InlineData("decimal? _last; public void X(int n) { lock (_gate) _last = n; } public void Y() { lock (_gate) _last = null; } public decimal C1() => {|TW3002:_last|}.GetValueOrDefault();")]
    [InlineData("int? _last; public void X(int n) { lock (_gate) _last = n; } public void Y() { lock (_gate) _last = null; } public int C1() { if (_last != null) return {|TW3002:_last|}.Value; return 0; }")]
    [InlineData("(int Low, int High) _r; public void X(int n) { lock (_gate) _r = (n, n); } public void Y() { lock (_gate) _r = default; } public int C1() { var (low, high) = {|TW3002:_r|}; return high - low; }")]
    [InlineData("public struct P { public int A, B; } P _p; public void X(int n) { lock (_gate) _p = new P { A = n, B = n }; } public void Y() { lock (_gate) _p = default; } public P C1() { return {|TW3002:_p|}; }")]
    [InlineData("public DateTimeOffset Last { get; private set; } public void X() { lock (_gate) Last = DateTimeOffset.Now; } public void Y() { lock (_gate) Last = default; } public bool C1() => {|TW3002:Last|} > DateTimeOffset.Now;")]
    public Task A_torn_read_is_reported(string code) => Verify.Rule("TW3002", In(code));

    [Theory]
    // Whole: one step, a part of one step, whether there is one
    [InlineData("long _t; DateTime _d; TimeSpan _s; public void X() { lock (_gate) { _t = 1; _d = DateTime.Now; _s = default; } } public void Y() { lock (_gate) { _t = 2; _d = default; _s = default; } } public object C1() => (_t, _d, _s);")]
    [InlineData("int? _last; public void X(int n) { lock (_gate) _last = n; } public void Y() { lock (_gate) _last = null; } public bool C1() => _last.HasValue; public bool C2() => _last != null; public bool C3() => _last is null; public int C4() => _last.GetValueOrDefault();")]
    [InlineData("(int Low, int High) _r; public void X(int n) { lock (_gate) _r = (n, n); } public void Y() { lock (_gate) _r = default; } public int C1() => _r.Low;")]
    [InlineData("Guid _id; public void X() { lock (_gate) _id = Guid.NewGuid(); } public void Y() { lock (_gate) _id = Guid.Empty; } public bool C1() => _id == Guid.Empty;")]
    // For people, for the one who has it, set once, and asked again under the lock
    [InlineData("public override string ToString() => $\"{_price}\";")]
    [InlineData("public C() { _price = 3; Show(); } private void Show() => Console.WriteLine(_price); public void Dispose() => Console.WriteLine(_price);")]
    [InlineData("readonly decimal _rate = 3; public decimal X() { lock (_gate) return _rate; } public decimal Y() { lock (_gate) return _rate; } public decimal C1() => _rate;")]
    [InlineData("public decimal C1(decimal limit) { if (_price < limit) return 0; lock (_gate) { return _price; } }")]
    [InlineData("public decimal C1() { lock (_gate) { return Price(); } } private decimal Price() => _price;")]
    [InlineData("public string C1() => nameof(_price);")]
    public Task A_whole_read_is_left_alone(string code) => Verify.Rule("TW3002", In(code));

    /// <summary>What is read outside of the lock of a double-checked initialization is another rule's.</summary>
    [Theory]
    [InlineData("decimal? _p; public void X() { lock (_gate) _p = null; } public void Y() { lock (_gate) _p = 1; } public decimal C1() { if (_p == null) { lock (_gate) { _p ??= 3m; } } return _p.Value; }")]
    public Task A_torn_double_check_is_left_alone(string code) => Verify.Rule("TW3002", In(code));

    [Theory]
    // Whole reads
    [InlineData("public int C1() => _n;")]
    [InlineData("public int C1() => _list.Count;")]
    [InlineData("public bool C1() => _n > 0 && _list.Count > 0;")]
    [InlineData("public string C1() => $\"{_n} of {_list.Count}\";")]
    // Nobody else has it
    [InlineData("public C() { _n = 1; _list.Add(1); Init(); } private void Init() { _n++; _map[1] = 1; }")]
    [InlineData("public void Dispose() { _n = 0; _list.Clear(); }")]
    [InlineData("~C() { _n = 0; }")]
    [InlineData("public int C1 { init { _n = value; } }")]
    // Behind a wait for the threads
    [InlineData("Thread _t = null!; public void Stop() { _t.Join(); _n = 0; _list.Clear(); }")]
    [InlineData("Task _t = null!; public async Task Stop() { await _t.ConfigureAwait(false); _list.Clear(); }")]
    [InlineData("readonly List<Task> _ts = new(); public void Stop() { Task.WaitAll(_ts.ToArray()); _list.Clear(); _map.Clear(); }")]
    // Held by the callers
    [InlineData("public void C1() { lock (_gate) Add(); } private void Add() => _n++;")]
    [InlineData("public void C1() { lock (_gate) Add(); } public void C2() { lock (_gate) { Add(); } } private void Add() => Really(); private void Really() => _n++;")]
    [InlineData("public void C1() { lock (_gate) Add(3); } private void Add(int k) { _n++; if (k > 0) Add(k - 1); }")]
    [InlineData("public void C1() { lock (_gate) { Add(); void Add() => _n++; } }")]
    [InlineData("public void C1(int[] xs) { lock (_gate) { foreach (var y in xs.Select(x => _n += x)) { } } }")]
    [InlineData("public void C1() { lock (_gate) AddCore(); } protected void AddCore() => _n++;")]
    [InlineData("public void C1() { lock (_gate) Last = 1; } private int Last { set => _n = value; }")]
    [InlineData("public void C1() { WithLock(() => _n++); } private void WithLock(Action a) { lock (_gate) a(); }")]
    // Another way to the same lock
    [InlineData("public void C1() { var g = _gate; lock (g) _n++; }")]
    [InlineData("public void C1() { Monitor.Enter(_gate); try { _n++; } finally { Monitor.Exit(_gate); } }")]
    [InlineData("public void C1() { var taken = false; try { Monitor.Enter(_gate, ref taken); _n++; } finally { if (taken) Monitor.Exit(_gate); } }")]
    [InlineData("public void C1() { if (!Monitor.TryEnter(_gate, 5)) return; try { _n++; } finally { Monitor.Exit(_gate); } }")]
    [InlineData("public void C1() { if (Monitor.TryEnter(_gate)) { try { _n++; } finally { Monitor.Exit(_gate); } } }")]
    [InlineData("public void C1() { System.Diagnostics.Debug.Assert(Monitor.IsEntered(_gate)); _n++; }")]
    [InlineData("public void C1() { Take(); _n++; Drop(); } private void Take() => Monitor.Enter(_gate); private void Drop() => Monitor.Exit(_gate);")]
    [InlineData("public void C1(IDisposable held) { using (Hold()) { _n++; } } private IDisposable Hold() => null!;")]
    [InlineData("public void C1(object sync) { lock (sync) _n++; }")]
    [InlineData("[MethodImpl(MethodImplOptions.Synchronized)] public void C1() { _n++; }")]
    // Nothing to guard
    [InlineData("public string C1() => nameof(_n);")]
    [InlineData("bool _closed; public void X() { lock (_gate) { if (!_closed) _n++; } } public void Y() { lock (_gate) _closed = true; } public void Z() { _closed = true; }")]
    [InlineData("volatile int _v; public void X() { lock (_gate) _v++; } public void Y() { lock (_gate) _v--; } public void Z() { _v = 0; }")]
    [InlineData("int _v; public void X() { lock (_gate) _v++; } public void Y() { lock (_gate) _v--; } public void Z() { Interlocked.Exchange(ref _v, 0); }")]
    [InlineData("[ThreadStatic] static int t_v; public void X() { lock (_gate) t_v++; } public void Y() { lock (_gate) t_v--; } public void Z() { t_v = 0; }")]
    [InlineData("ConcurrentDictionary<int, int> _v = new(); public void X() { lock (_gate) _v[1] = 1; } public void Y() { lock (_gate) _v.Clear(); } public void Z() { _v.TryAdd(1, 1); }")]
    [InlineData("List<int> _v = new(); public void X() { lock (_gate) _v = new List<int>(_v) { 1 }; } public void Y() { lock (_gate) _v = new List<int>(); } public bool Z() => _v.Contains(1);")]
    // No majority
    [InlineData("int _v; public void X() { lock (_gate) _v++; } public void Y() { _v--; }")]
    [InlineData("int _v; public void X() { lock (_gate) _v++; } public void Y() { lock (_gate) _v--; } public void Z() { _v++; } public void W() { _v++; }")]
    [InlineData("int _v; public int X() { lock (_gate) return _v; } public int Y() { lock (_gate) return _v; } public void Z() { _v++; }")]
    [InlineData("int _v; public void X(C other) { lock (other._gate) _v++; } public void Y(C other) { lock (other._gate) _v++; } public void Z() { _v++; }")]
    // Before the thread that shares it
    [InlineData("public void Start() { _n = 0; new Thread(A).Start(); }")]
    [InlineData("public void Start() { _list.Clear(); Task.Run(A); }")]
    // State of somebody else
    [InlineData("public static void C1(C c) { c._n++; }")]
    // Begins the object or type, is run by who keeps a delegate, or takes the lock when it matters
    [InlineData("public static int s_v; static readonly object s_g = new(); static C() { s_v++; Fill(); } static void Fill() { s_v += 2; } public static void X() { lock (s_g) s_v++; } public static void Y() { lock (s_g) s_v--; }")]
    [InlineData("[System.Runtime.Serialization.OnDeserialized] void Loaded(System.Runtime.Serialization.StreamingContext c) { _list.Add(5); }")]
    [InlineData("bool _sync; public void X() { var taken = false; try { if (_sync) Monitor.Enter(_gate, ref taken); _n++; } finally { if (taken) Monitor.Exit(_gate); } }")]
    [InlineData("void Raw() { _n++; } sealed class Inner { readonly C _c = new(); public void X() { lock (_c._gate) { _c.Raw(); } } }")]
    [InlineData("readonly Action _step; public C() { _step = Step; } public void X() { lock (_gate) { _n++; _step(); } } void Step() { _n += 2; }")]
    [InlineData("readonly Dictionary<string, Action> _steps; public C() { _steps = new() { [\"a\"] = Up, [\"b\"] = () => _n -= 2 }; } public void X(string s) { lock (_gate) { _n++; _steps[s](); } } void Up() { _n += 2; }")]
    // Called back under the lock by whom the object was given to
    [InlineData("readonly List<int> _keys = new(); public void X() { lock (_gate) { _keys.Sort(new Plain(this)); } } sealed class Plain(C owner) : IComparer<int> { public int Compare(int a, int b) => owner._map[a] - owner._map[b]; }")]
    public Task What_is_guarded_or_need_not_be_is_left_alone(string code) => Verify.Rule("TW3002", In(code));

    [Theory]
    [InlineData("private void C1() { _n++; }")]
    [InlineData("private void C1() => C2(); private void C2() { if (_n > 3) C3(); } private void C3() => _list.Add(1);")]
    [InlineData("private static void C1(C c) { } private void C2() => Task.FromResult(_n++);")]
    public Task What_nothing_calls_is_left_alone(string code) => Verify.Rule("TW3002", In(code));

    [Theory]
    [InlineData("private void C1() => {|TW3002:_n|}++; internal void C2() => C1();")]
    [InlineData("[Obsolete] private void C1() => {|TW3002:_n|}++;")]
    [InlineData("interface I { void C1(); } class D : I { int _x; readonly object _s = new(); public void A() { lock (_s) _x++; } public void B() { lock (_s) _x--; } void I.C1() => {|TW3002:_x|}++; }")]
    [InlineData("class D { int _x; readonly object _s = new(); void A() { lock (_s) _x++; } void B() { lock (_s) _x--; } void C1() => {|TW3002:_x|}++; }")]
    public Task What_may_be_called_is_reported(string code) => Verify.Rule("TW3002", In(code));

    /// <summary>Who calls holds the lock, or has the object to itself.</summary>
    [Theory]
    [InlineData("public B() { Reset(); } public void Clear() { lock (_g) { Reset(); } } void Reset() { _d.Clear(); _d[1] = 1; }")]
    [InlineData("public void Clear() { lock (_g) { Reset(); } } public void Dispose() => Reset(); void Reset() { _d.Clear(); _d[1] = 1; }")]
    [InlineData("public B() { Begin(); } void Begin() => Reset(); public void Clear() { lock (_g) { Reset(); } } void Reset() => _d.Clear();")]
    [InlineData("public void Clear() { Reset(); } public void Dispose() => Reset(); void Reset() => {|TW3002:_d|}.Clear();")]
    public Task Helpers_of_constructors_and_disposals(string code) => Verify.Rule("TW3002", $$"""
        class B : IDisposable
        {
            private readonly object _g = new();
            private readonly Dictionary<int, int> _d = new();
            public void Open(int f) { lock (_g) { _d[f] = 1; } }
            public void Del(int f) { lock (_g) { _d.Remove(f); } }
            public int N() { lock (_g) { return _d.Count; } }
            {{code}}
            {{(code.Contains("Dispose", StringComparison.Ordinal) ? "" : "public void Dispose() { }")}}
        }
        """);

    [Fact]
    public Task An_override_may_run_under_the_lock_of_its_base() => Verify.Rule("TW3002", """
        abstract class Base { protected object Sync { get; } = new(); protected virtual void OnReset() { } public void Reset() { lock (Sync) OnReset(); } }
        class C : Base
        {
            int _v;
            public void X() { lock (Sync) _v++; }
            public void Y() { lock (Sync) _v--; }
            protected override void OnReset() { _v = 0; }
        }
        """);

    /// <summary>A member of an interface may be called back under the lock under which the object was given away as one.</summary>
    [Theory]
    [InlineData("class C : IComparer<string> { readonly object _gate = new(); readonly Dictionary<string, int> _ranks = new(); public void A(List<string> l) { lock (_gate) { _ranks[l[0]] = 1; l.Sort(this); } } public void B() { lock (_gate) _ranks.Clear(); } public int Compare(string a, string b) => _ranks[a] - _ranks[b]; }")]
    [InlineData("class C : IComparer<string> { readonly object _gate = new(); readonly Dictionary<string, int> _ranks = new(); public void A(List<string> l) { lock (_gate) { _ranks[l[0]] = 1; Order(l); } } private void Order(List<string> l) => l.Sort(this); public void B() { lock (_gate) _ranks.Clear(); } int IComparer<string>.Compare(string a, string b) => Rank(a) - Rank(b); private int Rank(string s) => _ranks[s]; }")]
    [InlineData("interface IVisitor { void See(int n); } interface ITree { void Accept(IVisitor v); } class C(ITree tree) : IVisitor { readonly object _gate = new(); readonly List<int> _seen = new(); public void A() { lock (_gate) { _seen.Clear(); tree.Accept(this); } } public void B() { lock (_gate) _seen.Clear(); } void IVisitor.See(int n) => _seen.Add(n); }")]
    [InlineData("class C : IEqualityComparer<string> { readonly object _gate = new(); readonly Dictionary<string, int> _hash = new(); public int A(string[] xs) { lock (_gate) { _hash[xs[0]] = 1; return xs.Distinct(this).Count(); } } public void B() { lock (_gate) _hash.Clear(); } public bool Equals(string a, string b) => a == b; public int GetHashCode(string s) => _hash[s]; }")]
    // Not under the lock, or another interface
    [InlineData("class C : IComparer<string> { readonly object _gate = new(); readonly Dictionary<string, int> _ranks = new(); public void A(List<string> l) { lock (_gate) { _ranks[l[0]] = 1; } l.Sort(this); } public void B() { lock (_gate) _ranks.Clear(); } public int Compare(string a, string b) => {|TW3002:_ranks|}[a] - _ranks[b]; }")]
    [InlineData("interface IVisitor { void See(int n); } interface ITree { void Accept(IVisitor v); } class C(ITree tree) : IVisitor, IDisposable { readonly object _gate = new(); readonly List<int> _seen = new(); public void A() { lock (_gate) { _seen.Clear(); tree.Accept(this); } } public void B() { lock (_gate) _seen.Clear(); } void IVisitor.See(int n) { } public void Close() => {|TW3002:_seen|}.Add(1); public void Dispose() { } }")]
    public Task Called_back_under_the_lock(string code) => Verify.Rule("TW3002", "#nullable disable\n" + code);

    /// <summary>Who writes takes both locks, who reads one of them.</summary>
    [Theory]
    [InlineData("public int R1() { lock (_a) return _l.IndexOf(1); } public int R2() { lock (_b) { return _l.IndexOf(2); } }")]
    [InlineData("public int R1() { lock (_a) return _l.IndexOf(1); } public int R2() { lock (_b) return Find(); } private int Find() => _l.IndexOf(3);")]
    [InlineData("public int R1() { lock (_a) return _l.IndexOf(1); } public int R2() { lock (_a) return _l.IndexOf(2); } public void W3() { lock (_b) { {|TW3002:_l|}.Clear(); } }")]
    public Task Two_locks_for_writers(string code) => Verify.Rule("TW3002", $$"""
        class C
        {
            readonly object _a = new();
            readonly object _b = new();
            readonly List<int> _l = new();
            public void W1() { lock (_a) lock (_b) _l.Add(1); }
            public void W2() { lock (_a) { lock (_b) { _l.Remove(1); } } }
            {{code}}
        }
        """);

    private static string In(string code) => $$"""
        #nullable disable
        using System.Collections.Concurrent;
        using System.Runtime.CompilerServices;
        class C
        {
            readonly object _gate = new();
            readonly object _other = new();
            readonly ReaderWriterLockSlim _rw = new();
            int _n;
            readonly List<int> _list = new();
            readonly Dictionary<int, int> _map = new();
            decimal _price;
            public void A() { lock (_gate) { _n++; _list.Add(1); _map[1] = 2; _price += 1; } }
            public void B() { lock (_gate) { _n += 2; _list.Clear(); _map.Clear(); _price = 0; } }
            {{code}}
        }
        """;
}
