using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>An acquire failed, and something on the way to the release throws, waits for ever or takes the lock after all.</summary>
public class InnocentReturnTraps
{
    private const string Helpers = """
        private Exception? error;
        private int failures;
        private SemaphoreSlim Gate => gate;
        private static void Either(string s) { if (s == "") throw new ArgumentException(s); else throw new TimeoutException(s); }
        private static int Value(string s) => Deeper(s);
        private static int Deeper(string s) => throw new TimeoutException(s);
        private void Often() { if (failures > 5) throw new TimeoutException(); Again(); }
        private void Again() => Again();
        private void Takes() => gate.Wait();
        private void Sleeps() { while (true) { Console.WriteLine(failures); } }
        private void Checks() { if (error != null) throw error; }
        private static void ThrowAny(List<Exception> errors) { if (errors.Count > 0) throw new AggregateException(errors); }
        private void Sorts(Exception e) { switch (e) { case TimeoutException: return; default: throw e; } }
        private async Task LaterAsync(Exception e) { await Task.Delay(1); Sorts(e); }
        private static void Ensure(bool taken) { if (!taken) throw new TimeoutException(); }
        private void Note() { failures++; }
        private void Limit() { if (failures > 0) throw new TimeoutException(); }
        """;

    private static Task Silent(string statements) => Verify.Rule("TW2003", Snippet.Class(
        $$"""
        {{Helpers}}
        public async Task M(bool condition, int number, string text, Action<string> act, CancellationToken ct) { await Task.Yield(); {{statements}} }
        """));

    [Theory]
    [InlineData("Either(text);")]
    [InlineData("Value(text);")]
    [InlineData("Often();")]
    [InlineData("act(text);")]
    [InlineData("work.Do();")]
    [InlineData("await work.DoAsync().ConfigureAwait(false);")]
    [InlineData("Sleeps();")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("await Task.FromException(new TimeoutException());")]
    [InlineData("if (condition) Either(text); else Value(text);")]
    [InlineData("Console.WriteLine(text); Either(text);")]
    [InlineData("Takes();")]
    [InlineData("Gate.Wait();")]
    public async Task Nobody_knows_that_the_call_comes_back(string call)
    {
        await Silent($"try {{ await gate.WaitAsync(ct); }} catch (OperationCanceledException) {{ {call} }} number++; gate.Release();");
        await Silent($"if (!await gate.WaitAsync(100)) {{ {call} }} try {{ work.Do(); }} finally {{ gate.Release(); }}");
        await Silent($"bool taken = await gate.WaitAsync(100); if (!taken) {{ {call} }} try {{ work.Do(); }} finally {{ gate.Release(); }}");
        await Silent($"gate.Wait(); if (condition) {{ gate.Release(); {call} }} number++; gate.Release();");
        await Silent($"if (number > 3) gate.Wait(); else {{ {call} }} number++; gate.Release();");
    }

    [Theory]
    [InlineData("error = e;", "Checks();")]
    [InlineData("error = e;", "work.Do();")]
    [InlineData("Sorts(e);", "")]
    [InlineData("await LaterAsync(e);", "")]
    [InlineData("", "ct.ThrowIfCancellationRequested();")]
    [InlineData("", "await Task.Delay(1, ct);")]
    [InlineData("Note();", "Limit();")]
    [InlineData("failures++;", "Limit();")]
    public Task The_failure_may_be_found_out_later(string handler, string later) => Silent(
        $"try {{ await gate.WaitAsync(ct); }} catch (OperationCanceledException e) {{ {handler} Console.WriteLine(e); }} {later} number++; gate.Release();");

    [Theory]
    [InlineData("var errors = new List<Exception>(); try { await gate.WaitAsync(ct); } catch (OperationCanceledException) { errors.Add(new TimeoutException()); } ThrowAny(errors); gate.Release();")]
    [InlineData("bool held = false; try { await gate.WaitAsync(ct); held = true; } catch (OperationCanceledException) { } Ensure(held); gate.Release();")]
    [InlineData("try { await gate.WaitAsync(ct); failures = 0; } catch (OperationCanceledException) { } Limit(); gate.Release();")]
    [InlineData("bool taken = await gate.WaitAsync(100); System.Diagnostics.Debug.Assert(taken, text); gate.Release();")]
    [InlineData("bool taken = await gate.WaitAsync(100); System.Diagnostics.Trace.Assert(taken); try { work.Do(); } finally { gate.Release(); }")]
    public Task A_later_check_keeps_the_failed_from_the_release(string statements) => Silent(statements);
}
