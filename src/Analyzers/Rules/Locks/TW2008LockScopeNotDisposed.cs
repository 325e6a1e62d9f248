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
/// So is a guard object of one's own that takes a lock when it is made. A scope that is returned, passed on or stored is its new owner's. A lock that the type also releases by <c>Exit</c> is left alone, since that is what
/// closes a dropped scope; exceptions out of calls are TW2012's.
/// </summary>
internal sealed class TW2008LockScopeNotDisposed() : LocalRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2008";

    /// <summary>The edit that has a <c>using</c> take the scope; the calls that dispose of it are additional locations.</summary>
    public const string UseUsing = "UseUsing";

    public override BodyContents Needs => BodyContents.ExplicitLocks | BodyContents.Guards;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        if (body.Graph is null)
        {
            // It only keeps something to dispose of.
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

        foreach (var (_, exit) in body.HeldExits().Where(static e => e.Exit.Cause == HeldExitCause.PathWithoutRelease && e.Exit.Acquire.Action.IsScope))
        {
            // The calls that dispose of the scope, and last the condition behind which none of them comes any more.
            sink.Add(Finding(exit.Acquire, exit.Acquire.Action.Lock, "PathWithout", exit.Releases.Select(static r => CallLocation.Of(r.Syntax)).Append(exit.Decision!.GetLocation())));
        }
    }

    private Finding Finding(LockScope scope, string how, IEnumerable<Location> others) => Finding(CallLocation.Of(scope.Call.Syntax), scope.Call.Syntax, scope.Lock, how, others);

    private Finding Finding(LockSite acquire, IOperation lockObject, string how, IEnumerable<Location> others) => Finding(LockFindings.PlaceOf(acquire), acquire.Syntax, lockObject, how, others);

    private Finding Finding(Location place, SyntaxNode cause, IOperation lockObject, string how, IEnumerable<Location> others) => new(
        Descriptor, place, new Cause(cause.Span), ImmutableArray.CreateRange(others), LockEdits.UseUsing, null,
        ImmutableArray.Create<object?>(LockFindings.NameOf(lockObject), Descriptors.Text($"{Id}_{how}")));
}
