using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Corpus.Analysis;
using Threadwise.Corpus.Building;
using Threadwise.Corpus.Packaging;
using Threadwise.Corpus.Reports;
using Threadwise.Corpus.Sources;
using Threadwise.Corpus.Targets;

namespace Threadwise.Corpus;

/// <summary>What was found in the code under analysis, by a build or by reading its sources.</summary>
internal sealed class Examination
{
    private Examination(Code code, InProcess analysis, ImmutableArray<Report> reports, ImmutableArray<string> notes, bool buildFailed)
    {
        Code = code;
        Analysis = analysis;
        Reports = reports;
        Notes = notes;
        BuildFailed = buildFailed;
    }

    public Code Code { get; }

    public InProcess Analysis { get; }

    public ImmutableArray<Report> Reports { get; }

    /// <summary>How the code was read, and what went wrong on the way.</summary>
    public ImmutableArray<string> Notes { get; }

    public bool BuildFailed { get; }

    public static async Task<Examination> RunAsync(
        Request request, Target target, AnalyzerPackage package, PackageRules rules, WorkFolder work, CancellationToken cancellation)
    {
        var wanted = request.Ids.IsEmpty ? (Func<string, bool>)ProjectBuild.IsOurs : request.Ids.Contains;
        if (target.Buildable is not { } buildable)
        {
            return await ReadAsync(target.Folder, target.Note is null ? [] : [target.Note]);
        }

        var build = await ProjectBuild.RunAsync(buildable, package, request.Properties, work, cancellation);
        if (build.Commands.IsEmpty && !build.Succeeded)
        {
            return await ReadAsync(target.Folder, ["Nothing could be built:", .. Shorten(build.Errors)]);
        }

        var code = await CompilerCommands.LoadAsync(build.Commands, cancellation);
        var analysis = new InProcess(rules);
        ImmutableArray<string> notes = build.Succeeded
            ? [$"Built {build.Commands.Length} compilations."]
            : [$"Built {build.Commands.Length} compilations, and some could not be built:", .. Shorten(build.Errors)];
        var trouble = build.Trouble.Select(static t => $"{t.Id}: {t.Message}").Distinct().ToImmutableArray();
        var reports = build.Reports.Where(r => wanted(r.Id)).ToImmutableArray();
        return new Examination(
            code, analysis, await WithOffersAsync(reports, code, analysis, rules, cancellation), [.. notes, .. trouble], !build.Succeeded || !trouble.IsEmpty);

        async Task<Examination> ReadAsync(string folder, ImmutableArray<string> why)
        {
            var code = await SourceFolder.LoadAsync(folder, cancellation);
            var analysis = new InProcess(rules);
            var reports = new List<Report>();
            foreach (var finding in (await analysis.ProjectAsync(code.Solution.Projects.Single(), cancellation)).Where(f => wanted(f.Diagnostic.Id)))
            {
                // As in a build's error log, which has nothing hidden.
                if (finding.Diagnostic.Severity == DiagnosticSeverity.Hidden)
                {
                    continue;
                }

                var offers = await FixOffers.ForAsync(finding, rules, cancellation);
                reports.Add(finding.ToReport() with { Fix = offers.IsEmpty ? FixOffer.None : FixOffer.Offered });
            }

            return new Examination(
                code, analysis, [.. reports.DistinctBy(static r => r.Key)],
                [.. why, "Read the sources without building: what packages and generators add is missing, and with it some reports."], buildFailed: false);
        }
    }

    /// <summary>
    /// Finds out what the light bulb offers for the reports of a build. The compilations that hold them are made again in this
    /// process, since the error log keeps less of a report than a fix needs.
    /// </summary>
    private static async Task<ImmutableArray<Report>> WithOffersAsync(
        ImmutableArray<Report> reports, Code code, InProcess analysis, PackageRules rules, CancellationToken cancellation)
    {
        var files = reports.Where(r => rules.HasFixFor(r.Id)).Select(static r => r.File).ToHashSet();
        var offered = new Dictionary<(string, string, int, int), FixOffer>();
        foreach (var project in code.Solution.Projects.Where(p => p.Documents.Any(d => d.FilePath is { } path && files.Contains(path))))
        {
            foreach (var finding in await analysis.ProjectAsync(project, cancellation))
            {
                var key = finding.ToReport().Key;
                if (offered.GetValueOrDefault(key) != FixOffer.Offered && rules.HasFixFor(finding.Diagnostic.Id))
                {
                    offered[key] = (await FixOffers.ForAsync(finding, rules, cancellation)).IsEmpty ? FixOffer.None : FixOffer.Offered;
                }
            }
        }

        return [.. reports.Select(r => r with { Fix = offered.GetValueOrDefault(r.Key, rules.HasFixFor(r.Id) ? FixOffer.Unknown : FixOffer.None) })];
    }

    private static IEnumerable<string> Shorten(ImmutableArray<string> lines) =>
        lines.Take(5).Select(static l => "  " + l).Concat(lines.Length > 5 ? [$"  … and {lines.Length - 5} more lines."] : []);
}
