using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Patterns.Tests;

/// <summary>One run of every part, and the pages that tell what it prints.</summary>
public class AllTests(AllTests.Run all) : IClassFixture<AllTests.Run>
{
    [Fact]
    public async Task Every_part_runs_in_order()
    {
        var parts = (await Sample.HoldsAsync("list")).Lines[1..^2].Select(static line => line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries)).ToArray();

        var headings = parts.Select(static part => $"{part[0]} {part[2].Trim()}").ToArray();
        Assert.Equal(headings, all.Lines.Intersect(headings));
    }

    [Theory]
    [InlineData("from-the-tutorial.md")]
    [InlineData("from-the-tutorial.zh-Hans.md")]
    public async Task The_page_shows_what_is_printed_and_leads_somewhere(string page)
    {
        var text = await File.ReadAllTextAsync(Repository.PathOf("docs", page));
        var printed = all.Lines.Select(Shape).ToHashSet();

        var shown = Blocks(text, "text").SelectMany(static block => block.Split('\n')).Where(static line => line is not ("" or "…"));
        Assert.All(shown, line => Assert.Contains(Shape(line), printed));
        var links = Regex.Matches(text, @"\]\((.+?)\)").Select(static link => link.Groups[1].Value);
        Assert.All(links, static link => Assert.True(Path.Exists(Repository.PathOf("docs", link)), link));
    }

    [Fact]
    public async Task The_page_shows_every_part_and_in_both_languages_the_same()
    {
        var english = await File.ReadAllTextAsync(Repository.PathOf("docs", "from-the-tutorial.md"));
        var chinese = await File.ReadAllTextAsync(Repository.PathOf("docs", "from-the-tutorial.zh-Hans.md"));
        var names = (await Sample.HoldsAsync("list")).Lines[1..^2].Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

        Assert.Equal(names, Blocks(english, "shell").Select(static command => command.Split(" -- ")[1].Split(' ')[0]));
        Assert.Equal(Blocks(english, "shell"), Blocks(chinese, "shell"));
        Assert.Equal(Blocks(english, "text"), Blocks(chinese, "text"));
        Assert.Equal(Headings(english), Headings(chinese));
    }

    private static List<string> Blocks(string text, string language) =>
        [.. Regex.Matches(text.ReplaceLineEndings("\n"), $@"(?s)```{language}\n(.*?)\n```").Select(static block => block.Groups[1].Value)];

    private static List<string> Headings(string text) => [.. Regex.Matches(text, @"(?m)^## ([\d.]+) ").Select(static heading => heading.Groups[1].Value)];

    /// <summary>The line without what differs from run to run: numbers, the widths that follow from them, bars, and whether a waiting thread waits already.</summary>
    private static string Shape(string line) =>
        Regex.Replace(Regex.Replace(line.Replace("WaitSleepJoin", "Running"), @"#+ |-?\d[\d.,]*", "0"), " +", " ").Replace("00", "0").Trim();

    public sealed class Run : IAsyncLifetime
    {
        public string[] Lines { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            using var charts = new TempFolder();
            Lines = (await Sample.HoldsAsync("all", "--out", charts.Path)).Lines;
        }

        public ValueTask DisposeAsync() => default;
    }
}
