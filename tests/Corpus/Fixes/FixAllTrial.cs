using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Corpus.Analysis;
using Threadwise.Corpus.Packaging;

namespace Threadwise.Corpus.Fixes;

/// <summary>Repairs every report of one rule by Fix All, a project at a time, and looks at what comes out.</summary>
internal sealed class FixAllTrial(PackageRules rules, InProcess analysis)
{
    /// <summary>The solution after it and what is wrong with that. A solution with flaws is shown and not built upon.</summary>
    public async Task<(Solution Solution, ImmutableArray<Flaw> Flaws)> RunAsync(
        Solution start, string id, CodeFixProvider provider, string key, IEnumerable<ProjectId> projects, CancellationToken cancellation)
    {
        var now = start;
        var repaired = new List<Diagnostic>();
        var before = new Dictionary<ProjectId, ImmutableArray<Finding>>();
        var flaws = ImmutableArray.CreateBuilder<Flaw>();
        foreach (var project in projects)
        {
            // A linked twin repaired before may have repaired this project too: its reports are counted in the start and looked for in the present.
            before[project] = await analysis.ProjectAsync(start.GetProject(project)!, cancellation);
            var present = now == start ? before[project] : await analysis.ProjectAsync(now.GetProject(project)!, cancellation);
            var offered = await OfferedAsync(present, id, key, cancellation);
            if (offered.IsEmpty)
            {
                continue;
            }

            try
            {
                var context = new FixAllContext(
                    offered[0].Document!, provider, FixAllScope.Project, key, [id], new KnownDiagnostics(offered), cancellation);
                if (await provider.GetFixAllProvider()!.GetFixAsync(context) is { } action)
                {
                    now = await Repair.ApplyAsync(now, action, cancellation);
                    repaired.AddRange(before[project].Where(f => f.Diagnostic.Id == id).Select(static f => f.Diagnostic));
                }
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                flaws.Add(new Flaw(FlawKind.Threw, $"{problem.GetType().Name}: {problem.Message}"));
            }
        }

        foreach (var project in projects)
        {
            flaws.AddRange(await CheckAsync(start, now, project, before[project], id, key, cancellation));
        }

        foreach (var document in await Repair.ChangedAsync(start, now, cancellation))
        {
            var old = start.GetDocument(document)!;
            flaws.AddRange(TextKept.Check(
                (await old.GetSyntaxRootAsync(cancellation))!,
                (await now.GetDocument(document)!.GetSyntaxRootAsync(cancellation))!,
                Places.Of(repaired, old.FilePath)));
        }

        return (now, [.. flaws.Distinct()]);
    }

    private async Task<IEnumerable<Flaw>> CheckAsync(
        Solution start, Solution now, ProjectId project, ImmutableArray<Finding> before, string id, string key, CancellationToken cancellation)
    {
        var after = await analysis.ProjectAsync(now.GetProject(project)!, cancellation);
        var still = await OfferedAsync(after, id, key, cancellation);
        var errors = Multiset.Added(
            await Errors.InAsync(start.GetProject(project)!, cancellation), await Errors.InAsync(now.GetProject(project)!, cancellation));
        return
        [
            .. still.Select(f => new Flaw(FlawKind.StillReported, $"{id} in {f.Document!.Name}")),
            .. errors.Select(static e => new Flaw(FlawKind.NewError, e)),
            .. Multiset.Added(before.Select(Seen), after.Select(Seen)).Select(static r => new Flaw(FlawKind.NewReport, r)),
        ];

        static string Seen(Finding finding) => $"{finding.Diagnostic.Id} in {finding.Document?.Name}";
    }

    private async Task<ImmutableArray<Finding>> OfferedAsync(ImmutableArray<Finding> findings, string id, string key, CancellationToken cancellation)
    {
        var offered = ImmutableArray.CreateBuilder<Finding>();
        foreach (var finding in findings.Where(f => f.Diagnostic.Id == id))
        {
            if ((await FixOffers.ForAsync(finding, rules, cancellation)).Any(o => o.Key == key))
            {
                offered.Add(finding);
            }
        }

        return offered.ToImmutable();
    }
}
