using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Reporting;

/// <summary>A state rule is silenced where its field, property or type is declared, wherever the report stands.</summary>
public class MemberSuppressionTests
{
    [Theory]
    [InlineData("[SuppressMessage(\"ThreadwiseSharedState\", \"TW3001\")]", "", "")]
    [InlineData("[SuppressMessage(\"ThreadwiseSharedState\", \"TW3001:UnguardedSharedState\")]", "", "")]
    [InlineData("[SuppressMessage(\"ThreadwiseSharedState\", \"TW3001\", Justification = \"one writer\")]", "", "")]
    [InlineData("[SuppressMessage(\"whatever\", \"TW3001\")]", "", "")]
    [InlineData("", "[SuppressMessage(\"ThreadwiseSharedState\", \"TW3001\")]", "")]
    [InlineData("", "", "TW3001")]
    [InlineData("[SuppressMessage(\"ThreadwiseSharedState\", \"TW3002\")]", "", "TW3001")]
    [InlineData("[SuppressMessage(\"ThreadwiseSharedState\", \"TW30011\")]", "", "TW3001")]
    [InlineData("[SuppressMessage(\"ThreadwiseSharedState\", \"tw3001\")]", "", "TW3001")]
    [InlineData("[Own.SuppressMessage(\"ThreadwiseSharedState\", \"TW3001\")]", "", "TW3001")]
    public async Task On_the_field_or_the_type(string onField, string onType, string expected) => Assert.Equal(expected, await StateAsync($$"""
        {{onType}}
        partial class C
        {
            {{onField}}
            private int _count;
            private int _other;
        }
        """, """partial class C { void M() => Probe.Find("TW3001", "_count"); }"""));

    [Fact]
    public async Task On_a_property() => Assert.Equal("", await StateAsync("""
        partial class C
        {
            [SuppressMessage("ThreadwiseSharedState", "TW3001")]
            private int Count { get; set; }
        }
        """, """partial class C { void M() => Probe.Find("TW3001", "Count"); }"""));

    [Fact]
    public async Task On_the_type_around() => Assert.Equal("", await StateAsync("""
        [SuppressMessage("ThreadwiseSharedState", "TW3001")]
        partial class Outer { }
        """, """partial class Outer { class C { int _count; void M() => Probe.Find("TW3001", "_count"); } }"""));

    [Fact]
    public async Task Of_another_field_is_of_no_avail() => Assert.Equal("TW3001", await StateAsync("""
        partial class C
        {
            private int _count;
            [SuppressMessage("ThreadwiseSharedState", "TW3001")]
            private int _other;
        }
        """, """partial class C { void M() => Probe.Find("TW3001", "_count"); }"""));

    [Fact]
    public async Task Of_the_field_says_nothing_about_a_report_that_is_not_about_it() => Assert.Equal("TW3001", await StateAsync("""
        partial class C
        {
            [SuppressMessage("ThreadwiseSharedState", "TW3001")]
            private int _count;
        }
        """, """partial class C { void M() => Probe.Find("TW3001"); }"""));

    private static Task<string> StateAsync(string declaration, string report) =>
        (Analysis.Of("using System.Diagnostics.CodeAnalysis;\n" + declaration, report, PlantedAnalyzer.Probe, """
            namespace Own
            {
                class SuppressMessageAttribute : Attribute { public SuppressMessageAttribute(string category, string id) { } }
            }
            """) with { Analyzers = [new PlantedAnalyzer()] }).IdsAsync();
}
