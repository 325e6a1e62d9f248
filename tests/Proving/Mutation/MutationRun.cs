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
    /// <summary>The compiler's warning that code cannot be reached: it says as much as any rule could.</summary>
    private const string Unreachable = "CS0162";

    private readonly List<string> _crashes = [];
    private readonly Dictionary<SyntaxTree, ImmutableArray<Diagnostic>> _before = [];
    private readonly Dictionary<Compilation, ImmutableArray<Diagnostic>> _beforeInAll = [];

    public async Task<MutationResult> RunAsync(IReadOnlyList<Original> originals, CancellationToken cancellation)
    {
        var built = operators.Where(o => o.Rules.IsEmpty || o.Built(subject.Ids).Any()).ToList();
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
            [.. _before.Values.Concat(_beforeInAll.Values).SelectMany(static reports => reports).Select(static d => $"{d.Id} {d.Location.GetLineSpan()}").Distinct().Order(System.StringComparer.Ordinal)],
            results.ToImmutable(),
            [.. operators.Select(o => (o, Ids: o.Rules.RemoveRange(o.Built(subject.Ids)))).Where(static o => !o.Ids.IsEmpty)],
            [.. _crashes.Distinct().Order(System.StringComparer.Ordinal)]);
    }

    private async Task<IEnumerable<OperatorResult>> TryAsync(Operator way, List<(Original Original, Mutant Mutant)> places, CancellationToken cancellation)
    {
        var rules = way.Rules.IsEmpty ? [OperatorResult.AnyRule] : way.Built(subject.Ids);
        var seen = rules.ToDictionary(static rule => rule, static _ => ImmutableArray.CreateBuilder<string>());
        var missed = rules.ToDictionary(static rule => rule, static _ => ImmutableArray.CreateBuilder<string>());
        var notCompiling = 0;
        foreach (var (original, mutant) in Spread(places))
        {
            if (await NewReportsAsync(original, mutant, way.Rules.IsEmpty, cancellation) is not { } reports)
            {
                notCompiling++;
                continue;
            }

            var place = $"{original.Name}:{original.Tree.GetLineSpan(mutant.Place, cancellation).StartLinePosition.Line + 1}";
            foreach (var rule in rules)
            {
                if (way.Rules.IsEmpty ? reports.Count > 0 : reports.Contains(rule))
                {
                    seen[rule].Add($"{place}: {string.Join(" ", reports.Order(System.StringComparer.Ordinal))}");
                }
                else
                {
                    missed[rule].Add(place);
                }
            }
        }

        return rules.Select(rule => new OperatorResult(way, rule, places.Count, notCompiling, seen[rule].ToImmutable(), missed[rule].ToImmutable()));
    }

    /// <summary>The rules with more reports in the mutant, or in the whole compilation with it, than in the original; null when the mutant does not compile, or what protected cannot be reached any more and the compiler says so.</summary>
    private async Task<IReadOnlySet<string>?> NewReportsAsync(Original original, Mutant mutant, bool inAll, CancellationToken cancellation)
    {
        var text = await original.Tree.GetTextAsync(cancellation);
        var tree = original.Tree.WithChangedText(text.WithChanges(mutant.Changes.OrderBy(static c => c.Span.Start)));
        var broken = original.Compilation.ReplaceSyntaxTree(original.Tree, tree);
        if (Errors(broken, tree).Except(Errors(original.Compilation, original.Tree)).Any())
        {
            return null;
        }

        if (inAll && !_beforeInAll.ContainsKey(original.Compilation))
        {
            _beforeInAll.Add(original.Compilation, await InAllAsync(original.Compilation));
        }

        if (!inAll && !_before.ContainsKey(original.Tree))
        {
            _before.Add(original.Tree, await Findings.InFileAsync(original.Compilation, original.Tree, subject, _crashes, cancellation));
        }

        var before = inAll ? _beforeInAll[original.Compilation] : _before[original.Tree];
        var after = inAll ? await InAllAsync(broken) : await Findings.InFileAsync(broken, tree, subject, _crashes, cancellation);
        return after.Select(static d => d.Id).Where(id => after.Count(d => d.Id == id) > before.Count(d => d.Id == id)).ToHashSet();

        IEnumerable<string> Errors(Compilation compilation, SyntaxTree file) => compilation.GetSemanticModel(file).GetDiagnostics(cancellationToken: cancellation)
            .Where(d => d.Severity == DiagnosticSeverity.Error || (inAll && d.Id == Unreachable)).Select(static d => $"{d.Id} {d.GetMessage()}");

        async Task<ImmutableArray<Diagnostic>> InAllAsync(Compilation compilation)
        {
            var findings = await Findings.InAsync(compilation, subject, cancellation);
            _crashes.AddRange(findings.Crashes);
            return [.. findings.Reports.SelectMany(static reports => reports)];
        }
    }

    private IEnumerable<T> Spread<T>(List<T> items) =>
        items.Count <= most ? items : Enumerable.Range(0, most).Select(i => items[(int)((long)i * items.Count / most)]);
}
