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
    /// <summary>Threadwise and the compiler, over the empty analyzer and the compiler. The goal for time is 1.3.</summary>
    private const double Bound = 1.15;

    private const int Lines = 8_000;

    [Fact]
    public async Task The_package_allocates_little_more_than_an_empty_analyzer()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var ours = await package.SubjectAsync();
        var code = GeneratedCode.OfLines(Lines);
        var ratio = await Growth.LeastAsync([code], ours, cancellation) / await Growth.LeastAsync([code], Subject.Empty, cancellation);
        Assert.True(ratio <= Bound, $"Threadwise allocates {ratio:N3} times what the empty analyzer does; the bound is {Bound:N2}.");
        Assert.True(ratio > 1, $"A ratio of {ratio:N3} says that nothing was analysed.");
    }
}
