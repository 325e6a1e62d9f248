using System.Collections.Immutable;
using Threadwise.Analyzers.Engine.Locking;
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

    /// <summary>A <c>using</c> takes the scope that the acquire opens.</summary>
    public static ImmutableDictionary<string, string?> UseUsing { get; } =
        ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, TW2008LockScopeNotDisposed.UseUsing);

    /// <summary>The code from behind the acquire to its last release goes into a <c>try</c> whose <c>finally</c> releases; a scope is for a <c>using</c>.</summary>
    public static ImmutableDictionary<string, string?> WrapInTryFinally(HeldExit exit) =>
        exit.Acquire.Action.IsScope ? UseUsing : exit.Acquire.Action is { Taken: not null } or { Kind: LockKind.Flag } or { IsMade: true } ? ImmutableDictionary<string, string?>.Empty : s_wrapInTryFinally;

    /// <summary>
    /// The acquire moves out of the <c>try</c> that releases it. Not so a mutex: its wait throws <c>AbandonedMutexException</c> with the mutex
    /// held, which the <c>finally</c> releases and a moved acquire would not.
    /// </summary>
    public static ImmutableDictionary<string, string?> MoveBeforeTry(LockSite acquire) =>
        acquire.Action.Kind is LockKind.Mutex or LockKind.Flag || acquire.Action.IsThroughHelper ? ImmutableDictionary<string, string?>.Empty : s_moveBeforeTry;
}
