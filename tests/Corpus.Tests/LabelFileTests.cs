using System;
using System.IO;
using Threadwise.Corpus.Labels;
using Xunit;

namespace Threadwise.Corpus.Tests;

public sealed class LabelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_label_survives_writing_and_reading()
    {
        var file = Path.Combine(_folder.Path, "labels.tsv");
        var label = new Label("shop", "0a1b", "TW2003", "src/Stock.cs", 12, Verdict.Right, "the wait may be cancelled", "0123456789ab");

        LabelFile.Append(file, [label]);
        LabelFile.Append(file, [label with { Line = 13 }]);

        Assert.Equal([label, label with { Line = 13 }], LabelFile.Read(file));
        Assert.StartsWith("# repository\t", File.ReadAllText(file));
    }

    [Fact]
    public void A_tab_in_a_reason_does_not_shift_the_columns()
    {
        var label = new Label("shop", "-", "TW2003", "a.cs", 1, Verdict.Unsure, "a\tb", "");

        Assert.Equal("a b", LabelFile.Parse(LabelFile.Format(label))!.Reason);
    }

    [Fact]
    public void A_label_written_by_hand_needs_no_anchor() =>
        Assert.Equal(
            new Label("shop", "-", "TW2003", "a.cs", 7, Verdict.Wrong, "", ""),
            LabelFile.Parse("shop\t-\tTW2003\ta.cs:7\tWrong\t"));

    [Theory]
    [InlineData("shop\t-\tTW2003\ta.cs:7\tright")]
    [InlineData("shop\t-\tTW2003\ta.cs\tright\t")]
    [InlineData("shop\t-\tTW2003\ta.cs:x\tright\t")]
    [InlineData("shop\t-\tTW2003\ta.cs:7\tperhaps\t")]
    [InlineData("shop\t-\tTW2003\ta.cs:7\t1\t")]
    [InlineData("shop - TW2003 a.cs:7 right because")]
    public void A_line_that_cannot_be_read_is_no_label(string line) => Assert.Null(LabelFile.Parse(line));

    [Fact]
    public void A_bad_line_is_named()
    {
        var file = _folder.Write("labels.tsv", "# for people\n\nshop\t-\tTW2003\n");

        var problem = Assert.Throws<CorpusException>(() => LabelFile.Read(file));

        Assert.Equal(ExitCodes.Usage, problem.ExitCode);
        Assert.StartsWith(file + ":3:", problem.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_holds_no_labels() => Assert.Empty(LabelFile.Read(Path.Combine(_folder.Path, "none.tsv")));

    public void Dispose() => _folder.Dispose();
}
