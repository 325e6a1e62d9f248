using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports a second acquire of a lock that the path holds and that cannot be entered twice, directly or through members of the type: it waits for itself,
/// or throws (<c>LockRecursionException</c>).
/// </summary>
[NoCodeFix("Which of the two acquires is one too many, the code does not say: often the inner code belongs into a member that expects the lock to be held")]
internal sealed class TW2005NonReentrantReacquire() : LocalRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2005";

    public override BodyContents Needs => BodyContents.ExplicitLocks | BodyContents.Guards;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var again in body.LockFlows().SelectMany(flow => Reacquires.Of(flow, body)).Concat(Reacquires.UnderGuards(body)).Concat(HeldWaits.Of(body)))
        {
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(again.Second), new Cause(again.Second.Span), ImmutableArray.Create(CallLocation.Of(again.First)),
                ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(again.Place.Path.Display(), again.Place.Kind.ToString(), Descriptors.Text($"{Id}_{ReasonOf(again)}"))));
        }
    }

    private static string ReasonOf(Reacquire again) => again.IsByWork ? "Work" : again.Place.Mode == again.Wanted ? "Twice" : $"{again.Place.Mode}{again.Wanted}";
}
