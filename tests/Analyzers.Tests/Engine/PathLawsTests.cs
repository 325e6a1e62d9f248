using System.Linq;
using CsCheck;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Engine.Domains;
using Xunit;

namespace Threadwise.Analyzers.Tests.Engine;

/// <summary>The laws that make the solver end and its answer independent of the order of visits.</summary>
public class PathLawsTests
{
    private static readonly Gen<LockStatus> s_status =
        from phase in Gen.Int[0, 6]
        from site in Gen.Int[0, 3]
        select new LockStatus((LockPhase)phase, (LockPhase)phase == LockPhase.Held ? 1 : 0, (LockPhase)phase is LockPhase.Untouched or LockPhase.Unknown ? 0 : site);

    private static readonly Gen<PathState> s_state =
        from locks in s_status.Array[0, 3]
        from facts in Gen.Int[0, 2].Array[4]
        from thrown in Gen.Bool
        select Build(locks, facts, thrown);

    private static readonly Gen<PathSet> s_set = s_state.Array[0, 6].Select(static states =>
        states.Aggregate(PathSet.Unreachable, static (set, state) => set.Add(state)!));

    [Fact]
    public void Join_is_idempotent() => s_set.Sample(static a => Assert.Equal(a, a.Join(a)));

    [Fact]
    public void Join_does_not_care_for_order() => Gen.Select(s_set, s_set).Sample(static (a, b) => Assert.Equal(a.Join(b), b.Join(a)));

    [Fact]
    public void Join_does_not_care_for_grouping() => Gen.Select(s_set, s_set, s_set).Sample(static (a, b, c) =>
        Assert.Equal(a.Join(b)!.Join(c), a.Join(b.Join(c)!)));

    [Fact]
    public void Join_keeps_every_execution() => Gen.Select(s_set, s_set).Sample(static (a, b) =>
        Assert.All(a.States.Concat(b.States), state => Assert.Contains(a.Join(b)!.States, other => other.Covers(state))));

    [Fact]
    public void Nothing_joined_is_nothing_changed() => s_set.Sample(static a => Assert.Equal(a, PathSet.Unreachable.Join(a)));

    [Fact]
    public void No_state_of_a_set_covers_another() => s_set.Sample(static a =>
        Assert.All(a.States, state => Assert.Single(a.States, other => other.Covers(state))));

    [Fact]
    public void Covering_is_a_partial_order() => Gen.Select(s_state, s_state, s_state).Sample(static (a, b, c) =>
    {
        Assert.True(a.Covers(a));
        Assert.False(a.Covers(b) && b.Covers(a) && !a.Equals(b));
        Assert.False(a.Covers(b) && b.Covers(c) && !a.Covers(c));
    });

    [Fact]
    public void A_merge_covers_both() => Gen.Select(s_state, Gen.Int[0, 2].Array[4]).Sample(static (a, facts) =>
    {
        var b = Enumerable.Range(0, 4).Aggregate(a, (state, fact) => state.WithFact(fact, facts[fact] == 2 ? null : facts[fact] == 1));
        var merged = a.Merge(b);
        Assert.True(merged.Covers(a));
        Assert.True(merged.Covers(b));
    });

    [Fact]
    public void Equal_states_have_equal_hashes() => Gen.Select(s_state, s_state).Sample(static (a, b) =>
        Assert.True(!a.Equals(b) || a.GetHashCode() == b.GetHashCode()));

    [Fact]
    public void An_untouched_lock_at_the_end_changes_nothing() => s_state.Sample(static a =>
    {
        var longer = a.With(3, new LockStatus(LockPhase.Held, 1, 1)).With(3, default);
        Assert.Equal(a, longer);
        Assert.Equal(a.GetHashCode(), longer.GetHashCode());
    });

    /// <summary>One state more each time, all with other locks: the set says no at its bound and not before.</summary>
    [Fact]
    public void A_set_is_full_at_its_bound()
    {
        var set = PathSet.Unreachable;
        for (var i = 0; i < Limits.PathsPerPoint - 1; i++)
        {
            set = set.Add(PathState.Entry.With(0, new LockStatus(LockPhase.Held, 1, i + 1)))!;
            Assert.NotNull(set);
        }

        var full = set.Add(PathState.Entry.With(1, new LockStatus(LockPhase.Held, 1, 1)));
        Assert.Equal(Limits.PathsPerPoint, full!.States.Length);
        Assert.Null(full.Add(PathState.Entry.With(1, new LockStatus(LockPhase.Held, 1, 2))));
    }

    private static PathState Build(LockStatus[] locks, int[] facts, bool thrown)
    {
        var state = PathState.Entry;
        for (var i = 0; i < locks.Length; i++)
        {
            state = state.With(i, locks[i]);
        }

        for (var i = 0; i < facts.Length; i++)
        {
            state = state.WithFact(i, facts[i] == 2 ? null : facts[i] == 1);
        }

        return thrown ? state.Thrown() : state;
    }
}
