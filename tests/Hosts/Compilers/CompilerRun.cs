using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Corpus;
using Threadwise.Corpus.Building;

namespace Threadwise.Hosts.Compilers;

/// <summary>The same project under one language version and one nullable setting.</summary>
/// <param name="Label">Framework, language version, nullable.</param>
/// <param name="Reports">What the analyzers say: id, severity, places, message.</param>
/// <param name="Errors">What the compiler refuses: id and place.</param>
internal sealed record CompilerCase(string Label, ImmutableArray<string> Reports, ImmutableArray<string> Errors)
{
    public string Framework => Label[..Label.IndexOf('|', StringComparison.Ordinal)];
}

/// <summary>What one compiler, in a process of its own, made of the sources.</summary>
/// <param name="Roslyn">Its version, by its own word.</param>
/// <param name="Unloaded">Analyzer assemblies that it refused, with its reason.</param>
internal sealed record CompilerRun(string Roslyn, ImmutableArray<string> Unloaded, ImmutableArray<CompilerCase> Cases)
{
    private static string Program { get; } =
        Path.Combine(Repository.Root, "tests", "CompilerHost", "bin", Restored.Configuration, "net10.0", "CompilerHost.dll");

    public static async Task<CompilerRun> RunAsync(
        string roslyn, IEnumerable<string> analyzers, IEnumerable<string> frameworks, IEnumerable<string> sources, WorkFolder work, CancellationToken cancellation)
    {
        var request = work.File($"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(request, JsonSerializer.Serialize(new
        {
            Roslyn = Restored.Roslyn(roslyn),
            Analyzers = analyzers,
            References = frameworks.Select(Restored.Framework),
            Sources = sources,
        }), cancellation);
        var (exitCode, output) = await Dotnet.RunAsync(Repository.Root, ["exec", Program, request], cancellation);
        return exitCode == 0 ? Parse(output) : throw CorpusException.Failed($"The compiler host of Roslyn {roslyn} ended with {exitCode.ToString(CultureInfo.InvariantCulture)}:\n{output.Trim()}");
    }

    private static CompilerRun Parse(string output)
    {
        // kind | framework | language | nullable | text
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static line => line.Split('|', 5)).Select(static p => (Kind: p[0], Label: $"{p[1]}|{p[2]}|{p[3]}", Text: p[4])).ToList();
        return new CompilerRun(
            lines.Single(static l => l.Kind == "roslyn").Text,
            [.. lines.Where(static l => l.Kind == "unloaded").Select(static l => l.Text)],
            [.. lines.Where(static l => l.Kind == "case").Select(c => new CompilerCase(
                c.Label,
                [.. lines.Where(l => l.Kind == "report" && l.Label == c.Label).Select(static l => l.Text)],
                [.. lines.Where(l => l.Kind == "error" && l.Label == c.Label).Select(static l => l.Text)]))]);
    }
}
