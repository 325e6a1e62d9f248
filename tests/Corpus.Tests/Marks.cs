using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Threadwise.Corpus.Tests;

/// <summary>The <c>// expect: TWnnnn</c> at the end of a line; a line may name several rules, separated by commas.</summary>
internal static partial class Marks
{
    /// <summary>Each expected report as <c>file:line id</c>.</summary>
    public static IReadOnlyList<string> In(string file) =>
        [.. File.ReadLines(file).SelectMany((line, index) => Mark().Match(line) is { Success: true } mark
            ? mark.Groups[1].Value.Split(',').Select(id => $"{Path.GetFileName(file)}:{index + 1} {id.Trim()}")
            : [])];

    [GeneratedRegex(@"// expect: (TW\d{4}(?:, ?TW\d{4})*)$")]
    private static partial Regex Mark();
}
