using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports a scope of <c>Lock.EnterScope</c> that is dropped, kept in a local and never disposed of, replaced there by another one, or disposed of on one path and left behind on another that is written out.
/// A scope that is returned, passed on or stored is its new owner's. A lock that the type also releases by <c>Exit</c> is left alone, since that is what
/// closes a dropped scope; exceptions out of calls are TW2012's.
/// </summary>
internal sealed class TW2008LockScopeNotDisposed() : LocalRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2008";

    /// <summary>The edit that has a <c>using</c> take the scope; the calls that dispose of it are additional locations.</summary>
    public const string UseUsing = "UseUsing";

    public override BodyContents Needs => BodyContents.ExplicitLocks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        if (body.ScopeCalls.IsEmpty)
        {
            return;
        }

        var scopes = body.Once(LockScopes.Of);
        foreach (var scope in scopes.All.Where(scope => !scopes.MayBeExited(scope)))
        {
            if (!scopes.ClosesOf(scope).Any())
            {
                sink.Add(Finding(scope, scope.Local is null ? "Dropped" : "NeverDisposed", []));
            }
            else if (scopes.OverwriteOf(scope) is { } overwrite)
            {
                sink.Add(Finding(scope, "Overwritten", [overwrite.GetLocation()]));
            }
        }

        foreach (var (_, exit) in body.HeldExits())
        {
            if (exit.Cause == HeldExitCause.PathWithoutRelease && scopes.At(exit.Acquire.Syntax) is { } scope)
            {
                // The calls that dispose of the scope, and last the condition behind which none of them comes any more.
                sink.Add(Finding(scope, "PathWithout", exit.Releases.Select(static r => CallLocation.Of(r.Syntax)).Append(exit.Decision!.GetLocation())));
            }
        }
    }

    private Finding Finding(LockScope scope, string how, IEnumerable<Location> others) => new(
        Descriptor, CallLocation.Of(scope.Call.Syntax), new Cause(scope.Call.Syntax.Span), ImmutableArray.CreateRange(others), LockEdits.UseUsing, null,
        ImmutableArray.Create<object?>(LockFindings.NameOf(scope.Lock), Descriptors.Text($"{Id}_{how}")));
}
