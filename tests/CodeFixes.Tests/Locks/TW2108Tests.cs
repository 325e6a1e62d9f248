using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

public class TW2108Tests
{
    [Fact]
    public Task All_locks_on_this_go_together() => Fix("""
        public class C
        {
            private int _n;

            public void A()
            {
                lock ({|TW2108:this|})
                {
                    while (_n == 0)
                    {
                        Monitor.Wait(this);
                    }

                    _n--;
                }
            }

            public void B()
            {
                lock ((object)this) // wakes A
                {
                    _n++;
                    Monitor.PulseAll(this);
                }
            }

            private sealed class Inner
            {
                public void A() { lock (this) { } }
            }
        }
        """, """
        public class C
        {
            private readonly object _gate = new object();
            private int _n;

            public void A()
            {
                lock (_gate)
                {
                    while (_n == 0)
                    {
                        Monitor.Wait(_gate);
                    }

                    _n--;
                }
            }

            public void B()
            {
                lock (_gate) // wakes A
                {
                    _n++;
                    Monitor.PulseAll(_gate);
                }
            }

            private sealed class Inner
            {
                public void A() { lock (this) { } }
            }
        }
        """);

    [Theory]
    [InlineData("readonly object other = new(); void M() { lock (other) { } }")]
    [InlineData("void M(List<int> list) { lock (list) { } }")]
    [InlineData("void M() { lock (typeof(C)) { } }")]
    public Task Locks_on_other_things_do_not_matter(string member) => Fix($$"""
        public class C
        {
            int n;
            {{member}}
            public void A() { lock ({|TW2108:this|}) { n++; } }
        }
        """.Replace("lock (typeof(C))", "lock ({|TW2101:typeof(C)|})", System.StringComparison.Ordinal), $$"""
        public class C
        {
            private readonly object gate = new object();
            int n;
            {{member}}
            public void A() { lock (gate) { n++; } }
        }
        """.Replace("lock (typeof(C))", "lock ({|TW2101:typeof(C)|})", System.StringComparison.Ordinal));

    [Theory]
    [InlineData("public object Root => this;")]
    [InlineData("private object? _kept; void Keep() { _kept = this; }")]
    [InlineData("C Copy() => (C)MemberwiseClone();")]
    [InlineData("[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)] void S() { }")]
    [InlineData("void M(C other) { lock (other) { } }")]
    [InlineData("void M() { var self = this; lock (self) { } }")]
    public Task Nothing_is_offered_where_others_may_lock_the_object(string member) => NoFix($$"""
        public class C
        {
            public void A() { lock ({|TW2108:this|}) { } }
            {{member}}
        }
        """);

    [Theory]
    [InlineData("class D : C { void M() { lock (this) { } } }")]
    [InlineData("class D : C { void M() { lock ((C)this) { } } }")]
    [InlineData("class D { void M(C c) { lock (c) { } } }")]
    [InlineData("class D { void M(C c) { Monitor.Pulse(c); } }")]
    [InlineData("class D { void M<T>(T c) where T : class { lock (c) { } } }")]
    public Task Nothing_is_offered_where_another_type_locks_it(string other) => NoFix($$"""
        public class C
        {
            public void A() { lock ({|TW2108:this|}) { } }
        }

        {{other}}
        """);

    [Theory]
    [InlineData("public record C(int X)")]
    [InlineData("public interface C")]
    [InlineData("[Serializable] public class C")]
    [InlineData("public partial class C { } partial class C")]
    public Task Nothing_is_offered_where_the_type_cannot_have_a_gate(string type) => NoFix($$"""
        {{type}}
        {
            void M() { lock ({|TW2108:this|}) { } }
        }
        """);

    [Fact]
    public Task Nothing_is_offered_for_a_public_field() => NoFix("public class C { public readonly object Gate = new(); public void M() { lock ({|TW2108:Gate|}) { } } }");

    private static Task Fix(string before, string after) => Verify.Fix<TW2108LockOnPrivateGate>("TW2108", before, after);

    private static Task NoFix(string source) => Verify.NoFix<TW2108LockOnPrivateGate>("TW2108", source);
}
