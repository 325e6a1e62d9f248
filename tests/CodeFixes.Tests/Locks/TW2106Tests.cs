using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

public class TW2106Tests
{
    private const string Sync = "{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}";

    [Fact]
    public Task All_methods_of_a_lock_go_together() => Fix($$"""
        public sealed class C
        {
            private int _n;

            /// <summary>Adds.</summary>
            [{{Sync}}]
            public void Add(int by)
            {
                // first
                _n += by;

                if (by > 0)
                {
                    _n++; // more
                }
                // last
            }

            [{{Sync}}]
            public int Get() => _n; // as it is

            public int Count
            {
                [{{Sync}}]
                get => _n;

                [{{Sync}}]
                set
                {
                    _n = value;
                }
            }

            public void Other() => _n.ToString();
        }
        """, """
        public sealed class C
        {
            private readonly object _gate = new object();
            private int _n;

            /// <summary>Adds.</summary>
            public void Add(int by)
            {
                lock (_gate)
                {
                    // first
                    _n += by;

                    if (by > 0)
                    {
                        _n++; // more
                    }
                    // last
                }
            }

            public int Get()
            {
                lock (_gate)
                {
                    return _n;
                }
            } // as it is

            public int Count
            {
                get
                {
                    lock (_gate)
                    {
                        return _n;
                    }
                }

                set
                {
                    lock (_gate)
                    {
                        _n = value;
                    }
                }
            }

            public void Other() => _n.ToString();
        }
        """);

    [Fact]
    public Task Instance_and_static_have_a_gate_each() => Fix($$"""
        class C
        {
            static int count;
            int n;

            [{{Sync}}] void Add() { n++; }

            [{{Sync}}] static void AddAll() { count++; }
        }
        """, """
        class C
        {
            private static readonly object staticGate = new object();
            private readonly object gate = new object();
            static int count;
            int n;

            void Add() { lock (gate) { n++; } }

            static void AddAll() { lock (staticGate) { count++; } }
        }
        """);

    [Fact]
    public Task Other_options_and_attributes_stay() => Fix($$"""
        class C
        {
            private static int s_n;

            [{|TW2106:MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.Synchronized)|}]
            public static void Add() {
                s_n++;
            }

            [Obsolete, {{Sync}}]
            public static void Sub()
            {
                s_n--;
            }

            [Obsolete]
            [{{Sync}}]
            public static int Fail() => throw new Exception();
        }
        """, """
        class C
        {
            private static readonly object s_gate = new object();
            private static int s_n;

            [MethodImpl(MethodImplOptions.NoInlining)]
            public static void Add() {
                lock (s_gate) {
                    s_n++;
                }
            }

            [Obsolete]
            public static void Sub()
            {
                lock (s_gate)
                {
                    s_n--;
                }
            }

            [Obsolete]
            public static int Fail()
            {
                lock (s_gate)
                {
                    throw new Exception();
                }
            }
        }
        """);

    [Fact]
    public Task Events_and_names_that_are_taken() => Fix($$"""
        class Base { protected int _gate; }

        class C : Base
        {
            private Action? _changed;

            public event Action Changed
            {
                [{{Sync}}] add { _changed += value; }
                [{{Sync}}] remove { _changed -= value; }
            }
        }
        """, """
        class Base { protected int _gate; }

        class C : Base
        {
            private readonly object _syncGate = new object();
            private Action? _changed;

            public event Action Changed
            {
                add { lock (_syncGate) { _changed += value; } }
                remove { lock (_syncGate) { _changed -= value; } }
            }
        }
        """);

    /// <summary>The lock is this one's alone: others lock something of their own.</summary>
    [Theory]
    [InlineData("private readonly List<int> _list = new(); void M() { lock (_list) { } }")]
    [InlineData("private readonly object _other = new(); void M() { Monitor.Enter(_other); Monitor.Exit(_other); }")]
    [InlineData("void M() { lock (typeof(C)) { } }")]
    [InlineData("event EventHandler? Changed; void M() => Changed?.Invoke(this, EventArgs.Empty);")]
    [InlineData("[MethodImpl(MethodImplOptions.NoInlining)] static void S() { }")]
    public Task Locks_on_other_things_do_not_matter(string member) => Fix($$"""
        class C
        {
            {{member}}
            [{{Sync}}] int Add() { return 1; }
        }
        """, $$"""
        class C
        {
            private readonly object _gate = new object();{{(member.StartsWith("private readonly", System.StringComparison.Ordinal) ? "" : "\n")}}
            {{member}}
            int Add() { lock (_gate) { return 1; } }
        }
        """);

    /// <summary>With the new gate it would no longer keep out who locks the object, or it cannot be rewritten at all.</summary>
    [Theory]
    [InlineData("void M() { lock (this) { } }")]
    [InlineData("void M() { lock ((object)this) { } }")]
    [InlineData("void M() { Monitor.PulseAll(this); }")]
    [InlineData("[{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] void Wait() { while (true) Monitor.Wait(this); }")]
    [InlineData("object SyncRoot => this;")]
    [InlineData("private object? _sync; C() { _sync = this; }")]
    [InlineData("[{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] IEnumerable<int> Each() { yield return 1; }")]
    [InlineData("[{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] C() { Add(); }")]
    [InlineData("[{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] void Empty() { }")]
    [InlineData("[{|TW2106:MethodImpl((MethodImplOptions)32)|}] void Number() { Add(); }")]
    [InlineData("[method: {|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] event Action? Changed;")]
    [InlineData("int Auto { [{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] get; set; }")]
    [InlineData("C Copy() => (C)MemberwiseClone();")]
    [InlineData("void M() { [{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] int F() => 1; F(); }")]
    public Task Nothing_is_offered_where_one_cannot_go_along(string member) => NoFix($$"""
        class C
        {
            [{{Sync}}] int Add() { return 1; }
            {{member}}
        }
        """);

    [Theory]
    [InlineData("class D : C { [{|TW2106:MethodImpl(MethodImplOptions.Synchronized)|}] int Sub() { return 1; } }")]
    [InlineData("class D { void M(C c) { lock (c) { } } }")]
    [InlineData("class D { void M(C c) { Monitor.Enter(c); } }")]
    [InlineData("class D : C { void M() { lock (this) { } } }")]
    [InlineData("class D { void M<T>(T c) where T : class { lock (c) { } } }")]
    [InlineData("interface I { } class E : C, I { } class D { void M(I c) { lock (c) { } } }")]
    public Task Nothing_is_offered_where_others_lock_the_object(string other) => NoFix($$"""
        class C
        {
            [{{Sync}}] int Add() { return 1; }
        }

        {{other}}
        """);

    [Theory]
    [InlineData("lock (typeof(C)) { }")]
    [InlineData("var type = typeof(C); lock (type) { }")]
    [InlineData("lock (GetType()) { }")]
    public Task Nothing_is_offered_where_others_lock_the_type(string statement) => NoFix($$"""
        class C
        {
            [{{Sync}}] static int Add() { return 1; }
            void M() { {{statement}} }
        }
        """);

    [Theory]
    [InlineData("struct C")]
    [InlineData("record C(int X)")]
    [InlineData("interface C")]
    [InlineData("[Serializable] class C")]
    [InlineData("[System.Runtime.Serialization.DataContract] class C")]
    [InlineData("[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential)] class C")]
    public Task A_field_more_would_change_the_type(string type) => NoFix($$"""
        {{type}}
        {
            [{{Sync}}] int Add() { return 1; }
        }
        """);

    [Fact]
    public Task A_method_in_another_file_cannot_go_along() => Verify.NoFix<TW2106LockOnPrivateGate>("TW2106", $$"""
        using System.Runtime.CompilerServices;

        partial class C
        {
            [{{Sync}}] int Add() { return 1; }
        }
        """, test =>
        {
            var other = ("Other.cs", "partial class C { [{|TW2106:System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)|}] int Sub() { return 1; } }");
            test.TestState.Sources.Add(other);
            test.FixedState.Sources.Add(other);
        });

    private static Task Fix(string before, string after) => Verify.Fix<TW2106LockOnPrivateGate>("TW2106", Using(before), Using(after));

    private static Task NoFix(string source) => Verify.NoFix<TW2106LockOnPrivateGate>("TW2106", Using(source));

    private static string Using(string source) => "using System.Runtime.CompilerServices;\n\n" + source;
}
