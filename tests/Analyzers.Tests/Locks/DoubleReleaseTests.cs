using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>Releases that no path comes to with the lock, on whatever condition they stand.</summary>
public class DoubleReleaseTests
{
    private const string Fields = """
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly object _sync = new();
            private int _value;
            private bool _flag;
            private static Task WorkAsync() => Task.Delay(1);
        """;

    private static Task Check(string members) => Verify.Rule("TW2003", "class C\n{\n" + Fields + "\n" + members + "\n}");

    [Theory]
    [InlineData("int M(int k) { Monitor.Enter(_sync); try { if (_value == k) goto done; _value = k; } finally { Monitor.Exit(_sync); } return 1; done: Monitor.{|TW2003:Exit(_sync)|}; return 0; }")]
    [InlineData("int M(int k) { Monitor.Enter(_sync); try { _value = k; } finally { Monitor.Exit(_sync); } if (_value > 3) { Monitor.{|TW2003:Exit(_sync)|}; return 0; } return 1; }")]
    [InlineData("int M(int k) { Monitor.Enter(_sync); try { switch (k) { case 1: break; default: return 3; } } finally { Monitor.Exit(_sync); } Monitor.{|TW2003:Exit(_sync)|}; return 0; }")]
    [InlineData("int M(int k) { Monitor.Enter(_sync); _value++; Monitor.Exit(_sync); if (k > 3) { _value--; Monitor.{|TW2003:Exit(_sync)|}; } return _value; }")]
    [InlineData("async Task M() { try { await _gate.WaitAsync(); try { await WorkAsync(); } finally { _gate.Release(); } } catch (IOException) { _gate.{|TW2003:Release()|}; } }")]
    public Task It_has_been_released_whatever_leads_there(string members) => Check(members);

    [Theory]
    [InlineData("void M() { Monitor.Enter(_sync); Monitor.Enter(_sync); _value++; Monitor.Exit(_sync); if (_value > 3) { Monitor.Exit(_sync); return; } Monitor.Exit(_sync); }")]
    [InlineData("void M() { var held = true; Monitor.Enter(_sync); try { _value++; if (_flag) { Monitor.Exit(_sync); held = false; } _value++; } finally { if (held) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { Monitor.Enter(_sync); Leave(); if (_value > 3) Monitor.Exit(_sync); } void Leave() { if (_value <= 3) Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); _value++; Monitor.Exit(_sync); if (_flag) Monitor.Enter(_sync); _value++; if (_flag) Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { _value++; } finally { Monitor.Exit(_sync); } if (Again()) { _value++; Monitor.Exit(_sync); } } bool Again() { Monitor.Enter(_sync); if (_value > 3) return true; Monitor.Exit(_sync); return false; }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); _value++; _gate.Release(); if (await AgainAsync()) { _value++; _gate.Release(); } } async Task<bool> AgainAsync() { await _gate.WaitAsync(); if (_value > 3) return true; _gate.Release(); return false; }")]
    [InlineData("void M() { lock (_sync) { Monitor.Exit(_sync); try { Thread.Sleep(1); } finally { Monitor.Enter(_sync); } } }")]
    public Task Taken_again_or_given_back_once(string members) => Check(members);
}
