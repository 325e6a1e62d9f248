using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Corpus.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("There is no '", "no-such-folder")]
    [InlineData("There is no option '--bogus'", "--bogus")]
    [InlineData("need --labels", "--write-labels")]
    [InlineData("need --labels", "--fail-on-unlabelled")]
    [InlineData("--write needs --fixes", "--write", "no-such-folder")]
    [InlineData("'two'", "one", "two")]
    public async Task Arguments_that_cannot_be_used_exit_with_2_and_a_reason(string reason, params string[] args)
    {
        var error = new StringWriter();

        Assert.Equal(ExitCodes.Usage, await CommandLine.RunAsync(args, TextWriter.Null, error));
        Assert.Contains(reason, error.ToString());
    }
}
