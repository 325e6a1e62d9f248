using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Benchmarks.Measuring;
using Threadwise.Benchmarks.Subjects;
using Xunit;

namespace Threadwise.Benchmarks.Tests;

/// <summary>Four times the code costs about four times as much, and the measure tells when it does not.</summary>
public class GrowthTests(PackedPackage package)
{
    /// <summary>Linear is 4, quadratic 16; between them lie the n log n of sorting and the growing of lists.</summary>
    private const double Linear = 5;

    public static TheoryData<int> Shapes => [.. Enumerable.Range(0, Growth.Shapes.Count)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task The_package_grows_with_the_code(int shape)
    {
        var (name, code, size) = Growth.Shapes[shape];
        var factor = await Growth.OfAsync(code, size, await package.SubjectAsync(), TestContext.Current.CancellationToken);
        Assert.True(factor <= Linear, $"{name}: {Growth.Step} times the code takes {factor:N2} times the bytes.");
    }

    [Fact]
    public async Task A_quadratic_walk_over_the_project_is_caught() => Assert.True(await FactorAsync(0, new QuadraticProjectAnalyzer()) > Linear);

    [Fact]
    public async Task A_quadratic_walk_over_a_type_is_caught() => Assert.True(await FactorAsync(1, new QuadraticTypeAnalyzer()) > Linear);

    [Fact]
    public async Task A_quadratic_walk_over_a_body_is_caught() => Assert.True(await FactorAsync(2, new QuadraticBodyAnalyzer()) > Linear);

    private static Task<double> FactorAsync(int shape, DiagnosticAnalyzer planted) =>
        Growth.OfAsync(Growth.Shapes[shape].Code, Growth.Shapes[shape].Size, new Subject("planted", [planted]), TestContext.Current.CancellationToken);
}
