using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>TW2002 where the lock is held by a guard object that nobody keeps.</summary>
public class DroppedGuardTests
{
    [Theory]
    [InlineData("async Task M() { await _lock.{|TW2002:LockAsync()|}; _n++; }")]
    [InlineData("async Task M() { await _lock.{|TW2002:LockAsync()|}.ConfigureAwait(false); _n++; }")]
    [InlineData("void M() { _lock.{|TW2002:Lock()|}; _n++; }")]
    [InlineData("void M() { _ = _lock.{|TW2002:Lock()|}; _n++; }")]
    [InlineData("async Task M() { _ = await _lock.{|TW2002:LockAsync()|}; _n++; } void N() { using (_lock.Lock()) _n++; }")]
    [InlineData("void M() { {|TW2002:new ReadScope(_rw)|}; _n++; } void N() { using var read = new ReadScope(_rw); _n++; }")]
    [InlineData("void M() { {|TW2002:Hold()|}; _n++; } private ReadScope Hold() { return new ReadScope(_rw); }")]
    [InlineData("void M(bool b) { if (b) _lock.{|TW2002:Lock()|}; _n++; }")]
    [InlineData("void M() { s_lock.{|TW2002:Lock()|}; _n++; }")]
    [InlineData("void M() { _lock.{|TW2002:LockAsync()|}; _n++; }")]
    public Task Guilty(string member) => Verify.Rule("TW2002", Class(member));

    [Theory]
    [InlineData("async Task M() { using (await _lock.LockAsync()) _n++; }")]
    [InlineData("async Task M() { using var held = await _lock.LockAsync(); _n++; }")]
    [InlineData("void M() { var held = _lock.Lock(); try { _n++; } finally { held.Dispose(); } }")]
    [InlineData("void M() { _lock.Lock().Dispose(); }")]
    [InlineData("IDisposable M() => _lock.Lock();")]
    [InlineData("private IDisposable? _held; void Begin() { _held = _lock.Lock(); } void End() => _held?.Dispose();")]
    [InlineData("void M() { _both.Lock(); try { _n++; } finally { _both.Unlock(); } }")]
    [InlineData("void M() { _both.Lock(); _n++; } void N() => _both.Unlock();")]
    [InlineData("void M() { Open.Lock(); _n++; }")]
    [InlineData("void M() { _lock.Lock(); _n++; } AsyncLock Given() => _lock;")]
    [InlineData("void M() { _lock.Lock(); _n++; } void N(Action<AsyncLock> use) => use(_lock);")]
    [InlineData("void M() { new ReadScope(_rw); _n++; } void N() => _rw.ExitReadLock();")]
    [InlineData("void M() { _lock.Lock(); _n++; } class Inner { public void End(C c) { c._lock.ToString(); } }")]
    [InlineData("void M() { _finalized.Lock(); _n++; }")]
    [InlineData("void M() { _plain.Lock(); _n++; }")]
    [InlineData("void M(AsyncLock given) { given.Lock(); _n++; }")]
    public Task Innocent(string member) => Verify.Rule("TW2002", Class(member));

    private static string Class(string member) => $$"""
        sealed class AsyncLock
        {
            private readonly SemaphoreSlim _slim = new(1, 1);
            public async Task<Releaser> LockAsync(CancellationToken ct = default) { await _slim.WaitAsync(ct).ConfigureAwait(false); return new Releaser(this); }
            public Releaser Lock() { _slim.Wait(); return new Releaser(this); }
            public readonly struct Releaser(AsyncLock owner) : IDisposable { public void Dispose() => owner._slim.Release(); }
        }

        sealed class BothWays
        {
            private readonly SemaphoreSlim _slim = new(1, 1);
            public IDisposable Lock() { _slim.Wait(); return new Action2(() => _slim.Release()); }
            public void Unlock() => _slim.Release();
        }

        sealed class Finalized
        {
            private readonly SemaphoreSlim _slim = new(1, 1);
            public Releaser Lock() { _slim.Wait(); return new Releaser(this); }
            public sealed class Releaser(Finalized owner) : IDisposable { public void Dispose() => owner._slim.Release(); ~Releaser() => Dispose(); }
        }

        sealed class Plain
        {
            public IDisposable Lock() => new MemoryStream();
        }

        readonly struct ReadScope : IDisposable
        {
            private readonly ReaderWriterLockSlim _rw;
            public ReadScope(ReaderWriterLockSlim rw) { _rw = rw; rw.EnterReadLock(); }
            public void Dispose() => _rw.ExitReadLock();
        }

        sealed class Action2(Action end) : IDisposable { public void Dispose() => end(); }

        class C
        {
            private static readonly AsyncLock s_lock = new();
            public readonly AsyncLock Open = new();
            private readonly AsyncLock _lock = new();
            private readonly BothWays _both = new();
            private readonly Finalized _finalized = new();
            private readonly Plain _plain = new();
            private readonly ReaderWriterLockSlim _rw = new();
            private int _n;

            {{member}}
        }
        """;
}
