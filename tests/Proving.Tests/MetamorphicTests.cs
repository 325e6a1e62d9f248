using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Proving.Metamorphic;
using Threadwise.Proving.Running;
using Threadwise.Proving.Snippets;
using Threadwise.Proving.Tests.Planted;
using Xunit;

namespace Threadwise.Proving.Tests;

public class MetamorphicTests
{
    /// <summary>The gate takes every snippet and one in so many of the transformations of each; the program does all.</summary>
    private const int Share = 4;

    private const string Gate = """
        class Store
        {
            private readonly object _gate = new();
            private int _count;
            public void Add() { lock (_gate) _count++; }
        }
        """;

    [Fact]
    public async Task Reports_stay_where_code_is_written_otherwise()
    {
        var result = await new MetamorphicRun(Subject.Threadwise, Transformation.All, Share).RunAsync(SnippetLibrary.OfRules, TestContext.Current.CancellationToken);

        Assert.Empty(result.Crashes);
        Assert.Empty(result.Unlike);
        Assert.True(!result.Transformations.Any(static t => t.Differences.Any()), string.Join("\n", result.Transformations.SelectMany(static t => t.Differences)));

        // Few do not compile by themselves; more of those whose tests put a second file beside them (guards, lock classes).
        var plain = SnippetLibrary.OfRules.Where(static s => !s.IsConfigured).Select(static s => s.Name).ToHashSet();
        Assert.True(result.NotCompiling.Count(plain.Contains) * 50 < plain.Count, string.Join("\n", result.NotCompiling));
        // Family 7 is left out of the second bound: it is about types in several files, so most of its tests have two.
        Assert.True(result.NotCompiling.Count(static name => !name.StartsWith("TW7", StringComparison.Ordinal)) * 25 < result.Snippets, string.Join("\n", result.NotCompiling));
        Assert.All(result.Transformations, t => Assert.True(
            t.Compared * 100 * Share >= t.Transformation.LeastShare * (result.Snippets - result.NotCompiling.Length),
            $"{t.Transformation.Name} changed {t.Compared} snippets only"));
    }

    [Fact]
    public async Task A_rule_that_is_keyed_on_a_name_is_found()
    {
        var result = await new MetamorphicRun(Planted.Planted.Subject(new NameKeyedAnalyzer()), Transformation.All)
            .RunAsync([Planted.Planted.Snippet(Gate)], TestContext.Current.CancellationToken);

        var difference = Assert.Single(result.Transformations.SelectMany(static t => t.Differences));
        Assert.Equal(("rename", "TW9001", true), (difference.Transformation, difference.Rule, difference.IsLost));
        Assert.False(MetamorphicReport.IsFine(result));
    }

    [Fact]
    public async Task A_report_that_only_comes_with_a_transformation_is_found()
    {
        var result = await new MetamorphicRun(Planted.Planted.Subject(new NameKeyedAnalyzer()), [new("name it", 0, static (_, root) =>
            root.ReplaceTokens(root.DescendantTokens().Where(static t => t.Text == "_count"), static (_, token) => Origins.Renamed(token, "_gate")))])
            .RunAsync([Planted.Planted.Snippet("class Store { private int _count; }")], TestContext.Current.CancellationToken);

        Assert.False(Assert.Single(Assert.Single(result.Transformations).Differences).IsLost);
    }

    [Fact]
    public async Task A_rule_that_throws_is_found()
    {
        var result = await new MetamorphicRun(Planted.Planted.Subject(new ThrowingAnalyzer()), Transformation.All)
            .RunAsync([Planted.Planted.Snippet("class C { void M() { try { } } }"), Planted.Planted.Snippet("class D { }")], TestContext.Current.CancellationToken);

        Assert.Contains("neither caught nor cleaned up", Assert.Single(result.Crashes));
        Assert.Single(result.NotCompiling);
    }

    [Fact]
    public async Task What_does_not_compile_is_counted_and_not_compared()
    {
        var result = await new MetamorphicRun(Planted.Planted.Subject(new NameKeyedAnalyzer()), [new("break it", 0, static (_, root) =>
            root.ReplaceTokens(root.DescendantTokens().Where(static t => t.Text == "_count").Take(1), static (_, token) => Origins.Renamed(token, "_total")))])
            .RunAsync([Planted.Planted.Snippet(Gate)], TestContext.Current.CancellationToken);

        var row = Assert.Single(result.Transformations);
        Assert.Equal((0, 1, 0), (row.Compared, row.NotCompiling, row.Differences.Length));
    }

    [Fact]
    public void Exceptions_are_made_for_rules_and_transformations_that_exist_and_for_a_reason()
    {
        var transformations = Transformation.All.Select(static t => t.Name).ToHashSet();
        var entries = OptOut.All.Select(static o => (o.Rule, o.Transformation, o.Reason)).Concat(KnownDifference.All.Select(static k => (k.Rule, k.Transformation, k.Reason)));
        Assert.All(entries, entry =>
        {
            Assert.Contains(entry.Rule, Subject.Threadwise.Ids);
            Assert.Contains(entry.Transformation, transformations);
            Assert.NotEmpty(entry.Reason);
        });
        var tests = SnippetLibrary.OfRules.Select(static s => s.Name.Split('(', '#')[0]).ToHashSet();
        Assert.All(KnownDifference.All, known => Assert.Contains(known.Test, tests));
    }
}
