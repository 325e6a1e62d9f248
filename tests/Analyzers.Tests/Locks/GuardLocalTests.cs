using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>Guard objects in a local that no <c>using</c> disposes of.</summary>
public class GuardLocalTests
{
    [Theory]
    [InlineData("void M(int n) { using var held = _lock.Lock(); if (n > 3) return; _n++; }")]
    [InlineData("void M(int n) { var held = _lock.Lock(); try { if (n > 3) return; _n++; } finally { held.Dispose(); } }")]
    [InlineData("void M(int n) { var held = _lock.Lock(); if (n > 3) { held.Dispose(); return; } _n++; held.Dispose(); }")]
    [InlineData("void M(int n) { Releaser2? held = null; try { if (n > 3) held = Hold2(); _n++; } finally { held?.Dispose(); } }")]
    [InlineData("void M(int n) { IDisposable? held = null; try { held = _lock.Lock(); if (n > 3) return; _n++; } finally { held?.Dispose(); } }")]
    [InlineData("void M(int n) { IDisposable? held = null; try { held = _lock.Lock(); if (n > 3) return; _n++; } finally { if (held != null) held.Dispose(); } }")]
    [InlineData("IDisposable? M(int n) { var held = _lock.Lock(); if (n > 3) return held; held.Dispose(); return null; }")]
    [InlineData("void M(int n) { var held = _lock.Lock(); if (n > 3) { Keep(held); return; } held.Dispose(); } static void Keep(IDisposable d) => d.Dispose();")]
    [InlineData("void M(int n) { var held = _lock.Lock(); if (n > 3) { _held = held; return; } held.Dispose(); } private IDisposable? _held;")]
    [InlineData("void M(int n) { var held = _lock.Lock(); Action end = () => held.Dispose(); if (n > 3) { end(); return; } held.Dispose(); }")]
    [InlineData("void M(int n) { var held = _lock.Lock(); if (n > 3) { using (held) _n++; return; } held.Dispose(); }")]
    [InlineData("void M(int n) { var held = _both.Lock(); if (n > 3) { _both.Unlock(); return; } held.Dispose(); }")]
    [InlineData("void M(int n) { var held = _both.Lock(); if (n > 3) return; held.Dispose(); } void N() => _both.Unlock();")]
    [InlineData("void M(int n) { var held = Open.Lock(); if (n > 3) return; _n++; held.Dispose(); }")]
    [InlineData("void M(int n, AsyncLock given) { var held = given.Lock(); if (n > 3) return; _n++; held.Dispose(); }")]
    [InlineData("void M(int n) { var held = _finalized.Lock(); if (n > 3) return; _n++; held.Dispose(); }")]
    [InlineData("void M(int n) { var held = _plain.Lock(); if (n > 3) return; _n++; held.Dispose(); }")]
    [InlineData("void M(int n) { var held = _lock.TryLock(); if (held == null) return; _n++; held.Dispose(); }")]
    [InlineData("async Task M(int n) { var task = _lock.LockAsync(); if (n > 3) return; (await task).Dispose(); }")]
    [InlineData("async Task M(int n) { var held = await _lock.LockAsync(); try { if (n > 3) return; await Task.Yield(); } finally { held.Dispose(); } }")]
    [InlineData("void M(int n) { var held = n > 3 ? _lock.Lock() : _other.Lock(); if (n > 3) return; held.Dispose(); }")]
    [InlineData("void M(int n) { while (n-- > 0) { var held = _lock.Lock(); if (n == 3) { held.Dispose(); continue; } _n++; held.Dispose(); } }")]
    [InlineData("void M(int n) { var held = _lock.Lock(); if (n > 3) Environment.FailFast(null); _n++; held.Dispose(); }")]
    [InlineData("void M() { Console.WriteLine(_lock.Lock()); }")]
    public async Task Innocent(string member)
    {
        foreach (var id in new[] { "TW2001", "TW2002", "TW2003", "TW2005", "TW2007", "TW2008", "TW2012", "TW2013" })
        {
            await Verify.Rule(id, Class(member));
        }
    }

    [Theory]
    [InlineData("void M(int n) { var held = _lock.{|TW2008:Lock()|}; if (n > 3) return; _n++; held.Dispose(); }")]
    [InlineData("void M(int n) { var held = _lock.{|TW2008:Lock()|}; if (n > 3) throw new ArgumentException(); _n++; held.Dispose(); }")]
    [InlineData("void M(int n) { IDisposable held = _lock.{|TW2008:Lock()|}; if (n > 3) { _n++; held.Dispose(); } }")]
    [InlineData("void M(bool b) { var held = _lock.{|TW2008:Lock()|}; if (b) held.Dispose(); }")]
    [InlineData("async Task M(int n) { var held = await _lock.{|TW2008:LockAsync()|}; if (n > 3) return; _n++; held.Dispose(); }")]
    [InlineData("async Task M(int n) { var held = await _lock.{|TW2008:LockAsync()|}.ConfigureAwait(false); if (n > 3) return; _n++; held.Dispose(); }")]
    [InlineData("void M(int n) { var held = {|TW2008:new ReadScope|}(_rw); if (n > 3) return; _n++; held.Dispose(); }")]
    [InlineData("void M(int n) { ReadScope held; held = {|TW2008:new ReadScope|}(_rw); while (n-- > 0) { if (n == 3) return; _n++; } held.Dispose(); }")]
    [InlineData("void M(int n) { var held = {|TW2008:Hold()|}; if (n > 3) return; _n++; held.Dispose(); } private ReadScope Hold() { return new ReadScope(_rw); }")]
    [InlineData("void M(int n) { for (var i = 0; i < n; i++) { var held = _lock.{|TW2008:Lock()|}; if (i == 3) continue; _n++; held.Dispose(); } }")]
    [InlineData("void M(int n) { Task.Run(() => { var held = _lock.{|TW2008:Lock()|}; if (n > 3) return; _n++; held.Dispose(); }); }")]
    public Task A_way_out_that_keeps_the_guard(string member) => Verify.Rule("TW2008", Class(member));

    [Theory]
    [InlineData("TW2012", "void M(Action run) { var held = _lock.{|TW2012:Lock()|}; run(); held.Dispose(); }")]
    [InlineData("TW2012", "async Task M(Func<Task> run) { var held = await _lock.{|TW2012:LockAsync()|}; await run(); held.Dispose(); }")]
    [InlineData("TW2007", "async Task M(Task t) { var held = new ReadScope(_rw); try { {|TW2007:await|} t; } finally { held.Dispose(); } }")]
    [InlineData("TW2002", "void M() { var held = _lock.{|TW2002:Lock()|}; _n++; }")]
    [InlineData("TW2002", "async Task M() { var held = await _lock.{|TW2002:LockAsync()|}; _n++; }")]
    public Task A_guard_in_a_local_is_a_lock_like_others(string id, string member) => Verify.Rule(id, Class(member));

    private static string Class(string member) => $$"""
        sealed class AsyncLock
        {
            private readonly SemaphoreSlim _slim = new(1, 1);
            public async Task<Releaser> LockAsync(CancellationToken ct = default) { await _slim.WaitAsync(ct).ConfigureAwait(false); return new Releaser(this); }
            public Releaser Lock() { _slim.Wait(); return new Releaser(this); }
            public IDisposable? TryLock() => _slim.Wait(0) ? new Releaser(this) : null;
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

        sealed class Releaser2(AsyncLock owner) : IDisposable { private readonly AsyncLock.Releaser _inner = owner.Lock(); public void Dispose() => _inner.Dispose(); }

        sealed class Action2(Action end) : IDisposable { public void Dispose() => end(); }

        class C
        {
            public readonly AsyncLock Open = new();
            private readonly AsyncLock _lock = new();
            private readonly AsyncLock _other = new();
            private readonly BothWays _both = new();
            private readonly Finalized _finalized = new();
            private readonly Plain _plain = new();
            private readonly ReaderWriterLockSlim _rw = new();
            private int _n;

            {{member}}

            private Releaser2 Hold2() => new(_other);
        }
        """;
}
