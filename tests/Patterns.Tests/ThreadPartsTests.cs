using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Patterns.Tests;

/// <summary>1.1, 1.2, 1.3 and 1.5: the figures of the tutorial.</summary>
public class ThreadPartsTests
{
    [Fact]
    public async Task Threads_tell_who_they_are_and_are_listed()
    {
        var run = await Sample.HoldsAsync("thread");

        Assert.Contains("I am thread 1. A thread has a name when it is given one.", run.Lines);
        Assert.Equal(
            ["This is an added thread: t1, number 1.", "This is an added thread: t2, number 2.", "This is an added thread: t3, number 3."],
            run.Lines.Where(static line => line.StartsWith("This is", StringComparison.Ordinal)).Order());
        Assert.Contains("Alive beside me: 3: t1, t2, t3.", run.Lines);
        Assert.Contains("Alive beside me: 0.", run.Lines);
        Assert.Equal(3, run.Lines.Count(static line => line.Contains("Unstarted") && line.Contains("Stopped")));
    }

    [Fact]
    public async Task All_done_comes_last()
    {
        var run = await Sample.HoldsAsync("join");

        var steps = run.Lines.Where(static line => line.StartsWith('T') || line == "all done").ToArray();
        Assert.Equal(["T1 finish", "T1 start", "T2 finish", "T2 start"], steps[..^1].Order());
        Assert.Equal("all done", steps[^1]);
        Assert.Contains(run.Lines, static line => line.StartsWith("4 threads of 0.1 s ", StringComparison.Ordinal));
        Assert.Contains(run.Lines, static line => line.StartsWith("start all, then join all ", StringComparison.Ordinal) && line.EndsWith(" ms", StringComparison.Ordinal));
        Assert.Contains(run.Lines, static line => line.StartsWith("join inside the start loop ", StringComparison.Ordinal) && line.EndsWith(" ms", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Squares_come_back_through_the_queue()
    {
        var run = await Sample.HoldsAsync("queue");

        Assert.Contains("[1, 4, 9] [9, 16, 25] [16, 16, 16] [25, 25, 25]", run.Lines);
        Assert.Equal(
            ["t1 [1, 4, 9]", "t2 [9, 16, 25]", "t3 [16, 16, 16]", "t4 [25, 25, 25]"],
            run.Lines.Where(static line => line.StartsWith('t')).Order());
    }

    [Fact]
    public async Task Twelve_items_are_done_by_four()
    {
        var run = await Sample.HoldsAsync("pool");

        var ways = run.Lines.Where(static line => line.EndsWith(" at once.", StringComparison.Ordinal)).ToArray();
        Assert.Equal(3, ways.Length);
        Assert.All(ways, static way => Assert.InRange(int.Parse(way.Split(' ')[^3]), 1, 4));
        var items = run.Lines.Where(static line => line.Contains(" primes ")).ToArray();
        Assert.Equal(Enumerable.Range(0, 36).Select(static i => $"{i % 12}"), items.Select(static line => line.Split(' ')[0]));
        Assert.All(items, static line => Assert.True(int.Parse(line.Split(' ')[^1]) > 0));
    }
}
