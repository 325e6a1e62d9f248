using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Threadwise.Corpus.History;
using Xunit;

namespace Threadwise.Corpus.Tests;

/// <summary>The judgement of rules by a repository's past, on a past made here.</summary>
public sealed class HistoryTests(FreshPackage fresh) : IDisposable
{
    private const string Wrong = """
        using System.Threading;
        using System.Threading.Tasks;

        public sealed class Stock
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private int _items;

            public async Task TakeAsync(CancellationToken cancellation)
            {
                try
                {
                    await _gate.WaitAsync(cancellation);
                    _items--;
                }
                finally
                {
                    _gate.Release();
                }
            }

            public int Items => _items;
        }
        """;

    private const string Acquire = "        await _gate.WaitAsync(cancellation);\n";

    /// <summary>The acquire stands before the <c>try</c>.</summary>
    private static readonly string s_right = Wrong.ReplaceLineEndings("\n").Replace("    " + Acquire, "").Replace("        try\n", Acquire + "        try\n");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_bug_that_is_reported_before_and_silent_after_is_caught()
    {
        var (exitCode, output) = await JudgeAsync(Wrong, s_right);

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Matches(@"Stock\.cs +Stock\.TakeAsync +TW2003 +line 13 +silent +caught\s", output);
        Assert.Contains("1 caught, 0 of repositories that were not given.", output);
    }

    [Fact]
    public async Task A_planted_bug_that_the_rule_does_not_see_fails_as_missed()
    {
        // Nothing here can be cancelled, so TW2003 has nothing to report.
        var blind = Wrong.Replace("WaitAsync(cancellation)", "WaitAsync()");

        var (exitCode, output) = await JudgeAsync(blind, s_right);

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Matches(@"TW2003 +silent +silent +missed\s", output);
    }

    [Fact]
    public async Task A_repair_that_the_rule_goes_on_to_report_fails()
    {
        var (exitCode, output) = await JudgeAsync(Wrong, Wrong.Replace("_items--", "_items -= 1"));

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Matches(@"TW2003 +line 13 +line 13 +still reported\s", output);
    }

    [Fact]
    public async Task A_report_in_another_member_does_not_count()
    {
        var (exitCode, output) = await JudgeAsync(Wrong, s_right, member: "Stock.Items");

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Matches(@"Stock\.Items +TW2003 +silent +silent +missed\s", output);
    }

    [Fact]
    public async Task A_miss_that_the_list_explains_does_not_fail()
    {
        var (exitCode, output) = await JudgeAsync(Wrong, s_right, member: "Stock.Items", known: "nothing is wrong there");

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Contains("missed, as listed", output);
    }

    [Fact]
    public async Task A_miss_that_is_caught_by_now_must_leave_the_list()
    {
        var (exitCode, output) = await JudgeAsync(Wrong, s_right, known: "too hard");

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains("caught, and listed as missed", output);
    }

    [Fact]
    public async Task A_rule_that_is_not_built_does_not_fail()
    {
        var (exitCode, output) = await JudgeAsync(Wrong, s_right, id: "TW9999");

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Matches(@"TW9999 +- +- +not built yet\s", output);
    }

    [Fact]
    public async Task A_member_that_the_repair_removed_is_gone()
    {
        var (exitCode, output) = await JudgeAsync(Wrong, text: null);

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Matches(@"TW2003 +line 13 +gone +caught\s", output);
    }

    [Fact]
    public async Task A_renamed_member_is_found_under_its_new_name()
    {
        var renamed = s_right.Replace("TakeAsync", "DrawAsync");

        Assert.Equal(ExitCodes.Ok, (await JudgeAsync(Wrong, renamed, member: "Stock.TakeAsync > Stock.DrawAsync")).ExitCode);
    }

    [Theory]
    [InlineData("Stock.Sell")]
    [InlineData("Stock.TakeAsync > Stock.Draw")]
    public async Task A_member_that_is_not_there_is_an_error_of_the_list(string member)
    {
        var (exitCode, output) = await JudgeAsync(Wrong, s_right, member, id: "TW9999");

        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains("has no " + member.Split(" > ")[^1], output);
    }

    [Fact]
    public async Task A_silenced_report_counts()
    {
        Assert.Equal(ExitCodes.Ok, (await JudgeAsync("#pragma warning disable\n" + Wrong, s_right)).ExitCode);
    }

    [Fact]
    public async Task What_another_file_of_the_commit_declares_is_known()
    {
        var history = await MadeHistory.StartAsync(_folder);
        await history.CommitAsync("src/Gates.cs", "public static class Gates { public static readonly System.Threading.SemaphoreSlim Gate = new(1, 1); }");
        var before = await history.CommitAsync("src/Stock.cs", Wrong.Replace("_gate.", "Gates.Gate."));
        var after = await history.CommitAsync("src/Stock.cs", s_right.Replace("_gate.", "Gates.Gate."));

        Assert.Equal(ExitCodes.Ok, (await RunAsync(history.Path, $"shop/stock\t{before}\t{after}\tsrc/Stock.cs\tTakeAsync\tTW2003\t")).ExitCode);
    }

    [Fact]
    public async Task Pairs_of_another_repository_are_counted_and_not_judged()
    {
        var history = await MadeHistory.StartAsync(_folder);
        await history.CommitAsync("Stock.cs", Wrong);

        var (exitCode, output) = await RunAsync(history.Path, $"far/away\t{new string('a', 40)}\t{new string('b', 40)}\tStock.cs\tTakeAsync\tTW2003\t");

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Contains("1 of repositories that were not given.", output);
    }

    [Fact]
    public async Task A_commit_that_its_repository_lacks_is_an_error_of_the_list()
    {
        var history = await MadeHistory.StartAsync(_folder);
        var before = await history.CommitAsync("Stock.cs", Wrong);

        var (exitCode, output) = await RunAsync(history.Path, $"shop/stock\t{before}\t{new string('b', 40)}\tStock.cs\tTakeAsync\tTW2003\t");

        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains("shop/stock has no commit " + new string('b', 40), output);
    }

    [Fact]
    public async Task A_folder_without_a_repository_fails_with_what_git_says()
    {
        // So that no repository around the temporary folder is taken for it.
        _folder.Write("none/.git", "this is no link");

        var (exitCode, output) = await RunAsync(Path.Combine(_folder.Path, "none"), $"a/b\t{new string('a', 40)}\t{new string('b', 40)}\tc.cs\tM\tTW2003\t");

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains("git cannot read", output);
    }

    [Theory]
    [InlineData("a/b\t0a1b\t{0}\tc.cs\tM\tTW2003\t")]
    [InlineData("a/b\t{0}\t{0}\tc.cs\tM\tCA2003\t")]
    [InlineData("a/b\t{0}\t{0}\tc.cs\t\tTW2003\t")]
    [InlineData("a/b\t{0}\t{0}\tc.cs\tM\tTW2003")]
    [InlineData("a/b\t{0}\t{0}\tc.cs\tM\tTW2003\twrong\tknown\tmore")]
    public void A_line_that_cannot_be_read_is_named(string line)
    {
        var file = _folder.Write("pairs.tsv", "# for people\n" + string.Format(line, new string('a', 40)));

        var problem = Assert.Throws<CorpusException>(() => PairFile.Read(file));

        Assert.StartsWith(file + ":2:", problem.Message);
    }

    [Fact]
    public void The_list_can_be_read_and_names_no_pair_twice()
    {
        var pairs = PairFile.Read(Repository.HistoryPairs);

        Assert.True(pairs.Length >= 20);
        Assert.Equal(pairs.Length, pairs.Select(static p => (p.Before, p.File, p.Member, p.Id)).Distinct().Count());
        Assert.All(pairs, static p => Assert.EndsWith(".", p.Wrong));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int ExitCode, string Output)> JudgeAsync(string before, string? text, string member = "Stock.TakeAsync", string id = "TW2003", string known = "")
    {
        var history = await MadeHistory.StartAsync(_folder);
        var first = await history.CommitAsync("Stock.cs", before);
        var second = await history.CommitAsync("Stock.cs", text);
        return await RunAsync(history.Path, $"shop/stock\t{first}\t{second}\tStock.cs\t{member}\t{id}\tToo many go in.\t{known}");
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string repository, string pairs)
    {
        var output = new StringWriter();
        var exitCode = await CommandLine.RunAsync(
            ["history", "--repository", repository, "--pairs", _folder.Write("pairs.tsv", pairs), "--package", await fresh.FileAsync()], output, output);
        return (exitCode, output.ToString());
    }
}
