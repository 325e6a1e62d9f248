using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>Loops, jumps, filters, calls that never return: every path that releases holds the lock.</summary>
public class InnocentFlowTraps
{
    private static Task Silent(string statements) => Verify.Rule("TW2003", Snippet.Async(statements));

    [Theory]
    [InlineData("while (!Monitor.TryEnter(sync, 100)) work.Do(); try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("while (true) { try { await gate.WaitAsync(ct); break; } catch (ObjectDisposedException) { work.Do(); } } try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("for (;;) { if (await gate.WaitAsync(100)) break; if (condition) return; } try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("int tries = 0; while (!gate.Wait(100)) { if (++tries == 3) throw new TimeoutException(); } try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("do { if (ct.IsCancellationRequested) return; } while (!gate.Wait(100)); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("SpinWait.SpinUntil(() => gate.Wait(0)); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("if (!SpinWait.SpinUntil(() => Monitor.TryEnter(sync), 100)) return; try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("again: if (!Monitor.TryEnter(sync, 10)) goto again; try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("while (true) { if (!gate.Wait(100)) continue; try { work.Do(); } finally { gate.Release(); } break; }")]
    [InlineData("while (true) { bool entered = gate.Wait(100); if (entered) { try { work.Do(); return; } finally { gate.Release(); } } await Task.Delay(10, ct); }")]
    public Task Retried_until_held(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (char c in text) { await gate.WaitAsync(ct); try { if (c == 'a') continue; if (c == 'b') break; if (c == 'c') return; work.Do(); } finally { gate.Release(); } }")]
    [InlineData("try { foreach (char c in text) { await gate.WaitAsync(ct); try { work.Do(); } finally { gate.Release(); } } } finally { work.Do(); }")]
    [InlineData("for (;;) { gate.Wait(); if (condition) { gate.Release(); return; } gate.Release(); condition = work.Ask(); }")]
    [InlineData("for (;;) { gate.Wait(); if (condition) { gate.Release(); break; } gate.Release(); condition = work.Ask(); }")]
    [InlineData("gate.Wait(); while (number-- > 0) { gate.Release(); await Task.Yield(); gate.Wait(); } gate.Release();")]
    [InlineData("gate.Wait(); try { while (number-- > 0) { work.Do(); gate.Release(); try { await Task.Delay(1); } finally { gate.Wait(); } } } finally { gate.Release(); }")]
    [InlineData("for (int i = 0; i < 3; i++) Monitor.Enter(sync); for (int i = 0; i < 3; i++) Monitor.Exit(sync);")]
    [InlineData("await gate.WaitAsync(ct); do { number--; } while (number > 0); gate.Release();")]
    [InlineData("gate.Wait(); foreach (char c in text) { if (c == 'x') { gate.Release(); return; } } gate.Release();")]
    public Task Loops(string statements) => Silent(statements);

    [Theory]
    [InlineData("gate.Wait(); if (condition) goto done; number++; done: gate.Release();")]
    [InlineData("if (condition) goto done; gate.Wait(); number++; gate.Release(); done: number--;")]
    [InlineData("gate.Wait(); try { if (condition) goto done; work.Do(); } finally { gate.Release(); } done: work.Do();")]
    [InlineData("switch (number) { case 0: gate.Wait(); goto case 1; case 1: if (number == 0) gate.Release(); break; default: gate.Wait(); try { work.Do(); } finally { gate.Release(); } break; }")]
    [InlineData("gate.Wait(); switch (text) { case \"a\": gate.Release(); return; case \"b\": gate.Release(); break; default: gate.Release(); throw new NotSupportedException(); }")]
    public Task Jumps(string statements) => Silent(statements);

    [Theory]
    [InlineData("gate.Wait(); try { work.Do(); } catch (IOException e) when (e.HResult == number) { work.Do(); } finally { gate.Release(); }")]
    [InlineData("bool entered = false; try { gate.Wait(ct); entered = true; work.Do(); } catch (Exception) when (!entered) { work.Do(); } finally { if (entered) gate.Release(); }")]
    [InlineData("bool entered = false; try { gate.Wait(ct); entered = true; work.Do(); gate.Release(); } catch (Exception) when (entered) { gate.Release(); throw; }")]
    [InlineData("gate.Wait(); try { work.Do(); } catch (IOException) { gate.Release(); throw; } catch { gate.Release(); throw; } gate.Release();")]
    [InlineData("gate.Wait(); try { try { work.Do(); } catch (IOException) { return; } finally { work.Do(); } } finally { gate.Release(); }")]
    [InlineData("try { gate.Wait(); try { work.Do(); } finally { gate.Release(); } } catch (Exception e) { throw new InvalidOperationException(text, e); } finally { work.Do(); }")]
    [InlineData("gate.Wait(); try { work.Do(); } finally { try { work.Do(); } finally { gate.Release(); } }")]
    [InlineData("try { work.Do(); } finally { await gate.WaitAsync(); try { work.Do(); } finally { gate.Release(); } }")]
    [InlineData("try { work.Do(); } catch (IOException) { await gate.WaitAsync(ct); try { work.Do(); } finally { gate.Release(); } }")]
    public Task Handlers(string statements) => Silent(statements);

    [Theory]
    [InlineData("if (!Monitor.TryEnter(sync, 100)) Timeouts.Annotated(); try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("if (!Monitor.TryEnter(sync, 100)) Timeouts.Plain(); try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("Timeouts.Demand(gate.Wait(100)); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("Timeouts.Refuse(!gate.Wait(100)); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("if (!gate.Wait(100)) Environment.FailFast(text); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("if (!gate.Wait(100)) Environment.Exit(1); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("if (!gate.Wait(100)) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(new TimeoutException()); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("_ = gate.Wait(100) ? true : throw new TimeoutException(); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("_ = await gate.WaitAsync(100, ct) ? 0 : throw new TimeoutException(); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("var entered = gate.Wait(100) is true ? gate : throw new TimeoutException(); try { work.Do(); } finally { entered.Release(); }")]
    [InlineData("switch (gate.Wait(100)) { case false: throw new TimeoutException(); case true: break; } try { work.Do(); } finally { gate.Release(); }")]
    public Task Calls_that_never_return(string statements) => Verify.Rule("TW2003", Snippet.Async(statements) + """

        internal static class Timeouts
        {
            [DoesNotReturn] public static void Annotated() => throw new TimeoutException();
            public static void Plain() => throw new TimeoutException();
            public static void Demand([DoesNotReturnIf(false)] bool entered) { if (!entered) throw new TimeoutException(); }
            public static void Refuse([DoesNotReturnIf(true)] bool missed) { if (missed) throw new TimeoutException(); }
        }
        """);

    [Fact]
    public Task Conditional_compilation() => Verify.Rule("TW2003", """
        #define PATIENT
        #define CHECKED
        public sealed class C(Action act)
        {
            private readonly object _sync = new();
            public void M()
            {
        #if PATIENT
                Monitor.Enter(_sync);
        #else
                if (!Monitor.TryEnter(_sync, 100)) return;
        #endif
                try { act(); }
                finally
                {
        #if CHECKED
                    if (Monitor.IsEntered(_sync))
        #endif
                        Monitor.Exit(_sync);
        #if !PATIENT
                    Monitor.Exit(_sync);
        #endif
                }
            }
        }
        """);

    [Fact]
    public Task Top_level_statements() => Verify.Rule("TW2003", """
        using var mutex = new Mutex(true, "Global\\Only", out bool first);
        if (!first)
        {
            Console.WriteLine("already running");
            return 1;
        }
        var gate = new SemaphoreSlim(1, 1);
        await gate.WaitAsync();
        try { Console.WriteLine(args.Length); }
        finally { gate.Release(); }
        bool entered = false;
        try { entered = await gate.WaitAsync(1000); Console.WriteLine(Local()); }
        finally { if (entered) gate.Release(); }
        mutex.ReleaseMutex();
        return 0;

        int Local()
        {
            lock (gate) return Environment.TickCount;
        }
        """, static test => test.TestState.OutputKind = OutputKind.ConsoleApplication);

    [Fact]
    public Task Lambdas_and_local_functions_keep_their_own_account() => Silent("""
        await gate.WaitAsync(ct);
        try
        {
            Func<Task> inner = async () =>
            {
                await other.WaitAsync(ct);
                try { await work.DoAsync(); }
                finally { other.Release(); }
            };
            await inner();
            await Local();
            async Task Local()
            {
                if (!await throttle.WaitAsync(100)) return;
                try { await work.DoAsync(); }
                finally { throttle.Release(); }
            }
        }
        finally { gate.Release(); }
        Action later = () => { gate.Wait(ct); try { work.Do(); } finally { gate.Release(); } };
        later();
        """);

    [Fact]
    public Task Comment_says_why_the_wait_stands_inside() => Silent("""
        try
        {
            // The wait has neither a token nor a timeout, so the finally never runs without the lock.
            await gate.WaitAsync();
            await work.DoAsync();
        }
        finally { gate.Release(); }
        """);
}
