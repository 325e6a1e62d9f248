using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Processes;

public class TW5013Tests
{
    private const string Work = "try { Use(1); } finally { _mutex.ReleaseMutex(); }";

    [Theory]
    [InlineData("void M() { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} { return; } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException e)|} { throw new InvalidOperationException(\"abandoned\", e); } " + Work + " }")]
    [InlineData("bool M() { try { if (!_mutex.WaitOne(100)) return false; } {|TW5013:catch (AbandonedMutexException)|} { return false; } " + Work + " return true; }")]
    [InlineData("void M() { bool owned; try { owned = _mutex.WaitOne(100); } {|TW5013:catch (AbandonedMutexException)|} { owned = false; } if (!owned) return; " + Work + " }")]
    [InlineData("void M() { var owned = false; try { owned = _mutex.WaitOne(100); } {|TW5013:catch (AbandonedMutexException e)|} { Use(e); } if (owned) { Use(1); _mutex.ReleaseMutex(); } }")]
    [InlineData("void M() { var owned = false; try { owned = _mutex.WaitOne(100); Use(1); } {|TW5013:catch (AbandonedMutexException e)|} { Use(e); } finally { if (owned) _mutex.ReleaseMutex(); } }")]
    [InlineData("void M() { try { _mutex.WaitOne(); Use(1); _mutex.ReleaseMutex(); } {|TW5013:catch (AbandonedMutexException e)|} { Use(e); } }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} { _mutex.WaitOne(); } " + Work + " }")]
    [InlineData("void M() { while (true) { try { _mutex.WaitOne(); break; } {|TW5013:catch (AbandonedMutexException)|} { } } " + Work + " }")]
    [InlineData("void M(int n) { for (var i = 0; i < n; i++) { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} { continue; } " + Work + " } }")]
    [InlineData("void M() { using var m = new Mutex(false, \"x\"); try { m.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} { return; } Use(1); m.ReleaseMutex(); }")]
    [InlineData("void M() { using var m = new Mutex(false, \"x\"); try { m.WaitOne(); } {|TW5013:catch (AbandonedMutexException e)|} { Use(e); throw; } Use(1); m.ReleaseMutex(); }")]
    [InlineData("void M(int n) { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} { if (n > 3) return; } " + Work + " }")]
    [InlineData("void M(int n) { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} when (n > 3) { return; } catch (AbandonedMutexException) { } " + Work + " }")]
    public Task Left_held(string members) => In(members);

    [Theory]
    [InlineData("bool TryEnter() { try { return _mutex.WaitOne(100); } {|TW5013:catch (AbandonedMutexException)|} { return false; } } void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("bool TryEnter() { try { _mutex.WaitOne(); return true; } {|TW5013:catch (AbandonedMutexException e)|} { Use(e); return false; } } void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("bool IsBusy() { try { return !_mutex.WaitOne(0); } {|TW5013:catch (AbandonedMutexException)|} { return true; } } void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("static bool IsFirst() { try { return s_mutex.WaitOne(0); } {|TW5013:catch (AbandonedMutexException)|} { return false; } }")]
    [InlineData("void Enter() { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException e)|} { throw new InvalidOperationException(\"abandoned\", e); } } void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("bool _owned; void Enter() { try { _owned = _mutex.WaitOne(100); } {|TW5013:catch (AbandonedMutexException)|} { _owned = false; } } void Leave() { if (_owned) _mutex.ReleaseMutex(); }")]
    [InlineData("bool Owned { get; set; } void Enter() { try { Owned = _mutex.WaitOne(100); } {|TW5013:catch (AbandonedMutexException)|} { Owned = false; } } void Leave() { if (Owned) _mutex.ReleaseMutex(); }")]
    public Task Denied(string members) => In(members);

    [Theory]
    [InlineData("void M() { try { Enter(); } {|TW5013:catch (AbandonedMutexException)|} { return; } " + Work + " } void Enter() => _mutex.WaitOne();")]
    [InlineData("void M() { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} { return; } try { Use(1); } finally { Leave(); } } void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("void M() { void Run() { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} { return; } " + Work + " } Run(); }")]
    [InlineData("Action M() => () => { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} { return; } " + Work + " };")]
    [InlineData("C() { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} { return; } " + Work + " }")]
    [InlineData("static void M(Mutex m) { try { m.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} { return; } Use(1); m.ReleaseMutex(); }")]
    public Task Elsewhere(string members) => In(members);

    [Theory]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException e) { Use(e); } " + Work + " }")]
    [InlineData("void M() { bool owned; try { owned = _mutex.WaitOne(100); } catch (AbandonedMutexException) { owned = true; } if (!owned) return; " + Work + " }")]
    [InlineData("void M() { var owned = false; try { try { owned = _mutex.WaitOne(100); } catch (AbandonedMutexException) { owned = true; } if (owned) Use(1); } finally { if (owned) _mutex.ReleaseMutex(); } }")]
    [InlineData("bool M() { try { if (!_mutex.WaitOne(100)) return false; } catch (AbandonedMutexException) { Use(2); } " + Work + " return true; }")]
    [InlineData("void M() { try { _mutex.WaitOne(); Use(1); } catch (AbandonedMutexException e) { Use(e); } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { _mutex.ReleaseMutex(); return; } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException e) { _mutex.ReleaseMutex(); throw new InvalidOperationException(\"abandoned\", e); } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { Recover(); return; } " + Work + " } void Recover() { Use(2); _mutex.ReleaseMutex(); }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { Recover(); return; } " + Work + " } void Recover() { Use(2); Leave(); } void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { Recover(_mutex); return; } " + Work + " } static void Recover(Mutex m) { Use(2); m.ReleaseMutex(); }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { _mutex.ReleaseMutex(); _mutex.WaitOne(); } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { Environment.Exit(1); } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException e) { Environment.FailFast(\"abandoned\", e); } " + Work + " }")]
    [InlineData("bool TryEnter() { try { return _mutex.WaitOne(100); } catch (AbandonedMutexException) { return true; } } void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("bool IsBusy() { try { return !_mutex.WaitOne(0); } catch (AbandonedMutexException) { return false; } } void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("void Enter() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { } } void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("void Enter() { try { _mutex.WaitOne(); } catch (AbandonedMutexException e) { Use(e); throw; } } void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("void Enter() { try { _mutex.WaitOne(); } catch (AbandonedMutexException e) { Leave(); throw new InvalidOperationException(\"abandoned\", e); } } void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("bool _owned; void Enter() { try { _owned = _mutex.WaitOne(100); } catch (AbandonedMutexException) { _owned = true; } } void Leave() { if (_owned) _mutex.ReleaseMutex(); }")]
    [InlineData("bool _owned; bool _stale; void Enter() { try { _owned = _mutex.WaitOne(100); } catch (AbandonedMutexException) { _owned = true; _stale = true; } } void Leave() { if (_owned) _mutex.ReleaseMutex(); }")]
    [InlineData("IDisposable? Enter() { try { if (!_mutex.WaitOne(100)) return null; } catch (AbandonedMutexException) { return new Guard(_mutex); } return new Guard(_mutex); }")]
    [InlineData("bool _stale; void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { _stale = true; return; } " + Work + " } void Clean() { if (_stale) { Use(2); _mutex.ReleaseMutex(); } }")]
    [InlineData("static string M(Mutex m) { try { m.WaitOne(); } catch (AbandonedMutexException) { return \"stale\"; } try { Use(1); } finally { m.ReleaseMutex(); } return \"done\"; }")]
    [InlineData("static void M(Mutex m) { try { m.WaitOne(); } catch (AbandonedMutexException e) { Use(e); throw; } try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("void M() { while (true) { try { _mutex.WaitOne(); break; } catch (AbandonedMutexException) { break; } } " + Work + " }")]
    [InlineData("void M(int n) { for (var i = 0; i < n; i++) { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { } " + Work + " } }")]
    [InlineData("void M(bool own) { var taken = own; try { if (own) _mutex.WaitOne(); } catch (AbandonedMutexException) { } finally { if (taken) _mutex.ReleaseMutex(); } }")]
    [InlineData("void M() { try { Enter(); } catch (AbandonedMutexException) { } " + Work + " } void Enter() => _mutex.WaitOne();")]
    [InlineData("void M() { try { Enter(); } catch (AbandonedMutexException) { return; } " + Work + " } void Enter() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { } }")]
    [InlineData("void M(EventWaitHandle e) { try { e.WaitOne(); } catch (AbandonedMutexException) { return; } Use(1); }")]
    [InlineData("void M(Semaphore s) { try { s.WaitOne(); } catch (AbandonedMutexException) { return; } try { Use(1); } finally { s.Release(); } }")]
    [InlineData("void M() { try { WaitHandle.WaitAny([_mutex, _other]); } catch (AbandonedMutexException) { return; } " + Work + " }")]
    [InlineData("void M() { _mutex.WaitOne(); try { Use(1); } catch (AbandonedMutexException) { return; } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException e) { e.Mutex?.ReleaseMutex(); return; } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (TimeoutException) { return; } " + Work + " }")]
    [InlineData("readonly SemaphoreSlim _s = new(1, 1); int _n; public bool Begin() { try { if (!_mutex.WaitOne(100)) return false; } catch (AbandonedMutexException) { } _s.Wait(); try { _n++; } finally { _s.Release(); } return true; } public void End() { _mutex.ReleaseMutex(); }")]
    [InlineData("readonly object _o = new(); int _n; public C() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { } Monitor.Enter(_o); try { _n++; } finally { Monitor.Exit(_o); } } public void Dispose() => _mutex.ReleaseMutex();")]
    [InlineData("static int Run(string[] args) { var rw = new ReaderWriterLockSlim(); try { if (!s_mutex.WaitOne(0)) return 1; } catch (AbandonedMutexException) { } rw.EnterReadLock(); try { Use(args); } finally { rw.ExitReadLock(); } return 0; }")]
    public Task Innocent(string members) => In(members);

    [Theory]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (Exception e) when (e is AbandonedMutexException) { } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (Exception e) when (e is not AbandonedMutexException) { return; } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (Exception e) when (e is TimeoutException) { return; } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (Exception e) when (e is AbandonedMutexException) { _mutex.ReleaseMutex(); return; } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (Exception) { return; } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (TimeoutException) { return; } catch (Exception e) when (e is AbandonedMutexException) { Use(e); } " + Work + " }")]
    [InlineData("bool M() { try { return _mutex.WaitOne(100); } catch (SystemException e) when (e is AbandonedMutexException) { return true; } } void Leave() => _mutex.ReleaseMutex();")]
    public Task Silent_on_filters_that_ask_for_another_type_or_count_it(string members) => In(members);

    [Theory]
    [InlineData("void M() { try { _mutex.WaitOne(); } {|TW5013:catch (Exception e)|} when (e is AbandonedMutexException) { return; } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } {|TW5013:catch (SystemException e)|} when (e is AbandonedMutexException or TimeoutException) { Use(e); return; } " + Work + " }")]
    [InlineData("void M(int n) { try { _mutex.WaitOne(); } {|TW5013:catch (Exception e)|} when (n > 3 && e is AbandonedMutexException a) { return; } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (TimeoutException) { } {|TW5013:catch (Exception e)|} when (e is AbandonedMutexException) { return; } " + Work + " }")]
    [InlineData("bool TryEnter() { try { return _mutex.WaitOne(100); } {|TW5013:catch (Exception e)|} when (e is AbandonedMutexException) { Use(e); return false; } } void Leave() => _mutex.ReleaseMutex();")]
    public Task A_filter_asks_for_the_type(string members) => In(members);

    [Theory]
    [InlineData("static void Main() { using var single = new Mutex(false, \"app\"); try { if (!single.WaitOne(0)) return; } catch (AbandonedMutexException) { } Use(1); }")]
    [InlineData("static void Main() { using var single = new Mutex(false, \"app\"); try { if (!single.WaitOne(0)) return; } catch (AbandonedMutexException) { Use(\"it has died\"); return; } Use(1); }")]
    [InlineData("static void Main() { using var single = new Mutex(false, \"app\"); try { if (!single.WaitOne(0)) return; } catch (AbandonedMutexException) { single.ReleaseMutex(); return; } Use(1); }")]
    [InlineData("static void Main() { using var single = new Mutex(false, \"app\"); try { single.WaitOne(); } catch (AbandonedMutexException) { return; } Use(1); }")]
    [InlineData("static void Main() { using var single = new Mutex(false, \"app\"); try { if (!single.WaitOne(0)) return; } catch (AbandonedMutexException) { Environment.Exit(2); } Use(1); }")]
    [InlineData("static void Main() { using var single = new Mutex(false, \"app\"); bool first; try { first = single.WaitOne(0); } catch (AbandonedMutexException) { first = true; } if (first) Use(1); }")]
    [InlineData("void Enter() { try { if (!_mutex.WaitOne(0)) return; } catch (AbandonedMutexException) { return; } } void Leave() { try { _mutex.ReleaseMutex(); } catch (ApplicationException) { } }")]
    public Task Silent_on_programs_that_hold_it_to_their_end(string members) => In(members);

    /// <summary>It is refused and abandoned alike, to the letter, so that the program takes the one for the other.</summary>
    [Theory]
    [InlineData("static void Main() { using var single = new Mutex(false, \"app\"); try { if (!single.WaitOne(0)) return; } {|TW5013:catch (AbandonedMutexException)|} { return; } Use(1); }")]
    [InlineData("static int Main() { using var single = new Mutex(false, \"app\"); try { if (!single.WaitOne(0)) { Use(\"runs already\"); return 1; } } {|TW5013:catch (AbandonedMutexException)|} { Use(\"runs already\"); return 1; } Use(1); return 0; }")]
    [InlineData("static void Main() { using var single = new Mutex(false, \"app\"); bool first; try { first = single.WaitOne(0); } {|TW5013:catch (AbandonedMutexException)|} { first = false; } if (!first) return; Use(1); }")]
    [InlineData("static void Main() { using var single = new Mutex(false, \"app\"); try { if (!single.WaitOne(0)) return; Use(1); } {|TW5013:catch (AbandonedMutexException)|} { return; } }")]
    [InlineData("static void Main() { try { if (!s_mutex.WaitOne(0)) return; } {|TW5013:catch (Exception e)|} when (e is AbandonedMutexException) { return; } Use(1); }")]
    [InlineData("bool _owned; void Enter() { try { if (!_mutex.WaitOne(0)) return; } {|TW5013:catch (AbandonedMutexException)|} { return; } _owned = true; } void Leave() { if (_owned) _mutex.ReleaseMutex(); }")]
    [InlineData("IDisposable? Enter() { try { if (!_mutex.WaitOne(100)) return null; } {|TW5013:catch (AbandonedMutexException)|} { return null; } return new Guard(_mutex); }")]
    public Task Taken_for_a_refusal(string members) => In(members);

    [Theory]
    [InlineData("void M() { try { Outer(); } {|TW5013:catch (AbandonedMutexException)|} { return; } " + Work + " } void Outer() { Use(2); Enter(); } void Enter() => _mutex.WaitOne();")]
    [InlineData("bool M() { try { Enter(_mutex); } {|TW5013:catch (AbandonedMutexException)|} { return false; } " + Work + " return true; } static void Enter(Mutex m) => m.WaitOne();")]
    public Task Two_calls_deep(string members) => In(members);

    /// <summary>The handler is about the path out; TW2001 alone would be about the wait.</summary>
    [Fact]
    public Task Speaks_before_TW2001() => In("void M(int n) { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} { if (n > 3) return; } Use(1); _mutex.ReleaseMutex(); }");

    private static Task In(string code) => Verify.Rule("TW5013", $$"""
        sealed class Guard(Mutex mutex) : IDisposable
        {
            public void Dispose() => mutex.ReleaseMutex();
        }
        class C
        {
            private static readonly Mutex s_mutex = new(false, "single");
            private readonly Mutex _mutex = new(false, "shared");
            private readonly ManualResetEvent _other = new(false);
            static void Use(object? o) { }
            {{code}}
        }
        """);
}
