using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>Flags that <c>Interlocked</c> sets to keep others out, which the rules on pairs take for a lock that is only tried.</summary>
public class TryGuardTests
{
    private static string Class(string members) => $$"""
        class C
        {
            private int _busy;
            private int _other;
            private volatile int _quick;
            private static int s_busy;
            private int _value;
            private bool _stopped;
            private Stream _work = new MemoryStream();
        {{members}}
        }
        """;

    [Theory]
    [InlineData("void M(int n) { if (Interlocked.{|TW2001:Exchange(ref _busy, 1)|} == 1) return; if (n > 3) return; _value++; Interlocked.Exchange(ref _busy, 0); }")]
    [InlineData("void M(int n) { if (Interlocked.{|TW2001:Exchange(ref _busy, 1)|} != 0) return; if (n > 3) return; try { _value++; } finally { Interlocked.Exchange(ref _busy, 0); } }")]
    [InlineData("void M(int n) { if (Interlocked.{|TW2001:CompareExchange(ref _busy, 1, 0)|} != 0) return; if (n > 3) throw new ArgumentException(); _value++; Volatile.Write(ref _busy, 0); }")]
    [InlineData("void M(int n) { if (Interlocked.{|TW2001:CompareExchange(ref _busy, 1, 0)|} == 1) return; while (n-- > 0) { if (n == 7) return; _value++; } _busy = 0; }")]
    [InlineData("bool M(int n) { if (Interlocked.{|TW2001:Exchange(ref _busy, 1)|} is 1) return false; if (n > 3) return false; _value++; _busy = 0; return true; }")]
    [InlineData("void M(int n) { if (Interlocked.{|TW2001:Exchange(ref _busy, 1)|} is not 0) return; if (n > 3) return; _value++; _busy = 0; }")]
    [InlineData("void M(int n) { while (Interlocked.{|TW2001:Exchange(ref _busy, 1)|} == 1) Thread.SpinWait(1); if (n > 3) return; _value++; Volatile.Write(ref _busy, 0); }")]
    [InlineData("void M(int n) { var spin = new SpinWait(); while (Interlocked.{|TW2001:CompareExchange(ref _busy, 1, 0)|} != 0) { spin.SpinOnce(); } if (n > 3) return; _value++; _busy = 0; }")]
    [InlineData("static void M(int n) { if (Interlocked.{|TW2001:Exchange(ref s_busy, 1)|} == 1) return; if (n > 3) return; Interlocked.Exchange(ref s_busy, 0); }")]
    [InlineData("void M(int n) { if (Interlocked.{|TW2001:Exchange(ref _busy, 1)|} == 0) { if (n > 3) return; try { _value++; } finally { _busy = 0; } } }")]
    [InlineData("void M(int n) { if (Interlocked.{|TW2001:Exchange(ref _busy, 1)|} == 0) { if (n > 3) return; _value++; _busy = 0; } }")]
    [InlineData("void M(int n) { if (Interlocked.{|TW2001:CompareExchange(ref _busy, 1, 0)|} != 0) return; if (n > 3) return; _value++; Interlocked.CompareExchange(ref _busy, 0, 1); }")]
    [InlineData("async Task M(int n, Task t) { if (Interlocked.{|TW2001:Exchange(ref _busy, 1)|} == 1) return; if (n > 3) return; try { await t; } finally { Interlocked.Exchange(ref _busy, 0); } }")]
    [InlineData("void Start(int n) { Task.Run(() => { if (Interlocked.{|TW2001:Exchange(ref _busy, 1)|} == 1) return; if (n > 3) return; _value++; _busy = 0; }); }")]
    [InlineData("void M(int n) { if (Interlocked.{|TW2001:Exchange(ref _busy, 1)|} == 1) return; { if (n > 3) return; _value++; } { _busy = 0; } }")]
    public Task A_way_out_with_the_flag_set(string members) => Verify.Rule("TW2001", Class(members));

    [Theory]
    [InlineData("void M() { try { if (Interlocked.{|TW2003:Exchange(ref _busy, 1)|} == 1) return; _value++; } finally { Interlocked.Exchange(ref _busy, 0); } }")]
    [InlineData("void M() { try { if (Interlocked.{|TW2003:CompareExchange(ref _busy, 1, 0)|} != 0) return; _value++; } finally { _busy = 0; } }")]
    [InlineData("void M() { try { if (Interlocked.{|TW2003:CompareExchange(ref _busy, 1, 0)|} == 0) { _value++; } } finally { Volatile.Write(ref _busy, 0); } }")]
    [InlineData("void M() { try { if (Interlocked.{|TW2003:Exchange(ref _busy, 1)|} is not 0) throw new InvalidOperationException(); _value++; } finally { _busy = 0; } }")]
    [InlineData("async Task M(Task t) { try { if (Interlocked.{|TW2003:Exchange(ref _busy, 1)|} == 1) return; await t; } finally { _busy = 0; } }")]
    [InlineData("static void M() { try { if (Interlocked.{|TW2003:Exchange(ref s_busy, 1)|} != 0) return; Console.Write(1); } finally { s_busy = 0; } }")]
    [InlineData("bool M() { try { if (Interlocked.{|TW2003:Exchange(ref _busy, 1)|} == 1) { return false; } _work.Flush(); return true; } catch (IOException) { return false; } finally { Interlocked.Exchange(ref _busy, 0); } }")]
    public Task Reset_by_who_was_refused(string members) => Verify.Rule("TW2003", Class(members));

    [Theory]
    [InlineData("void M() { if (Interlocked.{|TW2012:Exchange(ref _busy, 1)|} == 1) return; _work.Flush(); Interlocked.Exchange(ref _busy, 0); }")]
    [InlineData("void M() { if (Interlocked.{|TW2012:CompareExchange(ref _busy, 1, 0)|} != 0) return; _work.Flush(); _busy = 0; }")]
    [InlineData("async Task M(Task t) { if (Interlocked.{|TW2012:Exchange(ref _busy, 1)|} == 1) return; await t; Volatile.Write(ref _busy, 0); }")]
    [InlineData("void M() { while (Interlocked.{|TW2012:Exchange(ref _busy, 1)|} == 1) Thread.Yield(); _work.Flush(); _busy = 0; }")]
    [InlineData("private readonly Timer _timer; public C() { _timer = new Timer(Tick); } private void Tick(object? state) { if (Interlocked.{|TW2012:Exchange(ref _busy, 1)|} == 1) return; _work.Flush(); Volatile.Write(ref _busy, 0); }")]
    public Task A_call_that_may_throw(string members) => Verify.Rule("TW2012", Class(members));

    [Theory]
    [InlineData("void M() { if (Interlocked.Exchange(ref _busy, 1) == 1) return; try { _work.Flush(); } finally { Interlocked.Exchange(ref _busy, 0); } }")]
    [InlineData("void M() { if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0) return; try { _work.Flush(); } finally { _busy = 0; } }")]
    [InlineData("void M(int n) { if (Interlocked.CompareExchange(ref _busy, 1, 0) == 0) { try { if (n > 3) return; _work.Flush(); } finally { Volatile.Write(ref _busy, 0); } } }")]
    [InlineData("void M(int n) { while (Interlocked.Exchange(ref _busy, 1) == 1) Thread.SpinWait(1); try { if (n > 3) return; _work.Flush(); } finally { _busy = 0; } }")]
    [InlineData("void M() { while (true) { if (Interlocked.CompareExchange(ref _busy, 1, 0) == 0) break; Thread.Yield(); } try { _work.Flush(); } finally { _busy = 0; } }")]
    [InlineData("void M() { if (Interlocked.Exchange(ref _busy, 1) == 1) return; try { _work.Flush(); } catch { _busy = 0; throw; } _busy = 0; }")]
    [InlineData("void M() { if (Interlocked.Exchange(ref _busy, 1) == 1) return; if (_stopped) return; try { _work.Flush(); } finally { _busy = 0; } }")]
    [InlineData("void M() { if (Interlocked.Exchange(ref _busy, 1) == 1) return; if (_stopped) { _busy = 0; return; } _value++; _busy = 0; }")]
    [InlineData("void M() { bool taken = Interlocked.Exchange(ref _busy, 1) == 0; try { _work.Flush(); } finally { if (taken) _busy = 0; } }")]
    [InlineData("void M() { bool taken = false; try { taken = Interlocked.CompareExchange(ref _busy, 1, 0) == 0; if (!taken) return; _work.Flush(); } finally { if (taken) Interlocked.Exchange(ref _busy, 0); } }")]
    [InlineData("void M() { if (Interlocked.Exchange(ref _busy, 1) == 1) return; try { _work.Flush(); _busy = 0; } finally { _busy = 0; } }")]
    [InlineData("void Dispose(int n) { if (Interlocked.Exchange(ref _busy, 1) == 1) return; if (n > 3) return; _work.Dispose(); }")]
    [InlineData("void Start(int n) { if (Interlocked.Exchange(ref _busy, 1) == 1) throw new InvalidOperationException(); if (n > 3) return; _value++; } void Stop() { _busy = 0; }")]
    [InlineData("bool Start(int n) { if (Interlocked.Exchange(ref _busy, 1) == 1) return false; if (n > 3) { _busy = 0; return false; } _value++; return true; }")]
    [InlineData("void Start(int n) { if (Interlocked.Exchange(ref _busy, 1) == 1) return; try { if (n > 3) throw new ArgumentException(); _work.Flush(); } catch { _busy = 0; throw; } }")]
    [InlineData("void Start(int n) { if (Interlocked.Exchange(ref _busy, 1) == 1) return; if (n > 3) return; Task.Run(() => { try { _work.Flush(); } finally { _busy = 0; } }); }")]
    [InlineData("void Start(int n) { if (Interlocked.Exchange(ref _busy, 1) == 1) return; if (n > 3) { _busy = 0; return; } ThreadPool.QueueUserWorkItem(_ => { _work.Flush(); _busy = 0; }); }")]
    [InlineData("void Start(int n) { if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0) return; if (n > 3) { Run(); return; } _value++; _busy = 0; } void Run() { try { _work.Flush(); } finally { _busy = 0; } }")]
    [InlineData("void M(int n) { if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0) return; if (n > 3) { _busy = 2; return; } _value++; _busy = 0; }")]
    [InlineData("void M(int n) { if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0) return; if (n > 3) return; _value++; _busy = 0; } void N() { Interlocked.CompareExchange(ref _busy, 2, 1); }")]
    [InlineData("void M(int n) { if (Interlocked.Increment(ref _busy) != 1) return; if (n > 3) return; _value++; Interlocked.Exchange(ref _busy, 0); }")]
    [InlineData("void M(int n) { if (Interlocked.Exchange(ref _busy, 1) == 1) return; if (n > 3) return; _value++; _busy = 0; } void Count() { Interlocked.Increment(ref _busy); }")]
    [InlineData("void M(int n) { if (Interlocked.Exchange(ref _busy, 1) == 1) return; if (n > 3) return; _value++; if (Interlocked.Exchange(ref _busy, 0) == 1) _value--; }")]
    [InlineData("void M(int n) { int before = Interlocked.Exchange(ref _busy, 1); if (before == 1) return; if (n > 3) return; _value++; _busy = 0; }")]
    [InlineData("void M(int n) { if (Interlocked.Exchange(ref _busy, n) == n) return; if (n > 3) return; _value++; _busy = 0; }")]
    [InlineData("void M(int n) { if (Interlocked.Exchange(ref _busy, 1) == 1) return; if (n > 3) return; _value++; if (_busy == 1) _busy = 0; }")]
    [InlineData("void M(int n) { if (Interlocked.Exchange(ref _busy, 1) == 1) return; if (n > 3) { Reset(ref _busy); return; } _value++; _busy = 0; } static void Reset(ref int flag) => flag = 0;")]
    [InlineData("void M(int n) { if (Interlocked.Exchange(ref _busy, 1) == 1) return; if (n > 3) return; _value++; _busy = 0; } class Inner(C c) { public void Free() => c._busy = 0; }")]
    [InlineData("void M(C other, int n) { if (Interlocked.Exchange(ref other._busy, 1) == 1) return; if (n > 3) return; _value++; other._busy = 0; }")]
    [InlineData("void M() { if (Interlocked.Exchange(ref _busy, 1) == 1) return; try { if (Interlocked.Exchange(ref _other, 1) == 1) return; try { _work.Flush(); } finally { _other = 0; } } finally { _busy = 0; } }")]
    [InlineData("void M() { Interlocked.Exchange(ref _busy, 1); try { _work.Flush(); } finally { Interlocked.Exchange(ref _busy, 0); } }")]
    [InlineData("async Task M(Task t) { if (Interlocked.Exchange(ref _busy, 1) == 1) return; try { await t; } finally { _busy = 0; } } bool IsBusy => Volatile.Read(ref _busy) == 1;")]
    [InlineData("void M() { do { if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0) return; try { _work.Flush(); } finally { _busy = 0; } } while (_value-- > 0); }")]
    [InlineData("void M() { if (Interlocked.Exchange(ref _busy, 1) == 1) return; _value++; _busy = 0; } void N() { if (Interlocked.Exchange(ref _busy, 1) == 1) return; _value--; _busy = 0; }")]
    [InlineData("C() { _busy = 1; } void M(int n) { if (Interlocked.Exchange(ref _busy, 1) == 1) return; if (n > 3) return; _value++; _busy = 0; }")]
    [InlineData("void M() { SpinWait.SpinUntil(() => Interlocked.CompareExchange(ref _busy, 1, 0) == 0); _work.Flush(); _busy = 0; }")]
    public async Task Innocent(string members)
    {
        foreach (var id in new[] { "TW2001", "TW2002", "TW2003", "TW2005", "TW2006", "TW2007", "TW2012", "TW2013" })
        {
            await Verify.Rule(id, Class(members));
        }
    }
}
