using System.Collections.Immutable;
using System.Linq;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>What the rules ask a body about its locks.</summary>
internal static class BodyLockFlows
{
    /// <summary>What the explicit locks do on every path of the body and of each function in it.</summary>
    public static ImmutableArray<LockFlow> LockFlows(this BodyFacts body) => body.Once(LockFlow.Analyze);

    /// <summary>The acquires whose lock may still be held when their function ends, each with that function.</summary>
    public static ImmutableArray<(LockFlow Flow, HeldExit Exit)> HeldExits(this BodyFacts body) => body.Once(static judged =>
        judged.LockFlows().SelectMany(flow => Locking.HeldExits.Of(flow, judged).Select(exit => (flow, exit))).ToImmutableArray());

    /// <summary>The releases that some path reaches without the lock, each with the function it stands in.</summary>
    public static ImmutableArray<(LockFlow Flow, UnpairedRelease Release)> UnpairedReleases(this BodyFacts body) => body.Once(static judged =>
        judged.LockFlows().SelectMany(static flow => Pairing.Unpaired(flow).Select(release => (flow, release))).ToImmutableArray());
}
