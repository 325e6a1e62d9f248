using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports an acquire whose function releases the lock on one path and leaves it held on another that is written out: an early return, a throw, a
/// branch past the release. Exceptions out of calls are TW2012's.
/// </summary>
internal sealed class TW2001LockNotReleasedOnAllPaths() : LocalRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2001";

    /// <summary>The edit that puts the code behind the acquire into <c>try</c>/<c>finally</c>; the releases are additional locations.</summary>
    public const string WrapInTryFinally = "WrapInTryFinally";

    public override BodyContents Needs => BodyContents.ExplicitLocks | BodyContents.Guards;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var (flow, exit) in body.HeldExits().Where(static e => e.Exit.Cause == HeldExitCause.PathWithoutRelease))
        {
            // The releases, and last the condition behind which none of them comes any more.
            var others = exit.Releases.Select(static r => CallLocation.Of(r.Syntax)).Concat(exit.Decision is { } decision ? [decision.GetLocation()] : []).ToImmutableArray();
            sink.Add(new Finding(
                Descriptor, LockFindings.PlaceOf(exit.Acquire), new Cause(exit.Acquire.Syntax.Span), others, LockEdits.WrapInTryFinally(flow, exit), null,
                ImmutableArray.Create<object?>(LockFindings.NameOf(exit.Acquire, flow), exit.At is { } jump
                    ? Descriptors.Text($"{Id}_Leaves", LineNumber.Of(jump))
                    : Descriptors.Text($"{Id}_Passes", LineNumber.Of(exit.Decision!)))));
        }
    }
}
