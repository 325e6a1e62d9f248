using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Patterns.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("'locks'", "locks")]
    [InlineData("'9.9'", "9.9")]
    [InlineData("'--fast'", "lock", "--fast")]
    [InlineData("'twice'", "lock", "twice")]
    [InlineData("Say one of: list, all, lock")]
    public async Task Arguments_that_make_no_sense_exit_with_2_and_say_why(string reason, params string[] args)
    {
        var run = await Sample.RunAsync(args);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error);
    }

    [Fact]
    public async Task The_parts_are_listed_in_plain_text()
    {
        var run = await Sample.RunAsync("list");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("part  name  what it shows\n1.4   lock  ", run.Output);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public async Task Help_is_given()
    {
        var run = await Sample.RunAsync("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("list", run.Output);
        Assert.Contains("lock", run.Output);
    }
}
