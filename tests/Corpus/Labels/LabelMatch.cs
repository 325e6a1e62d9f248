using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace Threadwise.Corpus.Labels;

/// <summary>A report as labels see it.</summary>
internal sealed record Sighting(string Id, string Path, int Line, string Anchor, bool IsWarning);

/// <summary>Which reports are judged, which are new, and which judged ones are no longer reported.</summary>
internal sealed record LabelMatch(ImmutableArray<(Sighting Sighting, Label Label)> Known, ImmutableArray<Sighting> Unlabelled, ImmutableArray<Label> Gone)
{
    /// <summary>
    /// Pairs reports with labels of the same rule and file: first those whose line reads the same, the nearest first, for lines move;
    /// then labels without an anchor by their line alone. A line that reads otherwise is other code and wants another look.
    /// </summary>
    public static LabelMatch Of(IEnumerable<Sighting> sightings, IEnumerable<Label> labels)
    {
        var open = sightings.ToList();
        var left = labels.ToList();
        var known = ImmutableArray.CreateBuilder<(Sighting, Label)>();
        var pairs =
            from sighting in open
            from label in left
            where sighting.Id == label.Id && sighting.Path == label.Path
            let isSameText = label.Anchor.Length > 0 && label.Anchor == sighting.Anchor
            where isSameText || (label.Anchor.Length == 0 && label.Line == sighting.Line)
            orderby isSameText descending, Math.Abs(label.Line - sighting.Line), sighting.Line, label.Line
            select (sighting, label);
        foreach (var (sighting, label) in pairs.ToList())
        {
            if (Holds(open, sighting) && Holds(left, label))
            {
                open.RemoveAll(other => ReferenceEquals(other, sighting));
                left.RemoveAll(other => ReferenceEquals(other, label));
                known.Add((sighting, label));
            }
        }

        return new LabelMatch(known.ToImmutable(), [.. open], [.. left]);
    }

    /// <summary>By reference: two reports on one line are equal records and yet two.</summary>
    private static bool Holds<T>(List<T> list, T item)
        where T : class => list.Exists(other => ReferenceEquals(other, item));
}
