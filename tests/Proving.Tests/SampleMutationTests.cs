using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Threadwise.Proving.Mutation;
using Threadwise.Proving.Running;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Proving.Tests;

/// <summary>Whatever protects is taken from the runtime sample, one place at a time. The figures and the reason of each miss stand in docs/precision.md.</summary>
public class SampleMutationTests
{
    [Fact]
    public async Task Nine_of_ten_removals_are_reported_and_each_miss_is_explained()
    {
        var originals = Originals.AtPath(Subject.Threadwise, Repository.PathOf("samples", "Patterns")).ToList();
        var result = await new MutationRun(Subject.Threadwise, Operator.Removals, 200).RunAsync(originals, TestContext.Current.CancellationToken);

        Assert.Empty(result.Crashes);
        Assert.Empty(result.Reported);
        Assert.All(result.Operators, static o => Assert.True(o.Judged > 0, o.Operator.Name));
        Assert.True(result.Operators.Sum(static o => o.Seen) * 10 >= result.Operators.Sum(static o => o.Judged) * 9, "less than nine of ten are reported");
        Assert.Equal(result.Operators.Select(static o => $"{o.Operator.Name} {o.Judged} {o.Seen}"), Told(3, static cells => $"{cells[0]} {cells[1]} {cells[2]}", "judged"));
        Assert.Equal(result.Operators.SelectMany(static o => o.Missed.Select(place => $"{o.Operator.Name} {place.Split(':')[0]}")), Told(4, static cells => $"{cells[0]} {cells[1]}", "what"));
    }

    /// <summary>The rows of the page's table about the sample that has so many columns.</summary>
    private static IEnumerable<string> Told(int columns, System.Func<string[], string> row, string head) =>
        File.ReadLines(Repository.PathOf("docs", "precision.md")).SkipWhile(static line => line != "### The runtime sample").Skip(1).TakeWhile(static line => !line.StartsWith('#'))
            .Select(static line => line.Split('|').Skip(1).SkipLast(1).Select(static cell => cell.Trim()).ToArray())
            .Where(cells => cells.Length == columns && cells[0].StartsWith("remove ", System.StringComparison.Ordinal) && !cells.Contains(head)).Select(row);
}
