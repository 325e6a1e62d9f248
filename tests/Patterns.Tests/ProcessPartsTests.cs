using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Patterns.Tests;

/// <summary>2.1 to 2.5: the figures of the tutorial.</summary>
public class ProcessPartsTests
{
    [Fact]
    public async Task A_child_gets_its_arguments_and_has_memory_of_its_own()
    {
        var run = await Sample.HoldsAsync("process");

        Assert.Equal(["aaaaa", "1 2", "count 0", "The child ended with 0. Its count was its own: here it is still 5."], Body(run));
    }

    [Fact]
    public async Task Two_sums_come_through_one_queue()
    {
        var run = await Sample.HoldsAsync("process-queue");

        Assert.Equal(["249833583000 249833583000"], Body(run));
    }

    [Fact]
    public async Task Squares_come_in_order_although_workers_die()
    {
        var run = await Sample.HoldsAsync("process-pool");

        Assert.Equal(
            [
                $"[{string.Join(", ", Enumerable.Range(0, 100).Select(static i => i * i))}]",
                "'kill': 3 workers died of it.",
                "'nine': 'nine' is no whole number.",
                "Workers that died and were replaced: 4.",
            ],
            Body(run)[..4]);
        Assert.Matches(@"\npool of processes    +[\d,.]+ µs\nParallel, by ranges  +[\d,.]+ µs\n", run.Output);
    }

    [Fact]
    public async Task Memory_is_shared_by_type_and_in_bounds()
    {
        var run = await Sample.HoldsAsync("shared-memory");

        Assert.Contains("The child found the total 10.", run.Lines);
        Assert.Equal(
            [
                "b 1 sbyte 1", "B 1 byte 1", "u 2 char 2", "h 2 short 2", "H 2 ushort 2", "i 2 int 4", "I 2 uint 4",
                "l 4 long 8", "L 4 ulong 8", "q 8 long 8", "Q 8 ulong 8", "f 4 float 4", "d 8 double 8",
            ],
            Body(run).SkipWhile(static line => !line.StartsWith("code", StringComparison.Ordinal)).Skip(1).Take(13)
                .Select(static line => string.Join(" ", line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        Assert.Contains(run.Lines, static line => line.StartsWith("- A shared array has one dimension, and Int32[,] has more. Put its rows one after the other", StringComparison.Ordinal));
        Assert.Contains(run.Lines, static line => line.StartsWith("- A shared array has one dimension, and Int32[][] has more.", StringComparison.Ordinal));
        Assert.Contains("- numbers holds Int32, not Int64.", run.Lines);
        Assert.Contains(run.Lines, static line => line.StartsWith("- The array has the elements 0 to 3.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Processes_take_turns_and_nothing_is_lost_when_one_is_killed()
    {
        var run = await Sample.HoldsAsync("process-lock");

        var body = Body(run);
        Assert.Contains(body[..10], new[] { Words("1 2 3 4 5 8 11 14 17 20"), Words("3 6 9 12 15 16 17 18 19 20") });
        Assert.Equal(
            [
                "One process after the other, never interleaved: last value 20.",
                "The holder has the mutex and made the value 1.",
                $"The holder is killed, and ended with {(OperatingSystem.IsWindows() ? -1 : 137)}.",
                "The mutex was abandoned at value 1, and is held by this process now.",
                .. Words("4 7 10 13 16"),
                "Nothing is lost: 1 and 5 times 3 are 16.",
            ],
            body[10..]);
    }

    /// <summary>What is printed below the heading.</summary>
    private static string[] Body(Sample run) => [.. run.Lines.Skip(1).Where(static line => line != "")];

    private static string[] Words(string text) => text.Split(' ');
}
