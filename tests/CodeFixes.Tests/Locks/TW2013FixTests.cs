using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

public class TW2013FixTests
{
    [Theory]
    [InlineData("gate.{0};", "Wait()", "gate.Release();")]
    [InlineData("gate.{0};", "Wait(CancellationToken.None)", "gate.Release();")]
    [InlineData("Monitor.{0};", "Enter(sync)", "Monitor.Exit(sync);")]
    [InlineData("modern.{0};", "Enter()", "modern.Exit();")]
    [InlineData("rw.{0};", "EnterWriteLock()", "rw.ExitWriteLock();")]
    [InlineData("kernel.{0};", "WaitOne()", "kernel.Release();")]
    public Task The_acquire_goes_in_front(string acquire, string call, string release) => Fix(LockSnippet.Sync($$"""
        try
        {
            number = 1;
            {{acquire.Replace("{0}", "{|TW2013:" + call + "|}")}}

            work.Do();
        }
        finally
        {
            {{release}}
        }
        """), LockSnippet.Sync($$"""
        number = 1;
        {{acquire.Replace("{0}", call)}}
        try
        {
            work.Do();
        }
        finally
        {
            {{release}}
        }
        """));

    /// <summary>It cannot fail, so what else the finally does is done as often as before.</summary>
    [Fact]
    public Task What_else_the_finally_does_stays_in_its_order() => Fix(LockSnippet.Async("""
        try
        {
            await gate.{|TW2013:WaitAsync()|};
            await work.DoAsync();
        }
        finally
        {
            count--;
            gate.Release();
            work.Do();
        }
        """), LockSnippet.Async("""
        await gate.WaitAsync();
        try
        {
            await work.DoAsync();
        }
        finally
        {
            count--;
            gate.Release();
            work.Do();
        }
        """));

    [Fact]
    public Task Handlers_that_do_without_the_state_keep_seeing_the_acquire() => Fix(LockSnippet.Async("""
        try
        {
            await gate.{|TW2013:WaitAsync()|};
            await work.DoAsync();
        }
        catch (Exception e)
        {
            Console.WriteLine(e);
        }
        finally
        {
            gate.Release();
        }
        """), LockSnippet.Async("""
        try
        {
            await gate.WaitAsync();
            try
            {
                await work.DoAsync();
            }
            finally
            {
                gate.Release();
            }
        }
        catch (Exception e)
        {
            Console.WriteLine(e);
        }
        """));

    [Theory]
    [InlineData("try { gate.{|TW2013:Wait()|}; work.Do(); } catch (IOException) { count++; } finally { gate.Release(); }")]
    [InlineData("try { gate.{|TW2013:Wait()|}; } finally { gate.Release(); }")]
    [InlineData("if (condition) try { gate.{|TW2013:Wait()|}; work.Do(); } finally { gate.Release(); }")]
    public Task A_flag_would_be_noise(string statements) =>
        Verify.NoFix<TW2013AcquireBeforeTry>("TW2013", LockSnippet.Sync(statements));
    private static Task Fix(string before, string after) => Verify.Fix<TW2013AcquireBeforeTry>("TW2013", before, after);
}
