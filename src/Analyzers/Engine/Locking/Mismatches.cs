using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>A release that does not fit the acquire before it: another mode of the same lock, or another lock.</summary>
/// <param name="Acquire">What was acquired, and is never released in the function.</param>
/// <param name="Release">What is released, and is never acquired in the function.</param>
/// <param name="IsMode">The lock is the same and the mode is not.</param>
internal sealed record Mismatch(LockSite Acquire, LockSite Release, bool IsMode);

/// <summary>
/// Pairs that do not fit. Each half must be without its own partner in the function, and for two locks in every other member too: else
/// somebody hands locks on, and which belongs to which is not known.
/// </summary>
internal static class Mismatches
{
    public static IEnumerable<Mismatch> Of(LockFlow flow, BodyFacts body)
    {
        foreach (var events in flow.Releases.Where(static r => !r.State.HasThrown).GroupBy(static r => r.Site))
        {
            var release = events.Key;
            if (flow.Unfollowed.Contains(release.Place) || flow.TestedPlaces.Contains(release.Place) || flow.Table.Sites.Any(s => s.Place == release.Place && s.Action.Verb != LockVerb.Release) ||
                events.Any(e => e.State[release.Place].Phase is not (LockPhase.Untouched or LockPhase.Unknown)))
            {
                continue;
            }

            var held = Enumerable.Range(0, flow.Table.Places.Count).Where(place => place != release.Place && IsOpen(flow, place) && events.All(e => e.State[place].Phase == LockPhase.Held)).ToList();
            if (held.Count == 1 && flow.Table.Places[held[0]] is var taken && flow.Table.Places[release.Place] is var given && taken.Kind == given.Kind)
            {
                var acquire = flow.Table.Site(events.First().State[held[0]].Site);
                var isMode = taken.Path.Equals(given.Path);
                if (isMode ? !IsDocumented(taken, given) : IsOnlyHere(taken.Path, body) && IsOnlyHere(given.Path, body))
                {
                    yield return new Mismatch(acquire, release, isMode);
                }
            }
        }
    }

    /// <summary>Acquired, and nowhere in the function released or changed otherwise.</summary>
    private static bool IsOpen(LockFlow flow, int place) => !flow.Unfollowed.Contains(place) && !flow.TestedPlaces.Contains(place) &&
        flow.Table.Sites.Where(s => s.Place == place).All(static s => s.Action.IsAcquire);

    /// <summary><c>ReaderWriterLock.ReleaseReaderLock</c> releases the writer lock when the thread holds that one.</summary>
    private static bool IsDocumented(LockPlace taken, LockPlace given) => taken.Kind == LockKind.ReaderWriterLock && given.Mode == LockMode.Read && taken.Mode == LockMode.Exclusive;

    /// <summary>No other member takes or gives back this lock alone, and nobody outside the type can.</summary>
    private static bool IsOnlyHere(AccessPath path, BodyFacts body) =>
        path is { Root: PathRoot.This or PathRoot.Static, Holder: { DeclaredAccessibility: Accessibility.Private } holder, Steps.Length: <= 1 } &&
        !body.IsHandedOnElsewhere(holder);
}
