using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Patterns.Tests;

/// <summary>A run that is ended in the middle leaves no process and no file.</summary>
public class EndTests
{
    private const int SigHup = 1;
    private const int SigInt = 2;
    private const int SigKill = 9;
    private const int SigTerm = 15;

    /// <summary>So many runs may end before the signal comes, until the test fails.</summary>
    private const int Runs = 5;

    [Theory]
    [InlineData("0", "0 Why")]
    [InlineData("1.1", "1.1 Add")]
    [InlineData("1.2", "1.2 Join")]
    [InlineData("1.3", "1.3 Queue")]
    [InlineData("1.4", "1.4 Lock")]
    [InlineData("1.5", "1.5 Thread")]
    [InlineData("2.1", "2.1 Add")]
    [InlineData("2.2", "2.2 Queue")]
    [InlineData("2.3", "2.3 Process")]
    [InlineData("2.4", "2.4 Shared")]
    [InlineData("2.5", "2.5 Process")]
    [InlineData("3", "3 Threads")]
    [InlineData("4", "4 Memory")]
    public async Task Every_part_may_be_ended_or_killed_while_it_begins(string verb, string heading)
    {
        await A_signal_ends_it_and_its_children(SigTerm, verb, heading);
        await After_a_kill_the_children_end_and_the_next_run_clears_up(verb, heading);
    }

    [Theory]
    [InlineData(SigInt, "2.5", "One process")]
    [InlineData(SigInt, "2.5", "The holder has")]
    [InlineData(SigTerm, "2.5", "1", "3")]
    [InlineData(SigHup, "2.5", "1", "3")]
    [InlineData(SigInt, "3", "Work that computes …")]
    [InlineData(SigTerm, "4", "process …")]
    public async Task A_signal_ends_it_and_its_children(int signal, string verb, params string[] middle)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals that one process sends to another.");
        var code = 0;
        for (var run = 0; run < Runs && code == 0; run++)
        {
            code = await EndedAsync(signal, verb, middle);
        }

        Assert.Equal(128 + signal, code);
    }

    /// <summary>The exit code of a run that gets the signal in its middle; 0 where it was over before the signal came, as on a busy machine a short part may be.</summary>
    private static async Task<int> EndedAsync(int signal, string verb, string[] middle)
    {
        using var temp = new TempFolder();
        using var process = Sample.Start(temp, verb);
        await ReadUntilAsync(process.StandardOutput, middle);

        _ = kill(process.Id, signal); // Refused where it is over already: its exit code tells.

        await process.WaitForExitAsync();
        Assert.Empty(Sample.Left(temp));
        return process.ExitCode;
    }

    [Theory]
    [InlineData("2.5", "1", "3")]
    [InlineData("3", "Work that computes …")]
    [InlineData("4", "process …")]
    public async Task After_a_kill_the_children_end_and_the_next_run_clears_up(string verb, params string[] middle)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals that one process sends to another.");
        var code = 0;
        for (var run = 0; run < Runs && code == 0; run++)
        {
            code = await KilledAsync(verb, middle);
        }

        Assert.Equal(128 + SigKill, code);
    }

    /// <summary>As <see cref="EndedAsync"/>, and the next run clears up.</summary>
    private static async Task<int> KilledAsync(string verb, string[] middle)
    {
        using var temp = new TempFolder();
        using var process = Sample.Start(temp, verb);
        await ReadUntilAsync(process.StandardOutput, middle);
        var children = Sample.Processes().Where(child => child.Id != process.Id).ToList();

        _ = kill(process.Id, SigKill);

        await Task.WhenAll(children.Select(static child => child.WaitForExitAsync()));

        // Those that were started since hold the pipe for errors too: its end is the end of the last one.
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        // The sockets for debuggers belong to the runtime, and no run can remove those of another.
        foreach (var socket in Directory.GetFiles(temp.Path, $"*-{process.Id}-*"))
        {
            File.Delete(socket);
        }

        var next = await Sample.RunAsync(temp, "list");
        Assert.Equal(0, next.ExitCode);
        return process.ExitCode;
    }

    private static async Task ReadUntilAsync(StreamReader output, string[] lines)
    {
        string? line;
        do
        {
            line = await output.ReadLineAsync();
            Assert.NotNull(line);
        }
        while (!lines.Any(expected => expected.Length > 3 ? line.StartsWith(expected, StringComparison.Ordinal) : line == expected));
    }

    [Fact]
    public async Task A_signal_in_the_middle_of_a_progress_bar_gives_the_cursor_back()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The terminal is a pseudoterminal of Unix.");

        var (exitCode, text) = await Terminal.InterruptAsync("one by one", process => kill(process, SigInt), "crawler");

        Assert.Equal(128 + SigInt, exitCode);
        Assert.InRange(text.LastIndexOf("\u001b[?25h", StringComparison.Ordinal), text.LastIndexOf("\u001b[?25l", StringComparison.Ordinal), text.Length);
        Assert.Contains("\u001b[?25l", text);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int process, int signal);
}
