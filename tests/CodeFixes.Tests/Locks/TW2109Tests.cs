using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

public class TW2109Tests
{
    [Fact]
    public Task The_modifier_is_added() => Verify.Fix<TW2109AddReadonly>("TW2109", """
        class C
        {
            /// <summary>Guards all.</summary>
            private object {|TW2109:_gate|} = new object(); // the lock

            private static object {|TW2109:s_gate|} = new object();

            // no modifier
            object {|TW2109:_plain|};

            C() { _plain = new object(); }

            void M()
            {
                lock (_gate) lock (s_gate) lock (_plain) { }
            }
        }
        """, """
        class C
        {
            /// <summary>Guards all.</summary>
            private readonly object _gate = new object(); // the lock

            private static readonly object s_gate = new object();

            // no modifier
            readonly object _plain;

            C() { _plain = new object(); }

            void M()
            {
                lock (_gate) lock (s_gate) lock (_plain) { }
            }
        }
        """);

    [Fact]
    public Task A_field_on_one_line_with_others_in_two_parts() => Verify.Fix<TW2109AddReadonly>("TW2109", """
        partial class C { private SemaphoreSlim {|TW2109:_gate|} = new(1, 1); }

        partial class C
        {
            void M() { _gate.Wait(); try { } finally { _gate.Release(); } }
        }
        """, """
        partial class C { private readonly SemaphoreSlim _gate = new(1, 1); }

        partial class C
        {
            void M() { _gate.Wait(); try { } finally { _gate.Release(); } }
        }
        """);

    [Theory]
    [InlineData("private object {|TW2102:_gate|} = new(); void Reset() { _gate = new object(); }")]
    [InlineData("private object _gate = new(); void Reset() { _gate = null!; }")]
    public Task Nothing_is_offered_where_it_would_not_compile(string member) => Verify.NoFix<TW2109AddReadonly>("TW2109", $$"""
        class C
        {
            {{member}}
            void M() { lock (_gate) { } }
        }
        """);
}
