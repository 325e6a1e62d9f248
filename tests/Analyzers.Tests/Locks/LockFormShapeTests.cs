using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>The rules on how a lock is written (TW2007 to TW2011) in members of every kind, helpers, partial and generic types.</summary>
public class LockFormShapeTests
{
    private const string Fields = """
            private static readonly object s_sync = new();
            private readonly object _sync = new();
            private readonly object _peer = new();
            private readonly Lock _lock = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly ReaderWriterLock _old = new();
            private readonly Mutex _mutex = new();
            private readonly List<int> _items = [];
            private int _n;
            private void In() => InCore();
            private void InCore() => Monitor.Enter(_sync);
            private void Out() => OutCore();
            private void OutCore() => Monitor.Exit(_sync);
        """;

    private static Task Check(string id, string members) => Verify.Rule(id, "class C\n{\n" + Fields + "\n" + members + "\n}");

    [Theory]
    [InlineData("async Task M(Task t) { In(); _n++; {|TW2007:await|} t; Out(); }")]
    [InlineData("IEnumerable<int> M() { In(); try { {|TW2007:yield|} return _n; } finally { Out(); } }")]
    [InlineData("async IAsyncEnumerable<int> M() { _rw.EnterReadLock(); try { {|TW2007:yield|} return _n; } finally { _rw.ExitReadLock(); } await Task.Yield(); }")]
    [InlineData("async Task M(Task t) { _old.AcquireWriterLock(-1); try { {|TW2007:await|} t; } finally { _old.ReleaseWriterLock(); } }")]
    [InlineData("async Task M(Task<int> t) { _lock.Enter(); try { _n = {|TW2007:await|} t; } finally { _lock.Exit(); } }")]
    [InlineData("async Task M(Task t) { if (!_mutex.WaitOne(10)) return; try { {|TW2007:await|} t; } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("async Task M(Task t) { await L(); async Task L() { Monitor.Enter(_sync); try { {|TW2007:await|} t; } finally { Monitor.Exit(_sync); } } }")]
    [InlineData("async Task M(IEnumerable<Task> all) { foreach (var t in all) { Monitor.Enter(_sync); try { {|TW2007:await|} t; } finally { Monitor.Exit(_sync); } } }")]
    [InlineData("async Task<T> M<T>(Func<Task<T>> f) { var taken = false; try { Monitor.Enter(_sync, ref taken); return {|TW2007:await|} f(); } finally { if (taken) Monitor.Exit(_sync); } }")]
    [InlineData("async void M(object? o, EventArgs e) { Monitor.Enter(_sync); try { {|TW2007:await|} Task.Delay(1); } finally { Monitor.Exit(_sync); } }")]
    [InlineData("async Task M(Stream s) { _rw.EnterUpgradeableReadLock(); try { {|TW2007:await|} using var w = new StreamWriter(s); _n++; } finally { _rw.ExitUpgradeableReadLock(); } }")]
    public Task An_await_under_a_lock_of_a_thread(string member) => Check("TW2007", member);

    [Theory]
    [InlineData("async Task M(Task t) { In(); _n++; Out(); await t; In(); _n--; Out(); }")]
    [InlineData("IEnumerable<int> M() { int[] copy; In(); try { copy = _items.ToArray(); } finally { Out(); } foreach (var i in copy) yield return i; }")]
    [InlineData("async Task M(Task t) { bool found; lock (_sync) { found = _n > 3; } if (found) await t; }")]
    [InlineData("async Task M(Task t) { await _gate.WaitAsync(); try { lock (_sync) { _n++; } await t; } finally { _gate.Release(); } }")]
    [InlineData("async Task M(Func<Task> f) { Task t; Monitor.Enter(_sync); try { t = f(); } finally { Monitor.Exit(_sync); } await t; }")]
    [InlineData("async Task M(Task t) { Monitor.Enter(_sync); if (_n > 3) { Monitor.Exit(_sync); await t; return; } _n++; Monitor.Exit(_sync); }")]
    [InlineData("async Task M(Task t) { if (_rw.TryEnterReadLock(0)) { try { _n++; } finally { _rw.ExitReadLock(); } return; } await t; }")]
    [InlineData("async Task M(Task t) { Monitor.Enter(_sync); try { _n++; } finally { Monitor.Exit(_sync); } await foreach (var i in Each()) _n += i; async IAsyncEnumerable<int> Each() { await t; yield return 1; } }")]
    [InlineData("Task M(Func<Task> f) { lock (_sync) { return Task.Run(async () => { await f(); }); } }")]
    [InlineData("async Task M(Task t) { using (_lock.EnterScope()) { _n++; } await t; }")]
    [InlineData("void M(Task t) { Monitor.Enter(_sync); try { L().Wait(); } finally { Monitor.Exit(_sync); } async Task L() { await t; } }")]
    public Task No_await_under_a_lock_of_a_thread(string member) => Check("TW2007", member);

    [Theory]
    [InlineData("~C() { _lock.{|TW2008:EnterScope()|}; _n++; }")]
    [InlineData("public static C operator +(C c, int n) { c._lock.{|TW2008:EnterScope()|}; c._n += n; return c; }")]
    [InlineData("public int this[int i] { get { var s = _lock.{|TW2008:EnterScope()|}; if (i > 3) return 0; s.Dispose(); return _n; } }")]
    [InlineData("void M() { Three(); _n++; } void Three() => Two(); void Two() => One(); void One() => _lock.{|TW2008:EnterScope()|};")]
    [InlineData("void M(int n) { {|TW2008:Three()|}; _n += n; } Lock.Scope Three() => Two(); Lock.Scope Two() => One(); Lock.Scope One() => _lock.EnterScope();")]
    [InlineData("void M<T>(List<T> all) { foreach (var one in all) { var s = _lock.{|TW2008:EnterScope()|}; if (one is null) continue; _n++; s.Dispose(); } }")]
    [InlineData("string M(string s) { var scope = _lock.{|TW2008:EnterScope()|}; try { return s.Trim(); } finally { _n++; } }")]
    public Task A_scope_that_stays_open(string member) => Check("TW2008", member);

    [Theory]
    [InlineData("void M(int n) { using (Three()) _n += n; } Lock.Scope Three() => Two(); Lock.Scope Two() => One(); Lock.Scope One() => _lock.EnterScope();")]
    [InlineData("public int this[int i] { get { using var s = _lock.EnterScope(); if (i > 3) return 0; return _n; } }")]
    [InlineData("void M<T>(List<T> all) { foreach (var one in all) { using var s = _lock.EnterScope(); if (one is null) continue; _n++; } }")]
    [InlineData("string M(string s) { var scope = _lock.EnterScope(); try { return s.Trim(); } finally { _n++; scope.Dispose(); } }")]
    [InlineData("Lock.Scope Enter(int n) { var s = _lock.EnterScope(); if (n > 3) { s.Dispose(); return default; } return s; }")]
    public Task A_scope_that_is_closed(string member) => Check("TW2008", member);

    [Theory]
    [InlineData("public int P { set { Monitor.{|TW2009:Enter(_sync)|}; try { _n = value; } finally { Monitor.Exit(_sync); } } }")]
    [InlineData("public int this[int i] { get { Monitor.{|TW2009:Enter(_items)|}; try { return _items[i]; } finally { Monitor.Exit(_items); } } }")]
    [InlineData("public event Action E { add { Monitor.{|TW2009:Enter(_sync)|}; try { _n++; } finally { Monitor.Exit(_sync); } } remove { } }")]
    [InlineData("public C() { Monitor.{|TW2009:Enter(s_sync)|}; try { _n = 1; } finally { Monitor.Exit(s_sync); } }")]
    [InlineData("static C() { Monitor.{|TW2009:Enter(s_sync)|}; try { Console.WriteLine(); } finally { Monitor.Exit(s_sync); } }")]
    [InlineData("~C() { _lock.{|TW2009:Enter()|}; try { _n = 1; } finally { _lock.Exit(); } }")]
    [InlineData("void M() { L(); void L() { Monitor.{|TW2009:Enter(_sync)|}; try { _n++; } finally { Monitor.Exit(_sync); } } }")]
    [InlineData("Task M() => Task.Run(async () => { await Task.Yield(); Monitor.{|TW2009:Enter(_sync)|}; try { _n++; } finally { Monitor.Exit(_sync); } });")]
    [InlineData("void M(int n) { switch (n) { case 1: Monitor.{|TW2009:Enter(_sync)|}; try { _n++; } finally { Monitor.Exit(_sync); } break; } }")]
    [InlineData("int M(int n) { for (;;) { Monitor.{|TW2009:Enter(_sync)|}; try { if (_n > n) return n; _n++; } finally { Monitor.Exit(_sync); } } }")]
    public Task A_pair_that_lock_says(string member) => Check("TW2009", member);

    [Theory]
    [InlineData("void M() { In(); try { _n++; } finally { Out(); } }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { _n++; } finally { Out(); } }")]
    [InlineData("void M(bool b) { var gate = b ? _sync : _peer; Monitor.Enter(gate); Monitor.Exit(b ? _sync : _peer); }")]
    [InlineData("void M() { Monitor.Enter(_sync); Monitor.Enter(_peer); try { _n++; } finally { Monitor.Exit(_peer); Monitor.Exit(_sync); } }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { _n++; } finally { Monitor.PulseAll(_sync); Monitor.Exit(_sync); } }")]
    [InlineData("bool M() { var t = false; try { Monitor.Enter(_sync, ref t); _n++; } finally { if (t) Monitor.Exit(_sync); } return t; }")]
    [InlineData("void M() { var t = false; try { Monitor.Enter(_sync, ref t); _n++; } catch (Exception) when (t) { _n = 0; } finally { if (t) Monitor.Exit(_sync); } }")]
    [InlineData("async IAsyncEnumerable<int> M() { Monitor.Enter(_sync); try { yield return _n; } finally { Monitor.Exit(_sync); } await Task.Yield(); }")]
    public Task A_pair_that_lock_does_not_say(string member) => Verify.Rule("TW2009", "#pragma warning disable TW2007\nclass C\n{\n" + Fields + "\n" + member + "\n}");

    [Theory]
    [InlineData("public int P { get { {|TW2010:lock (_sync)|} { } return _n; } set { {|TW2010:lock (_sync)|} { } _n = value; } }")]
    [InlineData("public event Action E { add { {|TW2010:lock (_sync)|} { } } remove { } }")]
    [InlineData("~C() { Monitor.{|TW2010:Enter(_sync)|}; Monitor.Exit(_sync); }")]
    [InlineData("void M<T>(T gate) where T : class { {|TW2010:lock (gate)|} { } }")]
    [InlineData("void M() { L(); void L() { {|TW2010:lock (_sync)|} { } } }")]
    [InlineData("async Task M() { await Task.Yield(); {|TW2010:lock (_sync)|} { } await Task.Yield(); }")]
    [InlineData("void M(int n) { for (; n > 0; n--) {|TW2010:lock (_sync)|} { } }")]
    [InlineData("void M(int n) { if (n > 3) {|TW2010:lock (_sync)|} { } else _n++; }")]
    [InlineData("void M() { _rw.{|TW2010:EnterUpgradeableReadLock()|}; _rw.ExitUpgradeableReadLock(); }")]
    public Task An_empty_section(string member) => Check("TW2010", member);

    [Theory]
    [InlineData("void M() { In(); Out(); }")]
    [InlineData("void M() { lock (_sync) { L(); } void L() { } }")]
    [InlineData("void M() { lock (_sync) { _ = _n; } }")]
    [InlineData("void M() { lock (_sync) { if (_n > 3) { } } }")]
    [InlineData("void M() { lock (_sync) { using (new MemoryStream()) { } } }")]
    [InlineData("int M() { lock (_sync) return _n; }")]
    [InlineData("void M() { lock (_sync) { Thread.MemoryBarrier(); } }")]
    [InlineData("void M() { lock (_sync) { lock (_peer) { /* all who were inside have left */ } } }")]
    public Task A_section_with_something_in_it(string member) => Check("TW2010", member);

    private const string Use = "public void Use() { s.Wait(); try { n++; } finally { s.Release(); } }";

    [Theory]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new(1)|}; int P { get { s.Wait(); try { return n; } finally { s.Release(); } } }")]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new(1)|}; async Task<T> M<T>(Func<Task<T>> f) { await s.WaitAsync(); try { return await f(); } finally { s.Release(); } }")]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new(1)|}; async Task M() { await L(); async Task L() { await s.WaitAsync(); try { n++; } finally { s.Release(); } } }")]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new(1)|}; async Task M(CancellationToken ct) { if (!await s.WaitAsync(100, ct)) return; try { n++; } finally { s.Release(); } }")]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new(1)|}; async IAsyncEnumerable<int> M() { await s.WaitAsync(); try { n++; } finally { s.Release(); } yield return n; }")]
    [InlineData("private static readonly SemaphoreSlim s = {|TW2011:new(1)|}; static C() { s.Wait(); s.Release(); }")]
    public Task A_gate_without_a_maximum(string members) => Verify.Rule("TW2011", Class(members + Use));

    [Fact]
    public Task A_gate_that_a_helper_takes() => Verify.Rule(
        "TW2011", Class("private readonly SemaphoreSlim s = {|TW2011:new(1)|}; void In() => InCore(); void InCore() => s.Wait(); void M() { In(); try { n++; } finally { s.Release(); } }"));

    [Theory]
    [InlineData("private readonly SemaphoreSlim s = new(1, 1); void In() => InCore(); void InCore() => s.Wait(); void M() { In(); try { n++; } finally { s.Release(); } }")]
    [InlineData("private readonly SemaphoreSlim s = new(1); void In() => InCore(); void InCore() => s.Wait(); public void Out() => s.Release();")]
    [InlineData("private readonly SemaphoreSlim s = new(1); public Task Begin() => BeginCore(); Task BeginCore() => s.WaitAsync(); public void End() => EndCore(); void EndCore() => s.Release();")]
    [InlineData("private readonly SemaphoreSlim s = new(1); async Task Pump(CancellationToken ct) { while (!ct.IsCancellationRequested) { await s.WaitAsync(ct); n++; } } void OnNews(object? o, EventArgs e) => s.Release();")]
    [InlineData("private readonly SemaphoreSlim s = new(1); void Tick(object? state) => s.Release(); Timer Start() => new(Tick); void M() => s.Wait();")]
    public Task A_semaphore_that_is_no_gate_or_has_a_maximum(string members) => Verify.Rule("TW2011", Class(members));

    [Fact]
    public Task Awaits_and_scopes_at_top_level() => Verify.Rule("TW2007", """
        var sync = new object();
        var count = 0;
        Monitor.Enter(sync);
        {|TW2007:await|} Task.Yield();
        Monitor.Exit(sync);
        await Add();
        async Task Add()
        {
            Monitor.Enter(sync);
            try { count++; }
            finally { Monitor.Exit(sync); }
            await Task.Yield();
        }
        """, static test => test.OutputKind = OutputKind.ConsoleApplication);

    private static string Class(string members) => $$"""
        class C
        {
            private int n;

            {{members}}
        }
        """;
}
