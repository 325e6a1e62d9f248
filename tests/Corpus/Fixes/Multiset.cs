using System.Collections.Generic;
using System.Linq;

namespace Threadwise.Corpus.Fixes;

/// <summary>Comparison of two lists in which a value may come several times.</summary>
internal static class Multiset
{
    /// <summary>What <paramref name="after"/> holds beyond <paramref name="before"/>.</summary>
    public static IEnumerable<string> Added(IEnumerable<string> before, IEnumerable<string> after)
    {
        var counts = before.CountBy(static value => value).ToDictionary();
        foreach (var value in after)
        {
            if (counts.TryGetValue(value, out var left) && left > 0)
            {
                counts[value] = left - 1;
            }
            else
            {
                yield return value;
            }
        }
    }
}
