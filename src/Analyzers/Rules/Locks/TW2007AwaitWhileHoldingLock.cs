using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports an <c>await</c> or <c>yield return</c> between the acquire and the release of a lock that belongs to a thread: what follows
/// may run on another one, whose release throws while the lock stays held. One report an acquire, at the first such place.
/// <c>await</c> in a <c>lock</c> statement or a <c>Lock.EnterScope</c> is the compiler's ground (CS1996, CS4007). Missed: <c>yield return</c> in a
/// <c>lock</c> statement, which the compiler accepts.
/// </summary>
[NoCodeFix("Only the author can say whether the lock may end before the await, or must become a SemaphoreSlim, which the same thread cannot enter twice")]
internal sealed class TW2007AwaitWhileHoldingLock() : LocalRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2007";

    public override BodyContents Needs => BodyContents.ExplicitLocks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var flow in body.LockFlows())
        {
            var held = flow.Suspensions
                .SelectMany(s => Enumerable.Range(0, flow.Table.Places.Count)
                    .Where(place => s.State[place].Phase == LockPhase.Held && !flow.Unfollowed.Contains(place))
                    .Select(place => (s.Operation.Syntax, Acquire: flow.Table.Site(s.State[place].Site))))
                .Where(static s => s.Acquire.Action.IsThreadAffine)
                .GroupBy(static s => s.Acquire.Index);
            foreach (var acquire in held)
            {
                var site = acquire.First().Acquire;
                var places = acquire.Select(static s => CallLocation.OfSuspension(s.Syntax)).Distinct()
                    .OrderBy(static l => l.SourceSpan.Start).ToImmutableArray();
                sink.Add(new Finding(
                    Descriptor, places[0], new Cause(site.Syntax.Span), places.RemoveAt(0).Insert(0, CallLocation.Of(site.Syntax)),
                    ImmutableDictionary<string, string?>.Empty, null,
                    ImmutableArray.Create<object?>(flow.Table.Places[site.Place].Path.Display(), site.Action.Kind.ToString())));
            }
        }
    }
}
