using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2109Tests
{
    [Theory]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("private object _other = new(); object M() => _other;")]
    [InlineData("internal object _gate = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("protected object _gate = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("public object _gate = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("private SpinLock _spin = new(); void M() { bool taken = false; _spin.Enter(ref taken); _n++; _spin.Exit(); }")]
    [InlineData("private object? _gate; void M() { Interlocked.CompareExchange(ref _gate, new object(), null); lock (_gate) _n++; }")]
    [InlineData("private object? _gate = new(); void M() { lock (_gate!) _n++; } void Dispose() { _gate = null; }")]
    [InlineData("private object? _gate; void M() { lock (_gate!) _n++; }")]
    [InlineData("private object? _gate; void Init() { _gate = new object(); } void M() { lock (_gate!) _n++; }")]
    [InlineData("private object _gate = new(); public C() { Init(); } private void Init() { _gate = new object(); } void M() { lock (_gate) _n++; }")]
    [InlineData("private object _gate = new(); C Copy() { var c = new C(); c._gate = new object(); return c; } void M() { lock (_gate) _n++; }")]
    [InlineData("private object _gate = new(); static C Make(object gate) => new C { _gate = gate }; void M() { lock (_gate) _n++; }")]
    [InlineData("private object _gate = new(); void M() { lock (_gate) _n++; } class Inner { void Set(C c) { c._gate = new object(); } }")]
    [InlineData("private volatile object _gate = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("[NonSerialized] private object _gate = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("private object _gate; public C() { Action set = () => _gate = new object(); _gate = new object(); set(); } void M() { lock (_gate) _n++; }")]
    [InlineData("private object _gate = new(); void M() { lock (_gate) _n++; } void Swap() { ref var r = ref _gate; r = new object(); }")]
    [InlineData("private object _gate = new(); void M() { lock (_gate) _n++; } void Swap() { (_gate, _n) = (new object(), 1); }")]
    [InlineData("private object _gate = new(); void M() { lock (_gate) _n++; } void Swap() { Set(out _gate); } static void Set(out object o) => o = new object();")]
    [InlineData("private static object s_gate = new(); public C() { s_gate = new object(); } static int s_n; static object Get() => s_gate;")]
    [InlineData("private object _gate = new(), _other = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("const string Gate = \"a\"; void M() { lock (Gate) _n++; }")]
    [InlineData("object Gate { get; } = new(); void M() { lock (Gate) _n++; }")]
    public Task Innocent(string member) => Verify.Rule("TW2109", Class(member));

    [Theory]
    [InlineData("private object {|TW2109:_gate|} = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("object {|TW2109:_gate|} = new(); void M() { lock (this._gate) _n++; }")]
    [InlineData("private object {|TW2109:_gate|}; public C() { _gate = new object(); } void M() { lock (_gate) _n++; }")]
    [InlineData("private static object {|TW2109:s_gate|} = new(); void M() { lock (s_gate) _n++; }")]
    [InlineData("private static object {|TW2109:s_gate|}; static C() { s_gate = new object(); } void M() { lock (s_gate) _n++; }")]
    [InlineData("private List<int> {|TW2109:_list|} = new(); void M() { lock (_list) _list.Add(1); }")]
    [InlineData("private Lock {|TW2109:_lock|} = new(); void M() { lock (_lock) _n++; }")]
    [InlineData("private Lock {|TW2109:_lock|} = new(); void M() { using (_lock.EnterScope()) _n++; lock (_lock) _n++; }")]
    [InlineData("private object {|TW2109:_gate|} = new(); void M() { Monitor.Enter(_gate); try { _n++; } finally { Monitor.Exit(_gate); } }")]
    [InlineData("private SemaphoreSlim {|TW2109:_gate|} = new(1, 1); async Task M() { await _gate.WaitAsync(); try { _n++; } finally { _gate.Release(); } }")]
    [InlineData("private ReaderWriterLockSlim {|TW2109:_rw|} = new(); void M() { _rw.EnterWriteLock(); try { _n++; } finally { _rw.ExitWriteLock(); } }")]
    [InlineData("private object {|TW2109:_gate|} = new(); void M() { Task.Run(() => { lock (_gate) _n++; }); }")]
    [InlineData("private object {|TW2109:_gate|}; public C(object gate) { this._gate = gate ?? new object(); } int P { get { lock (_gate) return _n; } }")]
    public Task Guilty(string member) => Verify.Rule("TW2109", Class(member));

    [Fact]
    public Task A_write_in_another_part_of_the_type_counts() => Verify.Rule("TW2109", """
        partial class C
        {
            private object _gate = new();
            private object {|TW2109:_other|} = new();
            void M() { lock (_gate) { lock (_other) { } } }
        }

        partial class C
        {
            void Reset() { _gate = null!; }
        }
        """);

    private static string Class(string member) => $$"""
        class C
        {
            private int _n;

            {{member}}
        }
        """;
}
