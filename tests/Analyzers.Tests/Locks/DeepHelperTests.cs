using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>Helpers that call helpers: what they do to a lock, and what runs under it, is seen two and more calls deep.</summary>
public class DeepHelperTests
{
    private const string Helpers = """
            private readonly object _sync = new();
            private readonly object _other = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ReaderWriterLockSlim _rw = new();
            private int _value;
            private void In() => InCore();
            private void InCore() => Monitor.Enter(_sync);
            private void Out() { OutCore(); }
            private void OutCore() { Monitor.Exit(_sync); }
            private bool Try() => TryCore(100);
            private bool TryCore(int time) => Monitor.TryEnter(_sync, time);
            private Task GateAsync(CancellationToken token) => GateCoreAsync(token);
            private async Task GateCoreAsync(CancellationToken token) { _value++; await _gate.WaitAsync(token).ConfigureAwait(false); }
            private async Task GateAsync() => await GateCoreAsync().ConfigureAwait(false);
            private Task GateCoreAsync() => _gate.WaitAsync();
            private void Leave() => LeaveCore();
            private void LeaveCore() { try { _value++; } finally { _gate.Release(); } }
            private static void On(object o) => OnCore(o);
            private static void OnCore(object o) => Monitor.Enter(o);
            private static void Off(object o) => OffCore(o);
            private static void OffCore(object o) => Monitor.Exit(o);
            private void Read() => ReadCore();
            private void ReadCore() => _rw.EnterReadLock();
            private void Done() => DoneCore();
            private void DoneCore() => _rw.ExitReadLock();
            private static void Fail(string why) => FailCore(why);
            private static void FailCore(string why) { var text = why + "!"; throw new InvalidOperationException(text); }
            private void Pairs() { In(); Out(); if (Try()) OutCore(); Read(); Done(); On(_other); Off(_other); }
            private async Task PairsAsync(CancellationToken token) { await GateAsync(token); Leave(); await GateAsync(); Leave(); }
        """;

    /// <summary>A member that nobody calls may be called by others that are out of sight, so these stand where they are called.</summary>
    private const string Gate = """
            private Task EnterAsync() => EnterCoreAsync();
            private async Task EnterCoreAsync() { await _gate.WaitAsync().ConfigureAwait(false); _value++; }
            private void Leave() => LeaveCore();
            private void LeaveCore() { try { _value++; } finally { _gate.Release(); } }
        """;

    private const string Fields = """
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ReaderWriterLockSlim _rw = new();
            private int _value;
        """;

    private static Task Reacquired(string members) => Verify.Rule("TW2005", "class C\n{\n" + Fields + "\n" + (members.Contains("EnterAsync") ? Gate : "") + "\n" + members + "\n}");

    private static Task Check(string id, string members) => Verify.Rule(id, "class C\n{\n" + Helpers + "\n" + members + "\n}");

    [Theory]
    [InlineData("void M(int n) { {|TW2001:In()|}; if (n > 3) return; _value++; Out(); }")]
    [InlineData("void M(int n) { Monitor.{|TW2001:Enter(_sync)|}; if (n > 3) return; _value++; Out(); }")]
    [InlineData("void M(int n) { if (!{|TW2001:Try()|}) return; if (n > 3) return; _value++; Out(); }")]
    [InlineData("void M(int n) { {|TW2001:On(_sync)|}; if (n > 3) throw new ArgumentException(); _value++; Off(_sync); }")]
    [InlineData("void M(int[] all) { foreach (var n in all) { {|TW2001:In()|}; if (n > 3) continue; _value += n; Out(); } }")]
    [InlineData("async Task M(int n, CancellationToken ct) { await {|TW2001:GateAsync(ct)|}; if (n > 3) return; _value++; Leave(); }")]
    [InlineData("int P { get { {|TW2001:Read()|}; if (_value > 3) return 3; var read = _value; Done(); return read; } }")]
    [InlineData("int this[int i] { get { {|TW2001:In()|}; if (i > _value) return -1; Out(); return i; } set { In(); _value = value; Out(); } }")]
    [InlineData("void M(string s) { Monitor.{|TW2001:Enter(_sync)|}; if (s.Length == 0) Fail(s); _value++; Monitor.Exit(_sync); }")]
    [InlineData("public C(int n) { {|TW2001:In()|}; switch (n) { case 0: return; default: _value++; break; } Out(); }")]
    [InlineData("void M(int n) { {|TW2001:In()|}; if (n > 3) goto end; _value++; Out(); end: _value--; }")]
    [InlineData("void M(int n) { void Do() { {|TW2001:In()|}; if (n > 3) return; _value++; Out(); } Do(); }")]
    public Task A_way_out_with_the_lock(string member) => Check("TW2001", member);

    [Theory]
    [InlineData("void M(int n) { In(); try { if (n > 3) return; _value++; } finally { Out(); } }")]
    [InlineData("void M(int n) { In(); if (n > 3) { Out(); return; } _value++; Out(); }")]
    [InlineData("void M(int n) { if (!Try()) return; try { if (n > 3) return; _value++; } finally { Out(); } }")]
    [InlineData("public void M(int n) { In(); if (n > 3) return; _value++; Out(); } public void End() => Out();")]
    [InlineData("public void M(int n) { In(); if (n > 3) return; _value++; Out(); } public void End(Task t) => t.ContinueWith(_ => Out());")]
    [InlineData("public bool M(int n) { In(); if (n > 3) return true; Out(); return false; } public void End() { End1(); } private void End1() => Out();")]
    [InlineData("void M(string s) { Monitor.Enter(_sync); if (s.Length == 0) { Monitor.Exit(_sync); Fail(s); } _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M(int n) { In(); if (n > 3) { Odd(); return; } Out(); } void Odd() { if (_value > 3) Out(); else OutCore(); }")]
    [InlineData("void M(int n) { On(_sync); try { _value++; } finally { OffCore(_sync); } }")]
    [InlineData("void M(int n) { Recursive(n); if (n > 3) return; Out(); } void Recursive(int n) { if (n > 0) Again(n); else In(); } void Again(int n) => Recursive(n - 1);")]
    [InlineData("void M(int n) { Virtual(); if (n > 3) return; Out(); } protected virtual void Virtual() => In();")]
    [InlineData("async Task M(CancellationToken ct) { await GateAsync(ct); try { await Task.Yield(); } finally { Leave(); } }")]
    [InlineData("void M(string s) { Monitor.Enter(_sync); try { Fail(s); } finally { Out(); } }")]
    public Task No_way_out_with_the_lock(string member) => Check("TW2001", member);

    [Theory]
    [InlineData("void M(Stream s) { {|TW2012:In()|}; s.Flush(); Out(); }")]
    [InlineData("async Task M(Stream s) { await {|TW2012:GateAsync()|}; await s.FlushAsync(); Leave(); }")]
    [InlineData("void M(Stream s) { {|TW2012:Read()|}; s.Flush(); DoneCore(); }")]
    [InlineData("void M(Stream s) { Monitor.{|TW2012:Enter(_sync)|}; s.Flush(); Out(); }")]
    [InlineData("void M(Stream s) { {|TW2012:On(_sync)|}; s.Flush(); Off(_sync); }")]
    public Task A_call_that_may_throw(string member) => Check("TW2012", member);

    [Theory]
    [InlineData("void M() { In(); Out(); _value++; {|TW2003:Out()|}; }")]
    [InlineData("void M() { if (Try()) _value++; {|TW2003:Out()|}; }")]
    [InlineData("async Task M(CancellationToken ct) { try { await {|TW2003:GateAsync(ct)|}; _value++; } finally { Leave(); } }")]
    [InlineData("async Task M() { try { await {|TW2013:GateAsync()|}; _value++; } finally { Leave(); } }")]
    public Task A_release_without_the_lock(string member) => Check("TW2003", member);

    /// <summary>What a member does to a lock by a helper that is not followed is not known of the member either.</summary>
    [Theory]
    [InlineData("void M() { In(); Out(); Outer(); Out(); } void Outer() { Monitor.Enter(_other); Monitor.Exit(_other); Odd(_value > 3); } void Odd(bool b) { if (b) In(); else Monitor.Enter(_sync); _value.ToString(); if (b) return; }")]
    [InlineData("void M() { In(); Out(); Outer(); Out(); } void Outer() { Odd(ref _value); } void Odd(ref int n) { Monitor.Enter(_sync); n++; }")]
    [InlineData("void M() { In(); Out(); Outer(); Out(); } void Outer() { Monitor.Enter(_other); try { Odd(); } finally { Monitor.Exit(_other); } } IDisposable? Odd() { Monitor.Enter(_sync); return null; }")]
    [InlineData("void M() { _rw.TryEnterWriteLock(10); Must(); try { _value++; } finally { _rw.ExitWriteLock(); } } void Must() => MustCore(); void MustCore() { if (!_rw.IsWriteLockHeld) throw new TimeoutException(); }")]
    [InlineData("void M() { _rw.TryEnterWriteLock(10); Must(); try { _value++; } finally { _rw.ExitWriteLock(); } } void Must() { if (_value > 3) MustCore(); else MustCore(); } void MustCore() { if (!_rw.IsWriteLockHeld) throw new TimeoutException(); }")]
    public Task What_is_not_followed_is_not_known_further_out(string member) => Check("TW2003", member);

    [Theory]
    [InlineData("void M() { _gate.Wait(); try { {|TW2005:A()|}; } finally { _gate.Release(); } } void A() { B(); } void B() { _gate.Wait(); try { _value++; } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { await {|TW2005:A()|}; } finally { _gate.Release(); } } async Task A() { _value++; await B(); } Task B() => D(); async Task D() { await _gate.WaitAsync(); try { _value++; } finally { _gate.Release(); } }")]
    [InlineData("void M() { _rw.EnterWriteLock(); try { {|TW2005:A()|}; } finally { _rw.ExitWriteLock(); } } int A() => B() + 1; int B() { _rw.EnterReadLock(); try { return _value; } finally { _rw.ExitReadLock(); } }")]
    [InlineData("void M() { _rw.EnterWriteLock(); try { {|TW2005:A()|}; } finally { _rw.ExitWriteLock(); } } void A() { Read(); try { _value++; } finally { Done(); } } void Read() => ReadCore(); void ReadCore() => _rw.EnterReadLock(); void Done() => _rw.ExitReadLock();")]
    [InlineData("async Task M() { await EnterAsync(); try { await {|TW2005:A()|}; } finally { Leave(); } } async Task A() { await EnterAsync(); try { _value++; } finally { Leave(); } }")]
    [InlineData("void M() { Run(() => { {|TW2005:A()|}; }); } void A() { Run(() => _value++); } void Run(Action then) => RunCore(then); void RunCore(Action then) { _gate.Wait(); try { then(); } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await Run(async () => { await {|TW2005:A()|}; }); } Task A() => Run(() => Task.CompletedTask); Task Run(Func<Task> then) => RunCore(then); async Task RunCore(Func<Task> then) { await _gate.WaitAsync(); try { await then(); } finally { _gate.Release(); } }")]
    [InlineData("void M() { using (Hold()) { {|TW2005:A()|}; } } void A() { using var held = Hold(); _value++; } Holder Hold() => HoldCore(); Holder HoldCore() { _gate.Wait(); return new Holder(this); } sealed class Holder(C owner) : IDisposable { public void Dispose() => owner._gate.Release(); }")]
    public Task The_holder_waits_for_itself(string member) => Reacquired(member);

    [Theory]
    [InlineData("void M() { _gate.Wait(); try { A(3); } finally { _gate.Release(); } } void A(int n) { if (n > 0) B(n - 1); } void B(int n) { A(n); }")]
    [InlineData("void M() { _gate.Wait(); try { A(true); } finally { _gate.Release(); } } void A(bool held) { B(held); } void B(bool held) { if (!held) _gate.Wait(); try { _value++; } finally { if (!held) _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { A(); } finally { _gate.Release(); } } void A() { _ = B(); } async Task B() { await _gate.WaitAsync(); try { _value++; } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { Task t; await _gate.WaitAsync(); try { t = A(); } finally { _gate.Release(); } await t; } Task A() => B(); async Task B() { await _gate.WaitAsync(); try { _value++; } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { A(); } finally { _gate.Release(); } } void A() { if (_value > 3) B(); } void B() { _gate.Wait(); _gate.Release(); }")]
    [InlineData("void M(C other) { _gate.Wait(); try { other.A(); } finally { _gate.Release(); } } void A() { B(); } void B() { _gate.Wait(); _gate.Release(); }")]
    [InlineData("void M() { _gate.Wait(); try { A(); } finally { _gate.Release(); } } void A() { B(); } protected virtual void B() { _gate.Wait(); _gate.Release(); }")]
    [InlineData("void M() { _gate.Wait(); try { A(); } finally { _gate.Release(); } } void A() { B(); _gate.Wait(); } void B() => _gate.Release();")]
    [InlineData("async Task M() { await EnterAsync(); try { await A(); } finally { Leave(); } } async Task A() { await EnterAsync(); try { _value++; } finally { Leave(); } } void Later(Task t) => t.ContinueWith(_ => Leave());")]
    [InlineData("async Task M() { await EnterAsync(); try { await A(); } finally { Leave(); } } async Task A() { await EnterAsync(); try { _value++; } finally { Leave(); } } Timer Later() => new(Tick); void Tick(object? o) { } event Action E { add { value += Leave; } remove { } }")]
    [InlineData("async Task M() { await EnterAsync(); try { await A(); } finally { Leave(); } } async Task A() { await EnterAsync(); try { _value++; } finally { Leave(); } } public void Free() => Leave();")]
    [InlineData("void M() { Run(() => { A(); }); } void A() { Run(() => _value++); } void Run(Action then) => RunCore(then); void RunCore(Action then) { _gate.Wait(); try { Task.Run(then); } finally { _gate.Release(); } }")]
    [InlineData("void M() { Run(() => { A(); }); } void A() { Run(() => _value++); } void Run(Action then) => RunCore(then, true); void RunCore(Action then, bool locked) { if (locked) _gate.Wait(); try { then(); } finally { if (locked) _gate.Release(); } }")]
    [InlineData("void M() { using (Hold()) _value++; A(); } void A() { using var held = Hold(); _value++; } Holder Hold() => HoldCore(); Holder HoldCore() { _gate.Wait(); return new Holder(this); } sealed class Holder(C owner) : IDisposable { public void Dispose() => owner._gate.Release(); }")]
    [InlineData("void M() { using (Store<int>.Hold()) using (Store<string>.Hold()) _value++; } static class Store<T> { private static readonly SemaphoreSlim s_gate = new(1, 1); public static Holder Hold() { s_gate.Wait(); return new Holder(); } public sealed class Holder : IDisposable { public void Dispose() => s_gate.Release(); } }")]
    [InlineData("IEnumerable<int> B() { _gate.Wait(); try { yield return 1; } finally { _gate.Release(); } } IEnumerable<int> A() => B(); void M() { IEnumerable<int> all; _gate.Wait(); try { all = A(); } finally { _gate.Release(); } foreach (var i in all) _value += i; }")]
    public Task The_holder_does_not_wait_for_itself(string member) => Reacquired(member);

    [Theory]
    [InlineData("async Task M(Task t) { In(); try { {|TW2007:await|} t; } finally { Out(); } }")]
    [InlineData("async Task M(Task t) { using (Hold()) { {|TW2007:await|} t; } } Holder Hold() => HoldCore(); Holder HoldCore() { Monitor.Enter(_sync); return new Holder(this); } sealed class Holder(C owner) : IDisposable { public void Dispose() => Monitor.Exit(owner._sync); }")]
    [InlineData("async Task M(Task t) { using (Hold(_sync)) { {|TW2007:await|} t; } } static Holder Hold(object o) { return HoldCore(1, o); } static Holder HoldCore(int n, object o) { Monitor.Enter(o); return new Holder(o); } sealed class Holder(object o) : IDisposable { public void Dispose() => Monitor.Exit(o); }")]
    public Task An_await_under_the_lock(string member) => Check("TW2007", member);

    [Fact]
    public Task A_guard_of_a_generic_type() => Verify.Rule("TW2007", """
        class Store<T>
        {
            private readonly object _sync = new();
            private readonly List<T> _all = [];
            async Task Add(Task<T> item) { using (Hold()) _all.Add({|TW2007:await|} item); }
            private Holder Hold() => HoldCore();
            private Holder HoldCore() { Monitor.Enter(_sync); return new Holder(this); }
            private readonly struct Holder(Store<T> owner) : IDisposable { public void Dispose() => Free(); private void Free() => Monitor.Exit(owner._sync); }
        }
        """);

    [Theory]
    [InlineData("async Task M(Task t) { In(); Out(); await t; }")]
    [InlineData("async Task M(Task t) { using (Hold()) { await t; } } IDisposable? Hold() => HoldCore(3); IDisposable? HoldCore(int n) { if (n > 3) return null; Monitor.Enter(_sync); return new Holder(this); } sealed class Holder(C owner) : IDisposable { public void Dispose() => Monitor.Exit(owner._sync); }")]
    [InlineData("async Task M(Task t) { using (Hold()) { await t; } } protected virtual Holder Hold() => HoldCore(); Holder HoldCore() { Monitor.Enter(_sync); return new Holder(this); } protected sealed class Holder(C owner) : IDisposable { public void Dispose() => Monitor.Exit(owner._sync); }")]
    [InlineData("async Task M(Task t) { using (First()) { await t; } } IDisposable First() => Second(); IDisposable Second() => First();")]
    public Task No_await_under_the_lock(string member) => Check("TW2007", member);

    [Theory]
    [InlineData("private object _gate2 = new(); public C() { Init(); } private void Init() { InitCore(); } private void InitCore() { _gate2 = new object(); } void M() { lock (_gate2) _value++; }")]
    [InlineData("private object _gate2 = new(); public C() { Init(3); } private void Init(int n) { if (n > 0) Init(n - 1); else InitCore(); } private void InitCore() => _gate2 = new object(); void M() { lock (_gate2) _value++; }")]
    [InlineData("private object {|TW2102:_gate2|} = new(); public C() { Init(); } public void Reset() => Init(); private void Init() { InitCore(); } private void InitCore() { _gate2 = new object(); } void M() { lock (_gate2) _value++; }")]
    [InlineData("private object {|TW2102:_gate2|} = new(); public C() { Init(); } private void Init() { Task.Run(() => InitCore()); } private void InitCore() { _gate2 = new object(); } void M() { lock (_gate2) _value++; }")]
    public Task A_part_of_the_constructor(string member) => Check("TW2102", member);
}
