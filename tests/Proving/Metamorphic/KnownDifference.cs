using System.Collections.Immutable;
using System.Linq;

namespace Threadwise.Proving.Metamorphic;

/// <summary>A difference that is a defect of a rule, or a known limit of it, which is not put right yet.</summary>
/// <param name="Rule">The id.</param>
/// <param name="Transformation">The transformation's name.</param>
/// <param name="Test">The test that the snippet comes from, without its row.</param>
/// <param name="Reason">What the rule does not see.</param>
internal sealed record KnownDifference(string Rule, string Transformation, string Test, string Reason)
{
    public static ImmutableArray<KnownDifference> All { get; } = [];

    public static bool Has(Difference difference) => All.Any(entry =>
        entry.Rule == difference.Rule && entry.Transformation == difference.Transformation && entry.Test == difference.Snippet.Split('(', '#')[0]);
}
