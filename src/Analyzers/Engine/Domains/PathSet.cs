using System;
using System.Collections.Immutable;
using System.Linq;

namespace Threadwise.Analyzers.Engine.Domains;

/// <summary>
/// The paths to a point, as a set of states. Bottom is the empty set (unreachable); join is union, where a state that another one
/// covers is left out; there is no top: past <see cref="Limits.PathsPerPoint"/> facts are dropped so that states merge, and when that
/// does not help the caller must give up. The order of the states is the order of discovery, which is deterministic.
/// </summary>
internal sealed class PathSet : IEquatable<PathSet>
{
    private PathSet(ImmutableArray<PathState> states) => States = states;

    public static PathSet Unreachable { get; } = new(ImmutableArray<PathState>.Empty);

    public ImmutableArray<PathState> States { get; }

    public bool IsReachable => !States.IsEmpty;

    public static PathSet Of(PathState state) => new(ImmutableArray.Create(state));

    /// <summary>This set with one more state, or null when it would hold too many.</summary>
    public PathSet? Add(PathState state)
    {
        var coversOne = false;
        foreach (var known in States)
        {
            if (known.Covers(state))
            {
                return this;
            }

            coversOne |= state.Covers(known);
        }

        var kept = coversOne ? States.RemoveAll(state.Covers) : States;
        if (kept.Length < Limits.PathsPerPoint)
        {
            return new PathSet(kept.Add(state));
        }

        // Too many: one state for each distinct set of locks, with the facts all of them share.
        var merged = ImmutableArray.CreateBuilder<PathState>();
        foreach (var next in kept.Add(state))
        {
            var at = -1;
            for (var i = 0; i < merged.Count && at < 0; i++)
            {
                at = merged[i].SameLocks(next) ? i : -1;
            }

            if (at < 0)
            {
                merged.Add(next);
            }
            else
            {
                merged[at] = merged[at].Merge(next);
            }
        }

        return merged.Count < Limits.PathsPerPoint ? new PathSet(merged.ToImmutable()) : null;
    }

    /// <summary>Union, or null when it would hold too many.</summary>
    public PathSet? Join(PathSet other)
    {
        var result = this;
        foreach (var state in other.States)
        {
            if (result.Add(state) is not { } next)
            {
                return null;
            }

            result = next;
        }

        return result;
    }

    /// <summary>Equal as sets: the order of discovery does not count.</summary>
    public bool Equals(PathSet? other) =>
        other is not null && States.Length == other.States.Length && States.All(other.States.Contains);

    public override bool Equals(object? obj) => Equals(obj as PathSet);

    public override int GetHashCode() => States.Aggregate(States.Length, static (hash, state) => hash ^ state.GetHashCode());

    public override string ToString() => IsReachable ? string.Join(" | ", States) : "unreachable";
}
