using System.Threading.Tasks;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

/// <summary>The acquire goes in front of the <c>try</c>, with what stands before it.</summary>
public class TW2003MoveTests
{
    [Theory]
    [InlineData("await gate.{0};", "WaitAsync(ct)", "gate.Release();")]
    [InlineData("await gate.{0}.ConfigureAwait(false);", "WaitAsync(ct)", "gate.Release();")]
    [InlineData("await this.gate.{0}.ConfigureAwait(continueOnCapturedContext: true);", "WaitAsync(ct)", "this.gate.Release();")]
    [InlineData("(await gate.{0}).ToString();", "WaitAsync(Timeout.Infinite, ct)", "gate.Release();", true)]
    [InlineData("await gate.{0};", "WaitAsync(Timeout.Infinite, ct)", "gate.Release();")]
    [InlineData("await gate.{0};", "WaitAsync(Timeout.InfiniteTimeSpan, ct)", "_ = gate.Release();")]
    [InlineData("gate.{0};", "Wait(ct)", "gate.Release(1);")]
    [InlineData("gate.{0};", "Wait(-1, ct)", "gate?.Release();")]
    [InlineData("gate.{0}.GetAwaiter().GetResult();", "WaitAsync(ct)", "gate.Release();")]
    [InlineData("gate.{0}.Wait();", "WaitAsync(ct)", "gate.Release();")]
    public Task The_acquire_alone(string acquire, string call, string release, bool declines = false)
    {
        var before = $$"""
            try
            {
                {{acquire.Replace("{0}", "{|TW2003:" + call + "|}")}}
                await work.DoAsync();
            }
            finally
            {
                {{release}}
            }
            """;
        return declines ? LockSnippet.NoFix(before) : LockSnippet.Fix(before, $$"""
            {{acquire.Replace("{0}", call)}}
            try
            {
                await work.DoAsync();
            }
            finally
            {
                {{release}}
            }
            """);
    }

    [Theory]
    [InlineData("Monitor.{0};", "Enter(sync)", "Monitor.Exit(sync);")]
    [InlineData("modern.{0};", "Enter()", "modern.Exit();")]
    [InlineData("kernel.{0};", "WaitOne()", "kernel.Release();")]
    [InlineData("rw.{0};", "EnterReadLock()", "rw.ExitReadLock();")]
    [InlineData("rw.{0};", "EnterWriteLock()", "rw.ExitWriteLock();")]
    [InlineData("rw.{0};", "EnterUpgradeableReadLock()", "rw.ExitUpgradeableReadLock();")]
    [InlineData("gate.{0};", "Wait()", "gate.Release();")]
    public Task What_stands_before_it_moves_too(string acquire, string call, string release) => LockSnippet.FixSync($$"""
        try
        {
            ArgumentNullException.ThrowIfNull(text);
            if (number == 0)
                return;

            {{acquire.Replace("{0}", "{|TW2003:" + call + "|}")}}

            work.Do();
        }
        finally
        {
            {{release}}
        }
        """, $$"""
        ArgumentNullException.ThrowIfNull(text);
        if (number == 0)
            return;

        {{acquire.Replace("{0}", call)}}
        try
        {
            work.Do();
        }
        finally
        {
            {{release}}
        }
        """);

    [Theory]
    [InlineData("if (!await gate.{0}) return;", "WaitAsync(100)")]
    [InlineData("if (!await gate.{0}.ConfigureAwait(false)) throw new TimeoutException();", "WaitAsync(100, ct)")]
    [InlineData("if (await gate.{0} is false) return;", "WaitAsync(100)")]
    [InlineData("if (await gate.{0} == false) return;", "WaitAsync(100)")]
    [InlineData("if (!(await gate.{0})) { Console.WriteLine(text); return; }", "WaitAsync(TimeSpan.FromSeconds(1))")]
    [InlineData("if (!gate.{0}) { if (condition) throw new TimeoutException(); else return; }", "Wait(100)")]
    [InlineData("bool ok = await gate.{0}; if (!ok) return;", "WaitAsync(100)")]
    public Task A_refusal_that_leaves(string acquire, string call) => LockSnippet.Fix($$"""
        try
        {
            {{acquire.Replace("{0}", "{|TW2003:" + call + "|}").Replace("; if (!ok)", ";\n    if (!ok)")}}
            await work.DoAsync();
        }
        finally
        {
            gate.Release();
        }
        """, $$"""
        {{acquire.Replace("{0}", call).Replace("; if (!ok)", ";\nif (!ok)")}}
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
    public Task A_refusal_that_goes_on_with_the_next() => LockSnippet.FixSync("""
        foreach (var c in text)
        {
            try
            {
                if (!Monitor.{|TW2003:TryEnter(sync, 100)|})
                {
                    // Somebody is at it.
                    continue;
                }

                work.Do();
                if (c == 'b') break;
            }
            finally
            {
                Monitor.Exit(sync);
            }
        }
        """, """
        foreach (var c in text)
        {
            if (!Monitor.TryEnter(sync, 100))
            {
                // Somebody is at it.
                continue;
            }

            try
            {
                work.Do();
                if (c == 'b') break;
            }
            finally
            {
                Monitor.Exit(sync);
            }
        }
        """);

    [Fact]
    public Task Locals_get_the_wider_scope_where_their_names_are_free() => LockSnippet.Fix("""
        var first = 1;
        try
        {
            var size = await work.CountAsync();
            int.TryParse(text, out var parsed);
            foreach (var c in text) count += c;
            await gate.{|TW2003:WaitAsync(ct)|};
            count += size + parsed + first;
        }
        finally
        {
            gate.Release();
        }

        foreach (var x in text) number += x;
        """, """
        var first = 1;
        var size = await work.CountAsync();
        int.TryParse(text, out var parsed);
        foreach (var c in text) count += c;
        await gate.WaitAsync(ct);
        try
        {
            count += size + parsed + first;
        }
        finally
        {
            gate.Release();
        }

        foreach (var x in text) number += x;
        """);

    [Fact]
    public Task The_lock_is_a_local_that_is_set_before() => LockSnippet.Fix("""
        SemaphoreSlim? held = null;
        try
        {
            held = gate;
            await held.{|TW2003:WaitAsync(ct)|};
            await work.DoAsync();
        }
        finally
        {
            held?.Release();
        }
        """, """
        SemaphoreSlim? held = null;
        held = gate;
        await held.WaitAsync(ct);
        try
        {
            await work.DoAsync();
        }
        finally
        {
            held?.Release();
        }
        """);

    [Fact]
    public Task A_call_over_several_lines() => LockSnippet.Fix("""
        try
        {
            await gate.{|TW2003:WaitAsync|}(
                    ct)
                .ConfigureAwait(false);
            await work.DoAsync();
        }
        finally
        {
            gate
                .Release();
        }
        """, """
        await gate.WaitAsync(
                ct)
            .ConfigureAwait(false);
        try
        {
            await work.DoAsync();
        }
        finally
        {
            gate
                .Release();
        }
        """);

    [Fact]
    public Task Returns_and_yields_of_the_rest_stay() => LockSnippet.FixMembers("""
        async IAsyncEnumerable<int> Stream([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            try
            {
                yield return 0;
                await gate.{|TW2003:WaitAsync(ct)|};
                yield return await work.CountAsync();
            }
            finally
            {
                gate.Release();
            }
        }

        int Count(CancellationToken ct)
        {
            try
            {
                gate.{|TW2003:Wait(ct)|};
                return count;
            }
            finally
            {
                gate.Release();
            }
        }
        """, """
        async IAsyncEnumerable<int> Stream([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            yield return 0;
            await gate.WaitAsync(ct);
            try
            {
                yield return await work.CountAsync();
            }
            finally
            {
                gate.Release();
            }
        }

        int Count(CancellationToken ct)
        {
            gate.Wait(ct);
            try
            {
                return count;
            }
            finally
            {
                gate.Release();
            }
        }
        """);

    [Fact]
    public Task Lambdas_local_functions_accessors_and_initializers() => LockSnippet.FixMembers("""
        int Count
        {
            get
            {
                try
                {
                    gate.{|TW2003:Wait(Token)|};
                    return count;
                }
                finally
                {
                    gate.Release();
                }
            }
        }

        Func<SemaphoreSlim, CancellationToken, Task> Run { get; } = static async (own, ct) =>
        {
            try
            {
                await own.{|TW2003:WaitAsync(ct)|};
                await Task.Yield();
            }
            finally
            {
                own.Release();
            }
        };

        void M(CancellationToken ct)
        {
            Local();
            void Local()
            {
                try
                {
                    gate.{|TW2003:Wait(ct)|};
                    count++;
                }
                finally
                {
                    gate.Release();
                }
            }
        }

        CancellationToken Token => new(true);
        """, """
        int Count
        {
            get
            {
                gate.Wait(Token);
                try
                {
                    return count;
                }
                finally
                {
                    gate.Release();
                }
            }
        }

        Func<SemaphoreSlim, CancellationToken, Task> Run { get; } = static async (own, ct) =>
        {
            await own.WaitAsync(ct);
            try
            {
                await Task.Yield();
            }
            finally
            {
                own.Release();
            }
        };

        void M(CancellationToken ct)
        {
            Local();
            void Local()
            {
                gate.Wait(ct);
                try
                {
                    count++;
                }
                finally
                {
                    gate.Release();
                }
            }
        }

        CancellationToken Token => new(true);
        """);

    [Fact]
    public Task Nested_and_several_in_one_run() => LockSnippet.Fix("""
        try
        {
            await gate.{|TW2003:WaitAsync(ct)|};
            try
            {
                await other.{|TW2003:WaitAsync(ct)|};
                await work.DoAsync();
            }
            finally
            {
                other.Release();
            }
        }
        finally
        {
            gate.Release();
        }

        try
        {
            gate.{|TW2003:Wait(ct)|};
            work.Do();
        }
        finally
        {
            gate.Release();
        }
        """, """
        await gate.WaitAsync(ct);
        try
        {
            await other.WaitAsync(ct);
            try
            {
                await work.DoAsync();
            }
            finally
            {
                other.Release();
            }
        }
        finally
        {
            gate.Release();
        }

        gate.Wait(ct);
        try
        {
            work.Do();
        }
        finally
        {
            gate.Release();
        }
        """);

    [Fact]
    public Task The_other_mode_of_a_reader_writer_lock_inside_is_another_lock() => LockSnippet.FixSync("""
        try
        {
            work.Do();
            rw.{|TW2003:EnterUpgradeableReadLock()|};
            rw.EnterWriteLock();
            try
            {
                count++;
            }
            finally
            {
                rw.ExitWriteLock();
            }
        }
        finally
        {
            rw.ExitUpgradeableReadLock();
        }
        """, """
        work.Do();
        rw.EnterUpgradeableReadLock();
        try
        {
            rw.EnterWriteLock();
            try
            {
                count++;
            }
            finally
            {
                rw.ExitWriteLock();
            }
        }
        finally
        {
            rw.ExitUpgradeableReadLock();
        }
        """);

    [Fact]
    public Task Waiting_on_the_monitor_in_between_is_no_other_acquire() => LockSnippet.FixSync("""
        try
        {
            work.Do();
            Monitor.{|TW2003:Enter(sync)|};
            while (count == 0)
                Monitor.Wait(sync);
            Monitor.Pulse(sync);
        }
        finally
        {
            Monitor.Exit(sync);
        }
        """, """
        work.Do();
        Monitor.Enter(sync);
        try
        {
            while (count == 0)
                Monitor.Wait(sync);
            Monitor.Pulse(sync);
        }
        finally
        {
            Monitor.Exit(sync);
        }
        """);
}
