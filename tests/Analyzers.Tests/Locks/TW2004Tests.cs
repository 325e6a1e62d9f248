using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2004Tests
{
    private const string Fields = """
            private readonly object _a = new();
            private readonly object _b = new();
            private readonly SemaphoreSlim _read = new(1, 1);
            private readonly SemaphoreSlim _write = new(1, 1);
            private readonly Lock _left = new();
            private readonly Lock _right = new();
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly ReaderWriterLock _old = new();
            private int _value;
        """;

    private static Task Check(string members) => Verify.Rule("TW2004", "class C\n{\n" + Fields + "\n" + members + "\n}");

    [Theory]
    [InlineData("void M() { _rw.EnterReadLock(); try { _value++; } finally { _rw.{|TW2004:ExitWriteLock()|}; } }")]
    [InlineData("void M() { _rw.EnterWriteLock(); _value++; _rw.{|TW2004:ExitReadLock()|}; }")]
    [InlineData("void M() { _rw.EnterUpgradeableReadLock(); try { _value++; } finally { _rw.{|TW2004:ExitReadLock()|}; } }")]
    [InlineData("void M() { if (!_rw.TryEnterReadLock(10)) return; try { _value++; } finally { _rw.{|TW2004:ExitUpgradeableReadLock()|}; } }")]
    [InlineData("void M() { _old.AcquireReaderLock(-1); try { _value++; } finally { _old.{|TW2004:ReleaseWriterLock()|}; } }")]
    [InlineData("void M() { Monitor.Enter(_a); try { _value++; } finally { Monitor.{|TW2004:Exit(_b)|}; } }")]
    [InlineData("void M() { _left.Enter(); _value++; _right.{|TW2004:Exit()|}; }")]
    [InlineData("async Task M() { await _read.WaitAsync(); try { _value++; } finally { _write.{|TW2004:Release()|}; } }")]
    [InlineData("async Task M(CancellationToken ct) { await _read.WaitAsync(ct).ConfigureAwait(false); try { await Task.Yield(); } finally { _write.{|TW2004:Release()|}; } }")]
    [InlineData("void M(ReaderWriterLockSlim rw) { rw.EnterReadLock(); _value++; rw.{|TW2004:ExitWriteLock()|}; }")]
    [InlineData("C() { _rw.EnterReadLock(); _value++; _rw.{|TW2004:ExitWriteLock()|}; }")]
    [InlineData("void M() { Action a = () => { _rw.EnterReadLock(); _value++; _rw.{|TW2004:ExitWriteLock()|}; }; a(); }")]
    [InlineData("int P { get { _rw.EnterReadLock(); try { return _value; } finally { _rw.{|TW2004:ExitWriteLock()|}; } } }")]
    public Task Another_lock_or_mode(string member) => Check(member);

    [Theory]
    [InlineData("void M() { _rw.EnterReadLock(); try { _value++; } finally { _rw.ExitReadLock(); } }")]
    [InlineData("void M() { _rw.EnterWriteLock(); _value++; _rw.ExitWriteLock(); _rw.EnterReadLock(); _rw.ExitReadLock(); }")]
    [InlineData("void M() { _rw.EnterUpgradeableReadLock(); _rw.EnterReadLock(); _rw.ExitUpgradeableReadLock(); _value++; _rw.ExitReadLock(); }")]
    [InlineData("void M(bool w) { if (w) _rw.EnterWriteLock(); else _rw.EnterReadLock(); try { _value++; } finally { if (w) _rw.ExitWriteLock(); else _rw.ExitReadLock(); } }")]
    [InlineData("void M() { _old.AcquireWriterLock(-1); try { _value++; } finally { _old.ReleaseReaderLock(); } }")]
    [InlineData("void M() { _old.AcquireReaderLock(-1); var c = _old.UpgradeToWriterLock(-1); _value++; _old.ReleaseWriterLock(); }")]
    [InlineData("void M() { Monitor.Enter(_a); Monitor.Enter(_b); _value++; Monitor.Exit(_b); Monitor.Exit(_a); }")]
    [InlineData("void M() { Monitor.Enter(_a); Monitor.Exit(_b); } void N() { Monitor.Enter(_b); Monitor.Exit(_a); }")]
    [InlineData("void Swap() { Monitor.Enter(_a); Monitor.Exit(_b); _value++; Monitor.Exit(_a); Monitor.Enter(_b); }")]
    [InlineData("class Node { public readonly object Sync = new(); public Node? Next; } void M(Node cur) { Monitor.Enter(cur.Next!.Sync); Monitor.Exit(cur.Sync); }")]
    [InlineData("void M(object x, object y) { Monitor.Enter(x); Monitor.Exit(y); }")]
    [InlineData("void M() { _read.Wait(); _value++; _write.Release(); } void Consume() { _write.Wait(); _value--; _read.Release(); }")]
    [InlineData("void M(bool w) { if (w) { _rw.EnterWriteLock(); } else { _rw.EnterReadLock(); } _value++; if (_rw.IsWriteLockHeld) _rw.ExitWriteLock(); else _rw.ExitReadLock(); }")]
    [InlineData("void M() { object same = _a; Monitor.Enter(_a); Monitor.Exit(same); }")]
    [InlineData("void M(C other) { Monitor.Enter(_a); Monitor.Exit(other._a); }")]
    [InlineData("void M() { _rw.EnterReadLock(); Leave(); _rw.EnterWriteLock(); _rw.ExitWriteLock(); } void Leave() => _rw.ExitReadLock();")]
    [InlineData("void M() { Monitor.Enter(_a); _left.Exit(); } void N() { _left.Enter(); Monitor.Exit(_a); }")]
    [InlineData("void M() { lock (_a) { Monitor.Exit(_b); Monitor.Enter(_b); } }")]
    [InlineData("void M() { _rw.EnterReadLock(); Action a = () => _rw.ExitReadLock(); a(); }")]
    [InlineData("void M() { _rw.EnterUpgradeableReadLock(); try { _rw.EnterWriteLock(); try { } finally { _rw.ExitWriteLock(); } } finally { _rw.ExitUpgradeableReadLock(); } }")]
    [InlineData("void M() { Take(_a); _value++; Give(_a); } void Take(object o) => Monitor.Enter(o); void Give(object o) => Monitor.Exit(o);")]
    [InlineData("void M() { var rw = _rw; rw.EnterReadLock(); try { _value++; } finally { _rw.ExitReadLock(); } }")]
    [InlineData("void M(bool left) { var gate = left ? _left : _right; gate.Enter(); try { _value++; } finally { gate.Exit(); } }")]
    [InlineData("void M(bool left) { if (left) _left.Enter(); else _right.Enter(); try { _value++; } finally { if (left) _left.Exit(); else _right.Exit(); } }")]
    [InlineData("void M(object[] all) { foreach (var one in all) Monitor.Enter(one); _value++; foreach (var one in all) Monitor.Exit(one); }")]
    public Task Innocent(string member) => Check(member);

    /// <summary>What is released was given back before, or what is held is given back on another path.</summary>
    [Theory]
    [InlineData("void M() { Monitor.Enter(_b); _value++; Monitor.Exit(_b); Monitor.Enter(_a); try { _value++; } finally { Monitor.{|TW2004:Exit(_b)|}; } }")]
    [InlineData("void M() { Monitor.Enter(_a); Monitor.Enter(_b); _value++; Monitor.Exit(_b); Monitor.{|TW2004:Exit(_b)|}; }")]
    [InlineData("void M() { Monitor.Enter(_a); try { Monitor.Enter(_b); try { _value++; } finally { Monitor.Exit(_b); } } finally { Monitor.{|TW2004:Exit(_b)|}; } }")]
    [InlineData("void M() { _rw.EnterWriteLock(); _value++; _rw.ExitWriteLock(); _rw.EnterReadLock(); _value--; _rw.{|TW2004:ExitWriteLock()|}; }")]
    [InlineData("void M(int n) { Monitor.Enter(_a); if (n > 3) { Monitor.{|TW2004:Exit(_b)|}; return; } _value++; Monitor.Exit(_a); }")]
    [InlineData("void M(int n) { _rw.EnterReadLock(); if (n > 3) { _rw.{|TW2004:ExitWriteLock()|}; return; } _value++; _rw.ExitReadLock(); }")]
    [InlineData("void M(int n) { while (n-- > 0) { _left.Enter(); if (n == 3) { _right.{|TW2004:Exit()|}; break; } _value++; _left.Exit(); } }")]
    [InlineData("void M() { try { Monitor.Enter(_a); _value++; } finally { Monitor.{|TW2004:Exit(_b)|}; } }")]
    [InlineData("void M() { var taken = false; try { Monitor.Enter(_a, ref taken); _value++; } finally { if (taken) Monitor.{|TW2004:Exit(_b)|}; } }")]
    [InlineData("void M() { Monitor.Enter(_a); try { _value++; } finally { Monitor.{|TW2004:Exit(_b)|}; } } void N() { Monitor.Enter(_a); try { _value--; } finally { Monitor.{|TW2004:Exit(_b)|}; } }")]
    [InlineData("void M() { Monitor.Enter(_a); try { _value++; } finally { Monitor.{|TW2004:Exit(_b)|}; } } void N() { Monitor.Enter(_a); _value--; }")]
    [InlineData("void M() { var a = new object(); var b = new object(); Parallel.For(0, 9, i => { Monitor.Enter(a); try { _value++; } finally { Monitor.{|TW2004:Exit(b)|}; } }); }")]
    [InlineData("async Task M() { var a = new SemaphoreSlim(1, 1); var b = new SemaphoreSlim(1, 1); await Parallel.ForAsync(0, 9, async (i, ct) => { await a.WaitAsync(ct); try { _value++; } finally { b.{|TW2004:Release()|}; } }); }")]
    public async Task What_is_released_is_free_and_what_is_held_stays(string member)
    {
        foreach (var id in new[] { "TW2001", "TW2002", "TW2003", "TW2004" })
        {
            await Verify.Rule(id, "class C\n{\n" + Fields + "\n" + member + "\n}");
        }
    }

    /// <summary>How often it is held when the next round comes is not known any more.</summary>
    [Fact]
    public Task Misses_the_next_round_of_a_loop() => Check("void M(int n) { while (n-- > 0) { _left.{|TW2001:Enter()|}; if (n == 3) { _right.Exit(); continue; } _value++; _left.Exit(); } }");

    /// <summary>Somebody else may hold what is released, or give back what is held.</summary>
    [Theory]
    [InlineData("void M() { Monitor.Enter(_a); Monitor.Enter(_b); _value++; Monitor.Exit(_b); Monitor.Exit(_a); Monitor.Enter(_a); Monitor.Exit(_a); }")]
    [InlineData("void M(int n) { Monitor.Enter(_a); if (n > 3) { Monitor.Exit(_b); Monitor.Exit(_a); return; } Monitor.Exit(_a); } void N() { Monitor.Enter(_b); M(4); }")]
    [InlineData("void M(int n) { Monitor.Enter(_b); M2(n); } void M2(int n) { Monitor.Enter(_a); if (n > 3) { Monitor.Exit(_b); _value++; } else { Monitor.Exit(_b); } Monitor.Exit(_a); }")]
    [InlineData("void M(int n) { Monitor.Enter(_a); try { if (n > 3) { Monitor.Enter(_b); Monitor.Exit(_b); return; } _value++; } finally { Monitor.Exit(_a); } }")]
    [InlineData("void Couple(int n) { Monitor.Enter(_a); Monitor.Exit(_b); if (n > 3) { Monitor.Exit(_a); return; } Monitor.Enter(_b); Monitor.Exit(_a); }")]
    [InlineData("void M() { _read.Wait(); _value++; _write.Release(); } void Consume() { _write.Wait(); _value--; _read.Release(); } void Other() { _read.Wait(); _write.Release(); }")]
    [InlineData("void M() { _once.Wait(); _value++; _ready.Release(); } void N() { _ready.Wait(); _value--; } private readonly SemaphoreSlim _once = new(1, 1); private readonly SemaphoreSlim _ready = new(0);")]
    [InlineData("void M() { object held = _a; Monitor.Enter(held); Monitor.Enter(_b); Monitor.Exit(_a); held = _b; _value++; Monitor.Exit(held); }")]
    [InlineData("void M(int n) { Monitor.Enter(_a); if (n > 3) { Monitor.Exit(_b); End(_a); return; } Monitor.Exit(_a); } static void End(object o) => Monitor.Exit(o);")]
    [InlineData("void M(object b) { var a = new object(); Parallel.For(0, 9, i => { Monitor.Enter(a); _value++; Monitor.Exit(b); }); }")]
    [InlineData("void M() { Monitor.Enter(_a); try { _value++; } finally { Monitor.Exit(Open); } } public static readonly object Open = new();")]
    public Task What_is_released_may_be_held_or_what_is_held_released(string member) =>
        Verify.Rule("TW2004", "class C\n{\n" + Fields + "\n" + member + "\n}", static test => test.DisabledDiagnostics.AddRange(["TW2001", "TW2002", "TW2003"]));
}
