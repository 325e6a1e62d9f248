using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>Locks that members of the type take and give back: what is followed, and what is not and stays silent.</summary>
public class LockHelperTests
{
    private const string Helpers = """
            private readonly object _sync = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ReaderWriterLockSlim _rw = new();
            private int _value;
            private void Enter() => Monitor.Enter(_sync);
            private void Exit() { Monitor.Exit(_sync); }
            private bool TryEnter() => Monitor.TryEnter(_sync, 100);
            private void EnterDeep() { _value.ToString(); Enter(); }
            private void ExitDeep() => Exit();
            private Task GateAsync() => _gate.WaitAsync();
            private async Task GateAsync(CancellationToken token) => await _gate.WaitAsync(token).ConfigureAwait(false);
            private Task<bool> TryGateAsync() => _gate.WaitAsync(100);
            private void Leave() { try { _value++; } finally { _gate.Release(); } }
            private static void On(object o) { Monitor.Enter(o); }
            private static void Off(object o) { Monitor.Exit(o); }
            private void Work() { lock (_sync) { _value++; } }
            private void Balanced() { Monitor.Enter(_sync); try { _value++; } finally { Monitor.Exit(_sync); } }
        """;

    private static Task Check(string id, string members) => Verify.Rule(id, "class C\n{\n" + Helpers + "\n" + members + "\n}");

    [Theory]
    [InlineData("async Task M(Task t) { Enter(); {|TW2007:await|} t; Exit(); }")]
    [InlineData("async Task M(Task t) { EnterDeep(); {|TW2007:await|} t; ExitDeep(); }")]
    [InlineData("async Task M(Task t) { EnterDeep(); try { {|TW2007:await|} t; } finally { Monitor.Exit(_sync); } }")]
    [InlineData("async Task M(Task t) { Monitor.Enter(_sync); try { {|TW2007:await|} t; } finally { ExitDeep(); } }")]
    [InlineData("async Task M(Task t) { if (!TryEnter()) return; {|TW2007:await|} t; Exit(); }")]
    [InlineData("async Task M(Task t) { On(_sync); {|TW2007:await|} t; Off(_sync); }")]
    [InlineData("IEnumerable<int> M() { Enter(); {|TW2007:yield|} return 1; Exit(); }")]
    public Task Await_under_a_lock_that_a_helper_takes(string member) => Check("TW2007", member);

    [Theory]
    [InlineData("void M() { Enter(); Exit(); {|TW2003:Exit()|}; }")]
    [InlineData("void M() { EnterDeep(); ExitDeep(); {|TW2003:Exit()|}; }")]
    [InlineData("void M() { if (TryEnter()) { _value++; } {|TW2003:Exit()|}; }")]
    [InlineData("async Task M(CancellationToken ct) { try { await {|TW2003:GateAsync(ct)|}; _value++; } finally { _gate.Release(); } }")]
    [InlineData("async Task M(CancellationToken ct) { try { await {|TW2003:GateAsync(ct)|}; _value++; } finally { Leave(); } }")]
    [InlineData("async Task M() { try { await {|TW2013:GateAsync()|}; _value++; } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { var ok = await {|TW2006:TryGateAsync()|}; try { _value++; } finally { Leave(); } }")]
    [InlineData("void M(object o) { On(o); Off(o); {|TW2003:Off(o)|}; }")]
    public Task Pairs_through_helpers(string member) => Check("TW2003", member);

    [Theory]
    [InlineData("void M() { Enter(); try { _value++; } finally { Exit(); } }")]
    [InlineData("void M() { Enter(); Exit(); Enter(); Exit(); }")]
    [InlineData("void M() { if (!TryEnter()) return; try { _value++; } finally { Exit(); } }")]
    [InlineData("void M() { bool ok = TryEnter(); try { _value++; } finally { if (ok) Exit(); } }")]
    [InlineData("async Task M(Task t) { Enter(); Exit(); await t; }")]
    [InlineData("async Task M(Task t) { Work(); await t; Balanced(); await t; }")]
    [InlineData("async Task M(Task t) { await GateAsync(); try { await t; } finally { Leave(); } }")]
    [InlineData("async Task M() { var wait = GateAsync(); await wait; _gate.Release(); }")]
    [InlineData("async Task M() { if (await TryGateAsync()) { try { _value++; } finally { Leave(); } } }")]
    [InlineData("void M(object a, object b) { On(a); On(b); Off(b); Off(a); }")]
    [InlineData("void M(C other) { other.Enter(); Enter(); Exit(); other.Exit(); }")]
    [InlineData("void M(C[] others, int i) { others[i].Enter(); try { _value++; } finally { others[i].Exit(); } }")]
    [InlineData("void M() { Recursive(2); Exit(); } void Recursive(int n) { if (n > 0) Recursive(n - 1); else Enter(); }")]
    [InlineData("void M() { Maybe(true); Exit(); Exit(); } void Maybe(bool b) { if (b) Enter(); }")]
    [InlineData("void M() { V(); Exit(); Exit(); } protected virtual void V() { Enter(); }")]
    [InlineData("async Task M(Task t) { using (Guard()) { } await t; Exit(); } IDisposable Guard() { Enter(); return new MemoryStream(); }")]
    [InlineData("void M() { bool taken = false; try { Flag(ref taken); } finally { if (taken) Exit(); } } void Flag(ref bool taken) => Monitor.Enter(_sync, ref taken);")]
    [InlineData("void M() { Action a = Enter; a(); Exit(); }")]
    [InlineData("void M() { Enter(); Task.Run(Exit); }")]
    [InlineData("void M() { Enter(); try { Inverse(); } finally { Exit(); } } void Inverse() { Exit(); try { _value++; } finally { Enter(); } }")]
    [InlineData("void M() { Balanced(); Exit(); }")]
    public Task Innocent(string member) => Check("TW2003", member);

    /// <summary>The helper stands in another part of the type or in a base type in the same compilation.</summary>
    [Fact]
    public Task Helpers_in_another_part() => Verify.Rule("TW2003", """
        partial class C
        {
            void M() { Enter(); Exit(); {|TW2003:Exit()|}; }
            void Right() { Enter(); try { } finally { Exit(); } }
        }
        """, static test => test.TestState.Sources.Add(("Other.cs", """
        partial class C
        {
            private readonly object _sync = new();
            void Enter() => Monitor.Enter(_sync);
            void Exit() => Monitor.Exit(_sync);
        }
        """)));

    [Fact]
    public Task Helpers_beside_a_primary_constructor() => Verify.Rule("TW2001", """
        class C(Stream work)
        {
            private readonly object _sync = new();
            void M(int n) { {|TW2001:Enter()|}; if (n > 3) return; work.Flush(); Exit(); }
            private void Enter() => Monitor.Enter(_sync);
            private void Exit() => Monitor.Exit(_sync);
        }
        """);

    private const string Base = """
        abstract class B
        {
            private readonly object _sync = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private static readonly ReaderWriterLockSlim s_rw = new();
            protected int _value;
            protected void Enter() => Monitor.Enter(_sync);
            protected void Exit() { Monitor.Exit(this._sync); }
            protected Task GateAsync(CancellationToken token) => _gate.WaitAsync(token);
            protected async Task GateAsync() { await _gate.WaitAsync().ConfigureAwait(false); }
            protected void Leave() => _gate.Release();
            protected static void Read() => s_rw.EnterReadLock();
            protected static void Done() => s_rw.ExitReadLock();
            protected void Lost() => _gate.WaitAsync();
        }
        """;

    /// <summary>Members that keep books, check or assert beside the lock call.</summary>
    private const string Books = """
        abstract class B
        {
            private readonly object _sync = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ReaderWriterLockSlim _rw = new();
            private bool _disposed;
            private int _depth;
            private int _owner;
            protected int _value;
            protected void Enter() { Monitor.Enter(_sync); _depth++; _owner = Environment.CurrentManagedThreadId; }
            protected void Exit() { System.Diagnostics.Debug.Assert(_depth > 0); --_depth; Monitor.Exit(_sync); }
            protected void Checked(string why) { if (why is null) throw new ArgumentNullException(nameof(why)); ArgumentNullException.ThrowIfNull(why); Monitor.Enter(_sync); _depth += 1; }
            protected void Guarded() { Monitor.Enter(_sync); if (_disposed) { Monitor.Exit(_sync); throw new ObjectDisposedException("B"); } }
            protected async Task GateAsync(CancellationToken token) { ObjectDisposedException.ThrowIf(_disposed, this); await _gate.WaitAsync(token).ConfigureAwait(false); _depth++; }
            protected Task GateAsync() { _depth++; return _gate.WaitAsync(); }
            protected void Leave() { try { _depth--; } finally { _gate.Release(); } }
            protected void Read() { try { _rw.EnterReadLock(); } catch (LockRecursionException) { _depth = 0; throw; } }
            protected void Done() { int before = _depth; _depth = before - 1; _rw.ExitReadLock(); return; }
        }
        """;

    [Theory]
    [InlineData("TW2003", "void M() { Enter(); Exit(); {|TW2003:Exit()|}; }")]
    [InlineData("TW2001", "void M(int n) { {|TW2001:Enter()|}; if (n > 3) return; _value++; Exit(); }")]
    [InlineData("TW2001", "void M(int n) { {|TW2001:Checked(\"a\")|}; if (n > 3) return; _value++; Exit(); }")]
    [InlineData("TW2001", "void M(int n) { {|TW2001:Guarded()|}; if (n > 3) return; _value++; Exit(); }")]
    [InlineData("TW2001", "void M(int n) { {|TW2001:Read()|}; if (n > 3) return; _value++; Done(); }")]
    [InlineData("TW2001", "void M(int n) { {|TW2001:In()|}; if (n > 3) throw new ArgumentException(); _value++; Out(); } void In() => Guarded(); void Out() => Exit();")]
    [InlineData("TW2001", "async Task M(int n, CancellationToken ct) { await {|TW2001:GateAsync(ct)|}; while (n-- > 0) { if (n == 7) return; _value++; } Leave(); }")]
    [InlineData("TW2003", "async Task M(CancellationToken ct) { try { await {|TW2003:GateAsync(ct)|}; _value++; } finally { Leave(); } }")]
    [InlineData("TW2003", "void M() { Read(); Done(); {|TW2003:Done()|}; }")]
    [InlineData("TW2013", "async Task M() { try { await {|TW2013:GateAsync()|}; _value++; } finally { Leave(); } }")]
    [InlineData("TW2007", "async Task M(Task t) { Enter(); try { {|TW2007:await|} t; } finally { Exit(); } }")]
    [InlineData("TW2007", "async Task M(Task t) { Guarded(); try { {|TW2007:await|} t; } finally { Exit(); } }")]
    [InlineData("TW2007", "IEnumerable<int> M() { Read(); {|TW2007:yield|} return 1; Done(); }")]
    public Task Helpers_of_a_base_type_that_keep_books(string id, string member) => Verify.Rule(id, $"class C : B\n{{\n{member}\n}}", static test => test.TestState.Sources.Add(("B.cs", Books)));

    [Theory]
    [InlineData("void M() { Enter(); try { _value++; } finally { Exit(); } }")]
    [InlineData("void M(int n) { Checked(\"a\"); try { if (n > 3) return; _value++; } finally { Exit(); } }")]
    [InlineData("void M() { Guarded(); _value++; Exit(); Enter(); Exit(); }")]
    [InlineData("void M() { Read(); try { _value++; } finally { Done(); } Enter(); Exit(); }")]
    [InlineData("async Task M(Task t, CancellationToken ct) { await GateAsync(ct); try { await t; } finally { Leave(); } }")]
    [InlineData("async Task M(Task t) { await GateAsync(); try { await t; } finally { Leave(); } }")]
    [InlineData("void Begin() => Enter(); void End() => Exit();")]
    [InlineData("void Begin(int n) { Guarded(); if (n > 3) return; _value++; } void End() { _value--; Exit(); }")]
    public async Task Helpers_of_a_base_type_that_keep_books_used_well(string member)
    {
        foreach (var id in new[] { "TW2001", "TW2002", "TW2003", "TW2005", "TW2007" })
        {
            await Verify.Rule(id, $"class C : B\n{{\n{member}\n}}", static test => test.TestState.Sources.Add(("B.cs", Books)));
        }
    }

    /// <summary>Some of its members decide about the lock, or may be replaced.</summary>
    private const string Unclear = """
        abstract class B
        {
            protected int _value;
            private int _depth;
            private bool _off;
            private readonly object _late = new();
            protected void Counted() { if (_value++ == 0) Monitor.Enter(_late); }
            protected void ExitLate() => Monitor.Exit(_late);
            private readonly object _deep = new();
            protected void Deep() { if (_off) return; _depth++; Monitor.Enter(_deep); }
            protected void Shallow() { if (_off) return; _depth--; Monitor.Exit(_deep); }
            private object _swapped = new();
            protected void Swap() { _swapped = new object(); Monitor.Enter(_swapped); }
            protected void Back() => Monitor.Exit(_swapped);
            private readonly object _twice = new();
            protected void Twice() { Monitor.Enter(_twice); Monitor.Enter(_twice); }
            protected void Once() => Monitor.Exit(_twice);
            private readonly object _caught = new();
            protected void Caught() { try { Monitor.Enter(_caught); } catch (ThreadInterruptedException) { _depth = 1; } }
            protected void Freed() => Monitor.Exit(_caught);
            private readonly object _run = new();
            protected void Run(Action then) { Monitor.Enter(_run); then(); }
            protected void Ran() => Monitor.Exit(_run);
            private readonly object _local = new();
            protected void Local() { object _local = new(); Monitor.Enter(_local); }
            protected void Global() => Monitor.Exit(_local);
            private readonly object _scoped = new();
            protected void Scoped() { lock (_scoped) { Monitor.Enter(_scoped); } }
            protected void Unscoped() => Monitor.Exit(_scoped);
            private readonly SemaphoreSlim _gate = new(1, 1);
            protected async Task Lost() { _ = _gate.WaitAsync(); _depth++; await Task.Yield(); }
            protected async Task Begun() { _depth++; _gate.WaitAsync(); }
            protected void Leave() { _depth--; _gate.Release(); }
            private readonly object _open = new();
            protected virtual void Open() => Monitor.Enter(_open);
            protected virtual void Close() => Monitor.Exit(_open);
            private readonly object _kept = new();
            protected void Keep() => Monitor.Enter(_kept);
            protected void Give() => Monitor.Exit(_kept);
            public void Dispose() { _value++; Monitor.Exit(_kept); }
        }
        """;

    /// <summary>A base type is a type of its own: only members that do little but take or give back a lock are followed.</summary>
    [Theory]
    [InlineData("TW2003", "void M() { Enter(); Exit(); {|TW2003:Exit()|}; }")]
    [InlineData("TW2001", "void M(int n) { {|TW2001:Enter()|}; if (n > 3) return; _value++; Exit(); }")]
    [InlineData("TW2001", "void M(int n) { {|TW2001:Read()|}; if (n > 3) return; _value++; Done(); }")]
    [InlineData("TW2001", "void M(int n) { base.{|TW2001:Enter()|}; if (n > 3) return; _value++; base.Exit(); }")]
    [InlineData("TW2003", "async Task M(CancellationToken ct) { try { await {|TW2003:GateAsync(ct)|}; _value++; } finally { Leave(); } }")]
    [InlineData("TW2013", "async Task M() { try { await {|TW2013:GateAsync()|}; _value++; } finally { Leave(); } }")]
    [InlineData("TW2007", "async Task M(Task t) { Enter(); try { {|TW2007:await|} t; } finally { Exit(); } }")]
    [InlineData("TW2001", "void M(int n) { {|TW2001:In()|}; if (n > 3) return; _value++; Out(); } void In() => Enter(); void Out() => Exit();")]
    public Task Helpers_of_a_base_type(string id, string member) => Verify.Rule(id, $"class C : B\n{{\n{member}\n}}", static test => test.TestState.Sources.Add(("B.cs", Base)));

    [Theory]
    [InlineData("void M() { Enter(); try { _value++; } finally { Exit(); } }")]
    [InlineData("void M(int n) { Lost(); if (n > 3) return; _value++; Leave(); }")]
    [InlineData("void Begin() => Enter(); void End() => Exit();")]
    [InlineData("void Begin() { Enter(); _value++; } void End() { _value--; Exit(); }")]
    [InlineData("async Task M(Task t) { await GateAsync(); try { await t; } finally { Leave(); } }")]
    [InlineData("void M(int n) { Enter(); try { if (n > 3) return; _value++; } finally { Exit(); } }")]
    [InlineData("void M() { Enter(); try { Inner(); } finally { Exit(); } } void Inner() { Exit(); try { _value++; } finally { Enter(); } }")]
    [InlineData("class G : IDisposable { public C? Owner; public void Dispose() => Owner!.Exit(); } IDisposable Guard() { Enter(); return new G { Owner = this }; }")]
    public async Task Helpers_of_a_base_type_used_well(string member)
    {
        foreach (var id in new[] { "TW2001", "TW2002", "TW2003", "TW2007" })
        {
            await Verify.Rule(id, $"class C : B\n{{\n{member}\n}}", static test => test.TestState.Sources.Add(("B.cs", Base)));
        }
    }

    [Theory]
    [InlineData("void M(int n) { Open(); if (n > 3) return; _value++; Close(); }")]
    [InlineData("void M(int n) { Counted(); if (n > 3) return; _value++; ExitLate(); }")]
    [InlineData("void M(int n) { Keep(); if (n > 3) return; _value++; Give(); }")]
    [InlineData("void M(int n) { Deep(); if (n > 3) return; _value++; Shallow(); }")]
    [InlineData("void M(int n) { Swap(); if (n > 3) return; _value++; Back(); }")]
    [InlineData("void M(int n) { Twice(); if (n > 3) return; _value++; Once(); }")]
    [InlineData("void M(int n) { Caught(); if (n > 3) return; _value++; Freed(); }")]
    [InlineData("void M(int n) { Run(() => { }); if (n > 3) return; _value++; Ran(); }")]
    [InlineData("void M(int n) { Local(); if (n > 3) return; _value++; Global(); }")]
    [InlineData("void M(int n) { Scoped(); if (n > 3) return; _value++; Unscoped(); }")]
    [InlineData("async Task M(int n) { await Lost(); if (n > 3) return; _value++; Leave(); }")]
    [InlineData("async Task M(int n) { await Begun(); if (n > 3) return; _value++; Leave(); }")]
    public Task Unclear_helpers_of_a_base_type(string member) => Verify.Rule("TW2001", $"class C : B\n{{\n{member}\n}}", static test => test.TestState.Sources.Add(("B.cs", Unclear)));
}
