using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

public class TW2104Tests
{
    [Fact]
    public Task A_static_gate_takes_its_place() => Verify.Fix<TW2104LockStaticGate>("TW2104", """
        class C
        {
            private static int s_n;
            private readonly object _gate = new();
            private int _n;

            void M(int by)
            {
                // in
                lock (_gate) // held
                {
                    {|TW2104:s_n|} += by; // counted
                }
            }

            int Read() { lock (this) { return s_n; } }

            void Own() { lock (_gate) { _n++; } }
        }
        """, """
        class C
        {
            private static readonly object s_gate = new object();
            private static int s_n;
            private readonly object _gate = new();
            private int _n;

            void M(int by)
            {
                // in
                lock (s_gate) // held
                {
                    s_n += by; // counted
                }
            }

            int Read() { lock (s_gate) { return s_n; } }

            void Own() { lock (_gate) { _n++; } }
        }
        """);

    [Fact]
    public Task State_that_is_changed_together_gets_one_gate() => Verify.Fix<TW2104LockStaticGate>("TW2104", """
        class C
        {
            private static readonly List<string> Names = new();
            private static int Count;
            private readonly object gate = new();

            void M(string name)
            {
                lock (gate)
                {
                    if (!{|TW2104:Names|}.Remove(name)) { return; }
                    {|TW2104:Count|}--;
                }
            }

            void N() { lock (this.gate) Count++; }

            string? First() { lock (gate) return Names.FirstOrDefault(); }
        }
        """, """
        class C
        {
            private static readonly object staticGate = new object();
            private static readonly List<string> Names = new();
            private static int Count;
            private readonly object gate = new();

            void M(string name)
            {
                lock (staticGate)
                {
                    if (!Names.Remove(name)) { return; }
                    Count--;
                }
            }

            void N() { lock (staticGate) Count++; }

            string? First() { lock (staticGate) return Names.FirstOrDefault(); }
        }
        """);

    [Theory]
    [InlineData("void M() { lock (_gate) { {|TW2104:s_n|}++; _n++; } }")]
    [InlineData("void M() { lock (_gate) { {|TW2104:s_n|}++; Own(); } } void Own() { }")]
    [InlineData("void M() { lock (_gate) { {|TW2104:s_n|}++; Shared(); } } static void Shared() { }")]
    [InlineData("void M(Action a) { lock (_gate) { {|TW2104:s_n|}++; a(); } }")]
    [InlineData("void M(Action a) { lock (_gate) { {|TW2104:s_n|}++; a.Invoke(); } }")]
    [InlineData("void M() { lock (_gate) { {|TW2104:s_n|}++; new C(); } }")]
    [InlineData("void M() { lock (_gate) { {|TW2104:s_n|}++; s_m = P; } } static int P => 1;")]
    [InlineData("void M() { lock (_gate) lock (this) {|TW2104:s_n|}++; }")]
    [InlineData("void M() { lock (_gate) { {|TW2104:s_n|}++; lock (this) { } } }")]
    [InlineData("void M() { lock (_gate) {|TW2104:s_n|}++; } void N() { lock (_gate) { _n = s_n; } }")]
    [InlineData("void M() { lock (_gate) {|TW2104:s_n|}++; } void N() { lock (s_other) { s_n++; } }")]
    [InlineData("void M() { lock (_gate) { {|TW2104:s_n|}++; s_m = 1; } } void N() { lock (s_other) { s_m = 2; } }")]
    [InlineData("void M() { lock (_gate) { {|TW2104:s_n|}++; Monitor.PulseAll(_gate); } }")]
    [InlineData("void M() { lock (_gate) Add(); } void Add() => {|TW2104:s_n|}++;")]
    [InlineData("void M() { Monitor.Enter(_gate); try { {|TW2104:s_n|}++; } finally { Monitor.Exit(_gate); } }")]
    public Task Nothing_is_offered(string member) => Verify.NoFix<TW2104LockStaticGate>("TW2104", $$"""
        class C
        {
            private static readonly object s_other = new();
            private static int s_n, s_m;
            private readonly object _gate = new();
            private int _n;
            {{member}}
        }
        """);
}
