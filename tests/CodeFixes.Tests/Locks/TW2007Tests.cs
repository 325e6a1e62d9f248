using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

public class TW2007Tests
{
    [Fact]
    public Task All_uses_change_together() => Verify.Fix<TW2007ConvertToSemaphore>("TW2007", """
        class C
        {
            // guards the count
            private readonly object _sync = new object();
            private int _count;

            async Task M(Func<Task> work)
            {
                Monitor.Enter(_sync); // in
                try
                {
                    {|TW2007:await|} work();
                    _count++;
                }
                finally
                {
                    Monitor.Exit(_sync);
                }
            }

            int Read()
            {
                // one at a time
                lock (this._sync)
                {
                    return _count; // now
                }
            }

            void Reset() { lock (_sync) { _count = 0; } }

            Task Later() => Task.Run(async () =>
            {
                lock (_sync) {
                    _count++;
                }

                await Task.Yield();
            });
        }
        """, """
        class C
        {
            // guards the count
            private readonly SemaphoreSlim _sync = new SemaphoreSlim(1, 1);
            private int _count;

            async Task M(Func<Task> work)
            {
                await _sync.WaitAsync(); // in
                try
                {
                    await work();
                    _count++;
                }
                finally
                {
                    _sync.Release();
                }
            }

            int Read()
            {
                // one at a time
                this._sync.Wait();
                try
                {
                    return _count; // now
                }
                finally
                {
                    this._sync.Release();
                }
            }

            void Reset() { _sync.Wait(); try { _count = 0; } finally { _sync.Release(); } }

            Task Later() => Task.Run(async () =>
            {
                await _sync.WaitAsync();
                try {
                    _count++;
                } finally {
                    _sync.Release();
                }

                await Task.Yield();
            });
        }
        """);

    [Fact]
    public Task A_library_keeps_off_the_context() => Verify.Fix<TW2007ConvertToSemaphore>("TW2007", """
        class C
        {
            private static readonly Lock s_gate = new();

            static async Task M(Func<Task> work)
            {
                s_gate.Enter();
                try
                {
                    {|TW2007:await|} work().ConfigureAwait(false);
                }
                finally
                {
                    s_gate.Exit();
                }
            }
        }
        """, """
        class C
        {
            private static readonly SemaphoreSlim s_gate = new(1, 1);

            static async Task M(Func<Task> work)
            {
                await s_gate.WaitAsync().ConfigureAwait(false);
                try
                {
                    await work().ConfigureAwait(false);
                }
                finally
                {
                    s_gate.Release();
                }
            }
        }
        """);

    [Theory]
    [InlineData("private readonly object _sync = new();", "void Other() { if (Monitor.TryEnter(_sync)) Monitor.Exit(_sync); }")]
    [InlineData("private readonly object _sync = new();", "void Other() { lock (_sync) { Monitor.Pulse(_sync); } }")]
    [InlineData("private readonly object _sync = new();", "object Other() => _sync;")]
    [InlineData("private readonly object _sync = new();", "void Other() { lock (_sync) { Inner(); } } void Inner() { lock (_sync) { _count++; } }")]
    [InlineData("private readonly object _sync = new();", "void Other() { lock (_sync) { Inner(); } } void Inner() => Deeper(); void Deeper() { lock (_sync) { _count++; } }")]
    [InlineData("private readonly object _sync = new();", "void Other() { lock (_sync) { lock (_sync) { _count++; } } }")]
    [InlineData("private readonly object _sync = new();", "void Other() { lock (_sync) { _count = Count; } } int Count { get { lock (_sync) { return _count; } } }")]
    [InlineData("private readonly object _sync = new();", "void Other() { lock (_sync) _count++; }")]
    [InlineData("private readonly object _sync = new();", "\n#if OTHER\n    void Other() { lock (_sync) { _count++; } }\n#endif\n")]
    [InlineData("private readonly object _sync = new List<int>();", "")]
    [InlineData("internal readonly object _sync = new();", "")]
    [InlineData("private readonly object _other = new(), _sync = new();", "")]
    public Task Nothing_is_offered_where_a_use_cannot_go_along(string field, string members) => Verify.NoFix<TW2007ConvertToSemaphore>("TW2007", $$"""
        class C
        {
            {{field}}
            private int _count;

            async Task M(Func<Task> work)
            {
                Monitor.Enter(_sync);
                try
                {
                    {|TW2007:await|} work();
                }
                finally
                {
                    Monitor.Exit(_sync);
                }
            }

            {{members}}
        }
        """);

    [Fact]
    public Task Nothing_is_offered_for_an_acquire_without_a_finally() => Verify.NoFix<TW2007ConvertToSemaphore>("TW2007", """
        class C
        {
            private readonly object _sync = new();

            async Task M(Func<Task> work)
            {
                Monitor.Enter(_sync);
                {|TW2007:await|} work();
                Monitor.Exit(_sync);
            }
        }
        """);
}
