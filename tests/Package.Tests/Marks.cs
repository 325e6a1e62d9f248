using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Threadwise.Testing;

namespace Threadwise.Package.Tests;

/// <summary>A line that ends with <c>// expect: TWnnnn</c>.</summary>
public sealed record Mark(string File, int Line, string Id);

/// <summary>Sources of consumers, in <c>Sources/</c> beside the tests.</summary>
public static partial class Marks
{
    public static string Folder(string sources) => Repository.PathOf("tests", "Package.Tests", "Sources", sources);

    public static IReadOnlyList<Mark> In(string sources) =>
        [.. from path in Directory.EnumerateFiles(Folder(sources), "*.cs").Order()
            from line in File.ReadAllLines(path).Select(static (text, index) => (text, number: index + 1))
            let mark = Expectation().Match(line.text)
            where mark.Success
            select new Mark(Path.GetFileName(path), line.number, mark.Groups[1].Value)];

    [GeneratedRegex(@"// expect: (TW\d{4})$")]
    private static partial Regex Expectation();
}
