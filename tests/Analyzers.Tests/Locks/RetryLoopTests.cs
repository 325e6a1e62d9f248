using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>Loops that come back to their acquire: with the lock given back, or still held, so that the next round waits for itself.</summary>
public class RetryLoopTests
{
    private const string Fields = """
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly SemaphoreSlim _items = new(0);
            private readonly SemaphoreSlim _slots = new(4);
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly object _sync = new();
            private readonly Mutex _mutex = new();
            private readonly Lock _lock = new();
            private int _value;
            private int _busy;
            private bool _closed;
            public void Put() => _items.Release();
        """;

    private static Task Check(string members) => Verify.Rule("TW2001", "class C\n{\n" + Fields + "\n" + members + "\n}");

    [Theory]
    [InlineData("async Task<int> M() { while (true) { await _gate.{|TW2001:WaitAsync()|}; if (_value < 0) continue; var n = ++_value; _gate.Release(); return n; } }")]
    [InlineData("int M() { for (;;) { _lock.{|TW2001:Enter()|}; if (_value < 0) continue; var n = ++_value; _lock.Exit(); return n; } }")]
    [InlineData("int M() { while (true) { Monitor.{|TW2001:Enter(_sync)|}; if (_value < 0) continue; var n = ++_value; Monitor.Exit(_sync); return n; } }")]
    [InlineData("int M() { while (true) { Monitor.{|TW2001:Enter(_sync)|}; if (_closed) continue; var n = ++_value; Monitor.Exit(_sync); return n; } }")]
    [InlineData("int M() { do { _mutex.{|TW2001:WaitOne()|}; if (_value < 0) continue; var n = ++_value; _mutex.ReleaseMutex(); return n; } while (true); }")]
    [InlineData("int M() { while (true) { _rw.{|TW2001:EnterWriteLock()|}; if (_value < 0) continue; var n = ++_value; _rw.ExitWriteLock(); return n; } }")]
    [InlineData("int M() { retry: Monitor.{|TW2001:Enter(_sync)|}; if (_value < 0) goto retry; var n = ++_value; Monitor.Exit(_sync); return n; }")]
    [InlineData("int M() { while (true) { {|TW2001:In()|}; if (_value < 0) continue; var n = ++_value; Out(); return n; } } void In() => Monitor.Enter(_sync); void Out() => Monitor.Exit(_sync);")]
    public Task The_next_round_comes_with_the_lock(string members) => Check(members);

    [Theory]
    [InlineData("int M() { while (true) { Monitor.Enter(_sync); if (_value < 0) { Monitor.Exit(_sync); continue; } var n = ++_value; Monitor.Exit(_sync); return n; } }")]
    [InlineData("void M() { var held = false; try { while (true) { if (!held) { Monitor.Enter(_sync); held = true; } if (_value++ < 5) continue; Monitor.Exit(_sync); held = false; if (_value > 9) return; } } finally { if (held) Monitor.Exit(_sync); } }")]
    [InlineData("void M(int n) { for (var i = 0; i < n; i++) Monitor.Enter(_sync); _value++; for (var i = 0; i < n; i++) Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); while (_value < 9) { if (_value == 4) { Monitor.Exit(_sync); Thread.Sleep(1); Monitor.Enter(_sync); continue; } _value++; } Monitor.Exit(_sync); }")]
    [InlineData("void M() { while (true) { if (!Monitor.TryEnter(_sync)) continue; _value++; Monitor.Exit(_sync); return; } }")]
    [InlineData("void M() { while (true) { if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0) continue; _value++; Volatile.Write(ref _busy, 0); return; } }")]
    [InlineData("async Task M() { while (true) { await _items.WaitAsync(); if (_value == 0) continue; if (--_value > 3) { _items.Release(); return; } } }")]
    [InlineData("async Task M() { while (true) { await _slots.WaitAsync(); if (_value == 0) continue; _slots.Release(); return; } }")]
    [InlineData("void M(int[] all) { foreach (var one in all) { Monitor.Enter(_sync); try { if (one > 1) continue; _value++; } finally { Monitor.Exit(_sync); } } }")]
    [InlineData("int M() { while (true) { In(); if (_value < 0) { Out(); continue; } var n = ++_value; Out(); return n; } } void In() => Monitor.Enter(_sync); void Out() => Monitor.Exit(_sync);")]
    public Task Given_back_before_the_next_round(string members) => Check(members);
}
