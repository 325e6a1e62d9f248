using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Corpus.Analysis;
using Threadwise.Corpus.Packaging;
using Threadwise.Corpus.Reports;
using Threadwise.Corpus.Targets;

namespace Threadwise.Corpus.Fixes;

/// <summary>Tries every fix that is offered over the whole code, one at a time and by Fix All, and prints the figures.</summary>
internal sealed class FixCheck(Request request, Origin origin, PackageRules rules, InProcess analysis, TextWriter output)
{
    private readonly Dictionary<(string Id, string Key), FixFigures> _figures = [];
    private readonly List<string> _flaws = [];

    /// <summary>Whether every repaired code was as it should be.</summary>
    public async Task<bool> RunAsync(Code code, IReadOnlyCollection<Report> reports, CancellationToken cancellation)
    {
        var files = reports.Where(r => rules.HasFixFor(r.Id)).Select(static r => r.File).ToHashSet();
        var projects = code.Solution.Projects.Where(p => p.Documents.Any(d => d.FilePath is { } path && files.Contains(path))).Select(static p => p.Id).ToList();
        await OneByOneAsync(code.Solution, projects, cancellation);
        var repaired = await AllTogetherAsync(code.Solution, projects, cancellation);
        Print();
        if (request.Write is not null)
        {
            await WriteAsync(code.Solution, repaired, cancellation);
        }

        return _flaws.Count == 0;
    }

    private async Task OneByOneAsync(Solution solution, IEnumerable<ProjectId> projects, CancellationToken cancellation)
    {
        var trial = new SingleTrial(analysis);
        var seen = new HashSet<(string, string, int, int)>();
        foreach (var project in projects)
        {
            foreach (var finding in await analysis.ProjectAsync(solution.GetProject(project)!, cancellation))
            {
                // A linked twin's report is the same report, and the trial has looked at the twin.
                var report = finding.ToReport();
                if (!IsAsked(finding) || !seen.Add(report.Key))
                {
                    continue;
                }

                foreach (var offer in await FixOffers.ForAsync(finding, rules, cancellation))
                {
                    var flaws = await trial.RunAsync(finding, offer, cancellation);
                    Figures(finding.Diagnostic.Id, offer.Key, offer.Provider).Count(flaws);
                    Keep($"{finding.Diagnostic.Id}  {ReportTable.Place(report, origin)}  {offer.Key}", flaws);
                }
            }
        }
    }

    private async Task<Solution> AllTogetherAsync(Solution solution, IReadOnlyCollection<ProjectId> projects, CancellationToken cancellation)
    {
        var trial = new FixAllTrial(rules, analysis);
        foreach (var ((id, key), figures) in _figures.OrderBy(static f => f.Key).ToList())
        {
            if (figures.Provider.GetFixAllProvider() is null)
            {
                continue;
            }

            var (after, flaws) = await trial.RunAsync(solution, id, figures.Provider, key, projects, cancellation);
            figures.FixAll = flaws.IsEmpty;
            Keep($"{id}  Fix All  {key}", flaws);
            solution = flaws.IsEmpty ? after : solution;
        }

        return solution;
    }

    private bool IsAsked(Finding finding) => finding.Document is not null && (request.Ids.IsEmpty || request.Ids.Contains(finding.Diagnostic.Id));

    private FixFigures Figures(string id, string key, CodeFixProvider provider)
    {
        if (!_figures.TryGetValue((id, key), out var figures))
        {
            _figures.Add((id, key), figures = new FixFigures(provider));
        }

        return figures;
    }

    private void Keep(string where, ImmutableArray<Flaw> flaws) => _flaws.AddRange(flaws.Select(f => $"  {where}: {f.Kind}: {f.What}"));

    private void Print()
    {
        output.WriteLine();
        var grid = new Grid("id", "fix", "applied", "clean", "Fix All");
        foreach (var ((id, key), figures) in _figures.OrderBy(static f => f.Key))
        {
            grid.Add(
                id, key, figures.Applied.ToString(CultureInfo.InvariantCulture), figures.Clean.ToString(CultureInfo.InvariantCulture),
                figures.FixAll switch { true => "clean", false => "flawed", null => "-" });
        }

        if (grid.IsEmpty)
        {
            output.WriteLine("No fix is offered.");
            return;
        }

        grid.Print(output);
        foreach (var flaw in _flaws)
        {
            output.WriteLine(flaw);
        }
    }

    private async Task WriteAsync(Solution before, Solution after, CancellationToken cancellation)
    {
        var written = new HashSet<string>();
        foreach (var id in await Repair.ChangedAsync(before, after, cancellation))
        {
            var document = after.GetDocument(id)!;
            var place = origin.PlaceOf(document.FilePath!);
            if (!place.StartsWith("../", System.StringComparison.Ordinal) && written.Add(place))
            {
                var file = Path.Combine(request.Write!, place);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                var text = await document.GetTextAsync(cancellation);
                await File.WriteAllTextAsync(file, text.ToString(), text.Encoding ?? new System.Text.UTF8Encoding(false), cancellation);
            }
        }

        output.WriteLine($"Wrote {written.Count} repaired files to {request.Write}.");
    }
}
