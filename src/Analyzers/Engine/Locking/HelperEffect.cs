using System.Collections.Generic;
using System.Linq;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>What a call of a member does to a lock, taken all in all.</summary>
internal enum HelperKind
{
    /// <summary>Not known: not seen, virtual, several locks of which not all are taken, by conditions.</summary>
    Unknown,

    /// <summary>Leaves every lock as it was.</summary>
    Neutral,

    /// <summary>Takes the lock whenever it returns.</summary>
    Acquires,

    /// <summary>Takes the lock when it returns true, and not when it returns false.</summary>
    TryAcquires,

    /// <summary>Releases a lock that its caller holds.</summary>
    Releases,
}

/// <summary>The effect of a member.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Place">The lock, as the member names it; null for the first two kinds.</param>
/// <param name="CanThrow">The acquire may throw for a reason that callers must expect.</param>
/// <param name="Timeout">How long the acquire waits; null where it has no timeout.</param>
/// <param name="Next">What it does to a further lock: the same, whenever it does this.</param>
internal sealed record HelperEffect(HelperKind Kind, LockPlace? Place = null, bool CanThrow = false, TimeoutLength? Timeout = null, HelperEffect? Next = null)
{
    public static HelperEffect Unknown => new(HelperKind.Unknown);

    public static HelperEffect Neutral => new(HelperKind.Neutral);

    /// <summary>The effects on several locks as one, which takes or gives back all of them; unknown where they are not of one kind, or one may come about without the others.</summary>
    public static HelperEffect Of(IReadOnlyList<HelperEffect> effects) =>
        effects.Count == 1 ? effects[0]
        : effects.All(e => e.Kind == effects[0].Kind && e is { Kind: HelperKind.Acquires or HelperKind.Releases, CanThrow: false, Place.Kind: not LockKind.Mutex })
            ? effects.Reverse().Aggregate((HelperEffect?)null, static (next, effect) => effect with { Next = next })!
        : Unknown;
}
