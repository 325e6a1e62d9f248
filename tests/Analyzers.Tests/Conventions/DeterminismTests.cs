using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Conventions;

/// <summary>What is reported hangs on the code alone: not on which thread comes first, nor on the order in which the compiler is given the files. The order of the reports is the driver's.</summary>
public class DeterminismTests
{
    private const int Runs = 10;

    private static Analysis Samples { get; } = Analysis.Of() with
    {
        Sources = [.. Snippets.Violations.Select(static file => (file.Name, file.Text)), ("GlobalUsings.cs", Verify.GlobalUsings)],
    };

    [Fact]
    public async Task Threads_and_the_order_of_the_files_change_nothing()
    {
        var expected = Texts(await Samples.WithEveryRule().ReportsAsync());
        Assert.NotEmpty(expected);
        for (var run = 0; run < Runs; run++)
        {
            var sources = Samples.Sources.ToArray();
            new Random(run).Shuffle(sources);
            var reports = await (Samples.WithEveryRule() with { Sources = [.. sources] }).ReportsAsync(concurrent: run % 2 == 0);
            Assert.Equal(expected, Texts(reports));
        }
    }

    /// <summary>All that a report says: place, message, other places, and what its fix reads.</summary>
    private static List<string> Texts(ImmutableArray<Diagnostic> reports) =>
    [
        .. reports.Select(static report => string.Join(" | ", [
            report.Location.GetLineSpan().ToString(), report.Id, report.GetMessage(),
            .. report.AdditionalLocations.Select(static place => place.GetLineSpan().ToString()),
            .. report.Properties.OrderBy(static p => p.Key, StringComparer.Ordinal).Select(static p => $"{p.Key}={p.Value}")])).Order(StringComparer.Ordinal),
    ];
}
