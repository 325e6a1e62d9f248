using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Proving.Running;
using Threadwise.Proving.Snippets;

namespace Threadwise.Proving.Metamorphic;

/// <summary>Applies each transformation to each snippet and compares the reports.</summary>
/// <param name="subject">The rules.</param>
/// <param name="transformations">The transformations.</param>
/// <param name="share">Each snippet undergoes one in so many of the transformations, the next snippet the next ones; all when it is 1.</param>
internal sealed class MetamorphicRun(Subject subject, ImmutableArray<Transformation> transformations, int share = 1)
{
    /// <summary>How many snippets share a compilation.</summary>
    private const int Together = 80;

    private readonly Tally _tally = new(transformations);
    private readonly HashSet<(string Code, string Beside)> _changed = [];
    private int _number;

    public async Task<MetamorphicResult> RunAsync(IReadOnlyList<Snippet> snippets, CancellationToken cancellation)
    {
        var placed = snippets.Select(Placed.Of).ToList();
        foreach (var group in placed.Where(static p => !p.IsAlone).Chunk(Together).Concat(placed.Where(static p => p.IsAlone).Select(static p => new[] { p })))
        {
            foreach (var left in await CompareAsync(group, cancellation))
            {
                await CompareAsync([Placed.Alone(left)], cancellation);
            }
        }

        return _tally.Result(snippets.Select(Content).Distinct().Count());
    }

    /// <summary>What a test gives to several rules is compared with all that is said of it each time, and changed once.</summary>
    private static (string Code, string Beside) Content(Snippet snippet) => (snippet.Code, string.Join("\n", snippet.Beside));

    /// <summary>The snippets that do not compile beside the others and are to be tried alone.</summary>
    private async Task<IReadOnlyList<Snippet>> CompareAsync(IReadOnlyList<Placed> group, CancellationToken cancellation)
    {
        var trees = group.Select(static p => Origins.Numbered(Compiling.Parse(p.Text))).ToList();
        var compilation = Compiling.Of(subject, trees.Concat(Beside(group)), group[0].Kind);
        var before = await Findings.InAsync(compilation, subject, cancellation);
        _tally.Crashed(before.Crashes);
        var left = new List<Snippet>();
        var whole = new List<(Placed Placed, SyntaxTree Tree, int Number)>();
        foreach (var (placed, tree) in group.Zip(trees))
        {
            if (!before.Broken.Contains(tree))
            {
                _tally.Baseline(placed, before.Reports[tree]);
                if (_changed.Add(Content(placed.Snippet)))
                {
                    whole.Add((placed, tree, _number++));
                }
            }
            else if (placed.IsAlone)
            {
                _tally.DoesNotCompile(placed.Snippet);
            }
            else
            {
                left.Add(placed.Snippet);
            }
        }

        for (var i = 0; i < transformations.Length; i++)
        {
            await CompareAsync(transformations[i], [.. whole.Where(w => (w.Number + i) % share == 0).Select(static w => (w.Placed, w.Tree))], compilation, before, cancellation);
        }

        return left;
    }

    private async Task CompareAsync(
        Transformation transformation, IReadOnlyList<(Placed Placed, SyntaxTree Tree)> whole, Compilation compilation, Findings before, CancellationToken cancellation)
    {
        var changed = new List<Changed>();
        foreach (var (placed, tree) in whole)
        {
            if (transformation.Apply(compilation.GetSemanticModel(tree), await tree.GetRootAsync(cancellation)) is { } root)
            {
                var (text, places) = Origins.Write(root);
                changed.Add(new Changed(placed, tree, Compiling.Parse(text), places));
            }
        }

        var after = await Findings.InAsync(
            Compiling.Of(subject, changed.Select(static c => c.After).Concat(Beside(changed.Select(static c => c.Placed))), compilation.Options.OutputKind), subject, cancellation);
        _tally.Crashed(after.Crashes);
        foreach (var one in changed)
        {
            if (after.Broken.Contains(one.After))
            {
                _tally.DoesNotCompile(transformation);
            }
            else
            {
                _tally.Compared(transformation, Differences(transformation, one, before.Reports[one.Before], after.Reports[one.After]));
            }
        }
    }

    private static IEnumerable<SyntaxTree> Beside(IEnumerable<Placed> group) => group.SelectMany(static p => p.Beside).Select(static file => Compiling.Parse(file));

    private static IEnumerable<Difference> Differences(Transformation transformation, Changed changed, IEnumerable<Diagnostic> before, IEnumerable<Diagnostic> after)
    {
        var unmatched = after.Select(d => (d.Id, Origin: changed.Places.GetValueOrDefault(d.Location.SourceSpan.Start), Report: d)).ToList();
        foreach (var report in before)
        {
            var at = unmatched.FindIndex(u => u.Id == report.Id && u.Origin == Origins.Of(report));
            if (at >= 0)
            {
                unmatched.RemoveAt(at);
            }
            else
            {
                yield return Difference(report, isLost: true);
            }
        }

        foreach (var (_, _, report) in unmatched)
        {
            yield return Difference(report, isLost: false);
        }

        Difference Difference(Diagnostic report, bool isLost)
        {
            var line = report.Location.SourceTree!.GetText().Lines.GetLineFromPosition(report.Location.SourceSpan.Start);
            return new Difference(changed.Placed.Snippet.Name, transformation.Name, report.Id, isLost, line.ToString().Trim(), changed.After.ToString());
        }
    }

    /// <summary>A file before and after a transformation, and where its tokens have gone.</summary>
    private sealed record Changed(Placed Placed, SyntaxTree Before, SyntaxTree After, IReadOnlyDictionary<int, string> Places);
}
