using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Proving.Running;
using Threadwise.Proving.Snippets;
using Threadwise.Testing;

namespace Threadwise.Proving.Metamorphic;

/// <summary>Counts what a run finds.</summary>
internal sealed class Tally
{
    private readonly Dictionary<Transformation, Row> _rows;
    private readonly List<Transformation> _order;
    private readonly SortedSet<string> _crashes = [];
    private readonly List<string> _notCompiling = [];
    private readonly List<string> _unlike = [];
    private readonly HashSet<KnownDifference> _met = [];

    public Tally(IEnumerable<Transformation> transformations)
    {
        _order = [.. transformations];
        _rows = _order.ToDictionary(static t => t, static _ => new Row());
    }

    public void Crashed(IEnumerable<string> crashes) => _crashes.UnionWith(crashes);

    public void DoesNotCompile(Snippet snippet) => _notCompiling.Add(snippet.Name);

    public void DoesNotCompile(Transformation transformation) => _rows[transformation].NotCompiling++;

    /// <summary>Compares the reports with the marks, as far as the snippet's test looks: at its rule and those the precedence table ties to it.</summary>
    public void Baseline(Placed placed, IEnumerable<Diagnostic> reports)
    {
        var snippet = placed.Snippet;
        var family = ThreadwiseRules.Family(snippet.Rule);
        var found = reports.Where(d => family.Contains(d.Id))
            .Select(d => (d.Id, d.Location.GetLineSpan().StartLinePosition.Line - placed.FirstLine)).Order();
        if (!snippet.IsConfigured && !found.SequenceEqual(snippet.Reports.Where(r => family.Contains(r.Id)).Order()))
        {
            _unlike.Add(snippet.Name);
        }
    }

    public void Compared(Transformation transformation, IEnumerable<Difference> differences)
    {
        var row = _rows[transformation];
        row.Compared++;
        foreach (var difference in differences)
        {
            if (OptOut.Has(difference.Rule, transformation))
            {
                row.OptedOut++;
            }
            else if (KnownDifference.Of(difference) is { } known)
            {
                row.Known++;
                _met.Add(known);
            }
            else
            {
                row.Differences.Add(difference);
            }
        }
    }

    public MetamorphicResult Result(int snippets) => new(
        snippets,
        [.. _notCompiling],
        [.. _unlike],
        [.. _order.Select(t => new TransformationResult(t, _rows[t].Compared, _rows[t].NotCompiling, _rows[t].OptedOut, _rows[t].Known, [.. _rows[t].Differences]))],
        [.. KnownDifference.All.Where(known => !_met.Contains(known))],
        [.. _crashes]);

    private sealed class Row
    {
        public int Compared { get; set; }

        public int NotCompiling { get; set; }

        public int OptedOut { get; set; }

        public int Known { get; set; }

        public List<Difference> Differences { get; } = [];
    }
}
