using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Patterns.Tests;

/// <summary>0, 3 and 4: tables, and the charts of 3 and 4.</summary>
public class MeasurementTests
{
    private static readonly string[] s_ways = ["sequential", "raw threads", "Parallel", "async", "processes"];
    private static readonly string[] s_workers = ["task", "pool thread", "raw thread", "process"];

    [Fact]
    public async Task Many_pages_at_once_beat_one_by_one()
    {
        var run = await Sample.HoldsAsync("crawler");

        Assert.Matches(
            """
            24 pages of 50 ms +at once +time +speed-up
            one by one +1 +[\d,]+ ms +1\.0x
            threads and a queue +8 +[\d,]+ ms +\d+\.\dx
            Parallel\.ForEachAsync +8 +[\d,]+ ms +\d+\.\dx

            """.ReplaceLineEndings("\n"),
            run.Output);
    }

    [Fact]
    public async Task Work_that_computes_and_work_that_waits_are_compared()
    {
        var run = await DrawsAsync("choose", "speed-up");

        foreach (var kind in new[] { "computes", "waits" })
        {
            Assert.Matches(
                $"work that {kind} +time +speed-up\n" + string.Concat(s_ways.Select(static way => way + @" +[\d,]+ ms +\d+\.\dx\n")), run.Output);
            Assert.Equal(s_ways, Regex.Matches(run.Output, $@"(?m)^{kind}: (.+?)  +#* [\d.]+$").Select(static bar => bar.Groups[1].Value));
        }

        Assert.Matches(@"(?m)^Choose Parallel for work that computes, because \.NET has no global interpreter lock .+, async for work that waits, because .+ processes only for .+\.$", run.Output);
    }

    [Fact]
    public async Task Memory_is_told_per_worker()
    {
        var run = await DrawsAsync("memory", "memory");

        Assert.Matches(
            "worker +how many +resident +virtual\n" + string.Concat(s_workers.SelectMany(static worker => new[] { 1, 10, 50 }.Select(count => $@"{worker} +{count} +[\d,.-]+ KB +[\d,.-]+ KB\n"))),
            run.Output);
        Assert.DoesNotMatch(@"thread +\d+ +[\d,.-]+ KB +0\.0 KB", run.Output); // Each has a stack.
        Assert.Equal(s_workers, Regex.Matches(run.Output, @"(?m)^(\w+( \w+)?)  +#* [\d,.]+$").Select(static bar => bar.Groups[1].Value));
    }

    /// <summary>The chart is the one thing that a run leaves.</summary>
    private static async Task<Sample> DrawsAsync(string verb, string name)
    {
        using var temp = new TempFolder();
        var folder = Path.Combine(temp.Path, "new", "charts");
        var run = await Sample.HoldsAsync(verb, "--out", folder);
        Assert.Equal([$"{name}.png", $"{name}.svg"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Contains("<svg", await File.ReadAllTextAsync(Path.Combine(folder, name + ".svg")));
        Assert.Equal("PNG"u8.ToArray(), (await File.ReadAllBytesAsync(Path.Combine(folder, name + ".png")))[1..4]);
        return run;
    }
}
