using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Conventions;

/// <summary>
/// The release files say what each release brought. The compiler's own check sees only descriptors that are built in place, and ours
/// come from one factory; so both directions are tested here.
/// </summary>
public class ReleaseTrackingTests
{
    [Fact]
    public void The_lines_say_what_the_descriptors_say()
    {
        var names = RuleClass.All.ToDictionary(static rule => rule.Id, static rule => rule.Name);
        names["TW0001"] = "UnreadableOption";
        names["TW0002"] = "MemberNotJudged";
        var expected = ThreadwiseRules.Descriptors.Select(d => $"{d.Id} | {d.Category} | {Level(d)} | {names[d.Id]}");
        Assert.Equal(expected, Lines());
    }

    [Fact]
    public void Each_file_is_in_the_order_of_the_ids() => Assert.All(s_files, static file => Assert.Equal(Lines(file).Order(StringComparer.Ordinal), Lines(file)));

    private static readonly string[] s_files = ["AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md"];

    private static string Level(DiagnosticDescriptor descriptor) => descriptor.IsEnabledByDefault ? descriptor.DefaultSeverity.ToString() : "Disabled";

    private static IEnumerable<string> Lines() => s_files.SelectMany(Lines).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Lines(string file) =>
        File.ReadLines(Repository.PathOf("src", "Analyzers", file)).Where(static line => line.StartsWith("TW", StringComparison.Ordinal));
}
