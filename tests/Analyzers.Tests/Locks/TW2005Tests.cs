using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2005Tests
{
    private const string Fields = """
            private readonly object _sync = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly SemaphoreSlim _many = new(4);
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly ReaderWriterLockSlim _rec = new(LockRecursionPolicy.SupportsRecursion);
            private SpinLock _spin = new();
            private int _value;
        """;

    private static Task Check(string members) => Verify.Rule("TW2005", "class C\n{\n" + Fields + "\n" + members + "\n}");

    [Theory]
    [InlineData("void M() { _gate.Wait(); try { _gate.{|TW2005:Wait()|}; try { _value++; } finally { _gate.Release(); } } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { await _gate.{|TW2005:WaitAsync()|}; _gate.Release(); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _rw.EnterReadLock(); try { _rw.{|TW2005:EnterWriteLock()|}; try { _value++; } finally { _rw.ExitWriteLock(); } } finally { _rw.ExitReadLock(); } }")]
    [InlineData("void M() { _rw.EnterWriteLock(); try { _rw.{|TW2005:EnterReadLock()|}; try { _value++; } finally { _rw.ExitReadLock(); } } finally { _rw.ExitWriteLock(); } }")]
    [InlineData("void M() { _rw.EnterReadLock(); try { _rw.{|TW2005:EnterReadLock()|}; try { _value++; } finally { _rw.ExitReadLock(); } } finally { _rw.ExitReadLock(); } }")]
    [InlineData("void M() { bool a = false, b = false; _spin.Enter(ref a); try { _spin.{|TW2005:Enter(ref b)|}; if (b) _spin.Exit(); } finally { if (a) _spin.Exit(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { await {|TW2005:Inner()|}; } finally { _gate.Release(); } } async Task Inner() { await _gate.WaitAsync(); try { _value++; } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { {|TW2005:Inner()|}; } finally { _gate.Release(); } } private void Inner() { _value++; _gate.Wait(); try { _value++; } finally { _gate.Release(); } }")]
    [InlineData("void M() { _rw.EnterReadLock(); try { {|TW2005:Inner()|}; } finally { _rw.ExitReadLock(); } } void Inner() { _rw.EnterWriteLock(); try { _value++; } finally { _rw.ExitWriteLock(); } }")]
    [InlineData("async Task M(CancellationToken ct) { await _gate.WaitAsync(ct); try { await {|TW2005:Inner(ct)|}.ConfigureAwait(false); } finally { _gate.Release(); } } async Task Inner(CancellationToken ct) { await _gate.WaitAsync(ct); try { _value++; } finally { _gate.Release(); } }")]
    [InlineData("void M() { _rw.EnterUpgradeableReadLock(); try { _rw.{|TW2005:EnterUpgradeableReadLock()|}; _rw.ExitUpgradeableReadLock(); } finally { _rw.ExitUpgradeableReadLock(); } }")]
    [InlineData("void M() { if (!_gate.Wait(10)) return; try { _gate.{|TW2005:Wait()|}; _gate.Release(); } finally { _gate.Release(); } }")]
    public Task The_holder_waits_for_itself(string member) => Check(member);

    [Theory]
    [InlineData("void M() { Monitor.Enter(_sync); try { Monitor.Enter(_sync); Monitor.Exit(_sync); } finally { Monitor.Exit(_sync); } }")]
    [InlineData("void M() { _many.Wait(); try { _many.Wait(); _many.Release(); } finally { _many.Release(); } }")]
    [InlineData("void M() { _rec.EnterReadLock(); try { _rec.EnterReadLock(); _rec.ExitReadLock(); } finally { _rec.ExitReadLock(); } }")]
    [InlineData("void M() { _rw.EnterUpgradeableReadLock(); try { _rw.EnterWriteLock(); _rw.ExitWriteLock(); } finally { _rw.ExitUpgradeableReadLock(); } }")]
    [InlineData("void M() { _rw.EnterUpgradeableReadLock(); _rw.EnterReadLock(); _rw.ExitUpgradeableReadLock(); _rw.ExitReadLock(); }")]
    [InlineData("void M() { _gate.Wait(); try { if (_gate.Wait(0)) _gate.Release(); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); _value++; _gate.Release(); _gate.Wait(); _gate.Release(); }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { _value++; } finally { _gate.Release(); } await Inner(); } async Task Inner() { await _gate.WaitAsync(); _gate.Release(); }")]
    [InlineData("void M(C other) { _gate.Wait(); try { other._gate.Wait(); other._gate.Release(); } finally { _gate.Release(); } }")]
    [InlineData("void M(C other) { _gate.Wait(); try { other.Inner(); } finally { _gate.Release(); } } void Inner() { _gate.Wait(); _gate.Release(); }")]
    [InlineData("void M(bool a) { if (a) _gate.Wait(); try { _value++; } finally { if (a) _gate.Release(); } if (!a) { _gate.Wait(); _gate.Release(); } }")]
    [InlineData("void M(bool a) { _gate.Wait(); try { Inner(a); } finally { _gate.Release(); } } void Inner(bool take) { if (take) { _gate.Wait(); _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); _gate.Wait(); _gate.Release(); _gate.Release(); } void Other() { _gate.Release(); }")]
    [InlineData("void M() { _gate.Wait(); try { Task.Run(() => { _gate.Wait(); _gate.Release(); }); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { Inner(); } finally { _gate.Release(); } } void Inner() { _gate.Release(); try { _value++; } finally { _gate.Wait(); } }")]
    [InlineData("void M() { _rw.EnterReadLock(); _value++; _rw.ExitReadLock(); _rw.EnterWriteLock(); _rw.ExitWriteLock(); }")]
    [InlineData("void M() { _rw.EnterReadLock(); try { if (_rw.TryEnterWriteLock(0)) _rw.ExitWriteLock(); } finally { _rw.ExitReadLock(); } }")]
    [InlineData("void M(ReaderWriterLockSlim rw) { rw.EnterReadLock(); rw.EnterReadLock(); rw.ExitReadLock(); rw.ExitReadLock(); }")]
    [InlineData("void M(SemaphoreSlim s) { s.Wait(); s.Wait(); s.Release(); s.Release(); }")]
    [InlineData("void M() { while (_value > 0) { _gate.Wait(); _value--; _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { V(); } finally { _gate.Release(); } } protected virtual void V() { _gate.Wait(); _gate.Release(); }")]
    [InlineData("void M() { bool a = false; _spin.Enter(ref a); if (a) _spin.Exit(); bool b = false; _spin.Enter(ref b); if (b) _spin.Exit(); }")]
    [InlineData("void M() { _gate.Wait(); Action later = () => { _gate.Wait(); _gate.Release(); }; _gate.Release(); later(); }")]
    [InlineData("void M() { var s = new SemaphoreSlim(1); s.Wait(); s = new SemaphoreSlim(1); s.Wait(); s.Release(); }")]
    public Task Innocent(string member) => Check(member);

    /// <summary>What the second round finds depends on how the first one went on behind an acquire that never returns, so only the paths up to that count.</summary>
    [Theory]
    [InlineData("void M(int[] counts) { foreach (var count in counts) { _rw.EnterWriteLock(); try { _rw.{|TW2005:EnterWriteLock()|}; if (count > 0) continue; _value += count; } finally { _rw.ExitWriteLock(); } } }")]
    [InlineData("void M(int n) { for (int i = 0; i < n; i++) { _gate.Wait(); _gate.{|TW2005:Wait()|}; _value++; _gate.Release(); } }")]
    [InlineData("async Task M(int n) { while (n-- > 0) { await _gate.WaitAsync(); try { if (n == 3) await _gate.{|TW2005:WaitAsync()|}; _value++; } finally { _gate.Release(); } } }")]
    [InlineData("void M(int n) { bool a = false, b = false; while (n-- > 0) { _spin.Enter(ref a); _spin.{|TW2005:Enter(ref b)|}; _value++; _spin.Exit(); } }")]
    public Task A_loop_whose_rounds_do_not_balance(string member) => Check(member);

    [Theory]
    [InlineData("void M(int n) { while (n-- > 0) { if (n > 3) _gate.Wait(); _value++; if (n > 3) _gate.Release(); } }")]
    [InlineData("void M(int n) { _gate.Wait(); while (n-- > 0) { _value++; _gate.Release(); _gate.Wait(); } _gate.Release(); }")]
    [InlineData("void M(int n) { while (n-- > 0) { _gate.Wait(); _value++; } } void Other() { _gate.Release(); }")]
    [InlineData("void M(int n) { bool held = false; while (n-- > 0) { if (!held) { _gate.Wait(); held = true; } _value++; if (n % 2 == 0) { _gate.Release(); held = false; } } if (held) _gate.Release(); }")]
    [InlineData("void M(int n) { while (n-- > 0) { _rw.EnterReadLock(); try { _value++; if (n > 3) continue; } finally { _rw.ExitReadLock(); } _rw.EnterWriteLock(); try { _value++; } finally { _rw.ExitWriteLock(); } } }")]
    [InlineData("void M(int n) { while (true) { _gate.Wait(); if (n-- > 0) { _gate.Release(); continue; } break; } _gate.Release(); }")]
    [InlineData("void M(int n) { while (n-- > 0) { if (!_gate.Wait(10)) continue; try { _value++; } finally { _gate.Release(); } } }")]
    [InlineData("void M(int n) { while (n-- > 0) { _gate.Wait(); try { if (_gate.Wait(0)) { _value++; continue; } } finally { _gate.Release(); } } }")]
    public Task Innocent_loops(string member) => Check(member);
}
