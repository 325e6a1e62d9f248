using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>Released on a path that does not hold it: reported at the release.</summary>
public class GuiltyReleaseTraps
{
    private static Task Reported(string statements) => Verify.Rule("TW2003", Snippet.Sync(statements));

    private static Task ReportedAsync(string statements) => Verify.Rule("TW2003", Snippet.Async(statements));

    [Theory]
    [InlineData("gate.Wait(); number++; gate.Release(); gate.{|TW2003:Release()|};")]
    [InlineData("Monitor.Enter(sync); number++; Monitor.Exit(sync); number--; Monitor.{|TW2003:Exit(sync)|};")]
    [InlineData("modern.Enter(); number++; modern.Exit(); modern.{|TW2003:Exit()|};")]
    [InlineData("mutex.WaitOne(); number++; mutex.ReleaseMutex(); mutex.{|TW2003:ReleaseMutex()|};")]
    [InlineData("using var own = new Mutex(true); own.ReleaseMutex(); own.{|TW2003:ReleaseMutex()|};")]
    [InlineData("kernel.WaitOne(); number++; kernel.Release(); kernel.{|TW2003:Release()|};")]
    [InlineData("rw.EnterReadLock(); number++; rw.ExitReadLock(); rw.{|TW2003:ExitReadLock()|};")]
    [InlineData("rw.EnterUpgradeableReadLock(); number++; rw.ExitUpgradeableReadLock(); rw.{|TW2003:ExitUpgradeableReadLock()|};")]
    [InlineData("old.AcquireWriterLock(-1); number++; old.ReleaseWriterLock(); old.{|TW2003:ReleaseWriterLock()|};")]
    [InlineData("bool taken = false; spin.Enter(ref taken); number++; spin.Exit(); spin.{|TW2003:Exit(false)|};")]
    public Task Twice_in_a_straight_line(string statements) => Reported(statements);

    [Theory]
    [InlineData("gate.Wait(); try { work.Do(); gate.Release(); } finally { gate.{|TW2003:Release()|}; }")]
    [InlineData("gate.Wait(); try { if (condition) { gate.Release(); return; } work.Do(); } finally { gate.{|TW2003:Release()|}; }")]
    [InlineData("gate.Wait(); try { work.Do(); } catch { gate.Release(); throw; } finally { gate.{|TW2003:Release()|}; }")]
    [InlineData("gate.Wait(); try { work.Do(); } catch (IOException) { gate.Release(); } finally { gate.{|TW2003:Release()|}; }")]
    [InlineData("gate.Wait(); try { work.Do(); } catch (IOException) { gate.Release(); } gate.{|TW2003:Release()|};")]
    [InlineData("Monitor.Enter(sync); try { work.Do(); } finally { Monitor.Exit(sync); } Monitor.{|TW2003:Exit(sync)|};")]
    [InlineData("Monitor.Enter(sync); try { work.Do(); } catch (IOException) when (condition) { Monitor.Exit(sync); return; } finally { Monitor.{|TW2003:Exit(sync)|}; }")]
    [InlineData("rw.EnterWriteLock(); try { try { work.Do(); } finally { rw.ExitWriteLock(); } } finally { rw.{|TW2003:ExitWriteLock()|}; }")]
    [InlineData("if (!gate.Wait(100)) return; try { work.Do(); gate.Release(); number++; } finally { gate.{|TW2003:Release()|}; }")]
    [InlineData("bool taken = false; try { Monitor.Enter(sync, ref taken); number++; Monitor.Exit(sync); } finally { if (taken) Monitor.{|TW2003:Exit(sync)|}; }")]
    public Task Twice_by_a_handler(string statements) => Reported(statements);

    [Theory]
    [InlineData("gate.Wait(); if (condition) { gate.Release(); number++; } gate.{|TW2003:Release()|};")]
    [InlineData("gate.Wait(); if (condition) gate.Release(); try { number++; } finally { gate.{|TW2003:Release()|}; }")]
    [InlineData("gate.Wait(); switch (number) { case 1: gate.Release(); break; case 2: gate.Release(); return; } gate.{|TW2003:Release()|};")]
    [InlineData("gate.Wait(); if (condition) { gate.Release(); goto done; } number++; done: gate.{|TW2003:Release()|};")]
    public Task Twice_on_one_branch(string statements) => Reported(statements);

    [Theory]
    [InlineData("again: number++; if (!condition) gate.Wait(); gate.{|TW2003:Release()|}; if (number < 3) goto again;")]
    public Task Twice_around_a_loop(string statements) => Reported(statements);

    [Theory]
    [InlineData("if (condition) gate.Wait(); try { work.Do(); } finally { gate.{|TW2003:Release()|}; }")]
    [InlineData("if (condition) { Monitor.Enter(sync); } number++; Monitor.{|TW2003:Exit(sync)|};")]
    [InlineData("if (number > 3) rw.EnterWriteLock(); else Console.WriteLine(text); try { work.Do(); } finally { rw.{|TW2003:ExitWriteLock()|}; }")]
    [InlineData("switch (number) { case 0: rw.EnterReadLock(); break; case 1: rw.EnterReadLock(); break; } try { work.Do(); } finally { rw.{|TW2003:ExitReadLock()|}; }")]
    [InlineData("if (condition) modern.Enter(); number++; modern.{|TW2003:Exit()|};")]
    [InlineData("SemaphoreSlim? held = null; if (condition) { gate.Wait(); held = gate; } try { work.Do(); } finally { gate.{|TW2003:Release()|}; number = held is null ? 1 : 0; }")]
    public Task Acquired_under_a_condition_and_released_without_it(string statements) => Reported(statements);

    [Theory]
    [InlineData("bool taken = Monitor.TryEnter(sync); try { if (taken) work.Do(); } finally { Monitor.{|TW2003:Exit(sync)|}; }")]
    [InlineData("bool taken = Monitor.TryEnter(sync); try { if (taken) work.Do(); } finally { if (!taken) Monitor.{|TW2003:Exit(sync)|}; }")]
    [InlineData("bool taken = false; Monitor.TryEnter(sync, 100, ref taken); if (taken) number++; Monitor.{|TW2003:Exit(sync)|};")]
    [InlineData("if (!mutex.WaitOne(100)) Console.WriteLine(\"slow\"); try { work.Do(); } finally { mutex.{|TW2003:ReleaseMutex()|}; }")]
    [InlineData("if (gate.Wait(100)) number++; else number--; gate.{|TW2003:Release()|};")]
    [InlineData("if (!rw.TryEnterReadLock(100)) { Console.WriteLine(text); } try { work.Do(); } finally { rw.{|TW2003:ExitReadLock()|}; }")]
    [InlineData("bool taken = false; spin.TryEnter(ref taken); if (taken) number++; spin.{|TW2003:Exit()|};")]
    public Task Result_tested_and_forgotten_at_the_release(string statements) => Reported(statements);

    /// <summary>
    /// Not seen yet: a release that only a loop repeats, a test that contradicts the acquire's, one answer taken for the other, a named
    /// mutex that its creation has not acquired.
    /// </summary>
    [Theory]
    [InlineData("gate.Wait(); foreach (char c in text) { number++; gate.Release(); }")]
    [InlineData("Monitor.Enter(sync); do { number--; Monitor.Exit(sync); } while (number > 0);")]
    [InlineData("mutex.WaitOne(); while (work.Ask()) { try { work.Do(); } finally { mutex.ReleaseMutex(); } }")]
    [InlineData("if (condition) gate.Wait(); try { work.Do(); } finally { if (!condition) gate.Release(); }")]
    [InlineData("bool a = gate.Wait(100), b = other.Wait(100); try { if (a && b) work.Do(); } finally { if (a) gate.Release(); if (a) other.Release(); }")]
    [InlineData("bool a = gate.Wait(100); bool b = other.Wait(100); try { if (a || b) work.Do(); } finally { if (a || b) gate.Release(); if (b) other.Release(); }")]
    [InlineData("using var own = new Mutex(true, \"app\", out bool created); try { if (!created) return; work.Do(); } finally { own.ReleaseMutex(); }")]
    public Task Misses_what_only_the_values_of_two_conditions_tell(string statements) => Reported(statements);

    /// <summary>The handler calls what is known to come back: output, framework calls that cannot throw, members that do no more than that.</summary>
    [Theory]
    [InlineData("Console.WriteLine(e);")]
    [InlineData("Console.Error.WriteLine(e);")]
    [InlineData("System.Diagnostics.Trace.WriteLine(e);")]
    [InlineData("Tell(e);")]
    [InlineData("Count(e);")]
    [InlineData("await TellAsync(e);")]
    [InlineData("if (condition) Tell(e);")]
    public Task Swallowed_by_a_handler_that_comes_back(string handler) => Verify.Rule("TW2003", Snippet.Class(
        $$"""
        private int failures;
        private static void Tell(Exception e) => Console.WriteLine(e.Message);
        private void Count(Exception e) { failures++; foreach (var key in e.Data.Keys) Console.WriteLine(key); Tell(e); }
        private async Task TellAsync(Exception e) { await Task.Yield(); Tell(e); }
        public async Task M(bool condition, CancellationToken ct)
        {
            try { await gate.WaitAsync(ct); } catch (Exception e) { {{handler}} }
            try { work.Do(); } finally { gate.{|TW2003:Release()|}; }
            try { await other.WaitAsync(ct); } catch (Exception e) { {{handler}} }
            other.{|TW2003:Release()|};
        }
        """));

    /// <summary>Not seen, because the call may be one that always throws: methods of other types, behind an interface, in another assembly.</summary>
    [Theory]
    [InlineData("try { await gate.WaitAsync(ct); } catch (OperationCanceledException) { work.Do(); } try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("if (number > 3) await gate.WaitAsync(); else work.Do(); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("if (!await gate.WaitAsync(100)) { work.Do(); } try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await gate.WaitAsync(ct); } catch (OperationCanceledException) { await Task.Delay(100); } gate.Release();")]
    public Task Misses_a_failure_behind_which_an_unknown_call_stands(string statements) => Async(statements);

    [Theory]
    [InlineData("try { await gate.WaitAsync(ct); } catch (OperationCanceledException) { Console.WriteLine(text); } try { work.Do(); } finally { gate.{|TW2003:Release()|}; }")]
    [InlineData("try { await gate.WaitAsync(ct); } catch (OperationCanceledException) when (condition) { number++; } gate.{|TW2003:Release()|};")]
    [InlineData("bool entered = false; try { await gate.WaitAsync(ct); entered = true; } catch (OperationCanceledException) { } try { if (entered) work.Do(); } finally { gate.{|TW2003:Release()|}; }")]
    [InlineData("await gate.WaitAsync(ct); try { await work.DoAsync(); gate.Release(); await work.DoAsync(); } finally { gate.{|TW2003:Release()|}; }")]
    [InlineData("bool entered = await gate.WaitAsync(100); try { if (!entered) return; work.Do(); } finally { gate.{|TW2003:Release()|}; }")]
    [InlineData("if (condition) await gate.WaitAsync(ct); try { await work.DoAsync(); } finally { gate.{|TW2003:Release()|}; }")]
    public Task Async(string statements) => ReportedAsync(statements);

    [Fact]
    public Task Two_locks_of_which_one_is_released_twice() => Reported(
        "gate.Wait(); other.Wait(); try { work.Do(); } finally { other.Release(); gate.Release(); } other.{|TW2003:Release()|};");

    [Fact]
    public Task Only_one_of_two_methods_is_wrong() => Verify.Rule("TW2003", Snippet.Class("""
        public void M()
        {
            Monitor.Enter(sync);
            try { work.Do(); Monitor.Exit(sync); }
            finally { Monitor.{|TW2003:Exit(sync)|}; }
        }
        public void N()
        {
            Monitor.Enter(peer);
            try { work.Do(); }
            finally { Monitor.Exit(peer); }
        }
        """));
}
