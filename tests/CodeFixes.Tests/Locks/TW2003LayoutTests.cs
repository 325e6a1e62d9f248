using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

/// <summary>The text around an edit stays as its author wrote it.</summary>
public class TW2003LayoutTests
{
    [Fact]
    public Task Comments_move_with_what_they_are_about() => LockSnippet.Fix("""
        Console.WriteLine();

        // Only one writer. 1
        try // 2
        { // 3

            // Wait 4
            // for it. 5
            await gate.{|TW2003:WaitAsync(ct)|}; // 6

            // Write. 7
            await work.DoAsync(); // 8
            // 9
        } // 10
        finally // 11
        {
            // 12
            gate.Release(); // 13
            // 14
        } // 15
        """, """
        Console.WriteLine();

        // Only one writer. 1
        // Wait 4
        // for it. 5
        await gate.WaitAsync(ct); // 6
        try // 2
        { // 3
            // Write. 7
            await work.DoAsync(); // 8
            // 9
        } // 10
        finally // 11
        {
            // 12
            gate.Release(); // 13
            // 14
        } // 15
        """);

    [Fact]
    public Task Comments_of_an_inner_try() => LockSnippet.Fix("""
        // 1
        try // 2
        { // 3
            // 4
            await gate.{|TW2003:WaitAsync(ct)|}; // 5

            // 6
            await work.DoAsync(); /* 7 */ // 8

            // 9
        } // 10
        catch (IOException) // 11
        { // 12
            // 13
        } // 14
        // 15
        finally // 16
        { // 17
            // 18
            gate.Release(); // 19
            // 20
        } // 21
        // 22
        """, """
        // 1
        try // 2
        { // 3
            // 4
            await gate.WaitAsync(ct); // 5
            try
            {
                // 6
                await work.DoAsync(); /* 7 */ // 8

                // 9
            }
            // 15
            finally // 16
            { // 17
                // 18
                gate.Release(); // 19
                // 20
            } // 21
        } // 10
        catch (IOException) // 11
        { // 12
            // 13
        } // 14
        // 22
        """);

    [Fact]
    public Task One_line() => LockSnippet.FixMembers("""
        async Task A(CancellationToken ct) { try { await gate.{|TW2003:WaitAsync(ct)|}; await work.DoAsync(); } finally { gate.Release(); } }
        async Task B(CancellationToken ct)
        {
            try { await gate.{|TW2003:WaitAsync(ct)|}; await work.DoAsync(); } finally { gate.Release(); }
            try { await gate.{|TW2003:WaitAsync(ct)|}; await work.DoAsync(); }
            catch (IOException) { }
            finally { gate.Release(); }
            try { await gate.{|TW2003:WaitAsync(ct)|}; await work.DoAsync(); } catch (IOException) { count++; } finally { gate.Release(); }
            try { await gate.{|TW2003:WaitAsync(ct)|}; await work.DoAsync(); }
            finally { gate.Release(); work.Do(); }
        }
        """, """
        async Task A(CancellationToken ct) { await gate.WaitAsync(ct); try { await work.DoAsync(); } finally { gate.Release(); } }
        async Task B(CancellationToken ct)
        {
            await gate.WaitAsync(ct);
            try { await work.DoAsync(); } finally { gate.Release(); }
            try { await gate.WaitAsync(ct); try { await work.DoAsync(); } finally { gate.Release(); } }
            catch (IOException) { }
            var taken = false;
            try { await gate.WaitAsync(ct); taken = true; await work.DoAsync(); } catch (IOException) { count++; } finally { if (taken) { gate.Release(); } }
            try { await gate.WaitAsync(ct); try { await work.DoAsync(); } finally { gate.Release(); } }
            finally { work.Do(); }
        }
        """);

    [Fact]
    public Task Braces_at_the_end_of_the_line() => LockSnippet.FixMembers("""
        async Task A(CancellationToken ct) {
            try {
                await gate.{|TW2003:WaitAsync(ct)|};
                await work.DoAsync();
            } catch (IOException) {
                throw;
            } finally {
                gate.Release();
            }
        }

        async Task B(CancellationToken ct) {
            try {
                await gate.{|TW2003:WaitAsync(ct)|};
                await work.DoAsync();
            } finally {
                count++;
                gate.Release();
            }
        }

        async Task D(CancellationToken ct) {
            try {
                await gate.{|TW2003:WaitAsync(ct)|};
                await work.DoAsync();
            } finally {
                gate.Release();
                count++;
            }
        }
        """, """
        async Task A(CancellationToken ct) {
            try {
                await gate.WaitAsync(ct);
                try {
                    await work.DoAsync();
                } finally {
                    gate.Release();
                }
            } catch (IOException) {
                throw;
            }
        }

        async Task B(CancellationToken ct) {
            var taken = false;
            try {
                await gate.WaitAsync(ct);
                taken = true;
                await work.DoAsync();
            } finally {
                count++;
                if (taken) {
                    gate.Release();
                }
            }
        }

        async Task D(CancellationToken ct) {
            try {
                await gate.WaitAsync(ct);
                try {
                    await work.DoAsync();
                } finally {
                    gate.Release();
                }
            } finally {
                count++;
            }
        }
        """);

    [Theory]
    [InlineData("\t", "\n")]
    [InlineData("    ", "\r\n")]
    [InlineData("  ", "\n")]
    public Task Tabs_and_line_ends_are_kept(string step, string line)
    {
        return Verify.Fix<TW2003ReleaseOnlyAcquired>("TW2003", Written(LockSnippet.Async("""
            try
            {
                if (condition)
                {
                    gate.{|TW2003:Wait(ct)|};
                }

                await work.DoAsync();
            }
            finally
            {
                gate.Release();
            }

            try
            {
                gate.{|TW2003:Wait(ct)|};
                await work.DoAsync();
            }
            catch (IOException)
            {
            }
            finally
            {
                gate.Release();
            }
            """)), Written(LockSnippet.Async("""
            var taken = false;
            try
            {
                if (condition)
                {
                    gate.Wait(ct);
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

            try
            {
                gate.Wait(ct);
                try
                {
                    await work.DoAsync();
                }
                finally
                {
                    gate.Release();
                }
            }
            catch (IOException)
            {
            }
            """)));

        string Written(string text) => text.Replace("    ", step).Replace("\n", line);
    }

    [Fact]
    public Task Directives_elsewhere_are_kept() => LockSnippet.Fix("""
        #if FAST
        number++;
        #endif
        try
        {
            await gate.{|TW2003:WaitAsync(ct)|};
        #region Work
            await work.DoAsync();
        #endregion
        #if FAST
          gate.Release(@"
        ");
        #endif
        }
        finally
        {
            gate.Release();
        }

        try
        {
            await gate.{|TW2003:WaitAsync(ct)|};
            await work.DoAsync();
        #if FAST
              number++; @"
        ";
        #endif
        }
        #pragma warning disable CS0168
        catch (IOException e)
        {
        }
        finally
        {
            gate.Release();
        #pragma warning restore CS0168
        }
        """, """
        #if FAST
        number++;
        #endif
        await gate.WaitAsync(ct);
        try
        {
        #region Work
            await work.DoAsync();
        #endregion
        #if FAST
          gate.Release(@"
        ");
        #endif
        }
        finally
        {
            gate.Release();
        }

        try
        {
            await gate.WaitAsync(ct);
            try
            {
                await work.DoAsync();
        #if FAST
              number++; @"
        ";
        #endif
            }
            finally
            {
                gate.Release();
            #pragma warning restore CS0168
            }
        }
        #pragma warning disable CS0168
        catch (IOException e)
        {
        }
        """);

    [Fact]
    public Task A_label_stays_in_front() => LockSnippet.Fix("""
        again:
        try
        {
            work.Do();
            await gate.{|TW2003:WaitAsync(ct)|};
            await work.DoAsync();
        }
        finally
        {
            gate.Release();
        }

        if (number-- > 0) goto again;
        last: once: try
        {
            await gate.{|TW2003:WaitAsync(ct)|};
            await work.DoAsync();
        }
        finally
        {
            gate.Release();
        }

        if (number-- > 0) goto last;
        if (number-- > 0) goto once;
        """, """
        again:
        work.Do();
        await gate.WaitAsync(ct);
        try
        {
            await work.DoAsync();
        }
        finally
        {
            gate.Release();
        }

        if (number-- > 0) goto again;
        last: once: var taken = false; try
        {
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

        if (number-- > 0) goto last;
        if (number-- > 0) goto once;
        """);

    [Fact]
    public Task Switch_sections() => LockSnippet.Fix("""
        switch (number)
        {
            case 1:
                try
                {
                    var size = await work.CountAsync();
                    await gate.{|TW2003:WaitAsync(ct)|};
                    count = size;
                }
                finally
                {
                    gate.Release();
                }

                break;
            case 2:
                try
                {
                    switch (text)
                    {
                        case "a":
                            gate.{|TW2003:Wait(ct)|};
                            break;
                    }

                    work.Do();
                }
                finally
                {
                    gate.Release();
                }

                break;
        }
        """, """
        switch (number)
        {
            case 1:
                var size = await work.CountAsync();
                await gate.WaitAsync(ct);
                try
                {
                    count = size;
                }
                finally
                {
                    gate.Release();
                }

                break;
            case 2:
                var taken = false;
                try
                {
                    switch (text)
                    {
                        case "a":
                            gate.Wait(ct);
                            taken = true;
                            break;
                    }

                    work.Do();
                }
                finally
                {
                    if (taken)
                    {
                        gate.Release();
                    }
                }

                break;
        }
        """);

    [Fact]
    public Task Top_level_statements() => Verify.Fix<TW2003ReleaseOnlyAcquired>("TW2003", """
        var gate = new SemaphoreSlim(1, 1);
        using var source = new CancellationTokenSource(100);

        // First.
        try
        {
            var name = args[0];
            await gate.{|TW2003:WaitAsync(source.Token)|};
            Console.WriteLine(name);
        }
        finally
        {
            gate.Release();
        }

        try
        {
            await gate.{|TW2003:WaitAsync(source.Token)|};
            Console.WriteLine();
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            gate.Release();
        }

        try
        {
            await gate.{|TW2003:WaitAsync(source.Token)|};
            Console.WriteLine();
        }
        finally
        {
            Console.WriteLine();
            gate.Release();
        }
        """, """
        var gate = new SemaphoreSlim(1, 1);
        using var source = new CancellationTokenSource(100);

        // First.
        var name = args[0];
        await gate.WaitAsync(source.Token);
        try
        {
            Console.WriteLine(name);
        }
        finally
        {
            gate.Release();
        }

        try
        {
            await gate.WaitAsync(source.Token);
            try
            {
                Console.WriteLine();
            }
            finally
            {
                gate.Release();
            }
        }
        catch (OperationCanceledException)
        {
        }

        var taken = false;
        try
        {
            await gate.WaitAsync(source.Token);
            taken = true;
            Console.WriteLine();
        }
        finally
        {
            Console.WriteLine();
            if (taken)
            {
                gate.Release();
            }
        }
        """, configure: static test => test.OutputKind = OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("net48")]
    [InlineData("netstandard2.0")]
    [InlineData("net8.0")]
    public Task Other_targets(string framework) => Verify.Fix<TW2003ReleaseOnlyAcquired>("TW2003", Old("""
            try
            {
                await _gate.{|TW2003:WaitAsync(ct)|}.ConfigureAwait(false);
                File.Delete("a");
            }
            catch (OperationCanceledException)
            {
            }
            finally
            {
                _gate.Release();
            }
        """), Old("""
            try
            {
                await _gate.WaitAsync(ct).ConfigureAwait(false);
                try
                {
                    File.Delete("a");
                }
                finally
                {
                    _gate.Release();
                }
            }
            catch (OperationCanceledException)
            {
            }
        """), configure: test => test.References = framework switch
        {
            "net48" => Frameworks.NetFramework48,
            "net8.0" => Frameworks.Net80,
            _ => Frameworks.NetStandard20,
        });

    private static string Old(string statements) => $$"""
        class C
        {
            private readonly SemaphoreSlim _gate = new SemaphoreSlim(1, 1);

            async Task M(CancellationToken ct)
            {
        {{string.Join("\n", statements.Split('\n').Select(static line => "    " + line))}}
            }
        }
        """;
}
