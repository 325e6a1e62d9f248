using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>The rules on lock objects (TW2101 to TW2109) through helpers, and in members of every kind, partial and generic types.</summary>
public class LockObjectShapeTests
{
    private static string Class(string member) => $$"""
        #pragma warning disable TW2109
        class C
        {
            private readonly object _sync = new();
            private int _n;

            {{member}}
        }
        """;

    private static Task Check(string id, string member) => Verify.Rule(id, Class(member));

    [Theory]
    [InlineData("void M() { A(typeof(C)); } void A(Type t) => B(t); void B(Type t) { lock ({|TW2101:t|}) _n++; }")]
    [InlineData("public int this[int i] { get { lock ({|TW2101:typeof(C)|}) return _n + i; } }")]
    [InlineData("public event Action E { add { lock ({|TW2101:typeof(C)|}) _n++; } remove { } }")]
    [InlineData("~C() { lock ({|TW2101:typeof(C)|}) _n++; }")]
    [InlineData("public static C operator +(C c, int n) { lock ({|TW2101:typeof(C)|}) c._n += n; return c; }")]
    [InlineData("async Task M() { await Task.Yield(); lock ({|TW2101:GetType()|}) _n++; }")]
    [InlineData("IEnumerable<int> M() { lock ({|TW2101:typeof(C)|}) _n++; yield return 1; }")]
    [InlineData("void M() { L(); void L() { lock ({|TW2101:\"gate\"|}) _n++; } }")]
    [InlineData("void M() { var t = false; try { Monitor.Enter({|TW2101:typeof(C)|}, ref t); _n++; } finally { if (t) Monitor.Exit(typeof(C)); } }")]
    public Task A_shared_identity(string member) => Check("TW2101", member);

    /// <summary>What a property gives may be another object each time.</summary>
    [Fact]
    public Task Misses_a_text_that_a_property_gives() => Check("TW2101", "void M() { lock (Key) _n++; } private static string Key => \"gate\";");

    [Theory]
    [InlineData("void M() { lock (Gate) _n++; } private object Gate => _sync;")]
    [InlineData("void M() { A(_sync); } void A(object o) => B(o); void B(object o) { lock (o) _n++; }")]
    [InlineData("public int this[int i] { get { lock (_all) return _all[i]; } } private readonly List<int> _all = new();")]
    [InlineData("void M<T>() { lock (Store<T>.Gate) _n++; } static class Store<T> { public static readonly object Gate = new(); }")]
    [InlineData("private readonly Dictionary<Type, object> _gates = new(); void M() { lock (_gates[typeof(C)]) _n++; }")]
    [InlineData("private readonly ConcurrentDictionary<Type, object> _gates = new(); void M(Type t) { lock (_gates.GetOrAdd(t, _ => new object())) _n++; }")]
    [InlineData("private readonly System.Runtime.CompilerServices.ConditionalWeakTable<string, object> _gates = new(); void M(string s) { lock (_gates.GetOrCreateValue(s)) _n++; }")]
    [InlineData("private readonly object[] _stripes = { new(), new() }; void M(string s) { lock (_stripes[(s.GetHashCode() & 1)]) _n++; }")]
    public Task An_identity_of_ones_own(string member) => Check("TW2101", member);

    [Theory]
    [InlineData("private SemaphoreSlim {|TW2102:_gate|} = new(1, 1); void Reset() { _gate = new SemaphoreSlim(1, 1); } async Task M() { await _gate.WaitAsync(); try { _n++; } finally { _gate.Release(); } }")]
    [InlineData("private SemaphoreSlim {|TW2102:_gate|} = new(1); void Reset() { _gate = new(1); } void M() { _gate.Wait(); try { _n++; } finally { _gate.Release(); } }")]
    [InlineData("private SemaphoreSlim {|TW2102:_gate|}; public C() { _gate = new(1, 1); } void Reset() { _gate.Dispose(); _gate = new(1, 1); } void M() { _gate.Wait(); try { _n++; } finally { _gate.Release(); } }")]
    [InlineData("private static SemaphoreSlim {|TW2102:s_gate|} = new(1, 1); static void Reset() => s_gate = new(1, 1); async Task M() { await s_gate.WaitAsync(); try { _n++; } finally { s_gate.Release(); } }")]
    [InlineData("private SemaphoreSlim? {|TW2102:_gate|}; async Task M() { _gate ??= new SemaphoreSlim(1, 1); await _gate.WaitAsync(); try { _n++; } finally { _gate.Release(); } }")]
    [InlineData("private ReaderWriterLockSlim {|TW2102:_rw|} = new(); void Reset() { _rw = new(); } void M() { _rw.EnterWriteLock(); try { _n++; } finally { _rw.ExitWriteLock(); } }")]
    [InlineData("private ReaderWriterLockSlim {|TW2102:_rw|} = new(); void Reset() { _rw = new(LockRecursionPolicy.SupportsRecursion); } int P { get { _rw.EnterReadLock(); try { return _n; } finally { _rw.ExitReadLock(); } } set { _rw.EnterWriteLock(); try { _n = value; } finally { _rw.ExitWriteLock(); } } }")]
    [InlineData("private ReaderWriterLock {|TW2102:_rw|} = new(); void Reset() { _rw = new(); } void M() { _rw.AcquireWriterLock(-1); try { _n++; } finally { _rw.ReleaseWriterLock(); } }")]
    [InlineData("private Mutex {|TW2102:_mutex|} = new(); void Reset() => _mutex = new(); void M() { _mutex.WaitOne(); try { _n++; } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("private Lock {|TW2102:_lock|} = new(); void Reset() { _lock = new(); } void M() { _lock.Enter(); try { _n++; } finally { _lock.Exit(); } }")]
    [InlineData("private Lock {|TW2102:_lock|} = new(); void Reset() { _lock = new(); } bool M() { if (!_lock.TryEnter()) return false; try { _n++; return true; } finally { _lock.Exit(); } }")]
    [InlineData("private SemaphoreSlim {|TW2102:_gate|} = new(1, 1); void Reset() => A(); void A() => B(); void B() { _gate = new(1, 1); } void M() { _gate.Wait(); try { _n++; } finally { _gate.Release(); } }")]
    [InlineData("private ReaderWriterLockSlim {|TW2102:_rw|} = new(); void Reset() => A(); void A() => B(); void B() { _rw = new(); } void M() { In(); try { _n++; } finally { Out(); } } void In() => InCore(); void InCore() => _rw.EnterWriteLock(); void Out() => OutCore(); void OutCore() => _rw.ExitWriteLock();")]
    public Task A_lock_that_is_replaced(string member) => Check("TW2102", member);

    /// <summary>A release in another member than the acquire may be a signal.</summary>
    [Fact]
    public Task Misses_a_semaphore_that_helpers_take_and_give() => Check(
        "TW2102", "private SemaphoreSlim _gate = new(1, 1); void Reset() { _gate = new(1, 1); } void M() { In(); try { _n++; } finally { Out(); } } void In() => _gate.Wait(); void Out() => _gate.Release();");

    [Theory]
    [InlineData("private SemaphoreSlim _signal = new(0); void Reset() { _signal = new(0); } void M() { _signal.Wait(); _n++; } void Set() => _signal.Release();")]
    [InlineData("private SemaphoreSlim _slots = new(4, 4); void Resize(int n) { _slots = new(n, n); } async Task M() { await _slots.WaitAsync(); try { _n++; } finally { _slots.Release(); } }")]
    [InlineData("private SemaphoreSlim _slots = new(1); void Resize(int n) { _slots = new(n); } async Task M() { await _slots.WaitAsync(); try { _n++; } finally { _slots.Release(); } }")]
    [InlineData("private Mutex _named = new(false, \"app\"); void Reopen() { _named.Dispose(); _named = new(false, \"app\"); } void M() { _named.WaitOne(); try { _n++; } finally { _named.ReleaseMutex(); } }")]
    [InlineData("private Mutex _given = new(); public void Use(Mutex other) { _given = other; } void M() { _given.WaitOne(); try { _n++; } finally { _given.ReleaseMutex(); } }")]
    [InlineData("private readonly SemaphoreSlim _outer = new(1, 1); private object? _gate; void M() { _outer.Wait(); try { _gate ??= new object(); } finally { _outer.Release(); } lock (_gate) _n++; }")]
    [InlineData("private readonly Lock _outer = new(); private object? _gate; void M() { using (_outer.EnterScope()) { _gate ??= new object(); } lock (_gate) _n++; }")]
    [InlineData("private readonly object _outer = new(); private SemaphoreSlim? _gate; void M() { Monitor.Enter(_outer); try { if (_gate == null) _gate = new(1, 1); } finally { Monitor.Exit(_outer); } _gate.Wait(); try { _n++; } finally { _gate.Release(); } }")]
    [InlineData("private SemaphoreSlim? _gate = new(1, 1); void Dispose() { _gate?.Dispose(); _gate = null; } void M() { _gate!.Wait(); try { _n++; } finally { _gate.Release(); } }")]
    [InlineData("private SemaphoreSlim? _gate; public void Open() { _gate = new(1, 1); } void M() { _gate!.Wait(); try { _n++; } finally { _gate.Release(); } }")]
    [InlineData("private SemaphoreSlim _gate = new(1, 1); void Swap() { _gate = new(1, 1); } void M() { var gate = _gate; gate.Wait(); try { _n++; } finally { gate.Release(); } }")]
    [InlineData("private SemaphoreSlim _gate = new(1, 1); C Copy() { var c = (C)MemberwiseClone(); c._gate = new(1, 1); return c; } void M() { _gate.Wait(); try { _n++; } finally { _gate.Release(); } }")]
    [InlineData("private SemaphoreSlim? _gate; SemaphoreSlim Gate { get { if (_gate == null) Interlocked.CompareExchange(ref _gate, new SemaphoreSlim(1, 1), null); return _gate!; } } void M() { Gate.Wait(); try { _n++; } finally { _gate!.Release(); } }")]
    [InlineData("private SemaphoreSlim? _gate; void M() { LazyInitializer.EnsureInitialized(ref _gate, () => new SemaphoreSlim(1, 1)); _gate!.Wait(); try { _n++; } finally { _gate.Release(); } }")]
    [InlineData("private SemaphoreSlim? _gate; void M() { lock (_sync) _gate ??= new(1, 1); _gate.Wait(); try { _n++; } finally { _gate.Release(); } }")]
    [InlineData("private SemaphoreSlim _gate = new(1, 1); [System.Runtime.Serialization.OnDeserialized] void Read(System.Runtime.Serialization.StreamingContext c) => _gate = new(1, 1); void M() { _gate.Wait(); try { _n++; } finally { _gate.Release(); } }")]
    [InlineData("private SemaphoreSlim _gate = new(1, 1); public C() { Init(); } private void Init() => InitCore(); private void InitCore() { _gate = new(1, 1); } void M() { _gate.Wait(); try { _n++; } finally { _gate.Release(); } }")]
    [InlineData("private AutoResetEvent _news = new(false); void Reset() { _news = new(false); } void M() { _news.WaitOne(); _n++; } void Set() => _news.Set();")]
    [InlineData("private ReaderWriterLockSlim? _rw; void Open() { _rw = new(); } void Close() { _rw?.Dispose(); _rw = null; } void M() { _rw!.EnterReadLock(); try { _n++; } finally { _rw.ExitReadLock(); } }")]
    [InlineData("private ReaderWriterLockSlim _rw = new(); void Reset() { _rw = new(); } bool Is => _rw.IsWriteLockHeld;")]
    [InlineData("private readonly Dictionary<int, SemaphoreSlim> _gates = new(); void Reset(int i) { _gates[i] = new(1, 1); } void M(int i) { var gate = _gates[i]; gate.Wait(); try { _n++; } finally { gate.Release(); } }")]
    [InlineData("private SemaphoreSlim _turn = new(1, 1); void Restart() { _turn = new(1, 1); } void Begin() => _turn.Wait(); void End() => _turn.Release();")]
    [InlineData("private SpinLock _spin = new(false); void Reset() { _spin = new(false); }")]
    [InlineData("private Mutex? _single; bool Start() { _single = new Mutex(true, \"app\", out var isFirst); return isFirst; } void Stop() { _single?.ReleaseMutex(); _single?.Dispose(); _single = null; }")]
    public Task A_lock_that_is_set_once_or_is_none(string member) => Check("TW2102", member);

    [Theory]
    [InlineData("public int this[int i] { get { var gate = new object(); lock ({|TW2103:gate|}) return _n + i; } }")]
    [InlineData("public event Action E { add { var gate = new object(); lock ({|TW2103:gate|}) _n++; } remove { } }")]
    [InlineData("~C() { lock ({|TW2103:new object()|}) _n++; }")]
    [InlineData("public static C operator +(C c, int n) { var gate = new object(); lock ({|TW2103:gate|}) c._n += n; return c; }")]
    [InlineData("IEnumerable<int> M() { var gate = new object(); lock ({|TW2103:gate|}) _n++; yield return 1; }")]
    [InlineData("Task M() => Task.Run(async () => { await Task.Yield(); var gate = new object(); lock ({|TW2103:gate|}) _n++; });")]
    [InlineData("void M() { var t = false; var gate = new object(); try { Monitor.Enter({|TW2103:gate|}, ref t); _n++; } finally { if (t) Monitor.Exit(gate); } }")]
    public Task An_object_of_one_call(string member) => Check("TW2103", member);

    [Theory]
    [InlineData("int this[int i] { get { lock (_sync) return ++{|TW2104:s_n|} + i; } } static int s_n;")]
    [InlineData("event Action E { add { lock (_sync) {|TW2104:s_n|}++; } remove { lock (_sync) s_n--; } } static int s_n;")]
    [InlineData("~C() { lock (_sync) {|TW2104:s_n|}--; } static int s_n;")]
    [InlineData("public void M() { lock (_sync) A(); } void A() => B(); void B() => D(); void D() => {|TW2104:s_n|}++; static int s_n;")]
    [InlineData("public async Task M() { await Task.Yield(); lock (_sync) {|TW2104:s_n|}++; } static int s_n;")]
    [InlineData("public IEnumerable<int> M() { lock (_sync) {|TW2104:s_n|}++; yield return 1; } static int s_n;")]
    public Task Static_state_under_a_lock_of_one_object(string member) => Check("TW2104", member);

    /// <summary>What a helper leaves held may be any lock.</summary>
    [Fact]
    public Task Misses_static_state_under_a_lock_that_helpers_take() => Check(
        "TW2104", "public void M() { In(); try { s_n++; } finally { Out(); } } void In() => Monitor.Enter(_sync); void Out() => Monitor.Exit(_sync); static int s_n;");

    [Theory]
    [InlineData("SpinLock spin; void M() { A(spin); } void A(SpinLock s) => B(s); void B(SpinLock {|TW2105:s|}) { var t = false; s.Enter(ref t); s.Exit(); }")]
    [InlineData("struct Box<T> { public SpinLock Lock; public T? Value; } void M<T>(Box<T> {|TW2105:box|}) { var t = false; box.Lock.Enter(ref t); box.Lock.Exit(); }")]
    [InlineData("SpinLock spin; async Task M() { await Task.Yield(); var s = {|TW2105:spin|}; var t = false; s.Enter(ref t); s.Exit(); }")]
    [InlineData("SpinLock spin; void M() { L(spin); void L(SpinLock {|TW2105:s|}) { var t = false; s.Enter(ref t); s.Exit(); } }")]
    [InlineData("static readonly SpinLock {|TW2105:s_spin|} = new(); static C() { var t = false; s_spin.Enter(ref t); s_spin.Exit(); }")]
    [InlineData("record struct R(SpinLock Lock); R r; void M() { var t = false; {|TW2105:r.Lock|}.Enter(ref t); }")]
    public Task A_copy_of_a_spin_lock(string member) => Check("TW2105", member);

    [Theory]
    [InlineData("private readonly object {|TW2107:_gate|} = new(); public C() { lock (_gate) _n++; }")]
    [InlineData("private readonly object {|TW2107:_gate|} = new(); public int this[int i] { get { lock (_gate) return _n + i; } }")]
    [InlineData("private readonly object {|TW2107:_gate|} = new(); event Action E { add { lock (_gate) _n++; } remove { lock (_gate) _n--; } }")]
    [InlineData("private readonly object {|TW2107:_gate|} = new(); ~C() { lock (_gate) _n++; }")]
    [InlineData("private readonly object {|TW2107:_gate|} = new(); IEnumerable<int> M() { lock (_gate) _n++; yield return 1; }")]
    [InlineData("private readonly object {|TW2107:_gate|} = new(); void M() { L(); void L() { lock (_gate) _n++; } }")]
    [InlineData("private readonly object {|TW2107:_gate|} = new(); void M() => A(); void A() => B(); void B() { lock (_gate) _n++; }")]
    [InlineData("private readonly object {|TW2107:_gate|} = new(); void M<T>(Func<T> f) { lock (_gate) f(); }")]
    public Task An_object_that_is_a_gate(string member) => Verify.Rule("TW2107", Class(member).Replace("    private readonly object _sync = new();\n", ""));

    [Theory]
    [InlineData("public class C { int n; public int this[int i] { get { lock ({|TW2108:this|}) return n + i; } } }")]
    [InlineData("public class C { int n; public event Action E { add { lock ({|TW2108:this|}) n++; } remove { lock (this) n--; } } }")]
    [InlineData("public class C { int n; ~C() { lock ({|TW2108:this|}) n++; } }")]
    [InlineData("public class C { int n; void M() => A(); void A() => B(); void B() { lock ({|TW2108:this|}) n++; } }")]
    [InlineData("public class C { int n; public async Task M() { await Task.Yield(); lock ({|TW2108:this|}) n++; } }")]
    [InlineData("public class C { int n; public void M() { L(); void L() { lock ({|TW2108:this|}) n++; } } }")]
    [InlineData("public class B<T> { protected int N; } public class C<T> : B<T> { void M() { lock ({|TW2108:this|}) N++; } }")]
    public Task A_lock_that_others_reach(string source) => Verify.Rule("TW2108", source);

    [Theory]
    [InlineData("internal sealed class C { int n; void M() => A(); void A() => B(); void B() { lock (this) n++; } }")]
    [InlineData("public static class C { static int s_n; static readonly object s_gate = new(); public static void M<T>(this T t) { lock (s_gate) s_n++; } }")]
    [InlineData("public class C { int n; readonly Inner _inner = new(); public void M() => _inner.M(this); sealed class Inner { public void M(C c) { lock (this) c.n++; } } }")]
    [InlineData("public partial class C { int n; readonly object _gate = new(); public void M() { lock (_gate) n++; } } public partial class C { public void N() { lock (_gate) n--; } }")]
    public Task A_lock_that_nobody_else_reaches(string source) => Verify.Rule("TW2108", source);

    [Theory]
    [InlineData("private object {|TW2109:_gate|} = new(); public int this[int i] { get { lock (_gate) return _n + i; } }")]
    [InlineData("private object {|TW2109:_gate|} = new(); event Action E { add { lock (_gate) _n++; } remove { lock (_gate) _n--; } }")]
    [InlineData("private object {|TW2109:_gate|} = new(); async Task M() { await Task.Yield(); lock (_gate) _n++; }")]
    [InlineData("private object {|TW2109:_gate|} = new(); void M() => A(); void A() => B(); void B() { lock (_gate) _n++; }")]
    [InlineData("private object {|TW2109:_gate|} = new(); IEnumerable<int> M() { lock (_gate) _n++; yield return 1; }")]
    [InlineData("private Mutex {|TW2109:_mutex|} = new(); void M() { _mutex.WaitOne(); try { _n++; } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("private ReaderWriterLock {|TW2109:_old|} = new(); void M() { _old.AcquireWriterLock(-1); try { _n++; } finally { _old.ReleaseWriterLock(); } }")]
    [InlineData("class Inner<T> { private object {|TW2109:_gate|} = new(); private T? _last; public void Set(T last) { lock (_gate) _last = last; } }")]
    public Task A_gate_that_could_be_readonly(string member) => Verify.Rule("TW2109", Class(member).Replace("#pragma warning disable TW2109\n", ""));

    [Fact]
    public Task Parts_of_a_generic_type() => Verify.Rule("TW2102", """
        partial class Store<T>
        {
            private SemaphoreSlim {|TW2102:_gate|} = new(1, 1);
            private readonly List<T> _all = [];
            public async Task AddAsync(T item) { await _gate.WaitAsync(); try { _all.Add(item); } finally { _gate.Release(); } }
        }

        partial class Store<T>
        {
            public void Reset() { _gate = new SemaphoreSlim(1, 1); }
        }
        """);

    [Fact]
    public Task At_top_level() => Verify.Rule("TW2103", """
        var count = 0;
        Parallel.For(0, 9, i => { var gate = new object(); lock ({|TW2103:gate|}) count++; });
        Add();
        void Add() { lock ({|TW2103:new object()|}) count++; }
        """, static test => test.OutputKind = OutputKind.ConsoleApplication);
}
