using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>Lock types of the user's own, whose members forward to a lock: what is followed through them, and what is not and stays silent.</summary>
public class LockWrapperTests
{
    private const string Locks = """
        sealed class Gate
        {
            private readonly object _sync = new();
            private int _depth;
            public void Enter() => Monitor.Enter(_sync);
            public void Exit() => Monitor.Exit(_sync);
            public void Acquire() { Monitor.Enter(_sync); _depth++; }
            public void Free() { _depth--; Monitor.Exit(_sync); }
            public void Run(Action then) { lock (_sync) then(); }
            public int Depth => _depth;
        }
        sealed class Slot
        {
            private readonly SemaphoreSlim _slim = new(1, 1);
            public void Take() => _slim.Wait();
            public Task TakeAsync(CancellationToken ct) => _slim.WaitAsync(ct);
            public async Task TakeAsync() { await _slim.WaitAsync().ConfigureAwait(false); }
            public void Give() => _slim.Release();
        }
        sealed class Books
        {
            private readonly ReaderWriterLockSlim _rw = new();
            public void Read() => _rw.EnterReadLock();
            public void Done() => _rw.ExitReadLock();
            public void Write() => _rw.EnterWriteLock();
            public void Written() => _rw.ExitWriteLock();
        }
        sealed class Clever
        {
            private readonly object _sync = new();
            private readonly SemaphoreSlim _slim = new(1, 1);
            private bool _off;
            public void Enter() => Monitor.Enter(_sync);
            public bool TryEnter() => Monitor.TryEnter(_sync, 10);
            public void Exit() => Monitor.Exit(_sync);
            public void Maybe() { if (!_off) Monitor.Enter(_sync); }
            public void ExitAll() { while (Monitor.IsEntered(_sync)) Monitor.Exit(_sync); }
            public void Pause(Action then) { Monitor.Exit(_sync); try { then(); } finally { Monitor.Enter(_sync); } }
            public bool IsHeld => Monitor.IsEntered(_sync);
            public void Take() => _slim.Wait();
            public void Give() => _slim.Release();
            public void GiveAll() => _slim.Release(3);
        }
        class Open
        {
            private readonly object _sync = new();
            public virtual void Enter() => Monitor.Enter(_sync);
            public virtual void Exit() => Monitor.Exit(_sync);
        }
        sealed class Typed<T>
        {
            private readonly object _sync = new();
            public void Enter() => Monitor.Enter(_sync);
            public void Exit() => Monitor.Exit(_sync);
        }
        """;

    private const string Fields = """
            private readonly Gate _gate = new();
            private readonly Slot _slot = new();
            private readonly Books _books = new();
            private readonly Clever _clever = new();
            private readonly Open _open = new();
            private readonly Typed<int> _typed = new();
            private int _value;
        """;

    private static Task In(string id, string members) => Verify.Rule(id, $"class C\n{{\n{Fields}\n{members}\n}}", static test => test.TestState.Sources.Add(("Locks.cs", Locks)));

    [Theory]
    [InlineData("TW2001", "void M(int n) { _gate.{|TW2001:Enter()|}; if (n > 3) return; _value++; _gate.Exit(); }")]
    [InlineData("TW2001", "void M(int n) { _gate.{|TW2001:Acquire()|}; if (n > 3) throw new ArgumentException(); _value++; _gate.Free(); }")]
    [InlineData("TW2001", "void M(int n) { _slot.{|TW2001:Take()|}; while (n-- > 0) { if (n == 7) return; _value++; } _slot.Give(); }")]
    [InlineData("TW2001", "async Task M(int n) { await _slot.{|TW2001:TakeAsync()|}; if (n > 3) return; _value++; _slot.Give(); }")]
    [InlineData("TW2001", "void M(int n) { _books.{|TW2001:Read()|}; if (n > 3) return; _value++; _books.Done(); }")]
    [InlineData("TW2001", "void M(Gate gate, int n) { gate.{|TW2001:Enter()|}; if (n > 3) return; _value++; gate.Exit(); }")]
    [InlineData("TW2001", "void M(int n) { {|TW2001:In()|}; if (n > 3) return; _value++; Out(); } void In() => _gate.Enter(); void Out() => _gate.Exit();")]
    [InlineData("TW2003", "void M() { _gate.Enter(); _gate.Exit(); _gate.{|TW2003:Exit()|}; }")]
    [InlineData("TW2003", "void M() { _slot.Take(); _value++; _slot.Give(); _slot.{|TW2003:Give()|}; }")]
    [InlineData("TW2003", "async Task M(CancellationToken ct) { try { await _slot.{|TW2003:TakeAsync(ct)|}; _value++; } finally { _slot.Give(); } }")]
    [InlineData("TW2003", "void M(bool a) { if (a) _gate.Acquire(); _value++; _gate.{|TW2003:Free()|}; }")]
    [InlineData("TW2013", "async Task M() { try { await _slot.{|TW2013:TakeAsync()|}; _value++; } finally { _slot.Give(); } }")]
    [InlineData("TW2007", "async Task M(Task t) { _gate.Enter(); try { {|TW2007:await|} t; } finally { _gate.Exit(); } }")]
    [InlineData("TW2007", "async Task M(Task t) { _books.Write(); {|TW2007:await|} t; _books.Written(); }")]
    [InlineData("TW2007", "IEnumerable<int> M() { _gate.Acquire(); {|TW2007:yield|} return 1; _gate.Free(); }")]
    [InlineData("TW2007", "void M() { _gate.Enter(); Task.{|TW2007:Run(() => _gate.Exit())|}; }")]
    [InlineData("TW2005", "void M() { _slot.Take(); try { _slot.{|TW2005:Take()|}; _slot.Give(); } finally { _slot.Give(); } }")]
    [InlineData("TW2005", "async Task M() { await _slot.TakeAsync(); try { await {|TW2005:Inner()|}; } finally { _slot.Give(); } } async Task Inner() { await _slot.TakeAsync(); try { _value++; } finally { _slot.Give(); } }")]
    [InlineData("TW2005", "void M() { _books.Read(); try { _books.{|TW2005:Write()|}; _books.Written(); } finally { _books.Done(); } }")]
    [InlineData("TW2012", "void M(Stream s) { _gate.{|TW2012:Enter()|}; s.Flush(); _gate.Exit(); }")]
    public Task A_lock_of_a_type_in_source(string id, string members) => In(id, members);

    [Theory]
    [InlineData("void M() { _gate.Enter(); try { _value++; } finally { _gate.Exit(); } }")]
    [InlineData("void M(int n) { _gate.Acquire(); try { if (n > 3) return; _value++; } finally { _gate.Free(); } }")]
    [InlineData("void M() { _gate.Enter(); _gate.Enter(); _value++; _gate.Exit(); _gate.Exit(); }")]
    [InlineData("void M() { _gate.Enter(); _gate.Exit(); _gate.Enter(); _gate.Exit(); }")]
    [InlineData("void M() { _gate.Acquire(); _gate.Exit(); }")]
    [InlineData("void Begin() => _gate.Enter(); void End() => _gate.Exit();")]
    [InlineData("void Begin(int n) { _gate.Acquire(); if (n > 3) return; _value++; } void End() { _value--; _gate.Free(); }")]
    [InlineData("bool Begin(int n) { _gate.Acquire(); if (n > 3) return true; _value++; _gate.Free(); return false; } void End() { _gate.Free(); }")]
    [InlineData("async Task M(Task t) { await _slot.TakeAsync(); try { await t; } finally { _slot.Give(); } }")]
    [InlineData("async Task M(Task t) { _gate.Enter(); _value++; _gate.Exit(); await t; }")]
    [InlineData("async Task M(CancellationToken ct) { await _slot.TakeAsync(ct); try { _value++; } finally { _slot.Give(); } }")]
    [InlineData("void M(Gate a, Gate b) { a.Enter(); try { b.Enter(); _value++; b.Exit(); } finally { a.Exit(); } }")]
    [InlineData("void M(C other) { _gate.Enter(); try { other._gate.Enter(); _value++; other._gate.Exit(); } finally { _gate.Exit(); } }")]
    [InlineData("void M() { _books.Read(); _value++; _books.Done(); _books.Write(); _value++; _books.Written(); }")]
    [InlineData("void M() { _slot.Take(); _value++; _slot.Give(); _slot.Take(); _value++; _slot.Give(); }")]
    [InlineData("void M(C other) { _slot.Take(); try { other._slot.Take(); other._slot.Give(); } finally { _slot.Give(); } }")]
    [InlineData("void M(Slot slot) { slot.Take(); slot.Take(); _value++; slot.Give(); slot.Give(); }")]
    [InlineData("async Task M() { Task t; await _slot.TakeAsync(); try { t = Inner(); } finally { _slot.Give(); } await t; } async Task Inner() { await _slot.TakeAsync(); try { _value++; } finally { _slot.Give(); } }")]
    [InlineData("void M() { _slot.Take(); _slot.Take(); _value++; _slot.Give(); _slot.Give(); } void Other() => _slot.Give();")]
    [InlineData("void M() { _gate.Enter(); try { Task.Run(() => { _gate.Enter(); _value++; _gate.Exit(); }); } finally { _gate.Exit(); } }")]
    [InlineData("void M() { _gate.Run(() => { _gate.Enter(); _value++; _gate.Exit(); }); }")]
    [InlineData("void M(int n) { _open.Enter(); if (n > 3) return; _value++; _open.Exit(); }")]
    [InlineData("void M(int n) { _typed.Enter(); if (n > 3) return; _value++; _typed.Exit(); }")]
    [InlineData("void M() { if (_clever.TryEnter()) { try { _value++; } finally { _clever.Exit(); } } }")]
    [InlineData("void M(bool fast) { if (fast) _clever.Enter(); else if (!_clever.TryEnter()) return; try { _value++; } finally { _clever.Exit(); } }")]
    [InlineData("void M() { _clever.Enter(); try { _value++; } finally { if (_clever.IsHeld) _clever.Exit(); } }")]
    [InlineData("void M(int n) { _clever.Enter(); if (n > 3) { _clever.ExitAll(); return; } _value++; _clever.Exit(); }")]
    [InlineData("void M() { _clever.Enter(); try { _clever.Pause(() => _value++); } finally { _clever.Exit(); } }")]
    [InlineData("void M(bool a) { if (a) _clever.Enter(); else _clever.Maybe(); _value++; _clever.Exit(); }")]
    [InlineData("void M() { _clever.Take(); _clever.Take(); _value++; _clever.Give(); _clever.Give(); } void Other() => _clever.GiveAll();")]
    [InlineData("void M(int n) { _gate.Enter(); if (n > 3) { Leave(); return; } _value++; _gate.Exit(); } void Leave() => _gate.Free();")]
    [InlineData("class Guard(C owner) : IDisposable { public void Dispose() => owner._gate.Exit(); } IDisposable Hold() { _gate.Enter(); return new Guard(this); } void M() { using (Hold()) _value++; }")]
    public async Task Used_well_or_unclear(string members)
    {
        foreach (var id in new[] { "TW2001", "TW2002", "TW2003", "TW2005", "TW2007" })
        {
            await In(id, members);
        }
    }
}
