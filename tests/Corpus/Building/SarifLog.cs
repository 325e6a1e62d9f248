using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Threadwise.Corpus.Reports;

namespace Threadwise.Corpus.Building;

/// <summary>Reads the compiler's error log (SARIF 2.1), which holds every report, those that a build does not print too.</summary>
internal static class SarifLog
{
    /// <summary>The reports whose id <paramref name="wanted"/> accepts and that the source does not suppress.</summary>
    public static IEnumerable<Report> Read(string file, Func<string, bool> wanted)
    {
        using var stream = File.OpenRead(file);
        using var log = JsonDocument.Parse(stream);
        var reports = new List<Report>();
        foreach (var run in log.RootElement.GetProperty("runs").EnumerateArray())
        {
            var rules = run.GetProperty("tool").GetProperty("driver").TryGetProperty("rules", out var list) ? list : default;
            foreach (var result in run.GetProperty("results").EnumerateArray())
            {
                var id = result.GetProperty("ruleId").GetString()!;
                if (wanted(id) && !(result.TryGetProperty("suppressions", out var suppressions) && suppressions.GetArrayLength() > 0))
                {
                    reports.Add(Read(id, result, rules));
                }
            }
        }

        return reports;
    }

    private static Report Read(string id, JsonElement result, JsonElement rules)
    {
        var (file, line, column) = Place(result);
        return new Report(id, Severity(result), file, line, column, Title(result, rules), result.GetProperty("message").GetProperty("text").GetString()!);
    }

    private static (string File, int Line, int Column) Place(JsonElement result)
    {
        if (!result.TryGetProperty("locations", out var locations) || locations.GetArrayLength() == 0)
        {
            return ("", 0, 0);
        }

        var physical = locations[0].GetProperty("physicalLocation");
        var uri = new Uri(physical.GetProperty("artifactLocation").GetProperty("uri").GetString()!, UriKind.RelativeOrAbsolute);
        var region = physical.GetProperty("region");
        return (
            uri.IsAbsoluteUri ? uri.LocalPath : Uri.UnescapeDataString(uri.OriginalString),
            region.GetProperty("startLine").GetInt32(),
            region.GetProperty("startColumn").GetInt32());
    }

    /// <summary>SARIF's default level is warning; Roslyn writes note for Info and leaves Hidden to tools.</summary>
    private static DiagnosticSeverity Severity(JsonElement result) =>
        (result.TryGetProperty("level", out var level) ? level.GetString() : "warning") switch
        {
            "error" => DiagnosticSeverity.Error,
            "note" => DiagnosticSeverity.Info,
            "none" => DiagnosticSeverity.Hidden,
            _ => DiagnosticSeverity.Warning,
        };

    private static string Title(JsonElement result, JsonElement rules) =>
        rules.ValueKind == JsonValueKind.Array && result.TryGetProperty("ruleIndex", out var index) &&
        rules[index.GetInt32()].TryGetProperty("shortDescription", out var title)
            ? title.GetProperty("text").GetString()!
            : "";
}
