using System.Linq;
using System.Threading.Tasks;
using Threadwise.Testing;
using Threadwise.Testing.Docs;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Docs;

/// <summary>A right block that is marked <c>fixed</c> is what the first fix makes of the wrong block in its place.</summary>
public class RulePageFixTests
{
    public static TheoryData<string> Pages { get; } =
        [.. RulePage.All.Select(static page => page.Id).Where(static id => ThreadwiseRules.Fixes.Any(fix => fix.FixableDiagnosticIds.Contains(id)))];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Turns_the_wrong_block_into_the_right_one(string id)
    {
        var page = RulePage.All.Single(page => page.Id == id);
        var pairs = page.Wrong.Zip(page.Right).Where(static pair => pair.Second.IsFixed).ToList();
        Assert.True(pairs.Count > 0, $"docs/rules/{id}.md: the rule has a fix, so one right block at least is ```csharp fixed");
        foreach (var (wrong, right) in pairs)
        {
            Assert.Equal(PageBlock.Bare(right.Code), PageBlock.Bare(await FixedAsync(id, wrong)));
        }
    }

    /// <summary>The mark is a comment that no fix would move along with the code, so the fix gets the code without it.</summary>
    private static Task<string> FixedAsync(string id, PageBlock block)
    {
        var analysis = block.Compiled();
        return FixedCode.OfAsync(analysis with { Sources = analysis.Sources.SetItem(0, ("Page.cs", PageBlock.Bare(block.Code) + "\n")) }, id);
    }
}
