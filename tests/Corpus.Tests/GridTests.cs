using System;
using System.IO;
using Threadwise.Corpus.Reports;
using Xunit;

namespace Threadwise.Corpus.Tests;

public class GridTests
{
    [Fact]
    public void Columns_line_up_and_lines_do_not_end_in_blanks()
    {
        var grid = new Grid("id", "place", "fix");
        grid.Add("TW2003", "a.cs:1", "yes");
        grid.Add("TW1", "longer.cs:100", "");
        var output = new StringWriter { NewLine = "\n" };

        grid.Print(output);

        Assert.Equal("id      place          fix\nTW2003  a.cs:1         yes\nTW1     longer.cs:100\n", output.ToString());
    }

    [Fact]
    public void A_row_fits_the_head() => Assert.Throws<ArgumentException>(static () => new Grid("a", "b").Add("only one"));
}
