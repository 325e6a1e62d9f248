using System;
using System.Collections.Immutable;
using System.Linq;

namespace Threadwise.Analyzers.Engine.Domains;

/// <summary>
/// What one set of paths to a point has in common: the status of each lock and the boolean facts that hold. Immutable. It stands for all
/// executions that agree with it; two states are merged only when their locks are equal, and then keep the facts they share
/// (property simulation), so that <c>taken</c> and "held" never come apart.
/// </summary>
internal sealed class PathState : IEquatable<PathState>
{
    private readonly ImmutableArray<LockStatus> _locks;
    private readonly uint _known;
    private readonly uint _values;

    private PathState(ImmutableArray<LockStatus> locks, uint known, uint values, bool thrown)
    {
        _locks = locks;
        _known = known;
        _values = values & known;
        HasThrown = thrown;
    }

    /// <summary>Nothing touched, nothing known.</summary>
    public static PathState Entry { get; } = new(ImmutableArray<LockStatus>.Empty, 0, 0, thrown: false);

    /// <summary>An exception out of a plain call lies on the path: it is possible, not certain.</summary>
    public bool HasThrown { get; }

    public LockStatus this[int place] => place < _locks.Length ? _locks[place] : default;

    public int LockCount => _locks.Length;

    /// <summary>Whether some lock is in the phase, which is not that of locks that nothing has touched.</summary>
    public bool HasAny(LockPhase phase)
    {
        foreach (var status in _locks)
        {
            if (status.Phase == phase)
            {
                return true;
            }
        }

        return false;
    }

    public PathState With(int place, LockStatus status)
    {
        if (this[place] == status)
        {
            return this;
        }

        var locks = _locks;
        while (locks.Length < place)
        {
            locks = locks.Add(default);
        }

        return new PathState(place < locks.Length ? locks.SetItem(place, status) : locks.Add(status), _known, _values, HasThrown);
    }

    public PathState Thrown() => HasThrown ? this : new PathState(_locks, _known, _values, thrown: true);

    /// <summary>The fact's value, or null when it is not known.</summary>
    public bool? Fact(int fact) => (_known & (1u << fact)) == 0 ? null : (_values & (1u << fact)) != 0;

    public PathState WithFact(int fact, bool? value)
    {
        var bit = 1u << fact;
        var known = value is null ? _known & ~bit : _known | bit;
        var values = value == true ? _values | bit : _values & ~bit;
        return known == _known && values == _values ? this : new PathState(_locks, known, values, HasThrown);
    }

    /// <summary>Whether the two may be merged: equal but for facts.</summary>
    public bool SameLocks(PathState other) => HasThrown == other.HasThrown && LocksEqual(other);

    /// <summary>Both, with the facts they share. Only for states with <see cref="SameLocks"/>.</summary>
    public PathState Merge(PathState other)
    {
        var shared = _known & other._known & ~(_values ^ other._values);
        return shared == _known ? this : new PathState(_locks, shared, _values, HasThrown);
    }

    /// <summary>Whether every execution of <paramref name="other"/> is one of this state too.</summary>
    public bool Covers(PathState other) => SameLocks(other) && (_known & ~other._known) == 0 && (other._values & _known) == _values;

    public bool Equals(PathState? other) =>
        other is not null && _known == other._known && _values == other._values && SameLocks(other);

    public override bool Equals(object? obj) => Equals(obj as PathState);

    public override int GetHashCode()
    {
        var hash = HasThrown ? 17 : 3;
        for (var i = 0; i < _locks.Length; i++)
        {
            // A trailing untouched lock and a missing one are equal, so they must not count.
            hash = _locks[i] == default ? hash : (hash * 31) + (i * 7) + _locks[i].GetHashCode();
        }

        return unchecked((hash * 31 + (int)_known) * 31 + (int)_values);
    }

    public override string ToString() =>
        "{" + string.Join(", ", _locks.Select(static (s, i) => $"L{i}:{s}").Concat(
            Enumerable.Range(0, Limits.FactsPerBody).Where(f => Fact(f) is not null).Select(f => (Fact(f) == true ? "" : "!") + "f" + f))) +
        (HasThrown ? ", thrown" : "") + "}";

    private bool LocksEqual(PathState other)
    {
        for (var i = Math.Max(_locks.Length, other._locks.Length) - 1; i >= 0; i--)
        {
            if (this[i] != other[i])
            {
                return false;
            }
        }

        return true;
    }
}
