using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>An object takes over the duty to release: guards, releasers, leases.</summary>
public class InnocentReleaserTraps
{
    [Fact]
    public Task Taken_by_the_constructor_and_released_by_Dispose() => Verify.Rule("TW2003", """
        public sealed class Scope : IDisposable
        {
            private readonly SemaphoreSlim _gate;
            private int _disposed;
            public Scope(SemaphoreSlim gate, CancellationToken ct) { _gate = gate; gate.Wait(ct); }
            public void Dispose() { if (Interlocked.Exchange(ref _disposed, 1) == 0) _gate.Release(); }
        }
        public readonly ref struct ReadScope
        {
            private readonly ReaderWriterLockSlim _lock;
            public ReadScope(ReaderWriterLockSlim rw) { _lock = rw; rw.EnterReadLock(); }
            public void Dispose() => _lock.ExitReadLock();
        }
        public struct OnceScope(SemaphoreSlim gate) : IDisposable
        {
            private SemaphoreSlim? _gate = gate;
            public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
        }
        public sealed class User(ReaderWriterLockSlim rw, SemaphoreSlim gate)
        {
            public void M(Action act, CancellationToken ct)
            {
                try
                {
                    act();
                    using var a = new ReadScope(rw);
                    using var b = new Scope(gate, ct);
                    act();
                }
                finally { act(); }
            }
        }
        """);

    [Fact]
    public Task Returned_releaser() => Verify.Rule("TW2003", """
        public sealed class AsyncLock
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            public async Task<Releaser> LockAsync(CancellationToken ct)
            {
                await _gate.WaitAsync(ct).ConfigureAwait(false);
                return new Releaser(_gate);
            }
            public async Task<IDisposable?> TryLockAsync(int timeout) => await _gate.WaitAsync(timeout) ? new Releaser(_gate) : null;
            public readonly struct Releaser(SemaphoreSlim gate) : IDisposable { public void Dispose() => gate.Release(); }
        }
        public sealed class User
        {
            private readonly AsyncLock _lock = new();
            public async Task M(Func<Task> act, CancellationToken ct)
            {
                try { using (await _lock.LockAsync(ct)) await act(); }
                finally { await act(); }
                using var maybe = await _lock.TryLockAsync(100);
                if (maybe is null) return;
                await act();
            }
        }
        """);

    [Fact]
    public Task Releaser_made_inside_the_try() => Verify.Rule("TW2003", """
        public static class Gates
        {
            public static async Task<IDisposable> EnterAsync(this SemaphoreSlim gate, CancellationToken ct)
            {
                await gate.WaitAsync(ct);
                return new Leave(gate);
            }
            public static async Task Run(SemaphoreSlim gate, Func<Task> act, CancellationToken ct)
            {
                IDisposable? leave = null;
                try
                {
                    await gate.WaitAsync(ct);
                    leave = new Leave(gate);
                    await act();
                }
                finally { leave?.Dispose(); }
            }
            private sealed class Leave(SemaphoreSlim gate) : IDisposable { public void Dispose() => gate.Release(); }
        }
        """);

    [Fact]
    public Task Released_only_when_handing_over_fails() => Verify.Rule("TW2003", """
        public sealed class Pool(Func<Stream> open)
        {
            private readonly SemaphoreSlim _slots = new(4, 4);
            public async Task<Lease> RentAsync(CancellationToken ct)
            {
                await _slots.WaitAsync(ct);
                try { return new Lease(open(), _slots); }
                catch { _slots.Release(); throw; }
            }
            public async Task<Lease> RentOtherwiseAsync(CancellationToken ct)
            {
                await _slots.WaitAsync(ct);
                bool handedOver = false;
                try
                {
                    var lease = new Lease(open(), _slots);
                    handedOver = true;
                    return lease;
                }
                finally { if (!handedOver) _slots.Release(); }
            }
        }
        public sealed class Lease(Stream stream, SemaphoreSlim slots) : IDisposable
        {
            public void Dispose() { try { stream.Dispose(); } finally { slots.Release(); } }
        }
        """);
}
