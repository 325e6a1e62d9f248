using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Threadwise.Corpus;

namespace Threadwise.Hosts.Tests;

/// <summary>The sources of <c>samples/Violations</c> and what they are marked with.</summary>
internal static partial class Samples
{
    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.EnumerateFiles(Path.GetDirectoryName(Repository.Violations)!, "*.cs").Order()];

    /// <summary>Rules that are off by default, by the release notes of the analyzers: nothing switches them on in these hosts.</summary>
    private static readonly HashSet<string> s_off =
        [.. File.ReadLines(Path.Combine(Repository.Root, "src", "Analyzers", "AnalyzerReleases.Unshipped.md"))
            .Select(static line => line.Split('|', StringSplitOptions.TrimEntries)).Where(static cells => cells is [_, _, "Disabled", ..]).Select(static cells => cells[0])];

    /// <summary>Each <c>// expect: TWnnnn</c> of a rule that is on as <c>id file:line</c>.</summary>
    public static IReadOnlyList<string> Marks { get; } = [.. Files.SelectMany(MarksIn).Order()];

    public static IEnumerable<string> MarksIn(string file) => MarksIn(Path.GetFileName(file), File.ReadLines(file));

    public static IEnumerable<string> MarksIn(string name, IEnumerable<string> lines) =>
        lines.SelectMany((line, index) => Mark().Match(line) is { Success: true } mark
            ? mark.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries).Where(static id => !s_off.Contains(id)).Select(id => $"{id} {name}:{index + 1}")
            : []);

    [GeneratedRegex(@"// expect: (TW\d{4}(?:, ?TW\d{4})*)$")]
    private static partial Regex Mark();
}
