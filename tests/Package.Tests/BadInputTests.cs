using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Package.Tests;

/// <summary>Bad input ends in TW0001 or in silence, never in an exception.</summary>
public class BadInputTests(IsolatedPackage package)
{
    /// <summary>An analyzer that does not load (CS8032), is too new (CS9057), throws (AD0001), or a generator that does (CS8785).</summary>
    private static readonly string[] s_breakdowns = ["CS8032", "CS9057", "AD0001", "CS8785", "CS8033", "CS8034"];

    public static TheoryData<string, string> Compilations =>
        [.. from consumer in Consumers.All from framework in consumer.Frameworks.Split(';') select (consumer.Name, framework)];

    [Theory]
    [MemberData(nameof(Compilations))]
    public async Task No_analyzer_breaks_down(string name, string framework)
    {
        var build = await package.ConsumersAsync();
        Assert.DoesNotContain(build.SarifOf(Consumers.All.Single(c => c.Name == name), framework).Results, static result => s_breakdowns.Contains(result.Id));
    }

    [Fact]
    public async Task The_build_names_no_breakdown()
    {
        var build = await package.ConsumersAsync();
        Assert.DoesNotContain(build.Log, static line => s_breakdowns.Any(line.Contains));
    }

    [Fact]
    public async Task A_compilation_without_the_framework_hears_nothing()
    {
        var build = await package.ConsumersAsync();
        Assert.Empty(build.SarifOf(Consumers.OwnCore).Ours);
        Assert.True(build.HasAssembly(Consumers.OwnCore));
        Assert.Empty(build.SarifOf(Consumers.NoCore).Ours);
        Assert.False(build.HasAssembly(Consumers.NoCore));
    }

    [Fact]
    public async Task Syntax_errors_are_the_compilers_business()
    {
        var build = await package.ConsumersAsync();
        Assert.Empty(build.SarifOf(Consumers.Broken).Ours);
        Assert.NotEmpty(build.SarifOf(Consumers.Broken).Results);
    }

    [Fact]
    public async Task A_malformed_option_is_named_once()
    {
        var build = await package.ConsumersAsync();
        var trouble = Assert.Single(build.SarifOf(Consumers.MalformedOption).Ours, static result => result.Id == "TW0001");
        Assert.Equal("warning", trouble.Level);
        Assert.Contains("threadwise.no_such_option", trouble.Message);
        Assert.Equal(
            build.SarifOf(Consumers.Default).Ours.Select(static r => r.ToString()),
            build.SarifOf(Consumers.MalformedOption).Ours.Where(static r => r.Id != "TW0001").Select(static r => r.ToString()));
    }
}
