using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Rules;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Reporting;

/// <summary>TW2006 speaks before TW2003, which speaks before TW2013; TW3001 has no part in it.</summary>
public class PrecedenceTests
{
    private static readonly Analysis s_three = Competing("class C { void M() { Probe.Find(\"TW2013 TW2003 TW2006 TW3001\"); } }") with
    {
        // TW2013 is off by default in the planted analyzer.
        Project = ImmutableDictionary<string, ReportDiagnostic>.Empty.Add("TW2013", ReportDiagnostic.Warn),
    };

    [Fact]
    public async Task The_first_speaks_alone() => Assert.Equal("TW2006 TW3001", await s_three.IdsAsync());

    [Theory]
    [InlineData(".editorconfig", "[*.cs]\ndotnet_diagnostic.TW2006.severity = none", "TW2003 TW3001")]
    [InlineData(".editorconfig", "[*.cs]\ndotnet_diagnostic.TW2003.severity = none", "TW2006 TW3001")]
    [InlineData(".editorconfig", "[*.cs]\ndotnet_diagnostic.TW2006.severity = none\ndotnet_diagnostic.TW2003.severity = none", "TW2013 TW3001")]
    [InlineData(".editorconfig", "[*.cs]\ndotnet_diagnostic.TW2006.severity = silent", "TW2006 TW3001")]
    [InlineData(".editorconfig", "[File0.cs]\ndotnet_diagnostic.TW2006.severity = none", "TW2003 TW3001")]
    [InlineData(".editorconfig", "[Other.cs]\ndotnet_diagnostic.TW2006.severity = none", "TW2006 TW3001")]
    [InlineData(".globalconfig", "is_global = true\ndotnet_diagnostic.TW2006.severity = none", "TW2003 TW3001")]
    [InlineData(".editorconfig", "[*.cs]\ndotnet_analyzer_diagnostic.category-ThreadwiseLocks.severity = none", "TW2013 TW3001")]
    [InlineData(".editorconfig", "[*.cs]\ndotnet_analyzer_diagnostic.category-ThreadwiseLocks.severity = none\ndotnet_diagnostic.TW2003.severity = error", "TW2003 TW3001")]
    public async Task One_that_is_switched_off_gives_way(string file, string text, string expected) =>
        Assert.Equal(expected, await s_three.With(file, text).IdsAsync());

    [Fact]
    public async Task One_that_the_project_switches_off_gives_way() =>
        Assert.Equal("TW2003 TW3001", await (s_three with { Project = s_three.Project.Add("TW2006", ReportDiagnostic.Suppress) }).IdsAsync());

    [Fact]
    public async Task One_that_is_off_by_default_gives_way() =>
        Assert.Equal("TW2003", await Competing("class C { void M() { Probe.Find(\"TW2013 TW2003\"); } }").IdsAsync());

    [Fact]
    public async Task A_pragma_silences_the_cause() => Assert.Equal("TW3001", await Competing("""
        class C
        {
            void M()
            {
        #pragma warning disable TW2006
                Probe.Find("TW2003 TW2006 TW3001");
        #pragma warning restore TW2006
            }
        }
        """).IdsAsync());

    [Fact]
    public async Task An_attribute_silences_the_cause() => Assert.Equal("TW3001", await Competing("""
        class C
        {
            [System.Diagnostics.CodeAnalysis.SuppressMessage("ThreadwiseLocks", "TW2006:AcquireResultIgnored")]
            void M() => Probe.Find("TW2003 TW2006 TW3001");
        }
        """).IdsAsync());

    [Fact]
    public async Task Two_causes_are_two_reports() => Assert.Equal("TW2003 TW2006", await Competing("""
        class C
        {
            void M() => Probe.Find("TW2003");
            void N() => Probe.Find("TW2006");
        }
        """).IdsAsync());

    [Fact]
    public void The_table_has_no_cycle_and_no_pair_twice()
    {
        Assert.Equal(Precedence.Pairs.Distinct(), Precedence.Pairs);
        foreach (var (first, _) in Precedence.Pairs)
        {
            var silent = new HashSet<string>();
            var next = new Queue<string>([first]);
            while (next.TryDequeue(out var id))
            {
                foreach (var pair in Precedence.Pairs.Where(pair => pair.Speaks == id && silent.Add(pair.Silent)))
                {
                    next.Enqueue(pair.Silent);
                }
            }

            Assert.DoesNotContain(first, silent);
        }
    }

    private static Analysis Competing(string source) => Analysis.Of(source, PlantedAnalyzer.Probe) with { Analyzers = [new PlantedAnalyzer()] };
}
