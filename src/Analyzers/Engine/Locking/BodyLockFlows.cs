using System.Collections.Immutable;
using System.Linq;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>What the rules ask a body about its locks.</summary>
internal static class BodyLockFlows
{
    /// <summary>What the explicit locks do on every path of the body and of each function in it.</summary>
    public static ImmutableArray<LockFlow> LockFlows(this BodyFacts body) => body.Once(LockFlow.Analyze);

    /// <summary>The releases that some path reaches without the lock, each with the function it stands in.</summary>
    public static ImmutableArray<(LockFlow Flow, UnpairedRelease Release)> UnpairedReleases(this BodyFacts body) => body.Once(static judged =>
        judged.LockFlows().SelectMany(static flow => Pairing.Unpaired(flow).Select(release => (flow, release))).ToImmutableArray());
}
