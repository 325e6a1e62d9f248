using System;
using System.Collections.Immutable;
using System.Linq;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>A lock that is held at a place.</summary>
/// <param name="Path">The lock object, as the code at the place names it.</param>
/// <param name="Mode">How it is held.</param>
/// <param name="CanBeStatement">Whether a <c>lock</c> statement takes it: a monitor or a <c>System.Threading.Lock</c>.</param>
internal readonly record struct HeldLock(AccessPath Path, LockMode Mode, bool CanBeStatement);

/// <summary>
/// The locks that are held at a place on every way that leads there. Bottom is <see cref="Unknown"/>: something that may be a lock is around, so nothing is known, and unknown
/// is silent; top, more than any lock, is null where a fixpoint needs it.
/// </summary>
internal sealed class LockSet : IEquatable<LockSet>
{
    private LockSet(ImmutableArray<HeldLock> locks, bool isUnknown)
    {
        Locks = locks;
        IsUnknown = isUnknown;
    }

    public static LockSet Empty { get; } = new(ImmutableArray<HeldLock>.Empty, false);

    public static LockSet Unknown { get; } = new(ImmutableArray<HeldLock>.Empty, true);

    public ImmutableArray<HeldLock> Locks { get; }

    /// <summary>Another lock may be held as well, one that the engine cannot name.</summary>
    public bool IsUnknown { get; }

    /// <summary>No lock at all, for certain.</summary>
    public bool IsEmpty => !IsUnknown && Locks.IsEmpty;

    public LockSet With(HeldLock held) => Locks.Contains(held) ? this : new(Locks.Add(held), IsUnknown);

    /// <summary>What is held where one set is held within the other.</summary>
    public LockSet And(LockSet other) => other.IsEmpty ? this : IsEmpty ? other : Equals(other) ? this : new(Locks.AddRange(other.Locks.Where(l => !Locks.Contains(l))), IsUnknown || other.IsUnknown);

    /// <summary>What is held where one of two ways was taken.</summary>
    public LockSet Meet(LockSet other) => Equals(other) ? this : new(Locks.Where(l => other.Locks.Contains(l)).ToImmutableArray(), IsUnknown || other.IsUnknown);

    /// <summary>Whether the lock is held, so that the state it guards may be read, or written too.</summary>
    public bool Guards(AccessPath path, bool isWrite) => Locks.Any(l => l.Path.Equals(path) && (l.Mode == LockMode.Exclusive || !isWrite));

    public bool Equals(LockSet? other) => other is not null && IsUnknown == other.IsUnknown && Locks.Length == other.Locks.Length && Locks.All(l => other.Locks.Contains(l));

    public override bool Equals(object? obj) => Equals(obj as LockSet);

    public override int GetHashCode() => Locks.Aggregate(IsUnknown ? 1 : 0, static (hash, held) => hash + held.GetHashCode());

    public override string ToString() => (IsUnknown ? "?" : "") + "{" + string.Join(", ", Locks.Select(static l => l.Path.Display()).OrderBy(static t => t, StringComparer.Ordinal)) + "}";
}
