using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

public class TW2101Tests
{
    [Fact]
    public Task All_locks_on_the_type_go_together() => Fix("""
        class C
        {
            private static int s_n;

            void A()
            {
                lock ({|TW2101:typeof(C)|}) // one at a time
                {
                    s_n++;
                }
            }

            static void B()
            {
                Monitor.Enter((typeof(C)));
                try
                {
                    s_n++;
                    Monitor.PulseAll(typeof(C));
                }
                finally
                {
                    Monitor.Exit(typeof(C));
                }
            }
        }
        """, """
        class C
        {
            private static readonly object s_gate = new object();
            private static int s_n;

            void A()
            {
                lock (s_gate) // one at a time
                {
                    s_n++;
                }
            }

            static void B()
            {
                Monitor.Enter(s_gate);
                try
                {
                    s_n++;
                    Monitor.PulseAll(s_gate);
                }
                finally
                {
                    Monitor.Exit(s_gate);
                }
            }
        }
        """);

    [Fact]
    public Task Each_string_gets_a_gate_of_its_own() => Fix("""
        class C
        {
            int n;

            const string Key = "a";

            void A() { lock ({|TW2101:Key|}) n++; }
            void A2() { lock ("a") n++; }
        }
        """, """
        class C
        {
            private static readonly object staticGate = new object();
            int n;

            const string Key = "a";

            void A() { lock (staticGate) n++; }
            void A2() { lock (staticGate) n++; }
        }
        """.Replace("staticGate", "gate"));

    [Fact]
    public Task A_boxed_field_gets_a_gate_of_its_object() => Fix("""
        class C
        {
            private int _n;
            private static int s_m;

            void A()
            {
                lock ((object){|TW2101:_n|})
                {
                    _n++;
                }
            }

            void B()
            {
                lock ((object)_n)
                {
                    _n--;
                }
            }

            void D() { lock ((object){|TW2101:s_m|}) { s_m++; } }
        }
        """, """
        class C
        {
            private static readonly object s_gate = new object();
            private readonly object _gate = new object();
            private int _n;
            private static int s_m;

            void A()
            {
                lock (_gate)
                {
                    _n++;
                }
            }

            void B()
            {
                lock (_gate)
                {
                    _n--;
                }
            }

            void D() { lock (s_gate) { s_m++; } }
        }
        """);

    [Theory]
    [InlineData("void M() { lock ({|TW2101:typeof(C)|}) n++; } void B() { var t = typeof(C); lock ({|TW2101:t|}) n++; }")]
    [InlineData("void M() { lock ({|TW2101:typeof(C)|}) n++; } class D { void M() { lock ({|TW2101:typeof(C)|}) { } Monitor.Pulse(typeof(C)); } } void B() { lock ({|TW2101:GetType()|}) { } }")]
    [InlineData("void M() { lock ({|TW2101:typeof(List<int>)|}) n++; }")]
    [InlineData("void M() { lock ({|TW2101:GetType()|}) n++; }")]
    [InlineData("public void M(string key) { lock ({|TW2101:key|}) n++; }")]
    [InlineData("readonly string key = \"a\"; string other = \"b\"; void M() { lock ({|TW2101:key|}) n++; lock ({|TW2101:other|}) n++; }")]
    [InlineData("void M() { lock ({|TW2101:Thread.CurrentThread|}) n++; }")]
    [InlineData("void M() { lock ({|TW2101:string.Empty|}) n++; }")]
    [InlineData("void M(int i) { lock ((object){|TW2101:i|}) n++; }")]
    [InlineData("void M() { lock (this) { lock ((object){|TW2101:n|}) n++; } }")]
    [InlineData("void M() { lock ({|TW2101:typeof(D)|}) n++; } class D { [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)] static void S() { } }")]
    public Task Nothing_is_offered_where_others_may_lock_the_object(string member) => NoFix($$"""
        class C
        {
            int n;
            {{member}}
        }
        """);

    [Theory]
    [InlineData("class D { void M() { lock ({|TW2101:typeof(C)|}) { } } }")]
    [InlineData("class D { void M(Type t) { lock ({|TW2101:t|}) { } } }")]
    public Task Nothing_is_offered_where_another_type_locks_it(string other) => NoFix($$"""
        class C
        {
            void M() { lock ({|TW2101:typeof(C)|}) { } }
        }

        {{other}}
        """);

    [Theory]
    [InlineData("struct C")]
    [InlineData("record C(int X)")]
    [InlineData("interface C")]
    [InlineData("class C<T>")]
    [InlineData("partial class C { } partial class C")]
    public Task Nothing_is_offered_where_the_type_cannot_have_a_gate(string type) => NoFix($$"""
        {{type}}
        {
            void M() { lock ({|TW2101:"gate"|}) { } }
        }
        """);

    /// <summary>Of a value that a local keeps in a box, the rule speaks only where the one on local objects is off.</summary>
    [Fact]
    public Task Nothing_is_offered_for_a_box_in_a_local() => Verify.NoFix<TW2101LockOnPrivateGate>(
        "TW2101", "class C { int n; void M() { object o = n; lock ({|TW2101:o|}) n++; } }", static test => test.DisabledDiagnostics.Add("TW2103"));

    private static Task Fix(string before, string after) => Verify.Fix<TW2101LockOnPrivateGate>("TW2101", before, after);

    private static Task NoFix(string source) => Verify.NoFix<TW2101LockOnPrivateGate>("TW2101", source);
}
