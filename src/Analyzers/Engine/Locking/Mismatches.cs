using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>A release that does not fit the acquire before it: another mode of the same lock, or another lock.</summary>
/// <param name="Acquire">What was acquired, and is never released behind the release.</param>
/// <param name="Release">What is released, and is certainly not held.</param>
/// <param name="IsMode">The lock is the same and the mode is not.</param>
internal sealed record Mismatch(LockSite Acquire, LockSite Release, bool IsMode);

/// <summary>
/// Pairs that do not fit. On the paths that come to the release, what is released is free and what is held is given back by nobody any more. Two locks must be known to the type alone: either no
/// other member takes or gives back one of them without the other half, or nothing in the type gives back the one and nothing leaves the other held. Else
/// somebody hands locks on, and which belongs to which is not known.
/// </summary>
internal static class Mismatches
{
    public static IEnumerable<Mismatch> Of(LockFlow flow, BodyFacts body)
    {
        foreach (var events in flow.Releases.Where(static r => !r.State.HasThrown).GroupBy(static r => r.Site))
        {
            var release = events.Key;
            if (IsUnclear(flow, release.Place) || !IsFree(flow, release, events) || MayBeOtherName(flow, release, events, body))
            {
                continue;
            }

            var held = Enumerable.Range(0, flow.Table.Places.Count)
                .Where(place => place != release.Place && !IsUnclear(flow, place) && IsHeld(place, events) && IsNeverReleasedBehind(flow, place, release)).ToList();
            if (held.Count == 1 && flow.Table.Places[held[0]] is var taken && flow.Table.Places[release.Place] is var given && taken.Kind == given.Kind)
            {
                var acquire = flow.Table.Site(events.Select(e => e.State[held[0]]).First(static status => status.Phase == LockPhase.Held).Site);
                var isMode = taken.Path.Equals(given.Path);
                if (isMode ? !IsDocumented(taken, given) : (IsOnlyHere(taken.Path, body) && IsOnlyHere(given.Path, body)) || IsLostForGood(acquire, given, body))
                {
                    yield return new Mismatch(acquire, release, isMode);
                }
            }
        }
    }

    private static bool IsUnclear(LockFlow flow, int place) => flow.Unfollowed.Contains(place) || flow.TestedPlaces.Contains(place);

    /// <summary>Whether a local through which a lock is held may be another name of the one that is released.</summary>
    private static bool MayBeOtherName(LockFlow flow, LockSite release, IEnumerable<LockFlow.LockEvent> events, BodyFacts body) => Enumerable.Range(0, flow.Table.Places.Count).Any(place =>
        place != release.Place && flow.Table.Places[place] is { Path: { Root: PathRoot.Local, Symbol: ILocalSymbol variable } } local && Locals.OnlyValue(variable, body.Root) is null && local.Kind == flow.Table.Places[release.Place].Kind &&
        !local.Path.Equals(flow.Table.Places[release.Place].Path) && events.Any(e => e.State[place].Phase == LockPhase.Held));

    /// <summary>The function has given back before what it took of the lock, or does not take it at all.</summary>
    private static bool IsFree(LockFlow flow, LockSite release, IEnumerable<LockFlow.LockEvent> events) =>
        flow.Table.Sites.All(s => s.Place != release.Place || s.Action.Verb == LockVerb.Release)
            ? events.All(e => e.State[release.Place].Phase is LockPhase.Untouched or LockPhase.Unknown)
            : events.All(e => e.State[release.Place].IsFree) && events.Any(e => e.State[release.Place].Phase == LockPhase.Released);

    /// <summary>On every path, but for those on which the acquire itself is imagined to have failed.</summary>
    private static bool IsHeld(int place, IEnumerable<LockFlow.LockEvent> events) =>
        events.All(e => e.State[place].Phase is LockPhase.Held or LockPhase.AcquireMightThrow) && events.Any(e => e.State[place].Phase == LockPhase.Held);

    /// <summary>No path from the release comes to one of the held lock, and it is held where the function ends.</summary>
    private static bool IsNeverReleasedBehind(LockFlow flow, int place, LockSite release) => flow.Table.Sites.All(s => s.Place != place || s.Action.IsAcquire) ||
        (new ReleasePaths(flow, place, s => s[place].Phase != LockPhase.Untouched).IsNeverReachedAfter(release) &&
         flow.States[flow.Graph.Exit].States.Concat(flow.States[flow.Graph.ThrowExit].States).Any(s => !s.HasThrown && s[place].Phase == LockPhase.Held));

    /// <summary><c>ReaderWriterLock.ReleaseReaderLock</c> releases the writer lock when the thread holds that one.</summary>
    private static bool IsDocumented(LockPlace taken, LockPlace given) => taken.Kind == LockKind.ReaderWriterLock && given.Mode == LockMode.Read && taken.Mode == LockMode.Exclusive;

    /// <summary>No other member takes or gives back this lock alone, and nobody else can: outside the type, or by another name.</summary>
    private static bool IsOnlyHere(AccessPath path, BodyFacts body) =>
        path is { Root: PathRoot.This or PathRoot.Static, Holder: { DeclaredAccessibility: Accessibility.Private } holder, Steps.Length: <= 1 } &&
        !(holder is IPropertySymbol property && !SharedPlace.IsAuto(property)) && !(holder is IFieldSymbol field && body.Type?.IsHandedOn(field) == true) && !body.IsHandedOnElsewhere(holder);

    /// <summary>Two locks that were made here and are known to nobody else: nothing in the type gives back what was acquired, and no function leaves the other held, so that no caller can hold it.</summary>
    private static bool IsLostForGood(LockSite acquire, LockPlace given, BodyFacts body) => body.Type is { } type &&
        type.Once(NeverReleased.In).Any(lost => lost.Acquires.Contains(acquire)) && NeverReleased.IsKept(given, body, type) &&
        type.Bodies().SelectMany(static other => other.LockFlows()).All(flow => Enumerable.Range(0, flow.Table.Places.Count).All(place =>
            !SymbolEqualityComparer.Default.Equals(flow.Table.Places[place].Path.Holder, given.Path.Holder) ||
            (!flow.Unfollowed.Contains(place) && flow.States[flow.Graph.Exit].States.All(s => s[place].Phase != LockPhase.Held))));
}
