using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>Guard objects in a <c>using</c>, and helpers that run a lambda under their lock.</summary>
public class GuardTests
{
    private const string Guards = """
        sealed class MonitorGuard : IDisposable
        {
            private readonly object _sync;
            public MonitorGuard(object sync) { _sync = sync ?? throw new ArgumentNullException(nameof(sync)); Monitor.Enter(_sync); }
            public void Dispose() => Monitor.Exit(_sync);
        }
        readonly struct ReadScope : IDisposable
        {
            private readonly ReaderWriterLockSlim _rw;
            public ReadScope(ReaderWriterLockSlim rw) { _rw = rw; rw.EnterReadLock(); }
            public void Dispose() => _rw.ExitReadLock();
        }
        sealed class AsyncLock
        {
            private readonly SemaphoreSlim _slim = new(1, 1);
            public async Task<Releaser> LockAsync(CancellationToken ct = default) { await _slim.WaitAsync(ct).ConfigureAwait(false); return new Releaser(this); }
            public Releaser Lock() { _slim.Wait(); return new Releaser(this); }
            public readonly struct Releaser(AsyncLock owner) : IDisposable { public void Dispose() => owner._slim.Release(); }
        }
        sealed class ClassicLock
        {
            private readonly SemaphoreSlim _slim = new SemaphoreSlim(1);
            private readonly Task<Releaser> _releaser;
            public ClassicLock() { _releaser = Task.FromResult(new Releaser(this)); }
            public Task<Releaser> LockAsync()
            {
                var wait = _slim.WaitAsync();
                return wait.IsCompleted ? _releaser : wait.ContinueWith((_, state) => new Releaser((ClassicLock)state!), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
            public struct Releaser : IDisposable
            {
                private readonly ClassicLock _toRelease;
                internal Releaser(ClassicLock toRelease) { _toRelease = toRelease; }
                public void Dispose() { if (_toRelease != null) _toRelease._slim.Release(); }
            }
        }
        sealed class Leaky
        {
            private readonly SemaphoreSlim _slim = new(1, 1);
            public IDisposable Lock() { _slim.Wait(); return new Action2(() => _slim.Release()); }
            public void Unlock() => _slim.Release();
        }
        sealed class Wide
        {
            private readonly SemaphoreSlim _slim = new(4, 4);
            public IDisposable Lock() { _slim.Wait(); return new Action2(() => _slim.Release()); }
        }
        sealed class Action2(Action end) : IDisposable { public void Dispose() => end(); }
        static class Holds
        {
            public static IDisposable Hold(this object sync) { Monitor.Enter(sync); return new Action2(() => Monitor.Exit(sync)); }
            public static ReadScope Reading(this ReaderWriterLockSlim rw) => new ReadScope(rw);
            public static IDisposable Writing(this ReaderWriterLockSlim rw) { rw.EnterWriteLock(); return new Action2(rw.ExitWriteLock); }
            public static IDisposable? TryHold(this object sync) => Monitor.TryEnter(sync, 10) ? new Action2(() => Monitor.Exit(sync)) : null;
            public static IDisposable Through(this object sync) { Monitor.Enter(sync); GC.KeepAlive(sync); Monitor.Exit(sync); return new Action2(() => { }); }
            public static IDisposable Waiting(this SemaphoreSlim slim) { slim.Wait(); return new Action2(() => slim.Release()); }
            public static async Task RunAsync(this SemaphoreSlim slim, Func<Task> then) { await slim.WaitAsync(); try { await then(); } finally { slim.Release(); } }
            public static void Run(this SemaphoreSlim slim, Action then) { ArgumentNullException.ThrowIfNull(then); slim.Wait(); try { then(); } finally { slim.Release(); } }
            public static void Later(this SemaphoreSlim slim, Action then) { slim.Wait(); try { Task.Run(then); } finally { slim.Release(); } }
            public static async Task LoseAsync(this SemaphoreSlim slim, Func<Task> then) { await slim.WaitAsync(); try { _ = then(); } finally { slim.Release(); } }
        }
        """;

    private const string Fields = """
            private readonly object _sync = new();
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly ReaderWriterLockSlim _rec = new(LockRecursionPolicy.SupportsRecursion);
            private readonly SemaphoreSlim _slim = new(1, 1);
            private readonly SemaphoreSlim _many = new(4);
            private readonly AsyncLock _lock = new();
            private readonly ClassicLock _classic = new();
            private readonly Leaky _leaky = new();
            private readonly Wide _wide = new();
            private int _value;
            private MonitorGuard Own() => new MonitorGuard(_sync);
            private IDisposable OwnSlim() { _slim.Wait(); return new Action2(() => _slim.Release()); }
        """;

    private static Task In(string id, string members) => Verify.Rule(id, $"class C\n{{\n{Fields}\n{members}\n}}", static test => test.TestState.Sources.Add(("Guards.cs", Guards)));

    [Theory]
    [InlineData("async Task M(Task t) { using (new MonitorGuard(_sync)) { {|TW2007:await|} t; } }")]
    [InlineData("async Task M(Task t) { using var guard = new MonitorGuard(_sync); _value++; {|TW2007:await|} t; }")]
    [InlineData("async Task M(Task t) { using (var guard = new MonitorGuard(this._sync)) { if (_value > 3) {|TW2007:await|} t; } }")]
    [InlineData("async Task M(Task t) { using (_sync.Hold()) {|TW2007:await|} t; }")]
    [InlineData("async Task M(Task t) { using (new ReadScope(_rw)) { {|TW2007:await|} t.ConfigureAwait(false); } }")]
    [InlineData("async Task M(Task t) { using var _ = _rw.Reading(); {|TW2007:await|} t; }")]
    [InlineData("async Task M(Task t) { using (_rw.Writing()) { try { {|TW2007:await|} t; } catch (IOException) { } } }")]
    [InlineData("IEnumerable<int> M() { using (_rw.Reading()) { {|TW2007:yield|} return 1; } }")]
    [InlineData("async Task M(Task t) { using (Own()) { {|TW2007:await|} t; } }")]
    [InlineData("Task M(Task t) => Task.Run(async () => { using (new MonitorGuard(_sync)) { {|TW2007:await|} t; } });")]
    [InlineData("async Task M(IAsyncEnumerable<int> all) { using (_sync.Hold()) { {|TW2007:await|} foreach (var i in all) _value += i; } }")]
    [InlineData("async Task M(Task t, object o) { using (o.Hold()) using (var s = new MemoryStream()) { s.WriteByte(1); {|TW2007:await|} t; } }")]
    [InlineData("async Task M(Task t) { using (await _lock.LockAsync()) using (_rw.Reading()) { {|TW2007:await|} t; } }")]
    public Task Await_under_a_guard(string members) => In("TW2007", members);

    [Theory]
    [InlineData("async Task M(Task t) { using (await _lock.LockAsync()) { await t; } }")]
    [InlineData("async Task M(Task t) { using (await _classic.LockAsync()) { await t; } }")]
    [InlineData("async Task M(Task t) { using (_slim.Waiting()) { await t; } }")]
    [InlineData("async Task M(Task t) { using (_sync.TryHold()) { await t; } }")]
    [InlineData("async Task M(Task t) { using (_sync.Through()) { await t; } }")]
    [InlineData("async Task M(Task t) { using (new MonitorGuard(_sync)) { _value++; } await t; }")]
    [InlineData("async Task M(Task t) { { using var guard = new MonitorGuard(_sync); _value++; } await t; }")]
    [InlineData("async Task M(Task t) { await t; using var guard = new MonitorGuard(_sync); _value++; }")]
    [InlineData("async Task M(Task t) { using (var guard = new MonitorGuard(_sync)) { _value++; guard.Dispose(); await t; } }")]
    [InlineData("async Task M(Task t) { using (new MonitorGuard(_sync)) { Monitor.Exit(_sync); await t; Monitor.Enter(_sync); } }")]
    [InlineData("void M(Task t) { using (new MonitorGuard(_sync)) { Task.Run(async () => await t); } }")]
    [InlineData("async Task M() { using (new MonitorGuard(_sync)) { await Task.CompletedTask; } }")]
    [InlineData("async Task M(Task t) { var guard = new MonitorGuard(_sync); guard.Dispose(); await t; }")]
    [InlineData("async Task M(Task t) { using (new MemoryStream()) { await t; } }")]
    [InlineData("async Task M(Task t) { using (new Scope(_sync)) { await t; } } sealed class Scope(object o) : IDisposable { public void Dispose() => Monitor.Exit(o); }")]
    [InlineData("async Task M(Task t) { using (new Scope(_sync)) { await t; } } sealed class Scope : IDisposable { public Scope(object o) { lock (o) { } } public void Dispose() { } }")]
    [InlineData("async Task M(Task t) { using (new Scope(_sync)) { await t; } } sealed class Scope : IDisposable { public Scope(object o) { if (o is string) Monitor.Enter(o); } public void Dispose() { Monitor.Exit(this); } }")]
    [InlineData("async Task M(Task t) { using (Maybe(_value)) { await t; } } IDisposable? Maybe(int n) { if (n > 3) return null; Monitor.Enter(_sync); return new Action2(() => Monitor.Exit(_sync)); }")]
    public Task Await_that_no_guard_covers(string members) => In("TW2007", members);

    [Theory]
    [InlineData("async Task M() { using (await _lock.LockAsync()) { using (await _lock.{|TW2005:LockAsync()|}) _value++; } }")]
    [InlineData("async Task M() { using (await _lock.LockAsync()) { await {|TW2005:Inner()|}; } } async Task Inner() { using (await _lock.LockAsync()) _value++; }")]
    [InlineData("async Task M(CancellationToken ct) { using var _ = await _lock.LockAsync(ct).ConfigureAwait(false); await {|TW2005:Inner()|}.ConfigureAwait(false); } private async Task Inner() { _value++; using var _ = await _lock.LockAsync(); _value++; }")]
    [InlineData("async Task M() { using (await _classic.LockAsync()) { if (_value > 3) await {|TW2005:Inner()|}; } } async Task Inner() { using (await _classic.LockAsync()) _value++; }")]
    [InlineData("void M() { using (_lock.Lock()) { using (_lock.{|TW2005:Lock()|}) _value++; } }")]
    [InlineData("void M() { using (_rw.Reading()) { _value++; using (_rw.{|TW2005:Writing()|}) _value++; } }")]
    [InlineData("void M() { using (_rw.Writing()) { _rw.{|TW2005:EnterReadLock()|}; _rw.ExitReadLock(); } }")]
    [InlineData("void M() { using (new ReadScope(_rw)) { {|TW2005:Inner()|}; } } void Inner() { _rw.EnterWriteLock(); try { _value++; } finally { _rw.ExitWriteLock(); } }")]
    [InlineData("void M() { using (_slim.Waiting()) { _slim.{|TW2005:Wait()|}; _value++; } }")]
    [InlineData("void M() { using (_leaky.Lock()) { using (_leaky.{|TW2005:Lock()|}) _value++; } }")]
    [InlineData("void M() { using (_slim.Waiting()) { _slim.{|TW2005:Wait()|}; try { _value++; } finally { _slim.Release(); } } }")]
    [InlineData("void M() { using (OwnSlim()) { using ({|TW2005:OwnSlim()|}) _value++; } }")]
    [InlineData("void M() { using (OwnSlim()) { {|TW2005:Inner()|}; } } void Inner() { using (OwnSlim()) { _value++; } }")]
    [InlineData("void M() { _slim.Run(() => { _slim.{|TW2005:Wait()|}; _value++; }); }")]
    [InlineData("void M() { _slim.Run(() => {|TW2005:Inner()|}); } void Inner() { using (OwnSlim()) _value++; }")]
    [InlineData("async Task M() { await Locked(async () => { await {|TW2005:Inner()|}; }); } async Task Locked(Func<Task> then) { await _slim.WaitAsync(); try { await then().ConfigureAwait(false); } finally { _slim.Release(); } } async Task Inner() { await _slim.WaitAsync(); try { _value++; } finally { _slim.Release(); } }")]
    [InlineData("async Task M() { await Locked(async () => { await {|TW2005:Locked(() => Task.Delay(1))|}; }); } async Task Locked(Func<Task> then) { await _slim.WaitAsync(); try { await then(); } finally { _slim.Release(); } }")]
    public Task The_holder_waits_for_itself(string members) => In("TW2005", members);

    [Theory]
    [InlineData("async Task M() { using (await _lock.LockAsync()) { _value++; } using (await _lock.LockAsync()) { _value++; } }")]
    [InlineData("async Task M() { using (await _lock.LockAsync()) { _value++; } await Inner(); } async Task Inner() { using (await _lock.LockAsync()) _value++; }")]
    [InlineData("async Task M(C other) { using (await _lock.LockAsync()) { using (await other._lock.LockAsync()) _value++; } }")]
    [InlineData("async Task M(C other) { using (await _lock.LockAsync()) { await other.Inner(); } } async Task Inner() { using (await _lock.LockAsync()) _value++; }")]
    [InlineData("async Task M() { Task t; using (await _lock.LockAsync()) { t = Inner(); } await t; } async Task Inner() { using (await _lock.LockAsync()) _value++; }")]
    [InlineData("async Task M() { using (await _lock.LockAsync()) { _ = Inner(); } await Task.Delay(1); } async Task Inner() { using (await _lock.LockAsync()) _value++; }")]
    [InlineData("async Task M() { using (await _lock.LockAsync()) { _ = Task.Run(async () => { using (await _lock.LockAsync()) _value++; }); } }")]
    [InlineData("async Task M(bool held) { using (await _lock.LockAsync()) { await Inner(true); } } async Task Inner(bool held) { if (held) { _value++; return; } using (await _lock.LockAsync()) _value++; }")]
    [InlineData("void M() { using (new MonitorGuard(_sync)) { using (new MonitorGuard(_sync)) _value++; } }")]
    [InlineData("void M() { using (_rec.Reading()) { using (_rec.Reading()) _value++; } }")]
    [InlineData("void M() { using (_many.Waiting()) { using (_many.Waiting()) _value++; } }")]
    [InlineData("void M() { using (_wide.Lock()) { using (_wide.Lock()) _value++; } }")]
    [InlineData("void M() { using (_leaky.Lock()) { using (_leaky.Lock()) _value++; } } void Other() => _leaky.Unlock();")]
    [InlineData("void M(SemaphoreSlim s) { using (s.Waiting()) { using (s.Waiting()) _value++; } }")]
    [InlineData("void M() { using (var g = _slim.Waiting()) { _value++; g.Dispose(); _slim.Wait(); _slim.Release(); } }")]
    [InlineData("void M() { using (_slim.Waiting()) { _slim.Release(); _value++; _slim.Wait(); } }")]
    [InlineData("void M() { using (_slim.Waiting()) { if (_slim.Wait(0)) _slim.Release(); } }")]
    [InlineData("void M() { using (_slim.Waiting()) { _slim.Wait(); } } void Other() => _slim.Release();")]
    [InlineData("void M() { using (_slim.Waiting()) { Let(() => { _value++; }); } } void Let(Action then) { _slim.Release(); try { then(); } finally { _slim.Wait(); } }")]
    [InlineData("void M() { using (_rw.Reading()) _value++; using (_rw.Writing()) _value++; }")]
    [InlineData("void M() { _slim.Later(() => { _slim.Wait(); _value++; _slim.Release(); }); }")]
    [InlineData("async Task M() { await _slim.LoseAsync(async () => { await Task.Yield(); await _slim.WaitAsync(); _value++; _slim.Release(); }); }")]
    [InlineData("void M() { _slim.Run(() => { _value++; }); _slim.Wait(); _slim.Release(); }")]
    [InlineData("void M() { _slim.Run(() => { Task.Run(() => { _slim.Wait(); _slim.Release(); }); }); }")]
    [InlineData("void M() { _slim.Run(() => { _many.Wait(); _many.Release(); }); }")]
    [InlineData("void M() { using (_slim.Waiting()) { foreach (var i in Items()) _value += i; } } IEnumerable<int> Items() { yield return 1; using (OwnSlim()) _value++; }")]
    public Task Innocent(string members) => In("TW2005", members);

    /// <summary>Who takes the lock for a guard to give back, and who gives it back, are no mistakes of their own.</summary>
    [Theory]
    [InlineData("TW2001")]
    [InlineData("TW2002")]
    [InlineData("TW2003")]
    [InlineData("TW2006")]
    [InlineData("TW2010")]
    [InlineData("TW2012")]
    [InlineData("TW2013")]
    public Task The_guards_themselves(string id) => In(id, """
            void M(int n) { using (OwnSlim()) { if (n > 3) return; _value++; } using var g = new MonitorGuard(_sync); if (n > 4) throw new ArgumentException(); _value++; }
            async Task N(int n, CancellationToken ct) { try { using (await _lock.LockAsync(ct)) { _value++; } } finally { _value--; } }
            void O() { using (Own()) { } }
        """);
}
