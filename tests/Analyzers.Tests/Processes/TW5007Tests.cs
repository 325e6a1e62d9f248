using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Processes;

public class TW5007Tests
{
    private const string Work = "try { Use(1); } finally { _mutex.ReleaseMutex(); }";

    [Theory]
    [InlineData("void M() { _mutex.{|TW5007:WaitOne()|}; " + Work + " }")]
    [InlineData("void M() { if (!_mutex.{|TW5007:WaitOne(100)|}) return; " + Work + " }")]
    [InlineData("void M() { if (_mutex.{|TW5007:WaitOne(100)|}) " + Work + " }")]
    [InlineData("void M() { var owned = _mutex.{|TW5007:WaitOne(100)|}; if (owned) " + Work + " }")]
    [InlineData("void M() { try { _mutex.{|TW5007:WaitOne()|}; } catch (TimeoutException) { return; } " + Work + " }")]
    [InlineData("void M() { try { _mutex.{|TW5007:WaitOne()|}; } finally { Use(2); } " + Work + " }")]
    [InlineData("void M() { using var m = new Mutex(false, \"x\"); m.{|TW5007:WaitOne()|}; try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("void M(string name) { using var m = new Mutex(false, @\"Global\\\" + name); m.{|TW5007:WaitOne()|}; try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("void M() { using var m = new Mutex(false, $\"app-{Environment.UserName}\"); m.{|TW5007:WaitOne()|}; try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("void M() { using var m = Mutex.OpenExisting(\"x\"); m.{|TW5007:WaitOne()|}; try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("void M() { using (var m = new Mutex(false, \"x\", out var created)) { m.{|TW5007:WaitOne()|}; try { Use(created); } finally { m.ReleaseMutex(); } } }")]
    [InlineData("static void Main() { using var single = new Mutex(false, \"app\"); if (!single.{|TW5007:WaitOne(0)|}) return; Use(1); }")]
    [InlineData("Mutex? _late; void Open() => _late = new Mutex(false, \"late\"); void M() { _late!.{|TW5007:WaitOne()|}; try { Use(1); } finally { _late.ReleaseMutex(); } }")]
    [InlineData("void M() { _mutex.{|TW5007:WaitOne()|}; try { Use(1); } finally { Leave(); } } void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("Action M() => () => { _mutex.{|TW5007:WaitOne()|}; " + Work + " };")]
    [InlineData("void M() { void Run() { _mutex.{|TW5007:WaitOne()|}; " + Work + " } Run(); }")]
    [InlineData("C() { _mutex.{|TW5007:WaitOne()|}; " + Work + " }")]
    [InlineData("static void M() { s_mutex.{|TW5007:WaitOne()|}; try { Use(1); } finally { s_mutex.ReleaseMutex(); } }")]
    [InlineData("void M() { using var m = new Mutex(true, \"x\", out var isFirst); if (!isFirst) m.{|TW5007:WaitOne()|}; try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("void M() { bool isFirst; var m = new Mutex(true, \"x\", out isFirst); if (!isFirst) { Use(2); m.{|TW5007:WaitOne()|}; } Use(1); m.ReleaseMutex(); }")]
    [InlineData("void M() { using var m = new Mutex(true, \"x\", out var isFirst); if (isFirst || m.{|TW5007:WaitOne(100)|}) { Use(1); m.ReleaseMutex(); } }")]
    [InlineData("void M() { Inner(); } void N() { try { Inner(); } catch (AbandonedMutexException) { _mutex.ReleaseMutex(); } } private void Inner() { _mutex.{|TW5007:WaitOne()|}; try { Use(1); } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("void M(List<string> files) => files.ForEach(file => { _mutex.{|TW5007:WaitOne()|}; " + Work + " });")]
    [InlineData("void M(string[] files) => Array.ForEach(files, file => { _mutex.{|TW5007:WaitOne()|}; " + Work + " });")]
    [InlineData("void M(List<string> files) => files.ForEach(Save); private void Save(string file) { _mutex.{|TW5007:WaitOne()|}; " + Work + " }")]
    [InlineData("void M(string[] files) { try { Array.ForEach(files, Save); } catch (IOException) { } } private void Save(string file) { _mutex.{|TW5007:WaitOne()|}; " + Work + " }")]
    public Task Nobody_is_ready(string members) => In(members);

    [Theory]
    [InlineData("void M(List<string> files) { try { files.ForEach(file => { _mutex.WaitOne(); " + Work + " }); } catch (AbandonedMutexException) { } }")]
    [InlineData("void M(List<string> files) { try { files.ForEach(Save); } catch (AbandonedMutexException) { _mutex.ReleaseMutex(); } } private void Save(string file) { _mutex.WaitOne(); " + Work + " }")]
    [InlineData("void M(string[] files) { try { Array.ForEach(files, Save); } catch (AbandonedMutexException) { _mutex.ReleaseMutex(); } } private void Save(string file) { _mutex.WaitOne(); " + Work + " }")]
    [InlineData("void M(string[] files) { void Save(string file) { _mutex.WaitOne(); " + Work + " } try { Array.ForEach(files, Save); } catch (AbandonedMutexException) { _mutex.ReleaseMutex(); } }")]
    [InlineData("void M() { try { Outer(); } catch (AbandonedMutexException) { _mutex.ReleaseMutex(); } } private void Outer() { Save(); } private void Save() { _mutex.WaitOne(); " + Work + " }")]
    [InlineData("void M() { void Save() { _mutex.WaitOne(); " + Work + " } try { Save(); } catch (AbandonedMutexException) { _mutex.ReleaseMutex(); } }")]
    public Task Handled_around_ForEach_and_local_functions(string members) => In(members);

    [Theory]
    [InlineData("void M() { var all = new[] { new Mutex(false, \"a\"), new Mutex(false, \"b\") }; foreach (var m in all) { m.WaitOne(); try { Use(1); } finally { m.ReleaseMutex(); } } }")]
    [InlineData("void M() { var all = new List<Mutex> { new(false, \"a\"), new(false, \"b\") }; all.ForEach(m => m.WaitOne()); try { Use(1); } finally { all.ForEach(m => m.ReleaseMutex()); } }")]
    public Task Misses_mutexes_in_arrays_and_lists(string members) => In(members);

    [Theory]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { } " + Work + " }")]
    [InlineData("void M() { bool owned; try { owned = _mutex.WaitOne(100); } catch (AbandonedMutexException) { owned = true; } if (owned) " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (SystemException) { } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (Exception e) { Use(e); } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch { Use(2); } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } catch (Exception e) when (e is AbandonedMutexException) { } " + Work + " }")]
    [InlineData("void M() { try { try { _mutex.WaitOne(); } finally { Use(2); } } catch (AbandonedMutexException) { } " + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); Use(1); } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("void M() { try { Use(2); _mutex.WaitOne(); Use(1); } finally { Leave(); } } void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("void Enter() => _mutex.WaitOne(); void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("void M() { try { Enter(); } catch (AbandonedMutexException) { } " + Work + " } void Enter() => _mutex.WaitOne();")]
    [InlineData("bool TryEnter() => _mutex.WaitOne(100); void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("C() => _mutex.WaitOne(); public void Dispose() => _mutex.ReleaseMutex();")]
    [InlineData("void M() { _private.WaitOne(); try { Use(1); } finally { _private.ReleaseMutex(); } }")]
    [InlineData("void M() { using var m = new Mutex(); m.WaitOne(); try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("void M() { using var m = new Mutex(false, null); m.WaitOne(); try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("void M() { using var m = new Mutex(false, \"\"); m.WaitOne(); try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("void M() { using var m = new Mutex(false, string.Empty); m.WaitOne(); try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("void M() { using var m = new Mutex(false, Guid.NewGuid().ToString()); m.WaitOne(); try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("void M(Mutex m) { m.WaitOne(); try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("static Mutex Make() => new(false, \"x\"); void M() { using var m = Make(); m.WaitOne(); try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("void M(bool shared) { using var m = shared ? new Mutex(false, \"x\") : new Mutex(); m.WaitOne(); try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("Mutex? _either; void Open(bool shared) { _either = new Mutex(); if (shared) _either = new Mutex(false, \"x\"); } void M() { _either!.WaitOne(); try { Use(1); } finally { _either.ReleaseMutex(); } }")]
    [InlineData("void M() { using var m = new Mutex(true, \"x\", out var created); if (!created) return; try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("void M() { using var e = new EventWaitHandle(false, EventResetMode.AutoReset, \"x\"); e.WaitOne(); Use(1); }")]
    [InlineData("void M() { using var s = new Semaphore(1, 1, \"x\"); s.WaitOne(); try { Use(1); } finally { s.Release(); } }")]
    [InlineData("void M() { WaitHandle.WaitAny([_mutex]); " + Work + " }")]
    [InlineData("void M() { _mutex.WaitOne(0); Environment.Exit(1); }")]
    [InlineData("void M() { using var m = new Mutex(false, \"x\"); Run(() => m.WaitOne()); m.ReleaseMutex(); } static void Run(Action a) { try { a(); } catch (AbandonedMutexException) { } }")]
    [InlineData("void M() { using var m = new Mutex(true, \"x\", out var isFirst); if (!isFirst) { try { m.WaitOne(); } catch (AbandonedMutexException) { } } try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("void M() { using var m = new Mutex(true, \"x\", out var isFirst); if (isFirst) m.WaitOne(); try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("void M() { try { Inner(); } catch (AbandonedMutexException) { _mutex.ReleaseMutex(); } } private void Inner() { _mutex.WaitOne(); try { Use(1); } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("static void Run(Mutex m) { m.WaitOne(); try { Use(1); } finally { m.ReleaseMutex(); } } } class D { void M() { Mutex m; m = new Mutex(false, \"x\"); GC.KeepAlive(m); }")]
    [InlineData("static void Run(Mutex m) { m.WaitOne(); try { Use(1); } finally { m.ReleaseMutex(); } } static void M() { Mutex m; m = new Mutex(false, \"x\"); Run(m); }")]
    [InlineData("static void Run(Mutex? m) { if (m == null) m = new Mutex(false, \"x\"); m.WaitOne(); try { Use(1); } finally { m.ReleaseMutex(); } }")]
    [InlineData("static void M(IEnumerable<Mutex> all) { foreach (var m in all) { m.WaitOne(); try { Use(1); } finally { m.ReleaseMutex(); } } { Mutex n; n = new Mutex(false, \"x\"); Use(n); } }")]
    [InlineData("static void M(object given) { if (given is Mutex m) { m.WaitOne(); try { Use(1); } finally { m.ReleaseMutex(); } m = new Mutex(false, \"x\"); Use(m); } }")]
    [InlineData("void M() { try { void Run() { _mutex.WaitOne(); " + Work + " } Run(); } catch (AbandonedMutexException) { } }")]
    public Task Innocent(string members) => In(members);

    [Theory]
    [InlineData("void M() { try { Enter(); } catch (AbandonedMutexException) { } " + Work + " } private void Enter() => _mutex.WaitOne();")]
    [InlineData("void M() { try { Enter(); } catch (Exception e) { Use(e); } " + Work + " } private void Enter() => _mutex.WaitOne();")]
    [InlineData("void M() { try { Outer(); } catch (AbandonedMutexException) { } " + Work + " } private void Outer() => Enter(); private void Enter() => _mutex.WaitOne();")]
    [InlineData("void M() { Enter(); " + Work + " } private void Enter() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { } }")]
    [InlineData("void M() { Outer(); " + Work + " } private void Outer() { try { Enter(); } catch (AbandonedMutexException) { } } private void Enter() => _mutex.WaitOne();")]
    [InlineData("void M() { Enter(); " + Work + " } private void Enter() { try { _mutex.WaitOne(); } catch (Exception e) { Use(e); throw; } }")]
    [InlineData("void M() { Enter(); } void N() => _mutex.ReleaseMutex(); private void Enter() => _mutex.WaitOne();")]
    [InlineData("void M() { Enter(); try { Use(1); } finally { _private.ReleaseMutex(); } } private void Enter() => _private.WaitOne();")]
    [InlineData("void M() { try { Enter(); Use(1); } finally { _mutex.ReleaseMutex(); } } private void Enter() => _mutex.WaitOne();")]
    [InlineData("void M(Mutex m) { Enter(m); try { Use(1); } finally { m.ReleaseMutex(); } } private static void Enter(Mutex m) => m.WaitOne();")]
    [InlineData("void N() { try { M(); } catch (AbandonedMutexException) { _mutex.ReleaseMutex(); } } private void M() { Enter(); " + Work + " } private void Enter() => _mutex.WaitOne();")]
    [InlineData("void M() { if (!Enter()) return; " + Work + " } private bool Enter() { try { return _mutex.WaitOne(9); } catch (AbandonedMutexException) { return true; } }")]
    [InlineData("void M() { Enter(); " + Work + " } protected virtual void Enter() => _mutex.WaitOne();")]
    [InlineData("void M() { Run(() => _mutex.WaitOne()); " + Work + " } private static void Run(Action act) { try { act(); } catch (AbandonedMutexException) { } }")]
    public Task Silent_on_a_helper_that_is_ready_or_whose_caller_is(string members) => In(members);

    [Theory]
    [InlineData("void M() { Enter(); " + Work + " } private void Enter() => _mutex.{|TW5007:WaitOne()|};")]
    [InlineData("void M() { Enter(); " + Work + " } private void Enter() { Use(2); _mutex.{|TW5007:WaitOne()|}; Use(3); }")]
    [InlineData("void M() { Outer(); " + Work + " } private void Outer() => Enter(); private void Enter() => _mutex.{|TW5007:WaitOne()|};")]
    [InlineData("void M() { if (!TryEnter()) return; " + Work + " } private bool TryEnter() => _mutex.{|TW5007:WaitOne(100)|};")]
    [InlineData("void M() { Enter(); try { Use(1); } finally { Leave(); } } private void Enter() => _mutex.{|TW5007:WaitOne()|}; private void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("void M() { Enter(); " + Work + " } void N() { Enter(); " + Work + " } private void Enter() => _mutex.{|TW5007:WaitOne()|};")]
    [InlineData("static void M() { Enter(); try { Use(1); } finally { s_mutex.ReleaseMutex(); } } private static void Enter() => s_mutex.{|TW5007:WaitOne()|};")]
    public Task A_private_helper_waits(string members) => In(members);

    /// <summary>Another caller expects the exception, or the caller says which mutex, or others can call the helper too: the call is the place to act.</summary>
    [Theory]
    [InlineData("void M() { {|TW5007:Enter()|}; " + Work + " } void N() { try { Enter(); } catch (AbandonedMutexException) { } " + Work + " } private void Enter() => _mutex.WaitOne();")]
    [InlineData("void M() { {|TW5007:Enter(_mutex)|}; " + Work + " } private static void Enter(Mutex m) => m.WaitOne();")]
    [InlineData("void M() { {|TW5007:Enter()|}; " + Work + " } public void Enter() => _mutex.WaitOne();")]
    [InlineData("void M() { using var m = new Mutex(false, \"x\"); {|TW5007:Enter(m)|}; try { Use(1); } finally { m.ReleaseMutex(); } } static void Enter(Mutex m) => m.WaitOne();")]
    public Task A_helper_of_others_waits(string members) => In(members);

    [Fact]
    public Task A_helper_of_a_base_type_waits() => Verify.Rule("TW5007", """
        class B
        {
            protected readonly Mutex _mutex = new(false, "shared");
            protected void Enter() => _mutex.WaitOne();
        }
        class C : B
        {
            void M() { {|TW5007:Enter()|}; try { Console.WriteLine(); } finally { _mutex.ReleaseMutex(); } }
            void N() { try { Enter(); } catch (AbandonedMutexException) { } try { Console.WriteLine(); } finally { _mutex.ReleaseMutex(); } }
        }
        """);

    /// <summary>It may have been written for the other exceptions of a wait, and then again for this one: whoever handles everything is taken to know.</summary>
    [Fact]
    public Task Misses_a_handler_of_everything_that_gives_up() => In("void M() { try { _mutex.WaitOne(); } catch (Exception e) { Use(e); return; } " + Work + " }");

    [Fact]
    public Task A_mutex_from_TryOpenExisting_that_is_handled() => In("void M() { if (Mutex.TryOpenExisting(\"x\", out var m)) { try { m.WaitOne(); } catch (AbandonedMutexException) { } try { Use(1); } finally { m.ReleaseMutex(); } } }");

    [Fact]
    public Task A_mutex_from_TryOpenExisting() => In("void M() { if (Mutex.TryOpenExisting(\"x\", out var m)) { m.{|TW5007:WaitOne()|}; try { Use(1); } finally { m.ReleaseMutex(); } } }");

    private static Task In(string code) => Verify.Rule("TW5007", $$"""
        class C
        {
            private static readonly Mutex s_mutex = new(false, "single");
            private readonly Mutex _mutex = new(false, "shared");
            private readonly Mutex _private = new();
            static void Use(object? o) { }
            {{code}}
        }
        """);
}
