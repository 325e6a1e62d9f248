using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>The same fault in every kind of body that C# has.</summary>
public class GuiltyBodyTraps
{
    private static Task Reported(string members) => Verify.Rule("TW2003", Snippet.Class(members));

    [Fact]
    public Task Constructors() => Verify.Rule("TW2003", """
        public class C
        {
            private static readonly SemaphoreSlim s_gate = new(1, 1);
            static C() { s_gate.Wait(); s_gate.Release(); s_gate.{|TW2003:Release()|}; }
            public C(Action act, CancellationToken ct)
            {
                try { s_gate.{|TW2003:Wait(ct)|}; act(); }
                finally { s_gate.Release(); }
            }
            public C(Action act) : this(act, default)
            {
                try { act(); Monitor.{|TW2003:Enter(s_gate)|}; act(); }
                finally { Monitor.Exit(s_gate); }
            }
            ~C()
            {
                try { if (!s_gate.{|TW2003:Wait(10)|}) return; GC.KeepAlive(this); }
                finally { s_gate.Release(); }
            }
        }
        """);

    [Fact]
    public Task Accessors_indexers_events_and_operators() => Reported("""
        public int Property
        {
            get { try { gate.{|TW2003:Wait(Token)|}; return 1; } finally { gate.Release(); } }
            set { try { number = Math.Sign(value); work.Do(); rw.{|TW2003:EnterWriteLock()|}; } finally { rw.ExitWriteLock(); } }
        }
        public int this[int i] { get { try { if (!Monitor.{|TW2003:TryEnter(sync, i)|}) return 0; return 1; } finally { Monitor.Exit(sync); } } }
        public event EventHandler? Changed
        {
            add { gate.Wait(); try { work.Do(); gate.Release(); } finally { gate.{|TW2003:Release()|}; } }
            remove { try { work.Do(); modern.{|TW2003:Enter()|}; } finally { modern.Exit(); } }
        }
        public static C operator +(C c, CancellationToken ct) { try { c.gate.{|TW2003:Wait(ct)|}; return c; } finally { c.gate.Release(); } }
        public static implicit operator int(C c) { try { File.Delete("lock"); c.mutex.{|TW2003:WaitOne()|}; return 1; } finally { c.mutex.ReleaseMutex(); } }
        private CancellationToken Token => new(true);
        private int number;
        """);

    [Fact]
    public Task Lambdas_and_anonymous_methods() => Reported("""
        public void M(CancellationToken ct)
        {
            Action a = () => { try { gate.{|TW2003:Wait(ct)|}; work.Do(); } finally { gate.Release(); } };
            Func<Task> b = async () => { try { await gate.{|TW2003:WaitAsync(ct)|}; } finally { gate.Release(); } };
            Action c = delegate { try { work.Do(); Monitor.{|TW2003:Enter(sync)|}; } finally { Monitor.Exit(sync); } };
            var d = static async (SemaphoreSlim own, CancellationToken token) => { try { await own.{|TW2003:WaitAsync(token)|}; } finally { own.Release(); } };
            Task.Run(async () => { foreach (char x in "ab") { try { await throttle.{|TW2003:WaitAsync(ct)|}; } finally { throttle.Release(); } } });
            ThreadPool.QueueUserWorkItem(_ => { try { if (!gate.{|TW2003:Wait(100)|}) return; work.Do(); } finally { gate.Release(); } });
            Func<Func<Task>> e = () => async () => { try { await gate.{|TW2003:WaitAsync(ct)|}; } finally { gate.Release(); } };
            var f = "abc".Select(async x => { try { await throttle.{|TW2003:WaitAsync(ct)|}; return x; } finally { throttle.Release(); } });
        }
        """);

    [Fact]
    public Task Local_functions() => Reported("""
        public async Task M(CancellationToken ct)
        {
            await One();
            Two();
            await Four(gate, ct);
            async Task One()
            {
                try { await gate.{|TW2003:WaitAsync(ct)|}; await work.DoAsync(); }
                finally { gate.Release(); }
                Three();
            }
            void Two() { gate.Wait(); work.Do(); gate.Release(); gate.{|TW2003:Release()|}; }
            void Three() { try { work.Do(); rw.{|TW2003:EnterReadLock()|}; } finally { rw.ExitReadLock(); } }
            static async Task Four(SemaphoreSlim own, CancellationToken ct) { try { await own.{|TW2003:WaitAsync(ct)|}; } finally { own.Release(); } }
        }
        """);

    [Fact]
    public Task Iterators() => Reported("""
        public IEnumerable<int> A(CancellationToken ct)
        {
            try { gate.{|TW2003:Wait(ct)|}; yield return 1; }
            finally { gate.Release(); }
        }
        public async IAsyncEnumerable<int> B([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
        {
            try { await gate.{|TW2003:WaitAsync(ct)|}; await foreach (int i in work.Stream()) yield return i; }
            finally { gate.Release(); }
        }
        public IEnumerator<int> D()
        {
            gate.Wait();
            try { yield return 1; gate.Release(); }
            finally { gate.{|TW2003:Release()|}; }
        }
        public IEnumerable<int> E(bool locked)
        {
            if (locked) gate.Wait();
            try { yield return 1; }
            finally { gate.{|TW2003:Release()|}; }
        }
        """);

    [Fact]
    public Task Top_level_statements() => Verify.Rule("TW2003", """
        var gate = new SemaphoreSlim(1, 1);
        using var source = new CancellationTokenSource(100);
        try
        {
            await gate.{|TW2003:WaitAsync(source.Token)|};
            Console.WriteLine(args.Length);
        }
        finally { gate.Release(); }

        if (args.Length > 0) gate.Wait();
        try { Local(); }
        finally { gate.{|TW2003:Release()|}; }

        void Local()
        {
            try { gate.{|TW2003:Wait(source.Token)|}; Console.WriteLine("in"); }
            finally { gate.Release(); }
        }
        """, static test => test.TestState.OutputKind = OutputKind.ConsoleApplication);

    [Fact]
    public Task Field_and_property_initializers() => Verify.Rule("TW2003", """
        public sealed class C
        {
            private static readonly SemaphoreSlim s_gate = new(1, 1);
            private readonly Func<CancellationToken, Task> _run = static async ct =>
            {
                try { await s_gate.{|TW2003:WaitAsync(ct)|}; }
                finally { s_gate.Release(); }
            };
            public Action<CancellationToken> Run { get; } = static ct => { try { s_gate.{|TW2003:Wait(ct)|}; } finally { s_gate.Release(); } };
            public Task Go(CancellationToken ct) => _run(ct);
        }
        """);

    [Fact]
    public Task Generics_extensions_interfaces_structs_records_and_parts() => Verify.Rule("TW2003", """
        public static class Extensions
        {
            public static async Task<T> Run<T>(this SemaphoreSlim gate, Func<Task<T>> act, CancellationToken ct)
            {
                try { await gate.{|TW2003:WaitAsync(ct)|}; return await act(); }
                finally { gate.Release(); }
            }
        }
        public interface IGated
        {
            private static readonly SemaphoreSlim s_gate = new(1, 1);
            async Task Run(CancellationToken ct) { try { await s_gate.{|TW2003:WaitAsync(ct)|}; } finally { s_gate.Release(); } }
        }
        public struct S(SemaphoreSlim gate)
        {
            private readonly SemaphoreSlim _gate = gate;
            public readonly void Run(CancellationToken ct) { try { _gate.{|TW2003:Wait(ct)|}; } finally { _gate.Release(); } }
        }
        public record R(SemaphoreSlim Gate)
        {
            public async ValueTask<int> Run(CancellationToken ct) { try { await Gate.{|TW2003:WaitAsync(ct)|}; return 1; } finally { Gate.Release(); } }
        }
        public class Outer<T>
        {
            protected static readonly SemaphoreSlim s_gate = new(1, 1);
            public sealed class Inner : Outer<T>, IDisposable
            {
                void IDisposable.Dispose() { try { s_gate.{|TW2003:Wait(new CancellationToken(true))|}; } finally { s_gate.Release(); } }
            }
        }
        public sealed partial class P { private readonly SemaphoreSlim _gate = new(1, 1); public partial Task Run(CancellationToken ct); }
        public sealed partial class P { public async partial Task Run(CancellationToken ct) { try { await _gate.{|TW2003:WaitAsync(ct)|}; } finally { _gate.Release(); } } }
        """);

    [Fact]
    public Task Using_static_and_aliases() => Verify.Rule("TW2003", """
        using static System.Threading.Monitor;
        using Gate = System.Threading.SemaphoreSlim;
        using M = System.Threading.Monitor;

        public sealed class C(Action act)
        {
            private readonly object _sync = new();
            private readonly Gate _gate = new(1, 1);
            public void A() { try { act(); {|TW2003:Enter(_sync)|}; } finally { Exit(_sync); } }
            public void B() { Enter(_sync); Exit(_sync); {|TW2003:Exit(_sync)|}; }
            public void D() { {|TW2006:TryEnter(_sync, 100)|}; act(); M.Exit(_sync); }
            public void E() { try { act(); global::System.Threading.Monitor.{|TW2003:Enter(_sync)|}; } finally { M.Exit(_sync); } }
            public async Task F(CancellationToken ct) { try { await _gate.{|TW2003:WaitAsync(ct)|}; } finally { _gate.Release(); } }
        }
        """);

    [Fact]
    public Task Locks_by_elements_parameters_and_aliases() => Verify.Rule("TW2003", """
        public sealed class C(Action act)
        {
            private readonly object[] _stripes = [new(), new()];
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new();
            public void A(int i) { try { act(); Monitor.{|TW2003:Enter(_stripes[i])|}; } finally { Monitor.Exit(_stripes[i]); } }
            public async Task B(string key, CancellationToken ct)
            {
                var gate = _gates.GetOrAdd(key, static _ => new SemaphoreSlim(1, 1));
                try { await gate.{|TW2003:WaitAsync(ct)|}; act(); }
                finally { gate.Release(); }
            }
            public async Task D(SemaphoreSlim gate, CancellationToken ct) { try { await gate.{|TW2003:WaitAsync(ct)|}; } finally { gate.Release(); } }
            public async Task E(CancellationToken ct)
            {
                var gate = _gate;
                try { await gate.{|TW2003:WaitAsync(ct)|}; act(); }
                finally { _gate.Release(); }
            }
            public void F(C other, CancellationToken ct) { try { other._gate.{|TW2003:Wait(ct)|}; act(); } finally { other._gate.Release(); } }
        }
        """);

    [Fact]
    public Task Conditional_compilation_takes_the_branch_in_force() => Verify.Rule("TW2003", """
        #define TIMED
        public sealed class C(Action act)
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            public void M()
            {
        #if !TIMED
                _gate.Wait();
        #endif
                try
                {
        #if TIMED
                    if (!_gate.{|TW2003:Wait(100)|}) return;
        #endif
                    act();
                }
                finally { _gate.Release(); }
            }
        }
        """);

    [Fact]
    public Task Layout_over_several_lines_keeps_the_span_on_the_call() => Reported("""
        public async Task M(CancellationToken ct)
        {
            try
            {
                // first of all
                await this
                    .gate
                    .{|TW2003:WaitAsync(ct)|}
                    .ConfigureAwait(false);
                await work.DoAsync();
            }
            finally
            {
                this.gate
                    .Release();
            }
        }
        """);
}
