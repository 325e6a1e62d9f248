using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

/// <summary>What the edit makes of a pair without <c>finally</c>.</summary>
public class TW2012FixTests
{
    private static Task Fix(string before, string after) => Verify.Fix<TW2012WrapInTryFinally>("TW2012", before, after);

    private static Task FixSync(string before, string after) => Fix(LockSnippet.Sync(before), LockSnippet.Sync(after));

    private static Task FixAsync(string before, string after) => Fix(LockSnippet.Async(before), LockSnippet.Async(after));

    [Theory]
    [InlineData("Monitor.{|TW2012:Enter(sync)|}; work.Do(); Monitor.Exit(sync);", "Monitor.Enter(sync); try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("modern.{|TW2012:Enter()|}; work.Do(); modern.Exit();", "modern.Enter(); try { work.Do(); } finally { modern.Exit(); }")]
    [InlineData("mutex.{|TW2012:WaitOne()|}; work.Do(); mutex.ReleaseMutex();", "mutex.WaitOne(); try { work.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("kernel.{|TW2012:WaitOne()|}; work.Do(); kernel.Release();", "kernel.WaitOne(); try { work.Do(); } finally { kernel.Release(); }")]
    [InlineData("rw.{|TW2012:EnterReadLock()|}; work.Do(); rw.ExitReadLock();", "rw.EnterReadLock(); try { work.Do(); } finally { rw.ExitReadLock(); }")]
    [InlineData("rw.{|TW2012:EnterWriteLock()|};work.Do();rw.ExitWriteLock();", "rw.EnterWriteLock(); try { work.Do(); } finally { rw.ExitWriteLock(); }")]
    [InlineData("gate.{|TW2012:Wait(ct)|}; work.Do(); gate.Release(); work.Do();", "gate.Wait(ct); try { work.Do(); } finally { gate.Release(); } work.Do();")]
    [InlineData("if (!Monitor.{|TW2012:TryEnter(sync, 10)|}) return; work.Do(); Monitor.Exit(sync);", "if (!Monitor.TryEnter(sync, 10)) return; try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("if (gate.{|TW2012:Wait(0)|}) { work.Do(); gate.Release(); }", "if (gate.Wait(0)) { try { work.Do(); } finally { gate.Release(); } }")]
    [InlineData("var ok = gate.{|TW2012:Wait(9)|}; if (!ok) return; work.Do(); gate.Release();", "var ok = gate.Wait(9); if (!ok) return; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("gate.{|TW2012:Wait()|}; /* a */ work.Do(); /* b */ gate.Release(); /* c */", "gate.Wait(); /* a */ try { work.Do(); /* b */ } finally { gate.Release(); } /* c */")]
    [InlineData("gate.{|TW2012:Wait()|}; if (work.Ask()) { gate.Release(); return; } gate.Release();", "gate.Wait(); try { if (work.Ask()) { return; } } finally { gate.Release(); }")]
    [InlineData("gate.{|TW2012:Wait()|}; if (work.Ask()) { count++; gate.Release(); } else { work.Do(); gate.Release(); }", "gate.Wait(); try { if (work.Ask()) { count++; } else { work.Do(); } } finally { gate.Release(); }")]
    [InlineData("gate.{|TW2012:Wait()|}; var n = text.Trim(); gate.Release(); Console.WriteLine(n);", "string n; gate.Wait(); try { n = text.Trim(); } finally { gate.Release(); } Console.WriteLine(n);")]
    public Task On_one_line(string before, string after) => FixSync(before, after);

    [Fact]
    public Task Awaited() => FixAsync("""
        await gate.{|TW2012:WaitAsync(ct)|}.ConfigureAwait(false);
        await work.DoAsync();
        count++;
        gate.Release();
        """, """
        await gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            await work.DoAsync();
            count++;
        }
        finally
        {
            gate.Release();
        }
        """);

    [Fact]
    public Task Comments_and_blank_lines_stay_with_their_statements() => FixSync("""
        // one at a time
        Monitor.{|TW2012:Enter(sync)|}; // may wait

        // the work
        work.Do(); // slow

        /* and
           count */
        count++;

        // done
        Monitor.Exit(sync); // next, please

        // outside
        work.Do();
        """, """
        // one at a time
        Monitor.Enter(sync); // may wait
        try
        {
            // the work
            work.Do(); // slow

            /* and
               count */
            count++;
        }
        finally
        {
            // done
            Monitor.Exit(sync); // next, please
        }

        // outside
        work.Do();
        """);

    [Fact]
    public Task A_refused_lock_leaves_first() => FixAsync("""
        if (!await gate.{|TW2012:WaitAsync(100, ct)|})
        {
            return;
        }

        await work.DoAsync();
        gate.Release();
        """, """
        if (!await gate.WaitAsync(100, ct))
        {
            return;
        }

        try
        {
            await work.DoAsync();
        }
        finally
        {
            gate.Release();
        }
        """);

    [Fact]
    public Task A_value_for_later_is_declared_before() => Fix(LockSnippet.Class("""
        int M(Dictionary<string, List<int>> all, string key)
        {
            work.Do();

            // look it up
            rw.{|TW2012:EnterReadLock()|};
            var found = all.TryGetValue(key, out var list);
            int first = list!.First(); // may be empty
            var text = key.Trim();
            rw.ExitReadLock();
            return found ? first + list!.Count + text.Length : 0;
        }
        """), LockSnippet.Class("""
        int M(Dictionary<string, List<int>> all, string key)
        {
            work.Do();

            bool found;
            List<int>? list;
            int first;
            string text;
            // look it up
            rw.EnterReadLock();
            try
            {
                found = all.TryGetValue(key, out list);
                first = list!.First(); // may be empty
                text = key.Trim();
            }
            finally
            {
                rw.ExitReadLock();
            }
            return found ? first + list!.Count + text.Length : 0;
        }
        """));

    [Fact]
    public Task A_return_behind_the_release_stays_outside() => Fix(LockSnippet.Class("""
        int M()
        {
            Monitor.{|TW2012:Enter(sync)|};
            work.Do();
            Monitor.Exit(sync);
            return count;
        }
        """), LockSnippet.Class("""
        int M()
        {
            Monitor.Enter(sync);
            try
            {
                work.Do();
            }
            finally
            {
                Monitor.Exit(sync);
            }
            return count;
        }
        """));

    [Fact]
    public Task Early_ways_out_with_a_release_of_their_own() => Fix(LockSnippet.Class("""
        int M(int[] all)
        {
            foreach (var one in all)
            {
                Monitor.{|TW2012:Enter(sync)|};
                switch (one)
                {
                    case 1:
                        Monitor.Exit(sync);
                        continue;
                    case 2:
                        // too late
                        Monitor.Exit(sync); // give back
                        throw new InvalidOperationException("two");
                    case 3: Monitor.Exit(sync); return 3;
                    case 4:
                        break;
                }

                if (one > 4)
                {
                    count++;

                    Monitor.Exit(sync);
                    break;
                }

                if (one > 3) { Monitor.Exit(sync); return count; }
                work.Do();
                Monitor.Exit(sync);
            }

            return 0;
        }
        """), LockSnippet.Class("""
        int M(int[] all)
        {
            foreach (var one in all)
            {
                Monitor.Enter(sync);
                try
                {
                    switch (one)
                    {
                        case 1:
                            continue;
                        case 2:
                            // too late
                            // give back
                            throw new InvalidOperationException("two");
                        case 3: return 3;
                        case 4:
                            break;
                    }

                    if (one > 4)
                    {
                        count++;

                        break;
                    }

                    if (one > 3) { return count; }
                    work.Do();
                }
                finally
                {
                    Monitor.Exit(sync);
                }
            }

            return 0;
        }
        """));

    [Fact]
    public Task In_a_switch_section() => FixSync("""
        switch (number)
        {
            case 1:
                gate.{|TW2012:Wait()|};
                work.Do();
                gate.Release();
                break;
            default:
                break;
        }
        """, """
        switch (number)
        {
            case 1:
                gate.Wait();
                try
                {
                    work.Do();
                }
                finally
                {
                    gate.Release();
                }
                break;
            default:
                break;
        }
        """);

    [Fact]
    public Task At_top_level() => Verify.Fix<TW2012WrapInTryFinally>("TW2012", """
        var gate = new SemaphoreSlim(1, 1);
        await gate.{|TW2012:WaitAsync()|};
        var text = File.ReadAllText("x");
        gate.Release();
        Console.WriteLine(text);

        class Other { }
        """, """
        var gate = new SemaphoreSlim(1, 1);
        string text;
        await gate.WaitAsync();
        try
        {
            text = File.ReadAllText("x");
        }
        finally
        {
            gate.Release();
        }
        Console.WriteLine(text);

        class Other { }
        """, configure: static test => test.OutputKind = OutputKind.ConsoleApplication);

    [Fact]
    public Task Braces_at_the_end_of_the_line_and_tabs() => Fix(
        "class C {\n\tprivate readonly object sync = new();\n\tvoid M() {\n\t\tMonitor.{|TW2012:Enter(sync)|};\n\t\tFile.Delete( \"x\" );\n\t\tMonitor.Exit(sync);\n\t}\n}\n",
        "class C {\n\tprivate readonly object sync = new();\n\tvoid M() {\n\t\tMonitor.Enter(sync);\n\t\ttry {\n\t\t\tFile.Delete( \"x\" );\n\t\t} finally {\n\t\t\tMonitor.Exit(sync);\n\t\t}\n\t}\n}\n");

    [Fact]
    public Task Line_endings_of_the_file() => Fix(
        "class C\r\n{\r\n    private readonly object sync = new();\r\n    void M()\r\n    {\r\n        Monitor.{|TW2012:Enter(sync)|};\r\n        File.Delete(\"x\");\r\n        Monitor.Exit(sync);\r\n    }\r\n}\r\n",
        "class C\r\n{\r\n    private readonly object sync = new();\r\n    void M()\r\n    {\r\n        Monitor.Enter(sync);\r\n        try\r\n        {\r\n            File.Delete(\"x\");\r\n        }\r\n        finally\r\n        {\r\n            Monitor.Exit(sync);\r\n        }\r\n    }\r\n}\r\n");

    [Fact]
    public Task Several_in_one_file() => Fix(LockSnippet.Class("""
        void Outer()
        {
            Monitor.{|TW2012:Enter(sync)|};
            rw.{|TW2012:EnterWriteLock()|};
            work.Do();
            rw.ExitWriteLock();
            Monitor.Exit(sync);
        }

        void Twice()
        {
            Monitor.{|TW2012:Enter(sync)|};
            work.Do();
            Monitor.Exit(sync);
            Monitor.{|TW2012:Enter(sync)|};
            work.Do();
            Monitor.Exit(sync);
        }

        Action InLambda() => () =>
        {
            gate.{|TW2012:Wait()|};
            work.Do();
            gate.Release();
        };
        """), LockSnippet.Class("""
        void Outer()
        {
            Monitor.Enter(sync);
            try
            {
                rw.EnterWriteLock();
                try
                {
                    work.Do();
                }
                finally
                {
                    rw.ExitWriteLock();
                }
            }
            finally
            {
                Monitor.Exit(sync);
            }
        }

        void Twice()
        {
            Monitor.Enter(sync);
            try
            {
                work.Do();
            }
            finally
            {
                Monitor.Exit(sync);
            }
            Monitor.Enter(sync);
            try
            {
                work.Do();
            }
            finally
            {
                Monitor.Exit(sync);
            }
        }

        Action InLambda() => () =>
        {
            gate.Wait();
            try
            {
                work.Do();
            }
            finally
            {
                gate.Release();
            }
        };
        """));

    [Fact]
    public Task Through_helpers() => Fix("""
        class C
        {
            private readonly object sync = new();

            void M()
            {
                {|TW2012:In()|};
                File.Delete("x");
                Out();
            }

            void In() => Monitor.Enter(sync);

            void Out() => Monitor.Exit(sync);
        }
        """, """
        class C
        {
            private readonly object sync = new();

            void M()
            {
                In();
                try
                {
                    File.Delete("x");
                }
                finally
                {
                    Out();
                }
            }

            void In() => Monitor.Enter(sync);

            void Out() => Monitor.Exit(sync);
        }
        """);

    [Fact]
    public Task Strings_over_several_lines_keep_their_text() => FixSync("""
        gate.{|TW2012:Wait()|};
        Console.Error.Write(@"one
        two");
        work.Do();
        gate.Release();
        """, """
        gate.Wait();
        try
        {
            Console.Error.Write(@"one
        two");
            work.Do();
        }
        finally
        {
            gate.Release();
        }
        """);
}
