using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2107Tests
{
    private const string Guilty = "class C { private readonly object _gate = new(); int _n; void M() { lock (_gate) _n++; } }";

    [Theory]
    [InlineData("private readonly Lock _gate = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("private readonly object _gate = new();")]
    [InlineData("internal readonly object _gate = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("protected readonly object _gate = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("public readonly object Gate = new(); void M() { lock (Gate) _n++; }")]
    [InlineData("private readonly List<int> _gate = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("private readonly string _gate = new('a', 3); void M() { lock (_gate) _n++; }")]
    [InlineData("private readonly object _gate = new List<int>(); void M() { lock (_gate) _n++; }")]
    [InlineData("private readonly object _gate = new Random(); void M() { lock (_gate) _n++; }")]
    [InlineData("private readonly object _gate = Make(); static object Make() => new(); void M() { lock (_gate) _n++; }")]
    [InlineData("private readonly object _gate; public C(object gate) { _gate = gate; } void M() { lock (_gate) _n++; }")]
    [InlineData("private readonly object _gate; public C() { _gate = new(); } void M() { lock (_gate) _n++; }")]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) Monitor.Wait(_gate); }")]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) Monitor.Pulse(_gate); }")]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) Monitor.PulseAll(_gate); }")]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) _n++; } void N() { if (Monitor.TryEnter(_gate)) { try { _n++; } finally { Monitor.Exit(_gate); } } }")]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) _n++; } void N() { var t = false; try { Monitor.Enter(_gate, ref t); _n++; } finally { if (t) Monitor.Exit(_gate); } }")]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) _n++; } bool Held => Monitor.IsEntered(_gate);")]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) _n++; } void N() { With(_gate); } static void With(object gate) { lock (gate) { } }")]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) _n++; } object SyncRoot => _gate;")]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) _n++; } object Get() { return _gate; }")]
    [InlineData("private readonly object _gate = new(); void M() { var g = _gate; lock (g) _n++; lock (_gate) _n++; }")]
    [InlineData("private readonly object _gate = new(); object? _other; void M() { _other = _gate; lock (_gate) _n++; }")]
    [InlineData("private object {|TW2102:_gate|} = new(); void M() { lock (_gate) _n++; } void N() { _gate = new(); }")]
    [InlineData("private object _gate = new(); void M() { lock (_gate) _n++; } void N() { Interlocked.Exchange(ref _gate, new object()); }")]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) _n++; } bool Same(object o) => o == _gate;")]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) _n++; } int Hash() => _gate.GetHashCode();")]
    [InlineData("private readonly object _gate = new(); void M() { lock ((object)_gate) _n++; }")]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) _n++; } void N() { object _gate = 1; Console.WriteLine(_gate); }")]
    [InlineData("private readonly object _gate = new(), _other = new(); void M() { lock (_gate) lock (_other) _n++; }")]
    [InlineData("[NonSerialized] private readonly object _gate = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("private readonly object? _gate = new(); void M() { lock (_gate!) _n++; }")]
    [InlineData("private volatile object _gate = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("private readonly object _gate = new(); IEnumerable<int> M() { lock (_gate) { yield return _n; } }")]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) _n++; } void N() { lock (_gate) lock (((dynamic)this)._gate) _n++; void F(dynamic d) { d.Call(_gate); } }")]
    public Task Innocent(string member) => Verify.Rule("TW2107", Class(member));

    [Theory]
    [InlineData("private readonly object {|TW2107:_gate|} = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("readonly object {|TW2107:_gate|} = new object(); void M() { lock (this._gate) _n++; }")]
    [InlineData("private static readonly Object {|TW2107:s_gate|} = new object(); static int s_n; static void M() { lock (s_gate) s_n++; } void N() { lock (C.s_gate) s_n++; }")]
    [InlineData("private readonly object {|TW2107:_gate|} = new(); void M() { Task.Run(() => { lock (_gate) _n++; }); }")]
    [InlineData("private readonly object {|TW2107:_gate|} = new(); int P { get { lock (_gate) return _n; } set { lock (_gate) _n = value; } }")]
    [InlineData("private readonly object {|TW2107:_gate|} = new(); async Task M() { await Task.Yield(); lock (_gate) _n++; }")]
    [InlineData("private readonly object {|TW2107:_gate|} = new(); void M(C other) { lock (_gate) _n++; lock (other._gate) _n++; }")]
    [InlineData("private readonly object {|TW2107:_gate|} = new(); void M() { Monitor.Enter(_gate); try { _n++; } finally { Monitor.Exit(_gate); } }")]
    [InlineData("private readonly object {|TW2107:_gate|} = new(); void M() { lock (_gate) _n++; } class Inner { void N(C c) { lock (c._gate) c._n++; } }")]
    [InlineData("/// <summary>See <see cref=\"_gate\"/>.</summary>\nint _m; private readonly object {|TW2107:_gate|} = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("private object {|TW2109:_gate|} = new(); void M() { lock (_gate) _n++; }")]
    public Task Reported(string member) => Verify.Rule("TW2107", Class(member));

    [Fact]
    public Task Other_parts_count() => Verify.Rule("TW2107", """
        partial class C
        {
            private readonly object _gate = new();
            private readonly object {|TW2107:_other|} = new();
            void M() { lock (_gate) lock (_other) { } }
        }

        partial class C
        {
            void N() { lock (_gate) Monitor.PulseAll(_gate); }
            void O() { lock (_other) { } }
        }
        """);

    [Fact]
    public Task Code_that_is_switched_off_counts() => Verify.Rule("TW2107", """
        class C
        {
            private readonly object _gate = new();
            void M() { lock (_gate) { } }
        #if OTHER
            void N() { lock (_gate) Monitor.PulseAll(_gate); }
        #endif
        }
        """);

    [Fact]
    public Task A_lock_is_not_serialized() => Verify.Rule("TW2107", "[Serializable] " + Guilty);

    [Fact]
    public Task Calls_of_Monitor_in_a_nested_type() => Verify.Rule("TW2107", Class(
        "private readonly object {|TW2107:_gate|} = new(); void M() { lock (_gate) _n++; } class Inner { void N(C c) { Monitor.Enter(c._gate); try { } finally { Monitor.Exit(c._gate); } } }"));

    [Theory]
    [InlineData("Monitor.Wait(c._gate)")]
    [InlineData("Monitor.TryEnter(c._gate)")]
    [InlineData("Monitor.Enter(c._gate, ref c._taken)")]
    [InlineData("Own.Enter(c._gate)")]
    public Task Other_calls_in_a_nested_type(string call) => Verify.Rule("TW2107", Class(
        "private bool _taken; private readonly object _gate = new(); void M() { lock (_gate) _n++; } static class Own { public static void Enter(object o) { } } class Inner { void N(C c) { " + call + "; } }"));

    [Fact]
    public Task Misses_a_struct() => Verify.Rule("TW2107", "struct S { public S() { } private readonly object _gate = new(); void M() { lock (_gate) { } } }");

    [Fact]
    public Task A_target_before_the_type() => Verify.Rule("TW2107", Guilty, static test => test.References = Frameworks.Net80);

    [Fact]
    public Task The_old_framework() => Verify.Rule("TW2107", Guilty, static test => test.References = Frameworks.NetFramework48);

    [Fact]
    public Task A_language_before_the_type() => Verify.Rule("TW2107", Guilty, static test => test.LanguageVersion = LanguageVersion.CSharp12);

    [Fact]
    public Task A_type_of_that_name_that_is_no_lock() => Verify.Rule(
        "TW2107", Guilty + " namespace System.Threading { class Lock { } }", static test => test.References = Frameworks.Net80);

    private static string Class(string member) => $$"""
        class C
        {
            private int _n;

            {{member}}
        }
        """;
}
