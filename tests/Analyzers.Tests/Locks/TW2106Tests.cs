using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Testing;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2106Tests
{
    /// <summary>Other options, other attributes, other ways to lock.</summary>
    [Theory]
    [InlineData("[MethodImpl(MethodImplOptions.AggressiveInlining)] public void Add() => n++;")]
    [InlineData("[MethodImpl(MethodImplOptions.NoInlining)] public void Add() => n++;")]
    [InlineData("[MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)] public void Add() => n++;")]
    [InlineData("[MethodImpl(MethodImplOptions.AggressiveOptimization)] public int Get() { return n; }")]
    [InlineData("[MethodImpl(MethodImplOptions.PreserveSig)] public int Get() { return n; }")]
    [InlineData("[MethodImpl((short)256)] public void Add() => n++;")]
    [InlineData("[MethodImpl((MethodImplOptions)8)] public void Add() => n++;")]
    [InlineData("[MethodImpl] public void Add() => n++;")]
    [InlineData("[MethodImpl(MethodImplOptions.Synchronized & MethodImplOptions.NoInlining)] public void Add() => n++;")]
    [InlineData("const MethodImplOptions Fast = MethodImplOptions.AggressiveInlining; [MethodImpl(Fast)] public void Add() => n++;")]
    [InlineData("[Obsolete(\"Synchronized\")] public void Add() => n++;")]
    [InlineData("/* [MethodImpl(MethodImplOptions.Synchronized)] */ public void Add() => n++;")]
    [InlineData("[Mine.MethodImpl(MethodImplOptions.Synchronized)] public void Add() => n++;")]
    [InlineData("[Synchronized] public void Add() => n++;")]
    [InlineData("public const MethodImplOptions Synchronized = MethodImplOptions.Synchronized;")]
    [InlineData("public bool Is(MethodImplOptions o) => o == MethodImplOptions.Synchronized;")]
    [InlineData("public void Synchronized() { lock (gate) n++; }")]
    [InlineData("public int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => n; }")]
    [InlineData("public int Count { get { lock (gate) return n; } set { lock (gate) n = value; } }")]
    [InlineData("[method: MethodImpl(MethodImplOptions.NoInlining)] public event Action? Changed;")]
    [InlineData("public event Action Changed { add { lock (gate) n++; } remove { lock (gate) n--; } }")]
    [InlineData("public ArrayList All() => ArrayList.Synchronized(new ArrayList());")]
    [InlineData("[MethodImpl(MethodImplOptions.InternalCall)] public extern void Native();")]
    [InlineData("[MethodImpl(MethodImplOptions.AggressiveInlining)] public static int operator +(C a, C b) => a.n + b.n;")]
    [InlineData("[MethodImpl(MethodImplOptions.NoInlining)] public async Task M() { await Task.Yield(); lock (gate) n++; }")]
    public Task Innocent(string member) => Verify.Rule("TW2106", Class(member));

    [Theory]
    [InlineData("[{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] public void Add() => n++;")]
    [InlineData("[{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] public static void Add() { }")]
    [InlineData("[{|TW2106:MethodImpl(MethodImplOptions.Synchronized | MethodImplOptions.NoInlining)|}] public void Add() => n++;")]
    [InlineData("[{|TW2106:MethodImplAttribute(MethodImplOptions.Synchronized)|}] public void Add() => n++;")]
    [InlineData("[Obsolete, {|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] public void Add() => n++;")]
    [InlineData("[{|TW2106:MethodImpl((MethodImplOptions)32)|}] public void Add() => n++;")]
    [InlineData("[{|TW2106:MethodImpl((short)32)|}] public void Add() => n++;")]
    [InlineData("const MethodImplOptions Safe = MethodImplOptions.Synchronized; [{|TW2106:MethodImpl(Safe)|}] public void Add() => n++;")]
    [InlineData("[{|TW2106:Impl(MethodImplOptions.Synchronized)|}] public void Add() => n++;")]
    [InlineData("public int Count { [{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] get => n; [{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] set => n = value; }")]
    [InlineData("public int this[int i] { [{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] get => n + i; }")]
    [InlineData("public event Action Changed { [{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] add { n++; } remove { n--; } }")]
    [InlineData("[method: {|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] public event Action? Changed;")]
    [InlineData("[{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] public C() { n++; }")]
    [InlineData("[{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] ~C() { n++; }")]
    [InlineData("[{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] public static int operator -(C a) => -a.n;")]
    [InlineData("[{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] public IEnumerable<int> Each() { yield return n; }")]
    [InlineData("[{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] public void Add<T>(T t) => n++;")]
    [InlineData("[{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] public override string ToString() => $\"{n}\";")]
    [InlineData("struct S { [{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] public void Add() { } }")]
    [InlineData("record R(int X) { [{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] public void Add() { } }")]
    [InlineData("interface I { [{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] void Add() { } }")]
    public Task Guilty(string member) => Verify.Rule("TW2106", Class(member));

    [Fact]
    public Task A_partial_method_is_reported_once() => Verify.Rule("TW2106", """
        using System.Runtime.CompilerServices;

        partial class C
        {
            [{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}]
            public partial void Add();
        }

        partial class C
        {
            private int _n;
            public partial void Add() => _n++;
        }
        """);

    [Fact]
    public Task The_squiggle_stays_on_one_line() => Verify.Rule("TW2106", """
        using System.Runtime.CompilerServices;

        class C
        {
            [{|TW2106:MethodImpl|}(
                MethodImplOptions.NoInlining |
                MethodImplOptions.Synchronized)]
            public void Add() { }
        }
        """);

    [Theory]
    [InlineData("public void Add()", "Add", "this")]
    [InlineData("public static void Add()", "Add", "typeof(C)")]
    public Task The_message_names_the_lock(string method, string name, string gate) => Verify.Rule("TW2106", $$"""
        using System.Runtime.CompilerServices;

        class C
        {
            [{|#0:MethodImpl(MethodImplOptions.Synchronized)|}]
            {{method}} { }
        }
        """, test => test.ExpectedDiagnostics.Add(new DiagnosticResult("TW2106", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithLocation(0)
            .WithArguments(name, gate)));

    /// <summary>One that has nothing of its member becomes a method of the type, of the object where it names that.</summary>
    [Theory]
    [InlineData("public void M() { Add(); [{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] void Add() => n++; }")]
    [InlineData("public void M() { Add(3); [{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] static int Add(int a) { var b = a; return b + 1; } }")]
    [InlineData("public int P { get { return Get(); [{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] int Get() => this.n; } }")]
    [InlineData("public void M() { Task.Run(Add); [{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] void Add() { if (n++ < 9) Add(); } }")]
    public Task Local_functions(string member) => Verify.Rule("TW2106", Class(member));

    /// <summary>The compiler chooses whose method it becomes.</summary>
    [Theory]
    [InlineData("public void M(int a) { Add(); [MethodImpl(MethodImplOptions.Synchronized)] void Add() => n += a; }")]
    [InlineData("public void M() { var a = 3; Add(); [MethodImpl(MethodImplOptions.Synchronized)] void Add() => n += a; }")]
    [InlineData("public void M() { var a = 3; Add(); [MethodImpl(MethodImplOptions.Synchronized)] void Add() => Inner(); void Inner() => a++; }")]
    [InlineData("public Action M() { return [MethodImpl(MethodImplOptions.Synchronized)] () => n++; }")]
    [InlineData("public void M() { Add(); [MethodImpl(MethodImplOptions.NoInlining)] void Add() => n++; }")]
    public Task Local_functions_with_variables_and_lambdas(string member) => Verify.Rule("TW2106", Class(member));

    private static string Class(string member) => $$"""
        using System.Collections;
        using System.Runtime.CompilerServices;
        using Impl = System.Runtime.CompilerServices.MethodImplAttribute;

        namespace Mine
        {
            sealed class MethodImplAttribute(MethodImplOptions options) : Attribute { public MethodImplOptions Options => options; }
        }

        sealed class SynchronizedAttribute : Attribute { }

        class C
        {
            private readonly object gate = new();
            private int n;

            {{member}}
        }
        """;
}
