using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports a release that some path reaches without the lock: above all the acquire that stands inside the <c>try</c> whose
/// <c>finally</c> releases, so that a cancelled wait is followed by a release of what was never taken. And the release of a full semaphore that nothing takes from.
/// </summary>
internal sealed class TW2003ReleaseWithoutAcquire() : LocalRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2003";

    /// <summary>The edit that moves the acquire out of the <c>try</c>; the release is the first additional location.</summary>
    public const string MoveBeforeTry = "MoveBeforeTry";

    public override BodyContents Needs => BodyContents.ExplicitLocks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var (flow, unpaired) in body.UnpairedReleases())
        {
            if (unpaired.Cause != UnpairedCause.AcquireCannotThrow)
            {
                sink.Add(Finding(flow, unpaired, body));
            }
        }

        foreach (var (semaphore, release) in FullSemaphores.ReleasedIn(body))
        {
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(release.Syntax), new Cause(release.Syntax.Span), ImmutableArray<Location>.Empty, ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(semaphore.Name, Descriptors.Text($"{Id}_Full"))));
        }
    }

    private Finding Finding(LockFlow flow, UnpairedRelease unpaired, BodyFacts body)
    {
        // Inside its own `try` the acquire is what must move; elsewhere the release is what must go or be guarded.
        var (place, other) = unpaired.Try is not null ? (unpaired.Acquire, unpaired.Release) : (unpaired.Release, unpaired.Acquire);
        var cause = body.MeantToRelease(unpaired.Release) ?? (unpaired.Cause is UnpairedCause.Skipped or UnpairedCause.ReleasedTwice ? unpaired.Release : unpaired.Acquire);
        var edit = unpaired.Try is null ? ImmutableDictionary<string, string?>.Empty : LockEdits.MoveBeforeTry(unpaired.Acquire);
        return new Finding(
            Descriptor, LockFindings.PlaceOf(place), new Cause(cause.Syntax.Span), ImmutableArray.Create(LockFindings.PlaceOf(other)), edit, null,
            ImmutableArray.Create<object?>(flow.Table.Places[unpaired.Release.Place].Path.Display(), Descriptors.Text($"{Id}_{unpaired.Cause}")));
    }
}
