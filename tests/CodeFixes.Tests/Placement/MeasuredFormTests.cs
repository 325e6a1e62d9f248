using System.IO;
using System.Threading.Tasks;
using Threadwise.Testing;
using Threadwise.Testing.Docs;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Placement;

/// <summary>The form that <c>tests/Benchmarks</c> measures as fixed is what the fix of TW6001 writes.</summary>
public class MeasuredFormTests
{
    [Fact]
    public async Task The_measured_loop_is_the_fixed_one()
    {
        var fixedCode = await FixedCode.OfAsync(Analysis.Of(Read("RawThreads")), "TW6001");
        Assert.Equal(BodyOf(Read("InParallel")), BodyOf(fixedCode));
    }

    private static string Read(string form) => File.ReadAllText(Repository.PathOf("tests", "Benchmarks", "Placement", form + ".cs"));

    /// <summary>From the first method on: name and comment of the class differ.</summary>
    private static string BodyOf(string code) => PageBlock.Bare(code[code.IndexOf("    public static void Fill", System.StringComparison.Ordinal)..]);
}
