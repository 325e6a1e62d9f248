using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

/// <summary>Handlers that must keep seeing what the acquire throws, and that can do without the lock, stay on an outer <c>try</c>.</summary>
public class TW2003InnerTryTests
{
    [Theory]
    [InlineData("catch (OperationCanceledException)", "")]
    [InlineData("catch (OperationCanceledException)", "return;")]
    [InlineData("catch (Exception e) when (e is not OperationCanceledException)", "Console.WriteLine(e.GetType().Name + nameof(count));")]
    [InlineData("catch (IOException e) when (!ct.IsCancellationRequested)", "number = e.HResult; throw;")]
    [InlineData("catch", "throw new InvalidOperationException(text);")]
    [InlineData("catch (Exception e)", "await Console.Error.WriteLineAsync(e.Message);")]
    [InlineData("catch (Exception e)", "text = e.Message; number++; condition = ct.CanBeCanceled;")]
    [InlineData("catch (Exception e)", "var all = new List<Exception> { e }; all.Add(e); throw new AggregateException(all);")]
    public Task Handlers_that_do_without_the_state_of_the_type(string clause, string handler) => LockSnippet.Fix($$"""
        try
        {
            await gate.{|TW2003:WaitAsync(ct)|};

            await work.DoAsync();
            count++;
        }
        {{clause}}
        {
            {{handler}}
        }
        finally
        {
            gate.Release();
        }
        """, $$"""
        try
        {
            await gate.WaitAsync(ct);
            try
            {
                await work.DoAsync();
                count++;
            }
            finally
            {
                gate.Release();
            }
        }
        {{clause}}
        {
            {{handler}}
        }
        """);

    [Fact]
    public Task A_result_that_others_wait_for_is_no_state() => LockSnippet.FixMembers("""
        void M(TaskCompletionSource<int> done, TaskCompletionSource ready, CancellationToken ct)
        {
            Task.Run(() =>
            {
                try
                {
                    gate.{|TW2003:Wait(ct)|};
                    done.SetResult(count++);
                }
                catch (Exception e)
                {
                    done.TrySetException(e);
                    ready.TrySetCanceled(ct);
                }
                finally
                {
                    gate.Release();
                }
            });
        }
        """, """
        void M(TaskCompletionSource<int> done, TaskCompletionSource ready, CancellationToken ct)
        {
            Task.Run(() =>
            {
                try
                {
                    gate.Wait(ct);
                    try
                    {
                        done.SetResult(count++);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }
                catch (Exception e)
                {
                    done.TrySetException(e);
                    ready.TrySetCanceled(ct);
                }
            });
        }
        """);

    [Fact]
    public Task A_logger_is_no_state() => Verify.Fix<TW2003ReleaseOnlyAcquired>("TW2003", Logging("""
                try
                {
                    await _gate.{|TW2003:WaitAsync(ct)|};
                    File.Delete("a");
                }
                catch (IOException e)
                {
                    _logger.LogError(e, "no");
                    logger.LogError(e, "no");
                    this._logger.Log(1);
                }
                finally
                {
                    _gate.Release();
                }
        """), Logging("""
                try
                {
                    await _gate.WaitAsync(ct);
                    try
                    {
                        File.Delete("a");
                    }
                    finally
                    {
                        _gate.Release();
                    }
                }
                catch (IOException e)
                {
                    _logger.LogError(e, "no");
                    logger.LogError(e, "no");
                    this._logger.Log(1);
                }
        """));

    [Fact]
    public Task A_finally_that_releases_first_is_split() => LockSnippet.Fix("""
        try
        {
            await gate.{|TW2003:WaitAsync(ct)|};
            await work.DoAsync();
        } // of the work
        finally
        {
            // Let the next one in.
            gate.Release(); // at once

            // Then tidy up.
            work.Do();
            number--;
        }
        """, """
        try
        {
            await gate.WaitAsync(ct);
            try
            {
                await work.DoAsync();
            }
            finally
            {
                // Let the next one in.
                gate.Release(); // at once
            }
        } // of the work
        finally
        {
            // Then tidy up.
            work.Do();
            number--;
        }
        """);

    [Fact]
    public Task Handlers_and_a_finally_with_more_to_do() => LockSnippet.FixSync("""
        try
        {
            work.Do();
            if (!gate.{|TW2003:Wait(100, ct)|})
                throw new TimeoutException();

            work.Do();

            // Last.
        }
        catch (TimeoutException e) { Console.WriteLine(e); }
        catch (IOException) { return; }
        finally
        {
            gate.Release();
            work.Do();
        }
        """, """
        try
        {
            work.Do();
            if (!gate.Wait(100, ct))
                throw new TimeoutException();
            try
            {
                work.Do();

                // Last.
            }
            finally
            {
                gate.Release();
            }
        }
        catch (TimeoutException e) { Console.WriteLine(e); }
        catch (IOException) { return; }
        finally
        {
            work.Do();
        }
        """);

    [Fact]
    public Task The_rest_is_indented_and_its_strings_are_not() => LockSnippet.Fix(""""
        try
        {
            await gate.{|TW2003:WaitAsync(ct)|};
            var a = @"first
              second";
            var b = """
                raw
                  {number}
                """;
            var c = new[]
            {
                1,    2,
                    3, // third
            };
            /* one
               two */
            Console.WriteLine(a + b + c.Length +
                $"{number +
                   1}");
        }
        catch (IOException)
        {
        }
        finally
        {
            gate.Release();
        }
        """", """"
        try
        {
            await gate.WaitAsync(ct);
            try
            {
                var a = @"first
              second";
                var b = """
                raw
                  {number}
                """;
                var c = new[]
                {
                    1,    2,
                        3, // third
                };
                /* one
                   two */
                Console.WriteLine(a + b + c.Length +
                    $"{number +
                       1}");
            }
            finally
            {
                gate.Release();
            }
        }
        catch (IOException)
        {
        }
        """");

    [Fact]
    public Task Two_locks_of_one_try_end_up_properly_nested() => LockSnippet.Fix("""
        try
        {
            await gate.{|TW2003:WaitAsync(ct)|};
            await other.{|TW2003:WaitAsync(ct)|};
            await work.DoAsync();
        }
        finally
        {
            other.Release();
            gate.Release();
        }
        """, """
        var taken = false;
        try
        {
            await gate.WaitAsync(ct);
            taken = true;
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
            if (taken)
            {
                gate.Release();
            }
        }
        """);

    [Fact]
    public Task Without_braces_around_the_try() => LockSnippet.Fix("""
        if (condition)
            try
            {
                await gate.{|TW2003:WaitAsync(ct)|};
                await work.DoAsync();
            }
            catch (IOException)
            {
            }
            finally
            {
                gate.Release();
            }
        """, """
        if (condition)
            try
            {
                await gate.WaitAsync(ct);
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
        """);

    private static string Logging(string statements) => $$"""
        using Microsoft.Extensions.Logging;

        class C(ILogger<C> logger)
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ILogger<C> _logger = logger;

            async Task M(CancellationToken ct)
            {
        {{statements}}
            }
        }

        namespace Microsoft.Extensions.Logging
        {
            public interface ILogger { void Log(int level); }
            public interface ILogger<T> : ILogger { }
            public static class LoggerExtensions { public static void LogError(this ILogger logger, Exception e, string text) { } }
        }
        """;
}
