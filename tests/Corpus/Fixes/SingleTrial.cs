using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Corpus.Analysis;

namespace Threadwise.Corpus.Fixes;

/// <summary>Applies one fix at one place and looks at what comes out.</summary>
internal sealed class SingleTrial(InProcess analysis)
{
    private readonly Dictionary<ProjectId, ImmutableArray<string>> _errors = [];

    public async Task<ImmutableArray<Flaw>> RunAsync(Finding finding, Offer offer, CancellationToken cancellation)
    {
        var before = finding.Document!.Project.Solution;
        Solution after;
        try
        {
            after = await Repair.ApplyAsync(before, offer.Action, cancellation);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            return [new Flaw(FlawKind.Threw, $"{problem.GetType().Name}: {problem.Message}")];
        }

        var changed = await Repair.ChangedAsync(before, after, cancellation);
        if (changed.Count == 0)
        {
            return [new Flaw(FlawKind.ChangedNothing, offer.Action.Title)];
        }

        var flaws = ImmutableArray.CreateBuilder<Flaw>();
        foreach (var id in changed)
        {
            var old = before.GetDocument(id)!;
            var now = after.GetDocument(id)!;
            flaws.AddRange(await CompileAsync(old, now, cancellation));
            flaws.AddRange(await ReportsAsync(old, now, id == finding.Document.Id ? finding.Diagnostic.Id : null, cancellation));
            flaws.AddRange(TextKept.Check(
                (await old.GetSyntaxRootAsync(cancellation))!, (await now.GetSyntaxRootAsync(cancellation))!, Places.Of([finding.Diagnostic], old.FilePath)));
        }

        return [.. flaws.Distinct()];
    }

    /// <summary>Where only bodies changed, other documents cannot break; else the whole compilation is looked at.</summary>
    private async Task<IEnumerable<Flaw>> CompileAsync(Document old, Document now, CancellationToken cancellation)
    {
        var isInBodies = SyntaxFactory.AreEquivalent((await old.GetSyntaxTreeAsync(cancellation))!, (await now.GetSyntaxTreeAsync(cancellation))!, topLevel: true);
        var before = isInBodies ? await Errors.InAsync(old, cancellation) : await OfProjectAsync(old.Project, cancellation);
        var after = isInBodies ? await Errors.InAsync(now, cancellation) : await Errors.InAsync(now.Project, cancellation);
        return Multiset.Added(before, after).Select(static e => new Flaw(FlawKind.NewError, e));
    }

    private async Task<ImmutableArray<string>> OfProjectAsync(Project project, CancellationToken cancellation)
    {
        if (!_errors.TryGetValue(project.Id, out var errors))
        {
            _errors.Add(project.Id, errors = await Errors.InAsync(project, cancellation));
        }

        return errors;
    }

    /// <summary>Counted per rule: a report that only moved down is the same report.</summary>
    private async Task<IEnumerable<Flaw>> ReportsAsync(Document old, Document now, string? repaired, CancellationToken cancellation)
    {
        var before = (await analysis.DocumentAsync(old, cancellation)).Select(static d => d.Id).ToList();
        var after = (await analysis.DocumentAsync(now, cancellation)).Select(static d => d.Id).ToList();
        var flaws = new List<Flaw>();
        if (repaired is not null && before.Remove(repaired) && after.Count(id => id == repaired) > before.Count(id => id == repaired))
        {
            flaws.Add(new Flaw(FlawKind.StillReported, repaired));
            before.Add(repaired);
        }

        flaws.AddRange(Multiset.Added(before, after).Select(static id => new Flaw(FlawKind.NewReport, id)));
        return flaws;
    }
}
