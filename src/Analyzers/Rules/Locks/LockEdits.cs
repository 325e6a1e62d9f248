using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>The edit facts that rules of this family share.</summary>
internal static class LockEdits
{
    private static readonly ImmutableDictionary<string, string?> s_moveBeforeTry =
        ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, TW2003ReleaseWithoutAcquire.MoveBeforeTry);

    private static readonly ImmutableDictionary<string, string?> s_wrapInTryFinally =
        ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, TW2001LockNotReleasedOnAllPaths.WrapInTryFinally);

    private static readonly ImmutableDictionary<string, string?> s_wrapInIf =
        ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, TW2006AcquireResultIgnored.WrapInIf);

    private static readonly ImmutableDictionary<string, string?> s_wrapInIfAndFinally =
        ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, TW2006AcquireResultIgnored.WrapInIfAndFinally);

    /// <summary>A <c>using</c> takes the scope that the acquire opens.</summary>
    public static ImmutableDictionary<string, string?> UseUsing { get; } =
        ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, TW2008LockScopeNotDisposed.UseUsing);

    /// <summary>
    /// The code from behind the acquire to its last release goes into a <c>try</c> whose <c>finally</c> releases; a scope is for a <c>using</c>. Not so where a path hands the lock on, for
    /// the <c>finally</c> would take it from its new owner.
    /// </summary>
    public static ImmutableDictionary<string, string?> WrapInTryFinally(LockFlow flow, HeldExit exit) =>
        exit.Acquire.Action.IsScope ? UseUsing
        : exit.Acquire.Action is { Taken: not null } or { Kind: LockKind.Flag } or { IsMade: true } || IsHandedOn(flow, exit) ? ImmutableDictionary<string, string?>.Empty
        : s_wrapInTryFinally.Add(FixProperties.Releases, Own(flow, exit.Acquire, exit.Releases));

    /// <summary>
    /// The code from a dropped acquire to its release goes under <c>if</c>, and there into a <c>try</c> where an exception would leave the lock held. Not so where a path never comes to a
    /// release: what belongs under the lock does not end there.
    /// </summary>
    public static ImmutableDictionary<string, string?> WrapInIf(LockFlow flow, LockSite acquire, IReadOnlyList<LockSite> releases, BodyFacts body) =>
        !new ReleasePaths(flow, acquire.Place, static _ => true).AlwaysAfter(acquire) ? ImmutableDictionary<string, string?>.Empty
        : HeldExits.IsLeftByException(flow, acquire, body) ? s_wrapInIfAndFinally.Add(FixProperties.Releases, Own(flow, acquire, releases))
        : s_wrapInIf;

    /// <summary>
    /// The acquire moves out of the <c>try</c> that releases it. Not so a mutex: its wait throws <c>AbandonedMutexException</c> with the mutex
    /// held, which the <c>finally</c> releases and a moved acquire would not.
    /// </summary>
    public static ImmutableDictionary<string, string?> MoveBeforeTry(LockSite acquire) =>
        acquire.Action.Kind is LockKind.Mutex or LockKind.Flag || acquire.Action.IsThroughHelper ? ImmutableDictionary<string, string?>.Empty : s_moveBeforeTry;

    /// <summary>
    /// A path ends with the lock where that is no mistake, or where the lock is out of sight because something was given it. A loop that takes it again and again is out of sight for another reason.
    /// </summary>
    private static bool IsHandedOn(LockFlow flow, HeldExit exit)
    {
        var (acquire, returned) = (exit.Acquire, flow.States[flow.Graph.Exit].States);
        return (exit.Cause == HeldExitCause.CallMayThrow && returned.Any(s => !s.HasThrown && HeldExits.IsHeldBy(s, acquire))) ||
            (!flow.Acquires.Any(a => a.Site == acquire && HeldExits.IsHeldBy(a.State, acquire)) &&
                returned.Concat(flow.States[flow.Graph.ThrowExit].States).Any(s => s[acquire.Place].Phase == LockPhase.Unknown));
    }

    private static string Own(LockFlow flow, LockSite acquire, IReadOnlyList<LockSite> releases) => string.Join(
        ",", Enumerable.Range(0, releases.Count).Where(i => flow.Releases.Any(r => r.Site == releases[i] && HeldExits.IsHeldBy(r.State, acquire))).Select(static i => i.ToString(CultureInfo.InvariantCulture)));
}
