using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>The rules on pairs in members, loops and handlers of every kind.</summary>
public class PairShapeTests
{
    private const string Fields = """
            private static readonly object s_sync = new();
            private readonly object _sync = new();
            private readonly object _peer = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly ReaderWriterLock _old = new();
            private readonly Semaphore _kernel = new(1, 1);
            private readonly Mutex _mutex = new();
            private readonly Lock _lock = new();
            private SpinLock _spin = new(false);
            private int _value;
            private static void Work() => File.Delete("x");
            private static Task WorkAsync() => Task.Delay(1);
        """;

    private static Task Check(string id, string members) => Verify.Rule(id, "class C\n{\n" + Fields + "\n" + members + "\n}");

    [Theory]
    [InlineData("static C() { Monitor.{|TW2001:Enter(s_sync)|}; if (Environment.ProcessorCount > 3) return; Environment.ExitCode = 3; Monitor.Exit(s_sync); }")]
    [InlineData("~C() { Monitor.{|TW2001:Enter(_sync)|}; if (_value > 3) return; _value++; Monitor.Exit(_sync); }")]
    [InlineData("public event Action E { add { Monitor.{|TW2001:Enter(_sync)|}; if (value == null) return; _value++; Monitor.Exit(_sync); } remove { } }")]
    [InlineData("public static C operator +(C c, int n) { Monitor.{|TW2001:Enter(s_sync)|}; if (n > 3) return c; c._value += n; Monitor.Exit(s_sync); return c; }")]
    [InlineData("public static explicit operator int(C c) { Monitor.{|TW2001:Enter(s_sync)|}; if (c is null) throw new InvalidCastException(); var n = c._value; Monitor.Exit(s_sync); return n; }")]
    [InlineData("public int P { get => _value; init { Monitor.{|TW2001:Enter(_sync)|}; if (value < 0) throw new ArgumentOutOfRangeException(nameof(value)); _value = value; Monitor.Exit(_sync); } }")]
    [InlineData("public int this[int i] { set { _rw.{|TW2001:EnterWriteLock()|}; if (i != 0) throw new IndexOutOfRangeException(); _value = value; _rw.ExitWriteLock(); } }")]
    [InlineData("private readonly Action<int> _act = n => { Monitor.{|TW2001:Enter(s_sync)|}; if (n > 3) return; Environment.ExitCode = n; Monitor.Exit(s_sync); };")]
    [InlineData("void M<T>(IEnumerable<T> all) where T : class { foreach (var one in all) { Monitor.{|TW2001:Enter(_sync)|}; if (one is string) continue; _value++; Monitor.Exit(_sync); } }")]
    [InlineData("IEnumerable<int> M(int n) { Monitor.{|TW2001:Enter(_sync)|}; if (n > 3) yield break; _value++; Monitor.Exit(_sync); yield return n; }")]
    [InlineData("async IAsyncEnumerable<int> M(int n) { await _gate.{|TW2001:WaitAsync()|}; if (n > 3) yield break; _value++; _gate.Release(); yield return n; }")]
    [InlineData("string M(object? o) { _rw.{|TW2001:EnterReadLock()|}; var text = o as string ?? throw new ArgumentNullException(nameof(o)); _rw.ExitReadLock(); return text; }")]
    [InlineData("int M(int n) { Monitor.{|TW2001:Enter(_sync)|}; var k = n switch { 0 => 1, 1 => 2, _ => throw new ArgumentException() }; Monitor.Exit(_sync); return k; }")]
    [InlineData("void M(int[] a) { foreach (var i in a) { foreach (var j in a) { Monitor.{|TW2001:Enter(_sync)|}; if (i == j) goto next; _value++; Monitor.Exit(_sync); } next:; } }")]
    [InlineData("async Task M(IAsyncEnumerable<int> all) { await foreach (var i in all) { await _gate.{|TW2001:WaitAsync()|}; if (i < 0) continue; _value += i; _gate.Release(); } }")]
    [InlineData("void M(int n) { using var s = new MemoryStream(); _mutex.{|TW2001:WaitOne()|}; if (n > 3) return; _value++; _mutex.ReleaseMutex(); }")]
    [InlineData("void M(int n) { do { _rw.{|TW2001:EnterUpgradeableReadLock()|}; if (_value == n) break; _rw.ExitUpgradeableReadLock(); } while (n-- > 0); }")]
    [InlineData("Task M(int n) => Task.Run(async () => { await _gate.{|TW2001:WaitAsync()|}; if (n > 3) return; _value++; _gate.Release(); });")]
    [InlineData("async Task M(int n) { await L(n); async Task L(int m) { await _gate.{|TW2001:WaitAsync()|}; if (m > 3) return; _value++; _gate.Release(); } }")]
    [InlineData("bool M(int n) { bool taken = false; _spin.{|TW2001:Enter(ref taken)|}; if (n > 3) return false; _value++; if (taken) _spin.Exit(); return true; }")]
    [InlineData("bool M(int n) { if (_rw.{|TW2001:TryEnterWriteLock(10)|}) { if (n > 3) return false; _value++; _rw.ExitWriteLock(); return true; } return false; }")]
    [InlineData("void M(int n) { _old.{|TW2001:AcquireWriterLock(-1)|}; if (n > 3) return; _value++; _old.ReleaseWriterLock(); }")]
    [InlineData("void M(int n) { _kernel.{|TW2001:WaitOne()|}; if (n > 3) return; _value++; _kernel.Release(); }")]
    [InlineData("void M(int n) { Monitor.{|TW2001:Enter(_sync)|}; Monitor.Enter(_peer); if (n > 3) { Monitor.Exit(_peer); return; } _value++; Monitor.Exit(_peer); Monitor.Exit(_sync); }")]
    [InlineData("void M(int n) { Monitor.{|TW2001:Enter(_sync)|}; try { if (n > 3) return; _value++; Monitor.Exit(_sync); } finally { _value--; } }")]
    [InlineData("async ValueTask<int> M(int n) { await _gate.{|TW2001:WaitAsync()|}; if (n > 3) return await new ValueTask<int>(1); _gate.Release(); return _value; }")]
    [InlineData("void M(int n) { Func<int, int> f = delegate(int m) { Monitor.{|TW2001:Enter(_sync)|}; if (m > 3) return 0; Monitor.Exit(_sync); return m; }; f(n); }")]
    [InlineData("void M(int n) { Parallel.For(0, n, (i, state) => { _gate.{|TW2001:Wait()|}; if (i == 3) { state.Stop(); return; } _value++; _gate.Release(); }); }")]
    [InlineData("void M(List<string?> all) { foreach (var one in all) { Monitor.{|TW2001:Enter(_sync)|}; if (one is null) continue; _value++; Monitor.Exit(_sync); } }")]
    [InlineData("void M(List<string?> all) { foreach (var one in all) { _gate.{|TW2001:Wait()|}; if (one == null) return; _value++; _gate.Release(); } }")]
    [InlineData("void M(bool bad) { Monitor.{|TW2001:Enter(_sync)|}; if (bad) throw new ArgumentException(); _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M(string? s) { _rw.{|TW2001:EnterWriteLock()|}; if (s is null) throw new ArgumentNullException(nameof(s)); _value = s.Length; _rw.ExitWriteLock(); }")]
    [InlineData("async Task M(bool ok) { await _gate.{|TW2001:WaitAsync()|}; _value++; _ = ok ? 1 : throw new InvalidOperationException(); _gate.Release(); }")]
    [InlineData("bool M(bool last) { Monitor.{|TW2001:Enter(_sync)|}; _value++; if (last) return true; Monitor.Exit(_sync); return false; }")]
    public Task A_way_out_with_the_lock(string member) => Check("TW2001", member);

    /// <summary>A flag that decides about a throw decides nothing about the release, unless it tells whether the lock is held.</summary>
    [Theory]
    [InlineData("void M(bool own) { if (own) Monitor.Enter(_sync); try { if (!own) throw new ArgumentException(); _value++; } finally { if (own) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { bool taken = false; Monitor.TryEnter(_sync, 10, ref taken); if (!taken) throw new TimeoutException(); _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M(bool bad) { Monitor.Enter(_sync); if (bad) { Monitor.Exit(_sync); throw new ArgumentException(); } _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M(bool bad) { Monitor.Enter(_sync); try { if (bad) throw new ArgumentException(); _value++; } finally { Monitor.Exit(_sync); } }")]
    [InlineData("void Begin(bool bad) { Monitor.Enter(_sync); if (bad) throw new ArgumentException(); _value++; } void End() { Monitor.Exit(_sync); }")]
    [InlineData("void M(bool bad) { Monitor.Enter(_sync); try { if (bad) throw new ArgumentException(); _value++; } catch (ArgumentException) { _value = 0; } Monitor.Exit(_sync); }")]
    public Task A_throw_behind_a_flag(string member) => Check("TW2001", member);

    [Theory]
    [InlineData("public int P { get => _value; init { Monitor.Enter(_sync); try { if (value < 0) throw new ArgumentOutOfRangeException(nameof(value)); _value = value; } finally { Monitor.Exit(_sync); } } }")]
    [InlineData("IEnumerable<int> M(int n) { Monitor.Enter(_sync); var copy = _value; Monitor.Exit(_sync); if (n > 3) yield break; yield return copy; }")]
    [InlineData("string M(object? o) { var text = o as string ?? throw new ArgumentNullException(nameof(o)); _rw.EnterReadLock(); _value++; _rw.ExitReadLock(); return text; }")]
    [InlineData("int M(int n) { Monitor.Enter(_sync); switch (n) { case 0: Monitor.Exit(_sync); return 1; default: Monitor.Exit(_sync); return 2; } }")]
    [InlineData("void M(int n) { Monitor.Enter(_sync); if (n > 3) { Leave(); return; } _value++; Leave(); void Leave() => Monitor.Exit(_sync); }")]
    [InlineData("int M(string s) { Monitor.Enter(_sync); try { _value = int.Parse(s); } catch (FormatException) { Monitor.Exit(_sync); return -1; } catch { Monitor.Exit(_sync); throw; } Monitor.Exit(_sync); return _value; }")]
    [InlineData("async Task M(IAsyncEnumerable<int> all) { await foreach (var i in all) { await _gate.WaitAsync(); try { if (i < 0) continue; if (i > 9) return; _value += i; } finally { _gate.Release(); } } }")]
    [InlineData("bool Begin(out Action? end) { end = null; if (!Monitor.TryEnter(_sync)) return false; end = () => Monitor.Exit(_sync); return true; }")]
    [InlineData("Task M(int n) { _gate.Wait(); if (n > 3) return Task.Run(() => { _value++; _gate.Release(); }); _gate.Release(); return Task.CompletedTask; }")]
    [InlineData("IDisposable M(int n) { _gate.Wait(); if (n > 3) { _gate.Release(); throw new ArgumentException(); } return new Releaser(_gate); } sealed class Releaser(SemaphoreSlim s) : IDisposable { public void Dispose() => s.Release(); }")]
    [InlineData("bool M(int n) { var ok = _rw.TryEnterReadLock(10); if (!ok) return false; try { return n > 3; } finally { _rw.ExitReadLock(); } }")]
    [InlineData("bool M(int n) => _rw.TryEnterReadLock(10) && Leave(n > 3); bool Leave(bool b) { _rw.ExitReadLock(); return b; }")]
    [InlineData("void M(CancellationToken ct) { _gate.Wait(ct); ct.Register(() => _gate.Release()); if (_value > 3) return; _value++; }")]
    [InlineData("void M(int n) { Monitor.Enter(_sync); _value++; if (n > 3) { Monitor.Exit(_sync); Thread.Yield(); Monitor.Enter(_sync); } Monitor.Exit(_sync); }")]
    [InlineData("async ValueTask<int> M(int n) { await _gate.WaitAsync(); int r; if (n > 3) r = 1; else { _gate.Release(); return 0; } _gate.Release(); return r; }")]
    [InlineData("void M(object[] gates, int n) { foreach (var g in gates) Monitor.Enter(g); try { if (n > 3) return; _value++; } finally { foreach (var g in gates) Monitor.Exit(g); } }")]
    [InlineData("void M(int n) { for (;;) { Monitor.Enter(_sync); if (_value > n) { Monitor.Exit(_sync); return; } _value++; Monitor.Exit(_sync); } }")]
    [InlineData("int M(int n) { _rw.EnterUpgradeableReadLock(); try { if (n > 3) return 0; _rw.EnterWriteLock(); try { if (n > 2) return 1; return _value++; } finally { _rw.ExitWriteLock(); } } finally { _rw.ExitUpgradeableReadLock(); } }")]
    [InlineData("void M(Action<bool> done) { bool taken = false; try { Monitor.TryEnter(_sync, 10, ref taken); if (!taken) return; _value++; } finally { if (taken) Monitor.Exit(_sync); done(taken); } }")]
    [InlineData("void M(int n) { Action leave = () => { }; try { Monitor.Enter(_sync); leave = () => Monitor.Exit(_sync); if (n > 3) return; _value++; } finally { leave(); } }")]
    [InlineData("void M(int n) { Thread.BeginCriticalRegion(); Monitor.Enter(_sync); try { if (n > 3) return; _value++; } finally { Monitor.Exit(_sync); Thread.EndCriticalRegion(); } }")]
    [InlineData("void M(int n) { Monitor.Enter(_sync); Monitor.Enter(_peer); try { if (n > 3) return; _value++; } finally { Monitor.Exit(_peer); Monitor.Exit(_sync); } }")]
    [InlineData("void M(int n) { Monitor.Enter(_sync); try { Monitor.Enter(_peer); try { if (n > 3) return; _value++; } finally { Monitor.Exit(_peer); } } finally { Monitor.Exit(_sync); } }")]
    [InlineData("void M(int n) { var left = false; Monitor.Enter(_sync); try { if (n > 3) { Monitor.Exit(_sync); left = true; return; } _value++; } finally { if (!left) Monitor.Exit(_sync); } }")]
    [InlineData("void M(Queue<int> q) { Monitor.Enter(_sync); while (q.TryDequeue(out var n)) { Monitor.Exit(_sync); _value += n; Monitor.Enter(_sync); } Monitor.Exit(_sync); }")]
    [InlineData("async Task M(int n) { await _gate.WaitAsync(); var t = Task.Run(() => { _value++; }); if (n > 3) { await t.ContinueWith(_ => _gate.Release()); return; } await t; _gate.Release(); }")]
    public async Task No_way_out_with_the_lock(string member)
    {
        foreach (var id in new[] { "TW2001", "TW2002", "TW2003", "TW2005" })
        {
            await Check(id, member);
        }
    }

    /// <summary>The release depends on what tells whether the lock is held.</summary>
    [Theory]
    [InlineData("async Task M(CancellationToken ct) { bool? entered = null; try { await _gate.WaitAsync(ct); entered = true; Work(); } finally { if (entered == true) _gate.Release(); } }")]
    [InlineData("async Task M(CancellationToken ct) { bool? entered = null; try { await _gate.WaitAsync(ct); entered = true; Work(); } finally { if (entered ?? false) _gate.Release(); } }")]
    [InlineData("async Task M(CancellationToken ct) { int held = 0; try { await _gate.WaitAsync(ct); held++; Work(); } finally { if (held > 0) _gate.Release(); } }")]
    [InlineData("async Task M(CancellationToken ct) { string state = \"new\"; try { await _gate.WaitAsync(ct); state = \"held\"; Work(); } finally { if (state.Length == 4) _gate.Release(); } }")]
    [InlineData("async Task M(int me, CancellationToken ct) { var holders = new List<int>(); try { await _gate.WaitAsync(ct); holders.Add(me); Work(); } finally { if (holders.Contains(me)) _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { Work(); } finally { if (_gate.CurrentCount == 0) _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); _value = 1; try { Work(); } finally { _ = _value == 1 ? _gate.Release() : 0; } }")]
    public Task A_flag_in_another_form(string member) => Check("TW2001", member);

    [Theory]
    [InlineData("async Task M(int n) { await _gate.{|TW2001:WaitAsync()|}; if (n > 3) { _value++; _gate.Release(); } }")]
    [InlineData("void M(string s) { Monitor.{|TW2001:Enter(_sync)|}; _value++; if (s.Length > 3) Monitor.Exit(_sync); }")]
    [InlineData("void M(List<int> all) { Monitor.{|TW2001:Enter(_sync)|}; _value++; if (all.Count > 3) { Monitor.Exit(_sync); } }")]
    public Task A_condition_that_is_no_flag(string member) => Check("TW2001", member);

    [Theory]
    [InlineData("void M() { _rw.EnterReadLock(); _value++; _rw.ExitReadLock(); _rw.{|TW2003:ExitReadLock()|}; }")]
    [InlineData("public int P { get { _lock.Enter(); var n = _value; _lock.Exit(); _lock.{|TW2003:Exit()|}; return n; } }")]
    [InlineData("public C() { _mutex.WaitOne(); _value++; _mutex.ReleaseMutex(); _mutex.{|TW2003:ReleaseMutex()|}; }")]
    [InlineData("~C() { Monitor.Enter(_sync); _value++; Monitor.Exit(_sync); Monitor.{|TW2003:Exit(_sync)|}; }")]
    [InlineData("public event Action E { add { _gate.Wait(); _value++; _gate.Release(); _gate.{|TW2003:Release()|}; } remove { } }")]
    [InlineData("void M() { _gate.Wait(); try { Work(); _gate.Release(); } finally { _gate.{|TW2003:Release()|}; } }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { Work(); } catch (IOException) { Monitor.Exit(_sync); } finally { Monitor.{|TW2003:Exit(_sync)|}; } }")]
    [InlineData("async Task M<T>(Func<Task<T>> make, CancellationToken ct) { try { await _gate.{|TW2003:WaitAsync(ct)|}; await make(); } finally { _gate.Release(); } }")]
    [InlineData("async IAsyncEnumerable<int> M([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct) { try { await _gate.{|TW2003:WaitAsync(ct)|}; yield return _value; } finally { _gate.Release(); } }")]
    [InlineData("Task M(CancellationToken ct) { return Run(async () => { try { await _gate.{|TW2003:WaitAsync(ct)|}; _value++; } finally { _gate.Release(); } }); } static Task Run(Func<Task> f) => f();")]
    [InlineData("async Task M(CancellationToken ct) { await L(); async Task L() { try { await _gate.{|TW2003:WaitAsync(ct)|}; _value++; } finally { _gate.Release(); } } }")]
    [InlineData("void M() { for (var i = 0; i < 3; i++) { _gate.Wait(); _value++; _gate.Release(); } _gate.{|TW2003:Release()|}; }")]
    [InlineData("async Task M(CancellationToken ct) { try { await {|TW2003:One(ct)|}; _value++; } finally { Done(); } } Task One(CancellationToken ct) => Two(ct); Task Two(CancellationToken ct) => Three(ct); async Task Three(CancellationToken ct) => await _gate.WaitAsync(ct); void Done() => End(); void End() => _gate.Release();")]
    public Task A_release_without_the_lock(string member) => Check("TW2003", member);

    [Theory]
    [InlineData("async Task M(CancellationToken ct) { await _gate.WaitAsync(ct); try { await WorkAsync(); } finally { _gate.Release(); } await _gate.WaitAsync(ct); try { await WorkAsync(); } finally { _gate.Release(); } }")]
    [InlineData("async Task M(CancellationToken ct) { var held = 0; try { await _gate.WaitAsync(ct); held = 1; await WorkAsync(); } finally { if (held == 1) _gate.Release(); } }")]
    [InlineData("async Task M(CancellationToken ct) { try { await _gate.WaitAsync(ct); } catch (OperationCanceledException) { return; } try { await WorkAsync(); } finally { _gate.Release(); } }")]
    [InlineData("async Task M(CancellationToken ct) { try { await One(ct); } catch { return; } try { _value++; } finally { Done(); } } Task One(CancellationToken ct) => Two(ct); async Task Two(CancellationToken ct) => await _gate.WaitAsync(ct); void Done() => End(); void End() => _gate.Release();")]
    [InlineData("void M(int n) { if (n > 3) { Monitor.Enter(_sync); } else { Monitor.Enter(_sync); _value--; } _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M() { for (var i = 0; i < 3; i++) Monitor.Enter(_sync); _value++; for (var i = 0; i < 3; i++) Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { Let(); _value++; } finally { Monitor.Exit(_sync); } } void Let() { Monitor.Exit(_sync); try { Thread.Yield(); } finally { Monitor.Enter(_sync); } }")]
    [InlineData("public void Open() { _gate.Wait(); } public void Close() { Work(); _gate.Release(); } public void Dispose() => Close();")]
    [InlineData("int P { get { _rw.EnterReadLock(); try { return _value; } finally { _rw.ExitReadLock(); } } set { _rw.EnterWriteLock(); try { _value = value; } finally { _rw.ExitWriteLock(); } } }")]
    [InlineData("void M(int n) { switch (n) { case 0: _rw.EnterReadLock(); break; case 1: _rw.EnterReadLock(); _value++; break; default: return; } Work(); _rw.ExitReadLock(); }")]
    [InlineData("static async Task<T> M<T>(SemaphoreSlim s, Func<Task<T>> f, CancellationToken ct) { await s.WaitAsync(ct).ConfigureAwait(false); try { return await f().ConfigureAwait(false); } finally { s.Release(); } }")]
    [InlineData("async Task M(CancellationToken ct) { var wait = _gate.WaitAsync(ct); await wait; try { await WorkAsync(); } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { var wait = _gate.WaitAsync(10); if (!await wait) return; try { await WorkAsync(); } finally { _gate.Release(); } }")]
    [InlineData("void M(Action then) { _gate.Wait(); var t = new Thread(() => { try { then(); } finally { _gate.Release(); } }); t.Start(); }")]
    [InlineData("void M() { _gate.Wait(); ThreadPool.QueueUserWorkItem(static state => { ((SemaphoreSlim)state!).Release(); }, _gate); }")]
    public async Task Each_release_has_its_acquire(string member)
    {
        foreach (var id in new[] { "TW2002", "TW2003", "TW2004", "TW2005" })
        {
            await Check(id, member);
        }
    }

    [Theory]
    [InlineData("int this[int i] { get { _rw.EnterReadLock(); try { return _value + i; } finally { _rw.{|TW2004:ExitWriteLock()|}; } } }")]
    [InlineData("public event Action E { add { Monitor.Enter(_sync); try { _value++; } finally { Monitor.{|TW2004:Exit(_peer)|}; } } remove { } }")]
    [InlineData("~C() { Monitor.Enter(_sync); _value++; Monitor.{|TW2004:Exit(_peer)|}; }")]
    [InlineData("static C() { Monitor.Enter(s_one); s_n++; Monitor.{|TW2004:Exit(s_two)|}; } private static readonly object s_one = new(), s_two = new(); private static int s_n;")]
    [InlineData("async Task M() { await Task.Run(() => { _rw.EnterUpgradeableReadLock(); try { _value++; } finally { _rw.{|TW2004:ExitWriteLock()|}; } }); }")]
    [InlineData("void M<T>(T item) where T : class { _rw.EnterWriteLock(); try { _value++; } finally { _rw.{|TW2004:ExitUpgradeableReadLock()|}; } }")]
    [InlineData("IEnumerable<int> M() { _rw.EnterReadLock(); try { _value++; } finally { _rw.{|TW2004:ExitWriteLock()|}; } yield return 1; }")]
    [InlineData("void M() { var rw = new ReaderWriterLockSlim(); Parallel.For(0, 9, i => { rw.EnterWriteLock(); _value += i; rw.{|TW2004:ExitReadLock()|}; }); }")]
    public Task The_other_lock_or_mode(string member) => Check("TW2004", member);

    /// <summary>A property gives what a field holds, and a local another lock in the end: who is released is held by another name.</summary>
    [Theory]
    [InlineData("SemaphoreSlim Gate => _gate; void M() { Gate.Wait(); try { _value++; } finally { _gate.Release(); } }")]
    [InlineData("SemaphoreSlim Gate { get { return _gate; } } void M() { _gate.Wait(); try { _value++; } finally { Gate.Release(); } }")]
    [InlineData("readonly SemaphoreSlim _other = new(1, 1); void M() { SemaphoreSlim held = _gate; held.Wait(); try { _other.Wait(); _gate.Release(); held = _other; _value++; } finally { held.Release(); } }")]
    public Task Another_name(string member) => Check("TW2004", member);

    [Theory]
    [InlineData("void M() { {|TW2012:One()|}; Work(); Done(); } void One() => Two(); void Two() => Three(); void Three() => Monitor.Enter(_sync); void Done() => End(); void End() => Monitor.Exit(_sync);")]
    [InlineData("public int P { get { _lock.{|TW2012:Enter()|}; Work(); var n = _value; _lock.Exit(); return n; } set { _lock.{|TW2012:Enter()|}; Work(); _value = value; _lock.Exit(); } }")]
    [InlineData("public int this[int i] { get { Monitor.{|TW2012:Enter(_sync)|}; var n = File.ReadAllLines(\"x\").Length; Monitor.Exit(_sync); return n + i; } }")]
    [InlineData("~C() { Monitor.{|TW2012:Enter(_sync)|}; Work(); Monitor.Exit(_sync); }")]
    [InlineData("public event Action E { add { _gate.{|TW2012:Wait()|}; Work(); _gate.Release(); } remove { } }")]
    [InlineData("void M<T>(T item) where T : IDisposable { _rw.{|TW2012:EnterWriteLock()|}; item.Dispose(); _rw.ExitWriteLock(); }")]
    [InlineData("Task M() => Task.Run(async () => { await _gate.{|TW2012:WaitAsync()|}; await WorkAsync(); _gate.Release(); });")]
    [InlineData("void M() { void L() { _mutex.{|TW2012:WaitOne()|}; Work(); _mutex.ReleaseMutex(); } L(); }")]
    [InlineData("async Task M(IAsyncEnumerable<int> all) { await _gate.{|TW2012:WaitAsync()|}; await foreach (var i in all) _value += i; _gate.Release(); }")]
    [InlineData("IEnumerable<int> M(IEnumerable<int> all) { Monitor.{|TW2012:Enter(_sync)|}; var copy = all.ToArray(); Monitor.Exit(_sync); return copy; }")]
    [InlineData("void M() { bool t = false; _spin.{|TW2012:Enter(ref t)|}; Work(); _spin.Exit(); }")]
    [InlineData("int M(string s) { Monitor.{|TW2012:Enter(_sync)|}; try { _value = int.Parse(s); } catch (FormatException) { return -1; } Monitor.Exit(_sync); return _value; }")]
    [InlineData("void M(string s) { _lock.{|TW2012:Enter()|}; try { _value = int.Parse(s); } catch (FormatException e) when (e.HResult > 3) { throw new ArgumentException(s, e); } _lock.Exit(); }")]
    [InlineData("void M() { _old.{|TW2012:AcquireReaderLock(-1)|}; Work(); _old.ReleaseReaderLock(); }")]
    public Task An_exception_leaves_the_lock(string member) => Check("TW2012", member);

    [Theory]
    [InlineData("void M() { One(); try { Work(); } finally { Done(); } } void One() => Two(); void Two() => Monitor.Enter(_sync); void Done() => End(); void End() => Monitor.Exit(_sync);")]
    [InlineData("void M() { One(); Quiet(); Done(); } void One() => Two(); void Two() => Monitor.Enter(_sync); void Done() => End(); void End() => Monitor.Exit(_sync); void Quiet() => Quieter(); void Quieter() { _value++; }")]
    [InlineData("public int P { get { _lock.Enter(); var n = _value + 1; _lock.Exit(); return n; } set { _lock.Enter(); _value = value; _lock.Exit(); } }")]
    [InlineData("void M() { Monitor.Enter(_sync); var t = (_value, 1); (_value, _) = t; Monitor.Exit(_sync); Work(); }")]
    [InlineData("void M(int? n) { Monitor.Enter(_sync); _value = n ?? 3; _value = n is { } k ? k : 1; Monitor.Exit(_sync); }")]
    [InlineData("async Task M() { Task t; await _gate.WaitAsync(); try { t = WorkAsync(); } finally { _gate.Release(); } await t; }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { await WorkAsync(); } catch (IOException) { _value = 0; } finally { _gate.Release(); } }")]
    [InlineData("void M<T>(T item) where T : IDisposable { _rw.EnterWriteLock(); try { item.Dispose(); } finally { _rw.ExitWriteLock(); } }")]
    [InlineData("void M() { void L() { _mutex.WaitOne(); try { Work(); } finally { _mutex.ReleaseMutex(); } } L(); }")]
    [InlineData("void M() { Monitor.Enter(_sync); Func<int> later = () => File.ReadAllLines(\"x\").Length; _value++; Monitor.Exit(_sync); later(); }")]
    public Task No_exception_leaves_the_lock(string member) => Check("TW2012", member);

    [Theory]
    [InlineData("async Task M() { try { await {|TW2013:One()|}; _value++; } finally { Done(); } } Task One() => Two(); Task Two() => Three(); async Task Three() => await _gate.WaitAsync(); void Done() => End(); void End() => _gate.Release();")]
    [InlineData("public int this[int i] { get { try { _rw.{|TW2013:EnterReadLock()|}; return _value + i; } finally { _rw.ExitReadLock(); } } }")]
    [InlineData("public event Action E { add { try { Monitor.{|TW2013:Enter(_sync)|}; _value++; } finally { Monitor.Exit(_sync); } } remove { } }")]
    [InlineData("~C() { try { Monitor.{|TW2013:Enter(_sync)|}; Work(); } finally { Monitor.Exit(_sync); } }")]
    [InlineData("async Task M<T>(Func<Task<T>> f) { try { await _gate.{|TW2013:WaitAsync()|}; await f(); } finally { _gate.Release(); } }")]
    [InlineData("Task M() => Task.Run(async () => { try { await _gate.{|TW2013:WaitAsync()|}; _value++; } finally { _gate.Release(); } });")]
    [InlineData("async Task M() { await L(); async Task L() { try { await _gate.{|TW2013:WaitAsync()|}.ConfigureAwait(false); _value++; } finally { _gate.Release(); } } }")]
    [InlineData("IEnumerable<int> M() { try { _gate.{|TW2013:Wait()|}; yield return _value; } finally { _gate.Release(); } }")]
    [InlineData("static C() { try { Monitor.{|TW2013:Enter(s_sync)|}; Work(); } finally { Monitor.Exit(s_sync); } }")]
    public Task An_acquire_inside_its_try(string member) => Check("TW2013", member);

    [Fact]
    public Task Parts_of_a_generic_type() => Verify.Rule("TW2001", """
        partial class Store<TKey, TValue> where TKey : notnull
        {
            private readonly object _sync = new();
            private readonly Dictionary<TKey, TValue> _all = [];
            private void In() => InCore();
            private partial void Out();
            public bool Add(TKey key, TValue value)
            {
                {|TW2001:In()|};
                if (_all.ContainsKey(key)) return false;
                _all[key] = value;
                Out();
                return true;
            }
        }

        partial class Store<TKey, TValue>
        {
            private void InCore() => Monitor.Enter(_sync);
            private partial void Out() { OutCore(); }
            private void OutCore() => Monitor.Exit(_sync);
            public bool Remove(TKey key)
            {
                In();
                try { return _all.Remove(key); }
                finally { Out(); }
            }

            public void Clear()
            {
                In();
                _all.Clear();
                Out();
            }
        }
        """, static test => test.DisabledDiagnostics.Add("TW2012"));

    [Fact]
    public Task Structs_records_interfaces_and_primary_constructors() => Verify.Rule("TW2001", """
        readonly struct S(object sync) { public void M(int n) { Monitor.{|TW2001:Enter(sync)|}; if (n > 3) return; Environment.ExitCode = n; Monitor.Exit(sync); } }
        record R(Lock Gate) { public int M(int n) { Gate.{|TW2001:Enter()|}; if (n > 3) throw new ArgumentException(); Gate.Exit(); return n; } }
        record struct V { private static readonly SemaphoreSlim s_gate = new(1, 1); public static async Task<int> M(int n) { await s_gate.{|TW2001:WaitAsync()|}; if (n > 3) return 0; s_gate.Release(); return n; } }
        interface I { private static readonly object s_sync = new(); int M(int n) { Monitor.{|TW2001:Enter(s_sync)|}; if (n > 3) return 0; Monitor.Exit(s_sync); return n; } }
        static class E { private static readonly object s_sync = new(); public static int M<T>(this T item, int n) { Monitor.{|TW2001:Enter(s_sync)|}; if (n > 3) return 0; Monitor.Exit(s_sync); return n; } }
        sealed class P(object sync) { private int _n; public void M(int n) { Monitor.{|TW2001:Enter(sync)|}; if (n > 3) return; _n++; Monitor.Exit(sync); } }
        """);

    [Fact]
    public Task Top_level_statements() => Verify.Rule("TW2001", """
        var sync = new object();
        var count = 0;
        Parallel.ForEach(args, arg =>
        {
            Monitor.{|TW2001:Enter(sync)|};
            if (arg.Length == 0) return;
            count++;
            Monitor.Exit(sync);
        });
        Add(count);
        void Add(int n)
        {
            Monitor.{|TW2001:Enter(sync)|};
            if (n == 0) return;
            count += n;
            Monitor.Exit(sync);
        }
        """);
}
