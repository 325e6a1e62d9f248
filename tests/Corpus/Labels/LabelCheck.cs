using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Corpus.Reports;
using Threadwise.Corpus.Targets;

namespace Threadwise.Corpus.Labels;

/// <summary>Holds the reports of a run against the label file and says what differs.</summary>
internal static class LabelCheck
{
    /// <summary>False when an unlabelled Warning was found and the request forbids that.</summary>
    public static bool Run(Request request, IEnumerable<Report> reports, Origin origin, TextWriter output)
    {
        var file = request.Labels!;
        var ofRepository = LabelFile.Read(file).Where(l => l.Repository == origin.Repository && (request.Ids.IsEmpty || request.Ids.Contains(l.Id))).ToImmutableArray();
        var anchors = new Anchor();
        var sightings = reports.Where(static r => r.Line > 0).Order(ReportOrder.Instance).Select(r => new Sighting(
            r.Id, origin.PlaceOf(r.File), r.Line, anchors.Of(r.File, r.Line), r.Severity >= DiagnosticSeverity.Warning));
        var match = LabelMatch.Of(sightings, ofRepository);

        output.WriteLine();
        PrintCounts(match, output);
        PrintList("No label:", match.Unlabelled.Select(static s => (s.Id, s.Path, s.Line, s.IsWarning ? "warning" : "")), output);
        PrintList("Judged wrong and still reported:", match.Known.Where(static k => k.Label.Verdict == Verdict.Wrong).Select(static k => (k.Sighting.Id, k.Sighting.Path, k.Sighting.Line, k.Label.Reason)), output);
        PrintList("Labelled and no longer reported:", match.Gone.Select(static l => (l.Id, l.Path, l.Line, $"{l.Verdict.ToString().ToLowerInvariant()}: {l.Reason}")), output);

        if (request.WriteLabels && match.Unlabelled.Length > 0)
        {
            LabelFile.Append(file, match.Unlabelled.Select(s => new Label(origin.Repository, origin.Commit, s.Id, s.Path, s.Line, Verdict.Unsure, "", s.Anchor)));
            output.WriteLine($"Wrote {match.Unlabelled.Length} labels.");
        }

        return !request.FailOnUnlabelled || !match.Unlabelled.Any(static s => s.IsWarning);
    }

    private static void PrintCounts(LabelMatch match, TextWriter output)
    {
        var grid = new Grid("id", "right", "wrong", "unsure", "no label", "gone");
        var ids = match.Known.Select(static k => k.Sighting.Id).Concat(match.Unlabelled.Select(static s => s.Id)).Concat(match.Gone.Select(static l => l.Id));
        foreach (var id in ids.Distinct().Order())
        {
            grid.Add(
                id,
                Count(Verdict.Right), Count(Verdict.Wrong), Count(Verdict.Unsure),
                Text(match.Unlabelled.Count(s => s.Id == id)), Text(match.Gone.Count(l => l.Id == id)));

            string Count(Verdict verdict) => Text(match.Known.Count(k => k.Sighting.Id == id && k.Label.Verdict == verdict));
        }

        if (!grid.IsEmpty)
        {
            grid.Print(output);
        }

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private static void PrintList(string head, IEnumerable<(string Id, string Path, int Line, string Remark)> rows, TextWriter output)
    {
        var isFirst = true;
        foreach (var (id, path, line, remark) in rows)
        {
            if (isFirst)
            {
                output.WriteLine();
                output.WriteLine(head);
                isFirst = false;
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {id}  {path}:{line}  {remark}").TrimEnd());
        }
    }
}
