using System.Linq;
using Threadwise.Benchmarks.Placement;
using Xunit;

namespace Threadwise.Benchmarks.Tests;

public class PlacementTests
{
    [Fact]
    public void All_forms_come_to_the_same_results()
    {
        var results = Comparison.Results([.. Enumerable.Range(0, 500)]);
        Assert.Equal(3, results.Count);
        Assert.All(results, sums => Assert.Equal(results[0], sums));
        Assert.NotEqual(0, results[0].Sum());
    }
}
