using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

public class TW2009Tests
{
    [Fact]
    public Task Enter_before_the_try() => Fix("""
        count--;

        // one at a time
        Monitor.{|TW2009:Enter(sync)|};
        try
        {
            // inside
            count++;

            work.Do(); // done
        }
        finally
        {
            Monitor.Exit(sync);
        } // end

        work.Do();
        """, """
        count--;

        // one at a time
        lock (sync)
        {
            // inside
            count++;

            work.Do(); // done
        } // end

        work.Do();
        """);

    [Fact]
    public Task Enter_with_a_flag() => Fix("""
        work.Do();
        // one at a time
        bool taken = false;
        try
        {
            Monitor.{|TW2009:Enter(sync, ref taken)|};

            count++;
            return;
        }
        finally
        {
            if (taken)
            {
                Monitor.Exit(sync);
            }
        }
        """, """
        work.Do();
        // one at a time
        lock (sync)
        {
            count++;
            return;
        }
        """);

    [Fact]
    public Task Braces_at_the_end_of_the_line_and_nesting() => Fix("""
        if (condition) {
            modern.{|TW2009:Enter()|};
            try {
                Monitor.{|TW2009:Enter(sync)|};
                try {
                    count++;
                } finally {
                    Monitor.Exit(sync);
                }
            } finally {
                modern.Exit();
            }
        }
        """, """
        if (condition) {
            lock (modern) {
                lock (sync) {
                    count++;
                }
            }
        }
        """);

    [Fact]
    public Task On_one_line() => Fix(
        "Monitor.{|TW2009:Enter(this.sync)|}; try { count++; } finally { Monitor.Exit(this.sync); } work.Do();",
        "lock (this.sync) { count++; } work.Do();");

    [Fact]
    public Task In_a_switch_section() => Fix("""
        switch (number)
        {
            case 1:
                Monitor.{|TW2009:Enter(sync)|};
                try
                {
                    count++;
                }
                finally
                {
                    Monitor.Exit(sync);
                }

                break;
        }
        """, """
        switch (number)
        {
            case 1:
                lock (sync)
                {
                    count++;
                }

                break;
        }
        """);

    [Fact]
    public Task A_comment_behind_the_acquire_goes_behind_the_head() => Fix(
        "Monitor.{|TW2009:Enter(sync)|}; // why\ntry\n{ count++; }\nfinally { Monitor.Exit(sync); }",
        "lock (sync) // why\n{ count++; }");

    [Theory]
    [InlineData("Monitor.{|TW2009:Enter(sync)|}; // why\ntry {\n    count++;\n} finally {\n    Monitor.Exit(sync);\n}", "// why\nlock (sync) {\n    count++;\n}")]
    [InlineData("work.Do();\n\n// one\nMonitor.{|TW2009:Enter(sync)|}; // two\ntry { count++; } finally { Monitor.Exit(sync); }", "work.Do();\n\n// one\n// two\nlock (sync) { count++; }")]
    public Task It_goes_above_where_the_brace_follows_the_head(string before, string after) => Fix(before, after);

    [Theory]
    [InlineData("Monitor.{|TW2009:Enter(sync)|};\n// why\ntry { count++; } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.{|TW2009:Enter(sync)|};\ntry { count++; } finally { Monitor.Exit(sync); /* why */ }")]
    [InlineData("var t = false; // why\ntry { Monitor.{|TW2009:Enter(sync, ref t)|}; count++; } finally { if (t) Monitor.Exit(sync); }")]
    [InlineData("var t = false;\ntry {\n// why\nMonitor.{|TW2009:Enter(sync, ref t)|}; count++; } finally { if (t) Monitor.Exit(sync); }")]
    [InlineData("Monitor.{|TW2009:Enter(sync)|};\n#if DEBUG\n#endif\ntry { count++; } finally { Monitor.Exit(sync); }")]
    [InlineData("var t = false; try { Monitor.{|TW2009:Enter(lockTaken: ref t, obj: sync)|}; count++; } finally { if (t) Monitor.Exit(sync); }")]
    public Task Nothing_is_offered_where_a_comment_would_be_lost(string statements) =>
        Verify.NoFix<TW2009UseLock>("TW2009", LockSnippet.Sync(statements));

    private static Task Fix(string before, string after) => Verify.Fix<TW2009UseLock>("TW2009", LockSnippet.Sync(before), LockSnippet.Sync(after));
}
