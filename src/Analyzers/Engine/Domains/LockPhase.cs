namespace Threadwise.Analyzers.Engine.Domains;

/// <summary>What a path knows of one lock, seen from the entry of the body.</summary>
internal enum LockPhase
{
    /// <summary>The body has not touched it: free, or held by a caller.</summary>
    Untouched,

    /// <summary>The body acquired it and holds it.</summary>
    Held,

    /// <summary>The body acquired and released it: not held by what this body did.</summary>
    Released,

    /// <summary>An acquire was tried and did not succeed: it threw.</summary>
    AcquireThrew,

    /// <summary>An acquire that cannot throw is imagined to have thrown: what would happen the day it can.</summary>
    AcquireMightThrow,

    /// <summary>A try-acquire said no.</summary>
    AcquireRefused,

    /// <summary>Unseen code, a nested function or an alias may have touched it: nothing is known, and unknown is silent.</summary>
    Unknown,
}

/// <summary>One lock on one path: a value in the lattice of <see cref="PathState"/>.</summary>
/// <param name="Phase">What is known.</param>
/// <param name="Count">How often it is held by this body; 0 unless <see cref="LockPhase.Held"/>.</param>
/// <param name="Site">Index of the acquire or release that brought it here; 0 for none.</param>
internal readonly record struct LockStatus(LockPhase Phase, int Count, int Site)
{
    public static LockStatus Unknown { get; } = new(LockPhase.Unknown, 0, 0);

    public bool IsFree => Phase is LockPhase.Released or LockPhase.AcquireThrew or LockPhase.AcquireMightThrow or LockPhase.AcquireRefused;

    public override string ToString() => Phase == LockPhase.Held && Count > 1 ? $"Held×{Count}" : Phase.ToString();
}
