using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports a try-acquire whose answer nobody looks at, or nobody but the release, so that the protected code runs with or without the lock. A semaphore must also be
/// released in the same function: <c>signal.Wait(0)</c> that drains a signal is no lock.
/// </summary>
internal sealed class TW2006AcquireResultIgnored() : LocalRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2006";

    /// <summary>The edit that puts the rest of the block under <c>if</c>; the last release is the first additional location, if there is one.</summary>
    public const string WrapInIf = "WrapInIf";

    /// <summary>The same, with the code in a <c>try</c> whose <c>finally</c> releases.</summary>
    public const string WrapInIfAndFinally = "WrapInIfAndFinally";

    public override BodyContents Needs => BodyContents.ExplicitLocks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var flow in body.LockFlows())
        {
            foreach (var site in flow.Table.Sites)
            {
                if (site.IsAnswerDropped ? AcquireAnswer.RunsUnprotected(flow, site) : AcquireAnswer.DecidesReleaseOnly(flow, site, body))
                {
                    var releases = flow.Table.ReleasesOf(site.Place).OrderByDescending(static s => s.Syntax.SpanStart).ToImmutableArray();
                    sink.Add(new Finding(
                        Descriptor, CallLocation.Of(site.Syntax), new Cause(site.Syntax.Span), releases.Select(static s => CallLocation.Of(s.Syntax)).ToImmutableArray(),
                        site.IsAnswerDropped ? LockEdits.WrapInIf(flow, site, releases, body) : ImmutableDictionary<string, string?>.Empty, null, ImmutableArray.Create<object?>(flow.Table.Places[site.Place].Path.Display(), site.Action.Call.TargetMethod.Name)));
                }
            }
        }
    }
}
