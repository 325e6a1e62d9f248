using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2001Tests
{
    private const string Fields = """
            private readonly object _sync = new();
            private readonly object _other = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly Mutex _mutex = new();
            private readonly Lock _lock = new();
            private SpinLock _spin = new(false);
            private readonly Dictionary<int, string> _items = [];
            private int _value;
            private bool _closed;
        """;

    /// <summary>Behind the last arm of a switch expression, and past a pattern that takes every value, the compiler draws ways that no run takes.</summary>
    [Theory]
    [InlineData("void M(int x) { _gate.Wait(); _value = x switch { 0 => 1, _ => 2 }; _gate.Release(); }")]
    [InlineData("void M(int x) { Monitor.Enter(_sync); _value = x switch { 0 => 1, 3 => 5, var o => o }; Monitor.Exit(_sync); }")]
    [InlineData("void M(bool x) { _gate.Wait(); _value = x switch { true => 1, false => 2 }; _gate.Release(); }")]
    [InlineData("void M(int x) { _gate.Wait(); _value = x switch { < 0 => 1, 0 => 2, > 0 => 3 }; _gate.Release(); }")]
    [InlineData("void M(bool a, bool b) { _lock.Enter(); _value = (a, b) switch { (true, _) => 1, (false, true) => 2, (false, false) => 3 }; _lock.Exit(); }")]
    [InlineData("void M(string? s) { _gate.Wait(); _value = s switch { null => 1, { Length: var n } => n }; _gate.Release(); }")]
    [InlineData("void M(DayOfWeek day) { _gate.Wait(); _value = day switch { DayOfWeek.Sunday => 1, < DayOfWeek.Thursday => 2, _ => 3 }; _gate.Release(); }")]
    [InlineData("int M(int x) { _gate.Wait(); var r = x switch { 0 => 1, var o when o > 3 => 4, var o => o }; _gate.Release(); return r; }")]
    [InlineData("async Task<string> M(int x) { await _gate.WaitAsync(); var s = x switch { 0 => \"a\", _ => \"b\" }; _gate.Release(); return s; }")]
    [InlineData("void M(int x) { _gate.Wait(); switch (x) { case 0: _value = 1; _gate.Release(); break; case var o: _value = o; _gate.Release(); break; } }")]
    [InlineData("void M(int k) { _gate.Wait(); try { _value = k switch { 0 => 1, _ => 2 }; } catch { _gate.Release(); throw; } _gate.Release(); }")]
    [InlineData("void M(int k) { try { var m = k switch { 0 => 1, _ => 2 }; _gate.Wait(); _value = m; } finally { _gate.Release(); } }")]
    [InlineData("void M(int k) { if (!Take(k)) return; try { _value++; } finally { Give(); } } bool Take(int k) { if (k > 3) return false; _gate.Wait(); _value = k switch { 0 => 1, _ => 2 }; return true; } void Give() => _gate.Release();")]
    [InlineData("void M(int k) { _gate.{|TW2001:Wait()|}; _value = k switch { 0 => 1, 1 => 2, _ => throw new ArgumentException() }; _gate.Release(); }")]
    [InlineData("void M(int k) { _gate.{|TW2001:Wait()|}; var b = k switch { 0 => true, _ => false }; if (b) return; _gate.Release(); }")]
    public Task Choices_of_which_one_is_taken(string member) => Check(member);

    private static Task Check(string members) => Verify.Rule("TW2001", "class C\n{\n" + Fields + "\n" + members + "\n}");

    [Theory]
    [InlineData("bool Add(int k) { Monitor.{|TW2001:Enter(_sync)|}; if (_items.Count > k) return false; _value++; Monitor.Exit(_sync); return true; }")]
    [InlineData("void M(int n) { _mutex.{|TW2001:WaitOne()|}; if (n < 0) throw new ArgumentException(); _value++; _mutex.ReleaseMutex(); }")]
    [InlineData("void M(int n) { _lock.{|TW2001:Enter()|}; if (n == 0) { return; } _lock.Exit(); }")]
    [InlineData("void M(int n) { _rw.{|TW2001:EnterReadLock()|}; switch (n) { case 1: return; case 2: _value++; break; } _rw.ExitReadLock(); }")]
    [InlineData("void M(int[] all) { foreach (var i in all) { _rw.{|TW2001:EnterWriteLock()|}; if (i < 0) continue; _value++; _rw.ExitWriteLock(); } }")]
    [InlineData("void M(int[] all) { foreach (var i in all) { Monitor.{|TW2001:Enter(_sync)|}; if (i < 0) break; _value++; Monitor.Exit(_sync); } }")]
    [InlineData("async Task M(int n) { await _gate.{|TW2001:WaitAsync()|}; if (n > 3) return; _value++; _gate.Release(); }")]
    [InlineData("async Task M(int n) { await _gate.{|TW2001:WaitAsync()|}.ConfigureAwait(false); if (n > 3) { _value++; _gate.Release(); } }")]
    [InlineData("void M(int n) { if (!Monitor.{|TW2001:TryEnter(_sync, 100)|}) return; if (n > 3) return; Monitor.Exit(_sync); }")]
    [InlineData("void M(int n) { Monitor.{|TW2001:Enter(_sync)|}; if (n > 3) goto end; Monitor.Exit(_sync); end: _value++; }")]
    [InlineData("int M(int n) { _gate.{|TW2001:Wait()|}; if (n > 3) { _gate.Release(); return 1; } else if (n > 2) { return 2; } _gate.Release(); return 3; }")]
    [InlineData("int P { get { Monitor.{|TW2001:Enter(_sync)|}; if (_value > 3) return 0; Monitor.Exit(_sync); return _value; } }")]
    [InlineData("C(int n) { Monitor.{|TW2001:Enter(_other)|}; if (n > 3) return; Monitor.Exit(_other); }")]
    [InlineData("void M(int n) { L(n); void L(int m) { Monitor.{|TW2001:Enter(_sync)|}; if (m > 3) return; Monitor.Exit(_sync); } }")]
    [InlineData("void M() { Action<int> a = m => { Monitor.{|TW2001:Enter(_sync)|}; if (m > 3) return; Monitor.Exit(_sync); }; a(1); }")]
    [InlineData("void M(int n) { {|TW2001:In()|}; if (n > 3) return; Out(); } void In() => Monitor.Enter(_sync); void Out() => Monitor.Exit(_sync);")]
    [InlineData("void M(string s) { Monitor.{|TW2001:Enter(_sync)|}; if (string.IsNullOrEmpty(s)) Throw(); _value++; Monitor.Exit(_sync); } static void Throw() => throw new Exception();")]
    [InlineData("void M(object sync, int n) { Monitor.{|TW2001:Enter(sync)|}; if (n > 3) return; Monitor.Exit(sync); }")]
    public Task A_way_out_past_the_release(string member) => Check(member);

    /// <summary>The path that keeps the lock gives it to whoever releases it; another path that just leaves does not.</summary>
    [Theory]
    [InlineData("IDisposable? M(int n) { _gate.Wait(); if (n > 3) { _gate.Release(); return null; } return new Lease(this); }")]
    [InlineData("async Task<IDisposable?> M(int n) { await _gate.WaitAsync(); if (n > 3) { _gate.Release(); return null; } return new Lease(this); }")]
    [InlineData("bool M(int n, out IDisposable? lease) { _gate.Wait(); if (n > 3) { _gate.Release(); lease = null; return false; } lease = new Lease(this); return true; }")]
    [InlineData("SemaphoreSlim? M(int n) { _gate.Wait(); if (n > 3) { _gate.Release(); return null; } return _gate; }")]
    [InlineData("bool M(int n) { _gate.Wait(); if (n > 3) { _gate.Release(); return false; } Kept = _gate; return true; }")]
    [InlineData("IDisposable? M(int n) { _gate.{|TW2001:Wait()|}; if (n < 0) return null; if (n > 3) { _gate.Release(); return null; } return new Lease(this); }")]
    [InlineData("object? M(int n) { _gate.{|TW2001:Wait()|}; if (n > 3) { _gate.Release(); return null; } return new Other(this); }")]
    [InlineData("object? M(int n) { _gate.{|TW2001:Wait()|}; if (n > 3) { _gate.Release(); return null; } return new List<int>(); }")]
    public Task A_path_that_gives_the_lock_away(string member) => Check(member + """

            public SemaphoreSlim? Kept;
            private sealed class Lease(C owner) : IDisposable { public void Dispose() => owner._gate.Release(); }
        }
        class Other(C owner)
        {
            public C Owner => owner;
        """);

    /// <summary>What the caller could be told by a result, an exception does not tell it.</summary>
    [Theory]
    [InlineData("protected readonly object Sync = new(); public int M(int n) { Monitor.{|TW2001:Enter(Sync)|}; if (n < 0) throw new ArgumentException(); _value += n; Monitor.Exit(Sync); return _value; }")]
    [InlineData("protected readonly object Sync = new(); public int M(int n) { Monitor.Enter(Sync); if (n < 0) return -1; _value += n; Monitor.Exit(Sync); return _value; }")]
    public Task A_lock_of_others_that_an_exception_leaves_behind(string member) => Check(member);

    /// <summary>The first who comes takes the lock for all, and the last who goes gives it back: the two are calls of one method, and not the same call.</summary>
    [Theory]
    [InlineData("async Task M(Task t) { await _gate.WaitAsync(); try { if (++_value == 1) await _room.WaitAsync(); } finally { _gate.Release(); } try { await t; } finally { await _gate.WaitAsync(); if (--_value == 0) _room.Release(); _gate.Release(); } }")]
    [InlineData("async Task<int> M(Task<int> t) { await _gate.WaitAsync(); _value++; if (_value == 1) await _room.WaitAsync(); _gate.Release(); try { return await t; } finally { await _gate.WaitAsync(); _value--; if (_value == 0) _room.Release(); _gate.Release(); } }")]
    [InlineData("async Task M(Task t) { await _gate.WaitAsync(); try { if (_value++ == 0) { await _room.WaitAsync(); } } finally { _gate.Release(); } try { await t; } finally { await _gate.WaitAsync(); try { if (--_value == 0) { _room.Release(); } } finally { _gate.Release(); } } }")]
    [InlineData("void M(Action a) { lock (_sync) { if (_value++ == 0) _room.Wait(); } try { a(); } finally { lock (_sync) { if (--_value == 0) _room.Release(); } } }")]
    [InlineData("void M(Action a) { if (Interlocked.Increment(ref _value) == 1) _room.Wait(); try { a(); } finally { if (Interlocked.Decrement(ref _value) == 0) _room.Release(); } }")]
    public Task The_last_one_gives_back_what_the_first_one_took(string member) => Check("    private readonly SemaphoreSlim _room = new(1, 1);\n" + member);

    [Theory]
    [InlineData("void M(int n) { Monitor.Enter(_sync); try { if (n > 3) return; } finally { Monitor.Exit(_sync); } }")]
    [InlineData("bool M(int n) { Monitor.Enter(_sync); if (n > 3) { Monitor.Exit(_sync); return false; } _value++; Monitor.Exit(_sync); return true; }")]
    [InlineData("void M(int n) { if (n > 3) Monitor.Enter(_sync); _value++; if (n > 3) Monitor.Exit(_sync); }")]
    [InlineData("void M(int n) { if (n > 3) Monitor.Enter(_sync); _value++; if (n >= 4) Monitor.Exit(_sync); }")]
    [InlineData("void M(int n) { var own = n > 3; if (own) Monitor.Enter(_sync); _value++; if (own) Monitor.Exit(_sync); }")]
    [InlineData("void M() { bool taken = false; try { Monitor.Enter(_sync, ref taken); _value++; } finally { if (taken) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { bool taken = false; _spin.Enter(ref taken); _value++; if (taken) _spin.Exit(); }")]
    [InlineData("void M() { if (Monitor.TryEnter(_sync)) { _value++; Monitor.Exit(_sync); } }")]
    [InlineData("void M() { if (!Monitor.TryEnter(_sync)) { return; } _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M() { if (!_mutex.WaitOne(0)) return; _value++; _mutex.ReleaseMutex(); }")]
    [InlineData("void M(int n) { var release = true; Monitor.Enter(_sync); if (n > 3) release = false; if (release) Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); _value++; if (Monitor.IsEntered(_sync)) Monitor.Exit(_sync); }")]
    [InlineData("void M() { _rw.EnterReadLock(); _value++; if (_rw.IsReadLockHeld) _rw.ExitReadLock(); }")]
    [InlineData("bool Begin() { Monitor.Enter(_sync); if (_closed) { Monitor.Exit(_sync); return false; } return true; } void End() => Monitor.Exit(_sync);")]
    [InlineData("void Begin(int n) { _gate.Wait(); if (n > 3) { _gate.Release(); } } void End() => _gate.Release();")]
    [InlineData("async Task M(Task t, int n) { await _gate.WaitAsync(); if (n > 3) { _ = t.ContinueWith(_ => _gate.Release()); return; } _gate.Release(); }")]
    [InlineData("void M(int n) { Monitor.Enter(_sync); if (n > 3) { Environment.Exit(1); } Monitor.Exit(_sync); }")]
    [InlineData("void M(int n) { Monitor.Enter(_sync); if (n > 3) { Environment.FailFast(null); } Monitor.Exit(_sync); }")]
    [InlineData("void M(int n) { Monitor.Enter(_sync); while (true) { if (n > 3) break; n++; } Monitor.Exit(_sync); }")]
    [InlineData("void M(int[] all) { foreach (var i in all) { Monitor.Enter(_sync); if (i < 0) { Monitor.Exit(_sync); continue; } _value++; Monitor.Exit(_sync); } }")]
    [InlineData("void M(int n) { lock (_sync) { Monitor.Exit(_sync); try { if (n > 3) return; } finally { Monitor.Enter(_sync); } } }")]
    [InlineData("void M(int n) { _rw.EnterUpgradeableReadLock(); try { if (n > 3) { _rw.EnterWriteLock(); try { _value++; } finally { _rw.ExitWriteLock(); } } } finally { _rw.ExitUpgradeableReadLock(); } }")]
    [InlineData("void M(int n) { Monitor.Enter(_sync); if (n > 3) { Out(); return; } Monitor.Exit(_sync); } void Out() => Monitor.Exit(_sync);")]
    [InlineData("void M(C next) { Monitor.Enter(_sync); while (next != null) { Monitor.Enter(next._sync); Monitor.Exit(_sync); next = null!; } }")]
    [InlineData("bool M(object sync, int n) { Monitor.Enter(sync); if (n > 3) { Monitor.Exit(sync); return false; } return true; }")]
    [InlineData("void M(int n) { try { Monitor.Enter(_sync); if (n > 3) return; } finally { Monitor.Exit(_sync); } }")]
    [InlineData("void M(int n) { Monitor.Enter(_sync); if (n > 3) { try { _value++; } finally { Monitor.Exit(_sync); } } else { Monitor.Exit(_sync); } }")]
    [InlineData("void M(string s) { Monitor.Enter(_sync); try { _value = int.Parse(s); } catch { Monitor.Exit(_sync); return; } Monitor.Exit(_sync); }")]
    [InlineData("void M(int n) { Action leave = () => Monitor.Exit(_sync); Monitor.Enter(_sync); if (n > 3) { leave(); return; } Monitor.Exit(_sync); }")]
    [InlineData("void M(int n) { while (n-- > 0) { Monitor.Enter(_sync); if (_value == 0) { Monitor.Exit(_sync); break; } Monitor.Exit(_sync); } }")]
    [InlineData("void M() { Monitor.Enter(_sync); Monitor.Enter(_sync); _value++; Monitor.Exit(_sync); Monitor.Exit(_sync); }")]
    [InlineData("async Task M(int n) { if (n > 3) await _gate.WaitAsync(); try { _value++; } finally { if (n > 3) _gate.Release(); } }")]
    [InlineData("void M(object? held) { if (held != null) Monitor.Enter(held); _value++; if (held != null) Monitor.Exit(held); }")]
    public Task Innocent(string member) => Check(member);

    /// <summary>A field or property that the function does not write, and that decides about more than the release, is no flag about it.</summary>
    [Theory]
    [InlineData("void M() { Monitor.{|TW2001:Enter(_sync)|}; if (_closed) return; _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.{|TW2001:Enter(_sync)|}; if (this._closed) { _value--; return; } _value++; Monitor.Exit(_sync); } void Close() { Monitor.Enter(_sync); _closed = true; Monitor.Exit(_sync); }")]
    [InlineData("async Task M() { await _gate.{|TW2001:WaitAsync()|}; if (_closed) throw new ObjectDisposedException(nameof(C)); _value++; _gate.Release(); }")]
    [InlineData("async Task M(Task t) { await _gate.{|TW2001:WaitAsync()|}; if (t.IsCompleted) return; _value++; _gate.Release(); }")]
    [InlineData("void M(bool dry) { Monitor.{|TW2001:Enter(_sync)|}; if (dry) return; _value++; Monitor.Exit(_sync); }")]
    [InlineData("async Task M(bool dry, int n) { await _gate.{|TW2001:WaitAsync()|}; if (!dry) { _value += n; } else { return; } _gate.Release(); }")]
    [InlineData("void M(int n) { var none = n == 0; Monitor.{|TW2001:Enter(_sync)|}; if (none) return; _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M(C[] all) { Monitor.{|TW2001:Enter(_sync)|}; foreach (var c in all) { if (c._closed) throw new InvalidOperationException(); _value++; } Monitor.Exit(_sync); }")]
    [InlineData("void M(Func<bool> more) { while (more()) { Monitor.{|TW2001:Enter(_sync)|}; if (_value == 0) continue; _value--; Monitor.Exit(_sync); } }")]
    [InlineData("void M() { while (!_closed) { Monitor.{|TW2001:Enter(_sync)|}; if (_value == 0) continue; _value--; Monitor.Exit(_sync); } }")]
    [InlineData("void M(CancellationToken ct) { while (!ct.IsCancellationRequested) { _lock.{|TW2001:Enter()|}; if (_value == 0) continue; _value--; _lock.Exit(); } }")]
    [InlineData("async Task M(CancellationToken ct) { await _gate.{|TW2001:WaitAsync()|}; if (ct.IsCancellationRequested) return; _value++; _gate.Release(); }")]
    [InlineData("int M() { _rw.{|TW2001:EnterReadLock()|}; if (!IsOpen) return -1; var read = _value; _rw.ExitReadLock(); return read; } bool IsOpen => !_closed;")]
    [InlineData("void M() { _lock.{|TW2001:Enter()|}; if (Done) return; _value++; _lock.Exit(); } bool Done { get; set; } void End() => Done = true;")]
    [InlineData("void M(int[] all) { foreach (var i in all) { Monitor.{|TW2001:Enter(_sync)|}; if (_closed) break; _value += i; Monitor.Exit(_sync); } }")]
    [InlineData("void M() { {|TW2001:In()|}; if (_closed) return; _value++; Out(); } void In() => Monitor.Enter(_sync); void Out() => Monitor.Exit(_sync);")]
    public Task A_member_that_says_nothing_about_the_release(string member) => Check(member);

    [Theory]
    [InlineData("void M() { Monitor.Enter(_sync); _value++; if (_closed) Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); _value++; if (!_closed) { _value--; Monitor.Exit(_sync); } }")]
    [InlineData("void M() { Monitor.Enter(_sync); _closed = _value > 3; if (_closed) return; _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.{|TW2012:Enter(_sync)|}; Set(ref _closed); if (_closed) return; _value++; Monitor.Exit(_sync); } static void Set(ref bool b) => b = File.Exists(\"x\");")]
    [InlineData("void M() { Monitor.Enter(_sync); Kept = _value > 3; if (Kept) return; _value++; Monitor.Exit(_sync); } bool Kept { get; set; }")]
    [InlineData("void M() { Monitor.Enter(_sync); if (_closed) return; _value++; Monitor.Exit(_sync); } public void End() => Monitor.Exit(_sync);")]
    [InlineData("void M() { Monitor.Enter(_sync); if (_closed) { Out(); return; } _value++; Monitor.Exit(_sync); } void Out() => Monitor.Exit(_sync);")]
    [InlineData("public readonly object Sync = new(); void M() { Monitor.Enter(Sync); if (_closed) return; _value++; Monitor.Exit(Sync); }")]
    [InlineData("private readonly SemaphoreSlim _signal = new(0); async Task M() { while (true) { await _signal.WaitAsync(); if (_closed) return; _value++; _signal.Release(); } }")]
    [InlineData("void M(bool more) { Monitor.Enter(_sync); if (more) more = _value > 3; if (more) return; _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M(bool keep) { Monitor.Enter(_sync); if (keep) return; _value++; Monitor.Exit(_sync); } void End() { _value--; Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); var kept = Hand(_sync); if (kept) return; _value++; Monitor.Exit(_sync); } static bool Hand(object o) => o.GetHashCode() > 3;")]
    [InlineData("void M(bool own) { if (own) Monitor.Enter(_sync); _value++; if (!own) return; Monitor.Exit(_sync); }")]
    [InlineData("void M(Func<bool> more) { while (more()) { Monitor.Enter(_sync); if (_value == 0) { Monitor.Exit(_sync); continue; } _value--; Monitor.Exit(_sync); } }")]
    [InlineData("void M() { Monitor.Enter(_sync); while (!_closed) { Monitor.Exit(_sync); _value++; Monitor.Enter(_sync); } Monitor.Exit(_sync); }")]
    [InlineData("void M(C other) { Monitor.Enter(_sync); if (other._closed) { Monitor.Exit(_sync); return; } _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M() { if (_closed) Monitor.Enter(_sync); _value++; if (!_closed) return; Monitor.Exit(_sync); }")]
    public Task A_member_that_may_be_a_flag(string member) => Check(member);

    /// <summary>What a parameter or local of the function says, nobody else knows, and so nobody else can give the lock back.</summary>
    [Theory]
    [InlineData("void M(bool keep) { Monitor.{|TW2001:Enter(_sync)|}; _value++; if (!keep) Monitor.Exit(_sync); }")]
    [InlineData("void M(bool done) { Monitor.{|TW2001:Enter(_sync)|}; if (done) { _value++; } else { Monitor.Exit(_sync); } }")]
    [InlineData("async Task M(bool done) { await _gate.{|TW2001:WaitAsync()|}; _value++; if (done) _gate.Release(); }")]
    [InlineData("void M(int n) { var few = n < 3; _rw.{|TW2001:EnterWriteLock()|}; _value++; if (few) _rw.ExitWriteLock(); }")]
    [InlineData("bool M(bool done) { _lock.{|TW2001:Enter()|}; _value++; if (done) { _lock.Exit(); return true; } return false; }")]
    [InlineData("void M(bool done) { {|TW2001:In()|}; if (done) Out(); } void In() => Monitor.Enter(_sync); void Out() => Monitor.Exit(_sync);")]
    [InlineData("void M(bool done, bool more) { Monitor.{|TW2001:Enter(_sync)|}; if (done && more) Monitor.Exit(_sync); }")]
    [InlineData("void M(int[] all, bool done) { foreach (var i in all) { Monitor.{|TW2001:Enter(_sync)|}; _value += i; if (done) Monitor.Exit(_sync); } }")]
    public Task A_release_that_the_caller_chooses(string member) => Check(member);

    /// <summary>It decided about the acquire as well, says what became of it, or somebody else may give the lock back.</summary>
    [Theory]
    [InlineData("void M(bool own) { if (own) Monitor.Enter(_sync); _value++; if (own) Monitor.Exit(_sync); }")]
    [InlineData("void M(bool held) { if (!held) { _gate.Wait(); } _value++; if (!held) { _gate.Release(); } }")]
    [InlineData("void M(bool own) { var take = own; if (take) Monitor.Enter(_sync); _value++; if (own) Monitor.Exit(_sync); }")]
    [InlineData("void M(int n) { var taken = false; if (n > 3) { Monitor.Enter(_sync); taken = true; } _value++; if (taken) Monitor.Exit(_sync); }")]
    [InlineData("void M(int n) { var kept = false; Monitor.Enter(_sync); if (n > 3) { kept = true; } if (!kept) Monitor.Exit(_sync); }")]
    [InlineData("void M(ref bool keep) { Monitor.Enter(_sync); _value++; if (!keep) Monitor.Exit(_sync); }")]
    [InlineData("void M(bool keep) { Monitor.Enter(_sync); keep |= _value > 3; if (!keep) Monitor.Exit(_sync); }")]
    [InlineData("void M(bool keep) { Monitor.Enter(_sync); _value++; if (!keep) Monitor.Exit(_sync); } void End() => Monitor.Exit(_sync);")]
    [InlineData("void M(bool keep) { Monitor.Enter(_sync); _value++; if (!keep) Monitor.Exit(_sync); } void Run() { M(true); try { _value++; } finally { Monitor.Exit(_sync); } }")]
    [InlineData("void M(bool last) { Monitor.Enter(_sync); _value++; if (last) Monitor.Exit(_sync); } void Run() { lock (_other) { Monitor.Enter(_sync); Monitor.Exit(_sync); M(false); _value--; Monitor.Exit(_sync); } }")]
    [InlineData("void Run() { Step(false); _value--; Monitor.Exit(_sync); void Step(bool last) { Monitor.Enter(_sync); _value++; if (last) Monitor.Exit(_sync); } }")]
    [InlineData("public void M(object sync, bool keep) { Monitor.Enter(sync); _value++; if (!keep) Monitor.Exit(sync); }")]
    [InlineData("protected readonly object Shared = new(); public void M(bool keep) { Monitor.Enter(Shared); _value++; if (!keep) Monitor.Exit(Shared); }")]
    [InlineData("Action? M(bool later) { Monitor.Enter(_sync); _value++; if (!later) { Monitor.Exit(_sync); return null; } return () => Monitor.Exit(_sync); }")]
    [InlineData("void M(bool keep) { _mutex.WaitOne(); _value++; if (!keep) _mutex.ReleaseMutex(); }")]
    [InlineData("private readonly SemaphoreSlim _many = new(4); void M(bool keep) { _many.Wait(); _value++; if (!keep) _many.Release(); }")]
    [InlineData("void M(Func<bool> ask) { Monitor.{|TW2012:Enter(_sync)|}; var kept = ask(); if (!kept) Monitor.Exit(_sync); }")]
    [InlineData("void M(bool end) { Monitor.Enter(_sync); _value++; if (!end) Monitor.Exit(_sync); else Environment.Exit(1); }")]
    public Task A_release_that_is_chosen_for_a_reason(string member) => Check(member);

    /// <summary>The lock is the object itself, which no field holds.</summary>
    [Theory]
    [InlineData("public void M(int n) { Monitor.{|TW2001:Enter(this)|}; if (n > 3) return; _value++; Monitor.Exit(this); }")]
    [InlineData("public void M(int n) { Monitor.{|TW2001:Enter(this)|}; if (n > 3) return; _value++; Out(); } private void Out() => Monitor.Exit(this);")]
    [InlineData("public void Begin(int n) { Monitor.Enter(this); if (n > 3) return; _value++; Monitor.Exit(this); } public void End() => Monitor.Exit(this);")]
    [InlineData("public void Begin(int n) { Monitor.Enter(typeof(C)); if (n > 3) return; _value++; Monitor.Exit(typeof(C)); } public void End() { _value--; Monitor.Exit(typeof(C)); }")]
    public Task The_object_itself(string member) => Check(member);
}
