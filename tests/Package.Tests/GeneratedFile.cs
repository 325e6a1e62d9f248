using System;
using System.IO;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Package.Tests;

/// <summary>A file, or a part of one between markers, that follows from the rules: checked by default, written on demand.</summary>
public static class GeneratedFile
{
    private const string WriteCommand = "THREADWISE_WRITE=1 dotnet test --project tests/Package.Tests";

    public static void Check(string expected, params string[] path)
    {
        var file = Repository.PathOf(path);
        var actual = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (actual == expected)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("THREADWISE_WRITE") == "1")
        {
            File.WriteAllText(file, expected);
            return;
        }

        Assert.Fail($"{string.Join('/', path)} does not follow from the rules. To write it: {WriteCommand}");
    }

    /// <summary>Checks what stands between <c>&lt;!-- name:begin --&gt;</c> and <c>&lt;!-- name:end --&gt;</c>.</summary>
    public static void CheckBlock(string name, string expected, params string[] path)
    {
        var text = File.ReadAllText(Repository.PathOf(path)).ReplaceLineEndings("\n");
        var begin = $"<!-- {name}:begin -->\n";
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = text.IndexOf($"<!-- {name}:end -->", StringComparison.Ordinal);
        Assert.True(from >= begin.Length && to >= from, $"{string.Join('/', path)} lacks the markers of '{name}'");
        Check(text[..from] + expected + text[to..], path);
    }
}
