using System.Collections.Immutable;
using System.Linq;

namespace Threadwise.Proving.Metamorphic;

/// <summary>A rule that may answer differently after a transformation, and why that is right.</summary>
internal sealed record OptOut(string Rule, string Transformation, string Reason)
{
    private const string NotFollowed = "the engine does not follow calls of helpers yet: an acquire or a release in a helper is not seen as one in the caller";

    public static ImmutableArray<OptOut> All { get; } =
    [
        new("TW2003", "statements to helpers", NotFollowed),
        new("TW2006", "statements to helpers", NotFollowed),
        new("TW2007", "statements to helpers", NotFollowed),
        new("TW2013", "statements to helpers", NotFollowed),
        new("TW3013", "statements to helpers", "the report is about a call and a read behind it in one body; the transformation parts them"),
    ];

    public static bool Has(string rule, Transformation transformation) =>
        All.Any(entry => entry.Rule == rule && entry.Transformation == transformation.Name);
}
