using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace Threadwise.Corpus.History;

/// <summary>What became of a pair.</summary>
internal enum Verdict
{
    /// <summary>Reported before, silent after.</summary>
    Caught,

    /// <summary>Silent before.</summary>
    Missed,

    /// <summary>Reported before and after.</summary>
    StillReported,

    /// <summary>The package has no such rule.</summary>
    NotBuilt,
}

/// <summary>What one commit of a pair shows at the pair's member.</summary>
/// <param name="Declared">Whether the member is there.</param>
/// <param name="Lines">Where the rule reports it.</param>
internal sealed record Sight(bool Declared, ImmutableArray<int> Lines)
{
    public override string ToString() => (Declared, Lines) switch
    {
        (false, _) => "gone",
        (_, []) => "silent",
        _ => "line " + string.Join(", ", Lines.Select(static l => l.ToString(CultureInfo.InvariantCulture))),
    };
}

/// <summary>A pair and what its rule says of it.</summary>
internal sealed record Judgement(Pair Pair, bool IsBuilt, Sight Before, Sight After)
{
    public Verdict Verdict => (Before, After) switch
    {
        _ when !IsBuilt => Verdict.NotBuilt,
        ({ Lines: [] }, _) => Verdict.Missed,
        (_, { Lines: [] }) => Verdict.Caught,
        _ => Verdict.StillReported,
    };

    /// <summary>Whether the verdict is what the list says: caught, or missed for a reason that the list gives.</summary>
    public bool IsExpected => Verdict switch
    {
        Verdict.Caught => Pair.KnownMiss.Length == 0,
        Verdict.Missed => Pair.KnownMiss.Length > 0,
        Verdict.NotBuilt => true,
        _ => false,
    };

    public string BeforeText => IsBuilt ? Before.ToString() : "-";

    public string AfterText => IsBuilt || !After.Declared ? After.ToString() : "-";

    public string Word => Verdict switch
    {
        Verdict.Caught when !IsExpected => "caught, and listed as missed",
        Verdict.Caught => "caught",
        Verdict.Missed when IsExpected => "missed, as listed",
        Verdict.Missed => "missed",
        Verdict.StillReported => "still reported",
        _ => "not built yet",
    };
}
