using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

public class TW2002FixTests
{
    [Fact]
    public Task A_monitor() => Fix("""
        work.Do();

        // one at a time
        Monitor.{|TW2002:Enter(sync)|};
        // inside
        count++;
        if (condition)
        {
            return;
        }

        work.Do(); // done
        """, """
        work.Do();

        // one at a time
        Monitor.Enter(sync);
        try
        {
            // inside
            count++;
            if (condition)
            {
                return;
            }

            work.Do(); // done
        }
        finally
        {
            Monitor.Exit(sync);
        }
        """);

    [Fact]
    public Task A_semaphore_awaited() => Verify.Fix<TW2002WrapInTryFinally>("TW2002", LockSnippet.Async("""
        await gate.{|TW2002:WaitAsync(ct)|}.ConfigureAwait(false);
        count += await work.CountAsync();
        """), LockSnippet.Async("""
        await gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            count += await work.CountAsync();
        }
        finally
        {
            gate.Release();
        }
        """));

    [Fact]
    public Task A_read_lock() => Fix("""
        rw.{|TW2002:EnterReadLock()|};
        work.Do();
        """, """
        rw.EnterReadLock();
        try
        {
            work.Do();
        }
        finally
        {
            rw.ExitReadLock();
        }
        """);

    [Fact]
    public Task A_mutex() => Fix("""
        mutex.{|TW2002:WaitOne()|};
        work.Do();
        """, """
        mutex.WaitOne();
        try
        {
            work.Do();
        }
        finally
        {
            mutex.ReleaseMutex();
        }
        """);

    [Fact]
    public Task A_refusal_that_leaves() => Fix("""
        if (!Monitor.{|TW2002:TryEnter(sync)|})
        {
            return;
        }

        work.Do();
        """, """
        if (!Monitor.TryEnter(sync))
        {
            return;
        }

        try
        {
            work.Do();
        }
        finally
        {
            Monitor.Exit(sync);
        }
        """);

    [Fact]
    public Task A_branch_that_took_it() => Fix("""
        if (Monitor.{|TW2002:TryEnter(sync, 100)|})
        {
            work.Do();
        }

        work.Ask();
        """, """
        if (Monitor.TryEnter(sync, 100))
        {
            try
            {
                work.Do();
            }
            finally
            {
                Monitor.Exit(sync);
            }
        }

        work.Ask();
        """);

    [Fact]
    public Task Behind_a_pair() => Fix("""
        if (condition)
        {
            Monitor.Enter(sync);
            count++;
            Monitor.Exit(sync);
            return;
        }

        Monitor.{|TW2002:Enter(sync)|};
        count--;
        """, """
        if (condition)
        {
            Monitor.Enter(sync);
            count++;
            Monitor.Exit(sync);
            return;
        }

        Monitor.Enter(sync);
        try
        {
            count--;
        }
        finally
        {
            Monitor.Exit(sync);
        }
        """);

    [Fact]
    public Task In_a_loop_and_on_one_line() => Fix(
        "foreach (var letter in text) { modern.{|TW2002:Enter()|}; count++; }",
        "foreach (var letter in text) { modern.Enter(); try { count++; } finally { modern.Exit(); } }");

    [Theory]
    [InlineData("if (condition) { Monitor.{|TW2002:Enter(sync)|}; count++; } work.Do();")]
    [InlineData("if (condition) Monitor.{|TW2002:Enter(sync)|}; work.Do();")]
    [InlineData("if (condition) { Monitor.Enter(sync); count++; Monitor.Exit(sync); } else { Monitor.{|TW2002:Enter(sync)|}; count--; }")]
    [InlineData("switch (count) { case 0: Monitor.Enter(sync); count++; Monitor.Exit(sync); break; case 1: Monitor.{|TW2002:Enter(sync)|}; count--; break; }")]
    [InlineData("work.Do(); Monitor.{|TW2002:Enter(sync)|};")]
    [InlineData("var taken = false; Monitor.{|TW2002:Enter(sync, ref taken)|}; work.Do();")]
    [InlineData("Monitor.{|TW2002:Enter(sync)|}; again: work.Do(); if (condition) goto again;")]
    [InlineData("Monitor.{|TW2002:Enter(sync)|}; count++; Monitor.Enter(sync); count--;")]
    public Task Nothing_is_offered(string statements) => Verify.NoFix<TW2002WrapInTryFinally>("TW2002", LockSnippet.Sync(statements));

    private static Task Fix(string before, string after) => Verify.Fix<TW2002WrapInTryFinally>("TW2002", LockSnippet.Sync(before), LockSnippet.Sync(after));
}
