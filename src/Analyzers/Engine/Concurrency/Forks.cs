using System.Collections.Immutable;
using System.Linq;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>The forks of one body with what its code does after each, computed once for all rules that ask.</summary>
internal sealed class Forks
{
    private Forks(ImmutableArray<ForkStart> starts) => Starts = starts;

    public ImmutableArray<ForkStart> Starts { get; }

    /// <summary>Each start with what follows it; a body that is not known to the last call leaves no results to read.</summary>
    public ImmutableArray<(ForkStart Start, AfterFork After)> Followed { get; private set; }

    public static Forks Of(BodyFacts body) => new(ForkStart.In(body));

    /// <summary>The forks with what follows them.</summary>
    public static ImmutableArray<(ForkStart Start, AfterFork After)> FollowedIn(BodyFacts body)
    {
        var forks = body.Once(Of);
        if (forks.Followed.IsDefault)
        {
            forks.Followed = forks.Starts
                .Select(start => (start, AfterFork.Of(start, start.Bodies.SelectMany(b => ForkWrites.Of(b, body).Writes).ToImmutableArray(), body))).ToImmutableArray();
        }

        return forks.Followed;
    }
}
