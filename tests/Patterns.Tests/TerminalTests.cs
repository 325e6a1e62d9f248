using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Patterns.Tests;

/// <summary>On a terminal of 80 columns each part holds, and its tables are drawn and fit.</summary>
public class TerminalTests
{
    private const string Frame = "┌├└│";

    [Theory]
    [InlineData("crawler", "│ Parallel.ForEachAsync │")]
    [InlineData("thread", "│ t3 ")]
    [InlineData("join", "│ join inside the start loop │")]
    [InlineData("queue", "[1, 4, 9] [9, 16, 25] [16, 16, 16] [25, 25, 25]")]
    [InlineData("lock", "│ ReaderWriterLockSlim │")]
    [InlineData("pool", "│ 11 ")]
    [InlineData("process", "aaaaa")]
    [InlineData("process-queue", "249833583000 249833583000")]
    [InlineData("process-pool", "│ pool of processes ")]
    [InlineData("shared-memory", "│ d ")]
    [InlineData("process-lock", "One process after the other, never interleaved: last value 20.")]
    [InlineData("choose", "│ raw threads ")]
    [InlineData("memory", "│ process ")]
    public async Task A_part_holds_on_a_terminal(string part, string shown)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The terminal is a pseudoterminal of Unix.");
        var run = await Terminal.RunAsync(part);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains(run.Lines, line => line.StartsWith(shown, StringComparison.Ordinal));
        Assert.All(run.Lines.Where(static line => line is [var first, ..] && Frame.Contains(first)), static line =>
        {
            Assert.InRange(line.Length, 1, Terminal.Columns);
            Assert.Contains(line[^1], "┐┤┘│");
        });
    }
}
