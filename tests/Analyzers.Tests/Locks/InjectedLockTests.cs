using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>A lock that a constructor is given, or makes in a local, and keeps in a readonly member has two names, and is one lock.</summary>
public class InjectedLockTests
{
    private const string Kept = "private readonly object _gate; private int _n; void Use() { lock (_gate) _n++; } ";

    private const string Made = "private readonly Lock _gate; private int _n; void Use() { _gate.Enter(); try { _n++; } finally { _gate.Exit(); } } ";

    [Theory]
    [InlineData("class C { " + Kept + "public C(object gate) { _gate = gate; Monitor.Enter(gate); try { _n++; } finally { Monitor.Exit(_gate); } } }")]
    [InlineData("class C { " + Kept + "public C(object gate) { _gate = gate; Monitor.Enter(_gate); try { _n++; } finally { Monitor.Exit(gate); } } }")]
    [InlineData("class C { " + Kept + "public C(object gate, int n) { _gate = gate; Monitor.Enter(_gate); if (n > 3) { Monitor.Exit(gate); return; } _n++; Monitor.Exit(_gate); } }")]
    [InlineData("class C { " + Kept + "public C(object gate, int n) { _gate = gate; Monitor.Enter(gate); if (n > 3) { Monitor.Exit(_gate); return; } _n++; Monitor.Exit(gate); } }")]
    [InlineData("class C { " + Kept + "public C(object gate, int n) { this._gate = gate ?? throw new ArgumentNullException(); Monitor.Enter(gate); if (n > 3) { Monitor.Exit(_gate); return; } _n++; Monitor.Exit(gate); } }")]
    [InlineData("class C { " + Kept + "public C(object gate, int n) { Monitor.Enter(gate); _gate = gate; if (n > 3) { Monitor.Exit(_gate); return; } _n++; Monitor.Exit(gate); } }")]
    [InlineData("class C { " + Kept + "public Action<int> A { get; } public C(object gate) { _gate = gate; A = n => { Monitor.Enter(gate); if (n > 3) { Monitor.Exit(_gate); return; } _n++; Monitor.Exit(gate); }; } }")]
    [InlineData("class C { private int _n; public object Gate { get; } public C(object gate, int n) { Gate = gate; Monitor.Enter(gate); if (n > 3) { Monitor.Exit(Gate); return; } _n++; Monitor.Exit(gate); } }")]
    [InlineData("class C { " + Made + "public C(int n) { var gate = new Lock(); _gate = gate; gate.Enter(); if (n > 3) { _gate.Exit(); return; } _n++; gate.Exit(); } }")]
    [InlineData("class C(object gate) { private readonly object _gate = gate; int _n; void M(int n) { Monitor.Enter(gate); if (n > 3) { Monitor.Exit(_gate); return; } _n++; Monitor.Exit(gate); } }")]
    [InlineData("class C(object gate) { private readonly object _gate = gate; int _n; void M(int n) { Monitor.Enter(_gate); if (n > 3) { Monitor.Exit(gate); return; } _n++; Monitor.Exit(_gate); } }")]
    [InlineData("class C(object gate) { public object Gate { get; } = gate ?? throw new ArgumentNullException(); int _n; void M(int n) { Monitor.Enter(Gate); if (n > 3) { Monitor.Exit(gate); return; } _n++; Monitor.Exit(Gate); } }")]
    [InlineData("class C(object gate) { private readonly object _gate = gate; int _n; public void Begin(int n) { Monitor.Enter(_gate); if (n > 3) return; _n++; Monitor.Exit(_gate); } public void End() => Monitor.Exit(gate); }")]
    [InlineData("class C(object gate) { int _n; public void Begin(int n) { Monitor.Enter(gate); if (n > 3) return; _n++; Monitor.Exit(gate); } public void End() => Monitor.Exit(gate); }")]
    [InlineData("class C(SemaphoreSlim gate) { int _n; public async Task Begin(int n) { await gate.WaitAsync(); if (n > 3) { End(); return; } _n++; gate.Release(); } private void End() => gate.Release(); }")]
    public async Task Innocent(string source)
    {
        foreach (var id in new[] { "TW2001", "TW2002", "TW2003", "TW2004", "TW2005" })
        {
            await Verify.Rule(id, source);
        }
    }

    /// <summary>Which of two objects a name means is not known where the member may be given another one, or the variable is.</summary>
    [Theory]
    [InlineData("class C { " + Kept + "public C(object gate, bool own) { if (own) { _gate = new(); } else { _gate = gate; } Monitor.Enter(gate); try { lock (_gate) _n++; } finally { Monitor.Exit(gate); } } }")]
    [InlineData("class C { private readonly SemaphoreSlim _gate = new(1, 1); private int _n; public C(SemaphoreSlim gate, bool own) { if (!own) _gate = gate; gate.Wait(); _gate.Wait(); try { _n++; } finally { _gate.Release(); gate.Release(); } } }")]
    [InlineData("class C { private readonly ReaderWriterLockSlim _gate; private int _n; public C(ReaderWriterLockSlim gate) { _gate = gate; gate = new(); gate.EnterReadLock(); _gate.EnterWriteLock(); try { _n++; } finally { _gate.ExitWriteLock(); gate.ExitReadLock(); } } }")]
    [InlineData("class C(ReaderWriterLockSlim gate) { private readonly ReaderWriterLockSlim _gate = gate; int _n; public void Swap() => gate = new(); public void M() { gate.EnterReadLock(); _gate.EnterWriteLock(); try { _n++; } finally { _gate.ExitWriteLock(); gate.ExitReadLock(); } } }")]
    public async Task Two_objects(string source)
    {
        foreach (var id in new[] { "TW2001", "TW2003", "TW2004", "TW2005" })
        {
            await Verify.Rule(id, source);
        }
    }

    [Theory]
    [InlineData("TW2001", "class C { " + Kept + "public C(object gate, int n) { _gate = gate; Monitor.{|TW2001:Enter(gate)|}; if (n > 3) return; _n++; Monitor.Exit(_gate); } }")]
    [InlineData("TW2001", "class C(object gate) { private readonly object _gate = gate; int _n; void M(int n) { Monitor.{|TW2001:Enter(gate)|}; if (n > 3) return; _n++; Monitor.Exit(_gate); } }")]
    [InlineData("TW2001", "class C(object gate) { int _n; void M(int n) { Monitor.{|TW2001:Enter(gate)|}; if (n > 3) return; _n++; Monitor.Exit(gate); } }")]
    [InlineData("TW2001", "class C(object gate) { int _n; void M(object x, int n) { {|TW2001:In(x)|}; if (n > 3) return; _n++; Out(x); } void In(object other) => Monitor.Enter(gate); void Out(object other) => Monitor.Exit(gate); }")]
    [InlineData("TW2004", "class C { private readonly ReaderWriterLockSlim _rw; private int _n; public C(ReaderWriterLockSlim rw) { _rw = rw; rw.EnterReadLock(); _n++; _rw.{|TW2004:ExitWriteLock()|}; } }")]
    [InlineData("TW2004", "class C(ReaderWriterLockSlim rw) { private readonly ReaderWriterLockSlim _rw = rw; private int _n; void M() { rw.EnterReadLock(); _n++; _rw.{|TW2004:ExitWriteLock()|}; } }")]
    public Task One_object(string id, string source) => Verify.Rule(id, source);
}
