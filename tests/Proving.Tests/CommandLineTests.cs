using System.IO;
using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Proving.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("mutate", "no/such/path")]
    [InlineData("mutate", "--no-such-option")]
    [InlineData("fuzz", "--count", "many")]
    [InlineData("prove")]
    public async Task What_is_not_understood_is_said(params string[] args)
    {
        var (code, output, error) = await RunAsync(args);

        Assert.NotEqual(0, code);
        Assert.NotEmpty(error);
        Assert.DoesNotContain("recall", output);
    }

    [Fact]
    public async Task Mutants_of_a_file_are_a_table()
    {
        var (code, output, _) = await RunAsync("mutate", Repository.PathOf("tests", "Proving", "Running", "Findings.cs"), "--misses");

        Assert.Equal(0, code);
        Assert.StartsWith("1 files; 0 reports", output);
        Assert.Contains("| operator ", output);
        Assert.Contains("Not built yet", output);
    }

    [Fact]
    public async Task A_short_fuzz_ends_well()
    {
        var (code, output, _) = await RunAsync("fuzz", "--count", "20", "--seed", "3");

        Assert.Equal(0, code);
        Assert.StartsWith("20 inputs, ", output);
        Assert.Contains("0 failures", output);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync(args, output, error);
        return (code, output.ToString().ReplaceLineEndings("\n"), error.ToString());
    }
}
