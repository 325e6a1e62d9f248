using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>How a release comes to run without the lock.</summary>
internal enum UnpairedCause
{
    /// <summary>The acquire stands in the <c>try</c> whose handler releases, and may throw.</summary>
    AcquireMayThrow,

    /// <summary>The same, but a call before the acquire may throw.</summary>
    ThrowsBeforeAcquire,

    /// <summary>The same, but the <c>try</c> is left before the acquire, or without it.</summary>
    LeftBeforeAcquire,

    /// <summary>The same, but nothing can throw today.</summary>
    AcquireCannotThrow,

    /// <summary>A try-acquire said no, and the release runs all the same.</summary>
    Refused,

    /// <summary>The acquire threw, was caught, and the release runs all the same.</summary>
    ThrewAndCaught,

    /// <summary>The acquire is conditional and the release is not.</summary>
    Skipped,

    /// <summary>It was released before.</summary>
    ReleasedTwice,
}

/// <summary>A release that some path reaches without holding the lock.</summary>
/// <param name="Cause">How.</param>
/// <param name="Acquire">The acquire that belongs to it; for a double release the first release.</param>
/// <param name="Release">The release.</param>
/// <param name="Try">The <c>try</c> that both belong to, when the acquire stands in the block and the release in a handler.</param>
internal readonly record struct UnpairedRelease(UnpairedCause Cause, LockSite Acquire, LockSite Release, TryStatementSyntax? Try);

/// <summary>
/// Judges the release events of one function. A release without the lock is certain only where the path to it is: where every path from
/// the point that missed the lock comes to a release. A release under a condition that the engine does not follow may belong to
/// just the paths that hold the lock, and is left alone.
/// </summary>
internal static class Pairing
{
    public static IEnumerable<UnpairedRelease> Unpaired(LockFlow flow)
    {
        var seen = new HashSet<UnpairedRelease>();
        foreach (var release in flow.Releases)
        {
            if (!release.Site.Action.IsScope && !flow.Unfollowed.Contains(release.Site.Place) && !IsSignal(flow, release.Site) && Judge(flow, release) is { } unpaired && IsMistake(unpaired) && seen.Add(unpaired))
            {
                yield return unpaired;
            }
        }
    }

    /// <summary>A flag may be reset twice, or just to be sure; but who was refused, or has not asked yet, resets it under the hands of somebody else.</summary>
    private static bool IsMistake(UnpairedRelease unpaired) => unpaired.Release.Action.Kind != LockKind.Flag ||
        unpaired is { Cause: UnpairedCause.Refused or UnpairedCause.LeftBeforeAcquire or UnpairedCause.ThrowsBeforeAcquire, Try: not null };

    private static UnpairedRelease? Judge(LockFlow flow, LockFlow.LockEvent release)
    {
        var status = release.State[release.Site.Place];
        switch (status.Phase)
        {
            case LockPhase.AcquireThrew or LockPhase.AcquireMightThrow:
                return Threw(flow, release, flow.Table.Site(status.Site), status);
            case LockPhase.AcquireRefused:
                var refused = flow.Table.Site(status.Site);
                if (refused.Action.IsMade)
                {
                    // Another process may have made it and been waited for in a way that is not seen.
                    return null;
                }

                var paths = new ReleasePaths(flow, release.Site.Place, s => s[release.Site.Place] == status);
                return (!refused.IsAnswerDropped || AcquireAnswer.RunsUnprotected(flow, refused)) && paths.AlwaysAfter(refused) && paths.ComesAfter(refused, release.Site)
                    ? new UnpairedRelease(UnpairedCause.Refused, refused, release.Site, TryAround(refused, release.Site))
                    : null;
            case LockPhase.Released:
                return Twice(flow, release, flow.Table.Site(status.Site), status);
            case LockPhase.Untouched:
                return Untouched(flow, release);
            default:
                return null;
        }
    }

    private static UnpairedRelease? Threw(LockFlow flow, LockFlow.LockEvent reached, LockSite acquire, LockStatus status)
    {
        var release = reached.Site;
        var isImagined = status.Phase == LockPhase.AcquireMightThrow;
        var around = TryAround(acquire, release);
        if ((isImagined && (around is null || release.Syntax.FirstAncestorOrSelf<FinallyClauseSyntax>() is null || ExpectsAbandoned(flow, acquire) || IsTheNext(flow, acquire, around))) ||
            (around is not null && IsTakenBack(flow, acquire, around)))
        {
            return null;
        }

        var paths = new ReleasePaths(flow, release.Place, s => s[release.Place] == status);

        // In a handler of the acquire's own `try` the release is certain when it is unconditional there, however the handler was come to.
        var isCertain = around is not null
            ? paths.IsUnconditionalInHandler(reached, acquire)
            : flow.NodesOf(acquire).SelectMany(node => flow.Graph.HandlersOf(node, null))
                .Where(handler => flow.States[handler].States.Any(s => s[release.Place] == status))
                .Any(handler => paths.AlwaysFrom(handler) && paths.ComesFrom(handler, release));
        return !isCertain ? null
            : isImagined ? new UnpairedRelease(UnpairedCause.AcquireCannotThrow, acquire, release, around)
            : around is null ? new UnpairedRelease(UnpairedCause.ThrewAndCaught, acquire, release, null)
            : new UnpairedRelease(UnpairedCause.AcquireMayThrow, acquire, release, around);
    }

    /// <summary>The lock was released within the same <c>try</c> to let others in for a while: taking it back there is what the shape needs.</summary>
    private static bool IsTakenBack(LockFlow flow, LockSite acquire, TryStatementSyntax around) => flow.Table.Sites.Any(site =>
        site.Place == acquire.Place && site.Action.Verb == LockVerb.Release && around.Block.Span.Contains(site.Syntax.Span) &&
        site.Syntax.SpanStart < acquire.Syntax.SpanStart);

    /// <summary>The <c>try</c> is come to with the lock of an object that went by the same name: hand over hand, the next one is locked in it.</summary>
    private static bool IsTheNext(LockFlow flow, LockSite acquire, TryStatementSyntax around) =>
        flow.Table.Sites.LastOrDefault(site => site.Place == acquire.Place && site.Syntax.Span.End <= around.SpanStart) is { Action.IsAcquire: true };

    /// <summary>A mutex inside a <c>try</c> that catches <c>AbandonedMutexException</c> has a reason to stand there.</summary>
    private static bool ExpectsAbandoned(LockFlow flow, LockSite acquire) => acquire.Action.Kind == LockKind.Mutex &&
        flow.NodesOf(acquire).SelectMany(node => flow.Graph.HandlersOf(node, null))
            .Any(handler => flow.Graph.Nodes[handler].Block?.EnclosingRegion.ExceptionType?.Name == "AbandonedMutexException");

    /// <summary>Whether no path comes to the release with the lock, whatever condition leads there.</summary>
    private static bool NeverHolds(LockFlow flow, LockSite release) =>
        flow.Releases.Where(r => r.Site.Index == release.Index).All(r => r.State[release.Place].Phase is LockPhase.Released or LockPhase.AcquireThrew or LockPhase.AcquireMightThrow or LockPhase.AcquireRefused);

    private static UnpairedRelease? Twice(LockFlow flow, LockFlow.LockEvent release, LockSite first, LockStatus status)
    {
        // An exception that comes after the first release is possible and not certain; one that led to it has happened on that path.
        var place = release.Site.Place;
        var isThrown = release.State.HasThrown;
        // One out of an acquire that cannot throw has never happened.
        var isCertain = !release.State.HasAny(LockPhase.AcquireMightThrow) && (!isThrown || flow.Releases.Any(r => r.Site.Index == first.Index && r.State.HasThrown && r.State[place].Phase == LockPhase.Held));
        var paths = new ReleasePaths(flow, place, s => s[place] == status && s.HasThrown == isThrown);
        return isCertain && IsExclusive(flow, release.Site) && first.Index != release.Site.Index && (NeverHolds(flow, release.Site) || (paths.AlwaysAfter(first) && paths.ComesAfter(first, release.Site)))
            ? new UnpairedRelease(UnpairedCause.ReleasedTwice, first, release.Site, null)
            : null;
    }

    private static UnpairedRelease? Untouched(LockFlow flow, LockFlow.LockEvent release)
    {
        var site = release.Site;
        var isThrown = release.State.HasThrown;

        // Without a path that holds the lock here the release belongs to somebody else's acquire.
        var acquires = flow.Releases.Where(r => r.Site.Index == site.Index && r.State[site.Place].Phase == LockPhase.Held)
            .Select(r => flow.Table.Site(r.State[site.Place].Site)).Where(static a => a.Action.IsAcquire).Distinct().OrderBy(static a => a.Index).ToList();
        if (acquires.Count == 0 || acquires.Any(static a => a.Action.IsMade))
        {
            // A local that has no mutex yet has none to release.
            return null;
        }

        var acquire = acquires[0];
        var paths = new ReleasePaths(flow, site.Place, s => s[site.Place] == default && s.HasThrown == isThrown);
        if (TryAround(acquire, site) is { } around)
        {
            return !IsTakenBack(flow, acquire, around) && (isThrown || !MayBeHeld(flow, paths, acquire)) && paths.IsUnconditionalInHandler(release, acquire)
                ? new UnpairedRelease(isThrown ? UnpairedCause.ThrowsBeforeAcquire : UnpairedCause.LeftBeforeAcquire, acquire, site, around)
                : null;
        }

        return !isThrown && !MayBeHeld(flow, paths, acquire) && paths.IsSkipCertain(acquires, site)
            ? new UnpairedRelease(UnpairedCause.Skipped, acquire, site, null)
            : null;
    }

    private static bool MayBeHeld(LockFlow flow, ReleasePaths paths, LockSite acquire) => paths.IsUnderFlag(acquire) &&
        flow.MayBeHeldByCaller(acquire.Place);

    /// <summary>The <c>try</c> that has the acquire in its block and the release in its finally or a catch.</summary>
    private static TryStatementSyntax? TryAround(LockSite acquire, LockSite release)
    {
        foreach (var node in release.Syntax.Ancestors())
        {
            if (node is FinallyClauseSyntax or CatchClauseSyntax && node.Parent is TryStatementSyntax around && around.Block.Span.Contains(acquire.Syntax.Span))
            {
                return around;
            }
        }

        return null;
    }

    /// <summary>A semaphore that starts at zero passes a signal: who releases it never acquired it.</summary>
    private static bool IsSignal(LockFlow flow, LockSite site) => IsSemaphore(site) && CountOf(flow, site) == 0;

    /// <summary>Releasing a semaphore twice is a mistake only where one permit is all there is.</summary>
    private static bool IsExclusive(LockFlow flow, LockSite site) => !IsSemaphore(site) || CountOf(flow, site) == 1;

    private static bool IsSemaphore(LockSite site) => site.Action.Kind is LockKind.Semaphore or LockKind.SemaphoreSlim;

    private static int? CountOf(LockFlow flow, LockSite site) => SemaphoreCounts.Of(flow.Table.Places[site.Place].Origin);
}
