using System.Linq;
using Threadwise.Corpus.Labels;
using Xunit;

namespace Threadwise.Corpus.Tests;

public class LabelMatchTests
{
    [Fact]
    public void A_report_whose_line_moved_keeps_its_label()
    {
        var match = LabelMatch.Of([Seen(40, "text")], [Judged(12, "text")]);

        Assert.Equal(40, Assert.Single(match.Known).Sighting.Line);
        Assert.Empty(match.Unlabelled);
        Assert.Empty(match.Gone);
    }

    [Fact]
    public void A_line_that_reads_otherwise_is_another_report()
    {
        var match = LabelMatch.Of([Seen(12, "new text")], [Judged(12, "text")]);

        Assert.Single(match.Unlabelled);
        Assert.Single(match.Gone);
    }

    [Fact]
    public void Equal_lines_pair_with_the_nearest_label_each_once()
    {
        var match = LabelMatch.Of(
            [Seen(11, "text"), Seen(31, "text"), Seen(50, "text")],
            [Judged(30, "text", Verdict.Wrong), Judged(10, "text")]);

        Assert.Equal([(11, Verdict.Right), (31, Verdict.Wrong)], match.Known.Select(k => (k.Sighting.Line, k.Label.Verdict)).OrderBy(k => k.Line));
        Assert.Equal(50, Assert.Single(match.Unlabelled).Line);
    }

    [Fact]
    public void Two_reports_on_one_line_need_two_labels()
    {
        var match = LabelMatch.Of([Seen(11, "text"), Seen(11, "text")], [Judged(11, "text")]);

        Assert.Single(match.Known);
        Assert.Single(match.Unlabelled);
    }

    [Fact]
    public void A_label_without_anchor_holds_for_its_line_alone()
    {
        var match = LabelMatch.Of([Seen(11, "text"), Seen(12, "text")], [Judged(12, "")]);

        Assert.Equal(12, Assert.Single(match.Known).Sighting.Line);
        Assert.Equal(11, Assert.Single(match.Unlabelled).Line);
    }

    [Fact]
    public void An_anchored_label_goes_before_one_without()
    {
        var match = LabelMatch.Of([Seen(11, "text")], [Judged(11, "", Verdict.Unsure), Judged(90, "text")]);

        Assert.Equal(Verdict.Right, Assert.Single(match.Known).Label.Verdict);
        Assert.Equal(Verdict.Unsure, Assert.Single(match.Gone).Verdict);
    }

    [Theory]
    [InlineData("TW2013", "a.cs")]
    [InlineData("TW2003", "b.cs")]
    public void Another_rule_or_file_is_another_report(string id, string path) =>
        Assert.Empty(LabelMatch.Of([new Sighting(id, path, 12, "text", true)], [Judged(12, "text")]).Known);

    [Fact]
    public void An_anchor_forgets_the_layout_and_nothing_else()
    {
        Assert.Equal(Anchor.Of("    gate.Wait( );"), Anchor.Of("\tgate.Wait(  );  "));
        Assert.NotEqual(Anchor.Of("gate.Wait();"), Anchor.Of("gate.Release();"));
    }

    private static Sighting Seen(int line, string anchor) => new("TW2003", "a.cs", line, anchor, true);

    private static Label Judged(int line, string anchor, Verdict verdict = Verdict.Right) => new("shop", "-", "TW2003", "a.cs", line, verdict, "", anchor);
}
