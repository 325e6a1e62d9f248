using System.Linq;
using System.Threading.Tasks;
using Threadwise.Benchmarks.Code;
using Threadwise.Benchmarks.Measuring;
using Threadwise.Benchmarks.Subjects;
using Xunit;

namespace Threadwise.Benchmarks.Tests;

/// <summary>
/// The bound that fails a build. It is on allocations, because times depend on the machine and on what else runs there; allocations on one
/// thread hardly differ between two runs.
/// </summary>
public class AllocationTests(PackedPackage package)
{
    /// <summary>The live analyzers and the compiler, over the empty analyzer and the compiler. The goal for time is 1.3.</summary>
    private const double Bound = 1.14;

    /// <summary>The same with the build world, which summarises every body and runs in builds alone.</summary>
    private const double BoundOfBuilds = 1.26;

    private const int Lines = 8_000;

    [Fact]
    public async Task The_live_analyzers_allocate_little_more_than_an_empty_one()
    {
        var ours = await package.SubjectAsync();
        await StaysBelowAsync(Bound, ours with { Analyzers = [.. ours.Analyzers.Where(static a => a.GetType().Name != "ProgramAnalyzer")] });
    }

    [Fact]
    public async Task A_build_allocates_about_a_quarter_more() => await StaysBelowAsync(BoundOfBuilds, await package.SubjectAsync());

    private static async Task StaysBelowAsync(double bound, Subject ours)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var code = GeneratedCode.OfLines(Lines);
        var ratio = await Growth.LeastAsync([code], ours, cancellation) / await Growth.LeastAsync([code], Subject.Empty, cancellation);
        Assert.True(ratio <= bound, $"Threadwise allocates {ratio:N3} times what the empty analyzer does; the bound is {bound:N2}.");
        Assert.True(ratio > 1, $"A ratio of {ratio:N3} says that nothing was analysed.");
    }
}
