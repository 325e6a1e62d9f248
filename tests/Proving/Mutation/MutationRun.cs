using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Proving.Running;

namespace Threadwise.Proving.Mutation;

/// <summary>Breaks each original in each way at each place, one at a time, and asks who sees it.</summary>
/// <param name="subject">The rules.</param>
/// <param name="operators">The ways.</param>
/// <param name="most">How many mutants of an operator are tried; with more places, evenly spread ones are taken.</param>
internal sealed class MutationRun(Subject subject, ImmutableArray<Operator> operators, int most)
{
    private readonly List<string> _crashes = [];
    private readonly Dictionary<SyntaxTree, ImmutableArray<Diagnostic>> _before = [];

    public async Task<MutationResult> RunAsync(IReadOnlyList<Original> originals, CancellationToken cancellation)
    {
        var built = operators.Where(o => o.Built(subject.Ids).Any()).ToList();
        var places = built.ToDictionary(static o => o, static _ => new List<(Original Original, Mutant Mutant)>());
        foreach (var original in originals)
        {
            var model = original.Compilation.GetSemanticModel(original.Tree);
            var root = await original.Tree.GetRootAsync(cancellation);
            foreach (var way in built)
            {
                places[way].AddRange(way.Find(model, root).Select(mutant => (original, mutant)));
            }
        }

        var results = ImmutableArray.CreateBuilder<OperatorResult>();
        foreach (var way in built)
        {
            results.AddRange(await TryAsync(way, places[way], cancellation));
        }

        return new MutationResult(
            originals.Count,
            [.. _before.Values.SelectMany(static reports => reports).Select(static d => $"{d.Id} {d.Location.GetLineSpan()}").Order(System.StringComparer.Ordinal)],
            results.ToImmutable(),
            [.. operators.Select(o => (o, Ids: o.Rules.RemoveRange(o.Built(subject.Ids)))).Where(static o => !o.Ids.IsEmpty)],
            [.. _crashes.Distinct().Order(System.StringComparer.Ordinal)]);
    }

    private async Task<IEnumerable<OperatorResult>> TryAsync(Operator way, List<(Original Original, Mutant Mutant)> places, CancellationToken cancellation)
    {
        var rules = way.Built(subject.Ids);
        var seen = rules.ToDictionary(static rule => rule, static _ => 0);
        var missed = rules.ToDictionary(static rule => rule, static _ => ImmutableArray.CreateBuilder<string>());
        var notCompiling = 0;
        foreach (var (original, mutant) in Spread(places))
        {
            if (await NewReportsAsync(original, mutant, cancellation) is not { } reports)
            {
                notCompiling++;
                continue;
            }

            foreach (var rule in rules)
            {
                if (reports.Contains(rule))
                {
                    seen[rule]++;
                }
                else
                {
                    missed[rule].Add($"{original.Name}:{original.Tree.GetLineSpan(mutant.Place, cancellation).StartLinePosition.Line + 1}");
                }
            }
        }

        return rules.Select(rule => new OperatorResult(way, rule, places.Count, notCompiling, seen[rule], missed[rule].ToImmutable()));
    }

    /// <summary>The rules with more reports in the mutant than in the original; null when the mutant does not compile.</summary>
    private async Task<IReadOnlySet<string>?> NewReportsAsync(Original original, Mutant mutant, CancellationToken cancellation)
    {
        var text = await original.Tree.GetTextAsync(cancellation);
        var tree = original.Tree.WithChangedText(text.WithChanges(mutant.Changes.OrderBy(static c => c.Span.Start)));
        var broken = original.Compilation.ReplaceSyntaxTree(original.Tree, tree);
        if (Errors(broken, tree).Except(Errors(original.Compilation, original.Tree)).Any())
        {
            return null;
        }

        if (!_before.TryGetValue(original.Tree, out var before))
        {
            _before.Add(original.Tree, before = await Findings.InFileAsync(original.Compilation, original.Tree, subject, _crashes, cancellation));
        }

        var after = await Findings.InFileAsync(broken, tree, subject, _crashes, cancellation);
        return after.Select(static d => d.Id).Where(id => after.Count(d => d.Id == id) > before.Count(d => d.Id == id)).ToHashSet();

        IEnumerable<string> Errors(Compilation compilation, SyntaxTree file) => compilation.GetSemanticModel(file).GetDiagnostics(cancellationToken: cancellation)
            .Where(static d => d.Severity == DiagnosticSeverity.Error).Select(static d => $"{d.Id} {d.GetMessage()}");
    }

    private IEnumerable<T> Spread<T>(List<T> items) =>
        items.Count <= most ? items : Enumerable.Range(0, most).Select(i => items[(int)((long)i * items.Count / most)]);
}
