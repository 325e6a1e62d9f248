using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>Objects of nested types that give back the lock of the type around them: who returns one hands the lock on, and who does not has lost it.</summary>
public class NestedGuardTests
{
    private const string Fields = """
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly object _sync = new();
            private int _value;
            private readonly SemaphoreSlim _named = new(1, 1);
            internal SemaphoreSlim Gate => _named;
            public sealed class Lease : IDisposable { private readonly C _owner; internal Lease(C owner) => _owner = owner; public void Dispose() => _owner._gate.Release(); }
            private sealed class Reader(C owner) : IDisposable { public void Dispose() => owner._rw.ExitReadLock(); }
            public sealed class Change { private readonly C _owner; internal Change(C owner) { _owner = owner; } public void Commit() { _owner._value++; Monitor.Exit(_owner._sync); } public void Rollback() => Monitor.Exit(_owner._sync); }
            public ref struct Access(C owner) { public void Dispose() => Monitor.Exit(owner._sync); }
            private sealed class ByName(C owner) : IDisposable { public void Dispose() => owner.Gate.Release(); }
            private sealed class Slow : IDisposable { private readonly C _owner; private readonly FileStream _log = File.OpenRead("x"); internal Slow(C owner) => _owner = owner; public void Dispose() { _log.Dispose(); _owner._gate.Release(); } }
        """;

    private static Task Check(string id, string members) => Verify.Rule(id, "class C\n{\n" + Fields + "\n" + members + "\n}");

    [Theory]
    [InlineData("async Task<Lease?> M() { await _gate.WaitAsync(); if (_value > 3) { _gate.Release(); return null; } return new Lease(this); }")]
    [InlineData("async Task<Lease> M() { await _gate.WaitAsync(); if (_value > 3) { _gate.Release(); throw new InvalidOperationException(); } return new(this); }")]
    [InlineData("IDisposable? M() { _rw.EnterReadLock(); if (_value > 3) { _rw.ExitReadLock(); return null; } return new Reader(this); }")]
    [InlineData("Change M() { Monitor.Enter(_sync); if (_value > 3) { Monitor.Exit(_sync); throw new InvalidOperationException(); } return new Change(this); }")]
    [InlineData("bool M(out Access access) { Monitor.Enter(_sync); if (_value > 3) { Monitor.Exit(_sync); access = default; return false; } access = new Access(this); return true; }")]
    [InlineData("IDisposable? M() { _named.Wait(); if (_value > 3) { _named.Release(); return null; } return new ByName(this); }")]
    [InlineData("IDisposable? M() { _gate.Wait(); if (_value > 3) { _gate.Release(); return null; } return Open(); } private IDisposable Open() => new Lease(this);")]
    public async Task A_guard_takes_the_lock_over(string members)
    {
        await Check("TW2001", members);
        await Check("TW2012", members);
    }

    [Theory]
    [InlineData("TW2001", "int M() { _gate.{|TW2001:Wait()|}; if (_value > 3) return 3; _value++; _gate.Release(); return 1; }")]
    [InlineData("TW2001", "int M() { Monitor.{|TW2001:Enter(_sync)|}; if (_value > 3) return 3; _value++; Monitor.Exit(_sync); return Other(); } private static int Other() => 1;")]
    [InlineData("TW2001", "IDisposable? M() { _rw.{|TW2001:EnterReadLock()|}; if (_value > 3) return null; _value++; _rw.ExitReadLock(); return new Lease(this); }")]
    [InlineData("TW2012", "IDisposable? M() { _gate.{|TW2012:Wait()|}; if (_value > 3) { _gate.Release(); return null; } return new Slow(this); }")]
    [InlineData("TW2012", "IDisposable? M() { _gate.{|TW2012:Wait()|}; File.Delete(\"x\"); if (_value > 3) { _gate.Release(); return null; } return new Lease(this); }")]
    public Task Nobody_takes_the_lock_over(string id, string members) => Check(id, members);
}
