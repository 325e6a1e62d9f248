using System.Threading.Tasks;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

/// <summary>Reported, and left to the reader.</summary>
public class TW2003DeclineTests
{
    [Theory]
    [InlineData("gate.Wait(ct); try { work.Do(); gate.Release(); } finally { gate.{|TW2003:Release()|}; }")]
    [InlineData("if (condition) gate.Wait(ct); try { work.Do(); } finally { gate.{|TW2003:Release()|}; }")]
    [InlineData("gate.Wait(ct); gate.Release(); gate.{|TW2003:Release()|};")]
    public Task Reported_at_the_release(string statements) => LockSnippet.NoFix(statements);

    [Theory]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}; } finally { gate.Release(); }")]
    [InlineData("try { work.Do(); gate.{|TW2003:Wait()|}; } finally { gate.Release(); work.Do(); }")]
    [InlineData("try { gate.{|TW2003:Wait(ct)|}; } catch (IOException) { count++; } finally { gate.Release(); }")]
    public Task Nothing_is_done_under_the_lock(string statements) => LockSnippet.NoFix(statements);

    [Theory]
    [InlineData("try { gate.{|TW2003:Wait(ct)|}; work.Do(); } catch { gate.Release(); throw; }")]
    [InlineData("try { gate.{|TW2003:Wait(ct)|}; work.Do(); gate.Release(); } catch (IOException) { throw; } catch { gate.Release(); throw; }")]
    public Task Released_in_a_handler(string statements) => LockSnippet.NoFix(statements);

    [Theory]
    [InlineData("try { if (await gate.{|TW2003:WaitAsync(100)|}) work.Do(); work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { if (await gate.{|TW2003:WaitAsync(100)|}) { work.Do(); } } finally { gate.Release(); }")]
    [InlineData("try { while (!gate.{|TW2003:Wait(100)|}) { if (condition) return; } work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { _ = gate.{|TW2003:Wait(100)|} ? 0 : throw new TimeoutException(); work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { if (!gate.{|TW2003:Wait(100)|}) return; else work.Do(); work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { if (!gate.{|TW2003:Wait(100)|} || condition) return; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { if (!gate.{|TW2003:Wait(100)|}) { if (condition) return; } work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { var ok = gate.{|TW2003:Wait(100)|}; work.Do(); if (!ok) return; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { var ok = gate.{|TW2003:Wait(100)|}; if (ok) work.Do(); } finally { gate.Release(); }")]
    [InlineData("bool ok; try { ok = gate.{|TW2003:Wait(100)|}; if (!ok) return; work.Do(); } finally { gate.Release(); }")]
    public Task Answers_used_in_another_way(string statements) => LockSnippet.NoFix(statements);

    [Theory]
    [InlineData("bool held = true; try { await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { if (held) gate.Release(); }")]
    [InlineData("bool held = false; try { held = true; await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { if (held) { gate.Release(); } }")]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { work.Do(); number = gate.Release(); }")]
    public Task The_release_is_conditional_or_answers(string statements) => LockSnippet.NoFix(statements);

    [Theory]
    [InlineData("try { if (condition) gate.{|TW2003:Wait(ct)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { foreach (var c in text) { work.Do(); gate.{|TW2003:Wait(ct)|}; break; } work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { if (condition) { await gate.{|TW2003:WaitAsync(ct)|}; } else { gate.{|TW2003:Wait(ct)|}; } work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { again: work.Do(); gate.{|TW2003:Wait(ct)|}; if (work.Ask()) return; work.Do(); } finally { gate.Release(); }")]
    public Task Acquired_without_braces_in_a_loop_or_more_than_once(string statements) => LockSnippet.NoFix(statements);

    [Theory]
    [InlineData("if (condition) try { work.Do(); gate.{|TW2003:Wait(ct)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("while (condition) try { gate.{|TW2003:Wait(ct)|}; work.Do(); } catch (IOException) { count++; } finally { gate.Release(); }")]
    public Task No_room_in_front_of_the_try(string statements) => LockSnippet.NoFix(statements);

    [Theory]
    [InlineData("try { work.Do(); mutex.{|TW2003:WaitOne()|}; work.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("try { if (!mutex.{|TW2003:WaitOne(100)|}) return; work.Do(); } finally { mutex.ReleaseMutex(); }")]
    public Task A_mutex_whose_wait_throws_with_it_held(string statements) => LockSnippet.NoFixSync(statements);

    [Fact]
    public Task The_failure_of_the_wait_is_swallowed() => LockSnippet.NoFix(
        "try { await gate.{|TW2003:WaitAsync(ct)|}.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); work.Do(); } finally { gate.Release(); }");

    [Fact]
    public Task Directives_at_the_acquire_or_the_release() => LockSnippet.NoFix("""
        try
        {
        #if !FAST
            await gate.{|TW2003:WaitAsync(ct)|};
        #else
            gate.Wait(ct);
        #endif
            await work.DoAsync();
        }
        finally
        {
            gate.Release();
        }

        try
        {
            await gate.{|TW2003:WaitAsync(ct)|};
            await work.DoAsync();
        }
        finally
        {
            work.Do();
        #pragma warning disable CS0618
            gate.Release();
        #pragma warning restore CS0618
        }
        """);
}
