using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>What the rules ask a body about its forks.</summary>
internal static class BodyForks
{
    /// <summary>The threads, tasks and pool items that the body starts.</summary>
    public static Forks Forks(this BodyFacts body) => body.Once(Concurrency.Forks.Of);

    /// <summary>What the body disposes of while work that it starts still uses it.</summary>
    public static DisposedInUses DisposedInUses(this BodyFacts body) => body.Once(Concurrency.DisposedInUses.Of);

    /// <summary>The work that a program or test starts and does not wait for.</summary>
    public static LostWorks LostWorks(this BodyFacts body) => body.Once(Concurrency.LostWorks.Of);
}
