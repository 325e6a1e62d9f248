using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Patterns.Tests;

public class CommandLineTests
{
    private static readonly string[] s_numbers = ["1.1", "1.2", "1.3", "1.4", "1.5"];

    [Theory]
    [InlineData("'locks'", "locks")]
    [InlineData("'9.9'", "9.9")]
    [InlineData("'--fast'", "lock", "--fast")]
    [InlineData("'twice'", "lock", "twice")]
    [InlineData("Say one of: list, all, ")]
    public async Task Arguments_that_make_no_sense_exit_with_2_and_say_why(string reason, params string[] args)
    {
        var run = await Sample.RunAsync(args);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task The_parts_are_listed_in_plain_text()
    {
        var run = await Sample.HoldsAsync("list");

        Assert.StartsWith("part  name ", run.Output);
        Assert.Equal(s_numbers, run.Lines[1..].Where(static line => line != "").Select(static line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task Help_is_given()
    {
        var run = await Sample.HoldsAsync("--help");

        Assert.Contains("list", run.Output);
        Assert.Contains("lock", run.Output);
    }

    [Fact]
    public async Task All_runs_every_part()
    {
        var run = await Sample.HoldsAsync("all");

        Assert.Equal(s_numbers, run.Lines.Select(static line => line.Split(' ')[0]).Where(static word => s_numbers.Contains(word)));
    }
}
