using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

public class TW2107Tests
{
    [Fact]
    public Task The_type_is_changed() => Verify.Fix<TW2107UseLock>("TW2107", """
        class C
        {
            /// <summary>Guards all.</summary>
            private readonly object {|TW2107:_gate|} = new object(); // the lock

            private static readonly /* of all */ object {|TW2107:s_gate|} = new();

            readonly Object {|TW2107:_plain|} = new System.Object ( ) ;

            void M()
            {
                lock (_gate) lock (s_gate) lock (this._plain) { }
            }
        }
        """, """
        class C
        {
            /// <summary>Guards all.</summary>
            private readonly Lock _gate = new Lock(); // the lock

            private static readonly /* of all */ Lock s_gate = new();

            readonly Lock _plain = new Lock ( ) ;

            void M()
            {
                lock (_gate) lock (s_gate) lock (this._plain) { }
            }
        }
        """);

    [Fact]
    public Task Calls_of_Monitor_become_calls_of_the_lock() => Verify.Fix<TW2107UseLock>("TW2107", """
        class C
        {
            private readonly object {|TW2107:_gate|} = new();
            private readonly object _other = new();

            void M(C that)
            {
                // in
                Monitor.Enter(_gate); // held
                System.Threading.Monitor.Enter(that._gate);
                try { }
                finally { Monitor.Exit( that._gate ); Monitor.Exit(this._gate); }
                Monitor.Enter(_other);
                Monitor.Pulse(_other);
                Monitor.Exit(_other);
            }

            class Inner
            {
                void N(C c) { lock (c._gate) { } }
            }
        }
        """, """
        class C
        {
            private readonly Lock _gate = new();
            private readonly object _other = new();

            void M(C that)
            {
                // in
                _gate.Enter(); // held
                that._gate.Enter();
                try { }
                finally { that._gate.Exit(); this._gate.Exit(); }
                Monitor.Enter(_other);
                Monitor.Pulse(_other);
                Monitor.Exit(_other);
            }

            class Inner
            {
                void N(C c) { lock (c._gate) { } }
            }
        }
        """);

    [Fact]
    public Task Another_type_of_that_name_is_in_the_way() => Verify.Fix<TW2107UseLock>("TW2107", """
        namespace Doors
        {
            class Lock { }

            class Door
            {
                private readonly object {|TW2107:_gate|} = new object();
                void M() { lock (_gate) { } }
            }
        }
        """, """
        namespace Doors
        {
            class Lock { }

            class Door
            {
                private readonly System.Threading.Lock _gate = new System.Threading.Lock();
                void M() { lock (_gate) { } }
            }
        }
        """);

    [Fact]
    public Task Parts_in_other_files() => Verify.Fix<TW2107UseLock>("TW2107", """
        partial class C
        {
            private readonly object {|TW2107:_gate|} = new();
            private readonly object {|TW2107:_called|} = new();
            void M() { lock (_called) { } }
        }
        """, """
        partial class C
        {
            private readonly Lock _gate = new();
            private readonly object {|TW2107:_called|} = new();
            void M() { lock (_called) { } }
        }
        """, configure: static test =>
        {
            const string Other = "partial class C { void N() { lock (_gate) { } Monitor.Enter(_called); try { } finally { Monitor.Exit(_called); } } }";
            test.TestState.Sources.Add(("Other.cs", Other));
            test.FixedState.Sources.Add(("Other.cs", Other));
            test.FixedState.MarkupHandling = Microsoft.CodeAnalysis.Testing.MarkupMode.Allow;
        });
}
