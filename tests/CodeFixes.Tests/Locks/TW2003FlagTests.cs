using System.Threading.Tasks;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

/// <summary>Where neither the acquire nor the handlers can move, the release asks a flag.</summary>
public class TW2003FlagTests
{
    [Theory]
    [InlineData("count = 0;")]
    [InlineData("Reset();")]
    [InlineData("this.Reset();")]
    [InlineData("Changed?.Invoke();")]
    [InlineData("s_all.Add(this.ToString()!);")]
    [InlineData("Console.WriteLine(this);")]
    [InlineData("Number--;")]
    [InlineData("work.Do();")]
    [InlineData("local();")]
    [InlineData("Inside();")]
    [InlineData("Inner.s_failures++;")]
    [InlineData("Console.WriteLine(base.ToString());")]
    [InlineData("peer.count = 0;")]
    [InlineData("shared++;")]
    [InlineData("Console.WriteLine(shared);")]
    [InlineData("list.Clear();")]
    [InlineData("GC.KeepAlive(list);")]
    [InlineData("work = null!;")]
    [InlineData("source.Cancel();")]
    [InlineData("_source.Cancel();")]
    public Task Handlers_that_touch_the_state_of_the_type_keep_the_lock(string handler) => LockSnippet.FixMembers(Members("""
            try
            {
                await gate.{|TW2003:WaitAsync(ct)|};
                await work.DoAsync();
            }
            catch (IOException)
            {
                HANDLER
            }
            finally
            {
                gate.Release();
            }
        """, handler), Members("""
            var taken = false;
            try
            {
                await gate.WaitAsync(ct);
                taken = true;
                await work.DoAsync();
            }
            catch (IOException)
            {
                HANDLER
            }
            finally
            {
                if (taken)
                {
                    gate.Release();
                }
            }
        """, handler));

    [Fact]
    public Task A_filter_that_asks_for_the_state_of_the_type() => LockSnippet.Fix("""
        try
        {
            await gate.{|TW2003:WaitAsync(ct)|};
            await work.DoAsync();
        }
        catch (IOException) when (count > 0)
        {
        }
        finally
        {
            gate.Release();
        }
        """, """
        var taken = false;
        try
        {
            await gate.WaitAsync(ct);
            taken = true;
            await work.DoAsync();
        }
        catch (IOException) when (count > 0)
        {
        }
        finally
        {
            if (taken)
            {
                gate.Release();
            }
        }
        """);

    [Fact]
    public Task A_finally_that_does_something_else_first() => LockSnippet.Fix("""
        // Do it.
        try
        {
            // One at a time.
            await gate.{|TW2003:WaitAsync(ct)|}; // please

            await work.DoAsync();
        }
        finally
        {
            work.Do();

            // Next.
            gate.Release(); // done
        }
        """, """
        // Do it.
        var taken = false;
        try
        {
            // One at a time.
            await gate.WaitAsync(ct); // please
            taken = true;

            await work.DoAsync();
        }
        finally
        {
            work.Do();

            // Next.
            if (taken)
            {
                gate.Release(); // done
            }
        }
        """);

    [Fact]
    public Task An_acquire_in_a_branch_an_inner_try_a_block_and_a_switch() => LockSnippet.FixMembers("""
        async Task Branch(bool condition, CancellationToken ct)
        {
            try
            {
                if (work.Ask())
                {
                    await gate.{|TW2003:WaitAsync(ct)|};
                }

                await work.DoAsync();
            }
            finally
            {
                gate.Release();
            }
        }

        async Task Inner(CancellationToken ct)
        {
            try
            {
                try
                {
                    await gate.{|TW2003:WaitAsync(ct)|};
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                await work.DoAsync();
            }
            finally
            {
                gate.Release();
            }
        }

        async Task Deep(CancellationToken ct)
        {
            try
            {
                using (new MemoryStream())
                {
                    {
                        await gate.{|TW2003:WaitAsync(ct)|};
                    }

                    await work.DoAsync();
                }
            }
            finally
            {
                try
                {
                    work.Do();
                }
                finally
                {
                    gate.Release();
                }
            }
        }
        """, """
        async Task Branch(bool condition, CancellationToken ct)
        {
            var taken = false;
            try
            {
                if (work.Ask())
                {
                    await gate.WaitAsync(ct);
                    taken = true;
                }

                await work.DoAsync();
            }
            finally
            {
                if (taken)
                {
                    gate.Release();
                }
            }
        }

        async Task Inner(CancellationToken ct)
        {
            var taken = false;
            try
            {
                try
                {
                    await gate.WaitAsync(ct);
                    taken = true;
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                await work.DoAsync();
            }
            finally
            {
                if (taken)
                {
                    gate.Release();
                }
            }
        }

        async Task Deep(CancellationToken ct)
        {
            var taken = false;
            try
            {
                using (new MemoryStream())
                {
                    {
                        await gate.WaitAsync(ct);
                        taken = true;
                    }

                    await work.DoAsync();
                }
            }
            finally
            {
                try
                {
                    work.Do();
                }
                finally
                {
                    if (taken)
                    {
                        gate.Release();
                    }
                }
            }
        }
        """);

    [Fact]
    public Task A_using_before_the_acquire_disposes_before_the_release() => LockSnippet.Fix("""
        try
        {
            using var file = File.OpenRead(text);
            await gate.{|TW2003:WaitAsync(ct)|};
            await work.DoAsync();
        }
        finally
        {
            gate.Release();
        }
        """, """
        var taken = false;
        try
        {
            using var file = File.OpenRead(text);
            await gate.WaitAsync(ct);
            taken = true;
            await work.DoAsync();
        }
        finally
        {
            if (taken)
            {
                gate.Release();
            }
        }
        """);

    [Theory]
    [InlineData("var count = await work.CountAsync();", "count = 2;")]
    [InlineData("int.TryParse(text, out var size);", "foreach (var size in text) number += size;")]
    [InlineData("var (size, other) = (1, 2);", "Func<int, int> f = size => size;")]
    [InlineData("foreach (var size in text) number += size;", "{ var size = 2; }")]
    [InlineData("Help(); void Help() { }", "")]
    [InlineData("var count = await work.CountAsync();", "#if OTHER\ncount = 2;\n#endif")]
    public Task What_cannot_leave_the_block(string before, string behind) => LockSnippet.Fix($$"""
        try
        {
            {{before}}
            await work.DoAsync();
            await gate.{|TW2003:WaitAsync(ct)|};
            await work.DoAsync();
        }
        finally
        {
            gate.Release();
        }

        {{behind}}
        """, $$"""
        var taken = false;
        try
        {
            {{before}}
            await work.DoAsync();
            await gate.WaitAsync(ct);
            taken = true;
            await work.DoAsync();
        }
        finally
        {
            if (taken)
            {
                gate.Release();
            }
        }

        {{behind}}
        """);

    [Fact]
    public Task A_jump_over_the_acquire_into_the_rest() => LockSnippet.Fix("""
        try
        {
            if (condition) goto free;
            await gate.{|TW2003:WaitAsync(ct)|};
        free:
            await work.DoAsync();
        }
        finally
        {
            gate.Release();
        }
        """, """
        var taken = false;
        try
        {
            if (condition) goto free;
            await gate.WaitAsync(ct);
            taken = true;
        free:
            await work.DoAsync();
        }
        finally
        {
            if (taken)
            {
                gate.Release();
            }
        }
        """);

    [Theory]
    [InlineData("var taken = 0;", "gateTaken")]
    [InlineData("// taken", "gateTaken")]
    [InlineData("var taken = 0; var gateTaken = 0;", "taken1")]
    [InlineData("var taken = 0; Func<int, int> f = gateTaken => gateTaken; string taken1;", "taken2")]
    public Task The_flag_has_a_name_of_its_own(string before, string flag) => LockSnippet.Fix($$"""
        {{before}}
        try
        {
            await gate.{|TW2003:WaitAsync(ct)|};
            await work.DoAsync();
        }
        finally
        {
            work.Do();
            gate.Release();
        }
        """, $$"""
        {{before}}
        var {{flag}} = false;
        try
        {
            await gate.WaitAsync(ct);
            {{flag}} = true;
            await work.DoAsync();
        }
        finally
        {
            work.Do();
            if ({{flag}})
            {
                gate.Release();
            }
        }
        """);

    [Fact]
    public Task A_lock_without_a_name() => LockSnippet.FixMembers("""
        void M(Dictionary<string, SemaphoreSlim> gates, string key, bool taken, CancellationToken ct)
        {
            var gate = gates[key];
            try
            {
                gates["a"].{|TW2003:Wait(ct)|};
                work.Do();
            }
            finally
            {
                work.Do();
                gates["a"].Release();
            }
        }
        """, """
        void M(Dictionary<string, SemaphoreSlim> gates, string key, bool taken, CancellationToken ct)
        {
            var gate = gates[key];
            var taken1 = false;
            try
            {
                gates["a"].Wait(ct);
                taken1 = true;
                work.Do();
            }
            finally
            {
                work.Do();
                if (taken1)
                {
                    gates["a"].Release();
                }
            }
        }
        """);

    [Fact]
    public Task The_flag_hides_no_field_and_the_lock_may_have_any_name() => LockSnippet.FixMembers("""
        private int taken, s_theGate_Taken;
        private static readonly SemaphoreSlim s_theGate = new(1, 1);

        void M(CancellationToken ct)
        {
            try
            {
                s_theGate.{|TW2003:Wait(ct)|};
                work.Do();
            }
            finally
            {
                work.Do();
                s_theGate.Release();
            }
        }
        """, """
        private int taken, s_theGate_Taken;
        private static readonly SemaphoreSlim s_theGate = new(1, 1);

        void M(CancellationToken ct)
        {
            var theGateTaken = false;
            try
            {
                s_theGate.Wait(ct);
                theGateTaken = true;
                work.Do();
            }
            finally
            {
                work.Do();
                if (theGateTaken)
                {
                    s_theGate.Release();
                }
            }
        }
        """);

    private static string Members(string body, string handler) => $$"""
        private static readonly List<string> s_all = [];
        private readonly CancellationTokenSource _source = new();
        private event Action? Changed;
        private int Number { get; set; }
        private void Reset() { }

        sealed class Inner { public static int s_failures; }

        async Task M(C peer, Action local, List<int> list, CancellationTokenSource source, CancellationToken ct)
        {
            var shared = 0;
            Parallel.For(0, 9, i => shared += i);
        {{body.Replace("HANDLER", handler)}}
            void Inside() => count++;
        }
        """;
}
