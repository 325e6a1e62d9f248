using System.Linq;
using Threadwise.Proving.Snippets;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Proving.Tests;

/// <summary>The instruments are worth what they read.</summary>
public class SnippetTests
{
    [Fact]
    public void Each_rule_has_snippets_that_are_reported_and_snippets_that_are_not()
    {
        foreach (var id in ThreadwiseRules.Descriptors.Select(static d => d.Id).Where(Running.Subject.IsAboutCode))
        {
            var family = ThreadwiseRules.Family(id);
            var mine = SnippetLibrary.OfRules.Where(s => family.Contains(s.Rule)).ToList();
            Assert.True(mine.Count(s => s.Reports.Any(r => r.Id == id)) >= 5, $"{id}: too few that are reported");
            Assert.True(mine.Count(static s => s.Reports.IsEmpty) >= 5, $"{id}: too few that are not");
        }
    }

    [Fact]
    public void Nearly_every_test_of_a_rule_can_be_read() =>
        Assert.True(SnippetLibrary.RuleTests.Unread.Length * 20 < SnippetLibrary.RuleTests.Snippets.Length, string.Join("\n", SnippetLibrary.RuleTests.Unread));

    [Fact]
    public void A_row_of_a_theory_is_put_into_the_class_that_its_helper_writes()
    {
        var row = SnippetLibrary.RuleTests.Snippets.Single(static s => s.Name == "GuiltyReleaseTraps.Twice_in_a_straight_line(1)");

        Assert.Contains("{ gate.Wait(); number++; gate.Release(); gate.Release(); }", row.Code);
        Assert.Equal([("TW2003", row.Code[..row.Code.IndexOf("gate.Wait()")].Count(static c => c == '\n'))], row.Reports);
    }

    [Fact]
    public void A_block_of_a_page_is_read_without_its_marks()
    {
        var block = SnippetLibrary.Pages.Single(static s => s.Name == "TW2003.md Wrong 1");

        Assert.DoesNotContain("// TW2003", block.Code);
        Assert.Equal("TW2003", Assert.Single(block.Reports).Id);
        Assert.Contains("WaitAsync", block.Code.Split('\n')[block.Reports[0].Line]);
    }

    [Fact]
    public void Right_blocks_expect_nothing() => Assert.All(SnippetLibrary.RightBlocks, static block => Assert.Empty(block.Reports));
}
