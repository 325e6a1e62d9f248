using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Threadwise.Package.Tests;

/// <summary>One result of a SARIF file. A report without a place has an empty file and line 0.</summary>
public sealed record SarifResult(string Id, string Level, string File, int Line, string Message)
{
    /// <summary>The form that tests compare and failures show.</summary>
    public override string ToString() => $"{File}:{Line} {Id} {Level}";
}

/// <summary>What one compilation wrote to its error log: everything down to hidden reports, in contrast to the console.</summary>
public sealed class Sarif
{
    private Sarif(IReadOnlyList<SarifResult> results) => Results = results;

    public IReadOnlyList<SarifResult> Results { get; }

    /// <summary>What Threadwise reported, in the order of places.</summary>
    public IReadOnlyList<SarifResult> Ours => [.. Results.Where(static r => r.Id.StartsWith("TW", StringComparison.Ordinal))
        .OrderBy(static r => r.File, StringComparer.Ordinal).ThenBy(static r => r.Line).ThenBy(static r => r.Id, StringComparer.Ordinal)];

    public static Sarif Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return new Sarif([.. document.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(Result)]);
    }

    private static SarifResult Result(JsonElement result)
    {
        var (file, line) = ("", 0);
        if (result.TryGetProperty("locations", out var locations) && locations.GetArrayLength() > 0)
        {
            var place = locations[0].GetProperty("physicalLocation");
            file = Path.GetFileName(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!);
            line = place.GetProperty("region").GetProperty("startLine").GetInt32();
        }

        return new SarifResult(
            result.GetProperty("ruleId").GetString()!,
            result.TryGetProperty("level", out var level) ? level.GetString()! : "warning",
            file,
            line,
            result.GetProperty("message").GetProperty("text").GetString()!);
    }
}
