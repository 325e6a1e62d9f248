using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Patterns.Tests;

/// <summary>1.4: the figures of the tutorial.</summary>
public class LockPartTests
{
    private static readonly string[] s_ones = [.. Enumerable.Range(1, 10).Select(static i => $"job1 {i}")];
    private static readonly string[] s_tens = [.. Enumerable.Range(1, 10).Select(static i => $"job2 {i * 10}")];
    private static readonly string[] s_tensAfter = [.. Enumerable.Range(1, 10).Select(static i => $"job2 {10 + (i * 10)}")];
    private static readonly string[] s_onesAfter = [.. Enumerable.Range(1, 10).Select(static i => $"job1 {100 + i}")];

    [Fact]
    public async Task What_it_demonstrates_holds()
    {
        var run = await Sample.HoldsAsync("lock");

        var steps = run.Lines.Where(static line => line.StartsWith("job", System.StringComparison.Ordinal)).ToArray();
        Assert.Equal(40, steps.Length);
        Assert.Contains(steps[..20], new[] { [.. s_ones, .. s_tensAfter], (string[])[.. s_tens, .. s_onesAfter] });
        Assert.DoesNotContain(steps[20..], new[] { [.. s_ones, .. s_tensAfter], (string[])[.. s_tens, .. s_onesAfter] });
        Assert.Equal(10, run.Lines.Count(static line => line.Contains("10,000") && line.EndsWith("10,000", System.StringComparison.Ordinal)));
        var lost = int.Parse(Regex.Match(run.Output, @"([\d,]+) lost\.").Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.InRange(lost, 1, 2_000_000);
    }

    [Fact]
    public async Task It_holds_on_one_core_too()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/taskset"), "Only Linux has taskset.");

        var run = await Sample.RunOnOneCoreAsync("lock");

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
    }
}
