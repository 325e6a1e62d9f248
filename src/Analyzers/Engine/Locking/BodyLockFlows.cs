using System.Collections.Immutable;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>What the rules ask a body about its locks.</summary>
internal static class BodyLockFlows
{
    /// <summary>What the explicit locks do on every path of the body and of each function in it.</summary>
    public static ImmutableArray<LockFlow> LockFlows(this BodyFacts body) => body.Once(LockFlow.Analyze);
}
