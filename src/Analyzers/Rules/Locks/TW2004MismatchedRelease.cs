using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>Reports a release of another lock, or in another mode, than the acquire before it: the one throws, and the other stays held.</summary>
internal sealed class TW2004MismatchedRelease() : LocalRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2004";

    /// <summary>The edit that releases what was acquired; the acquire is the first additional location.</summary>
    public const string ReleaseWhatWasAcquired = "ReleaseWhatWasAcquired";

    private static readonly ImmutableDictionary<string, string?> s_edit =
        ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, ReleaseWhatWasAcquired);

    public override BodyContents Needs => BodyContents.ExplicitLocks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var (flow, mismatch) in body.Mismatches())
        {
            var isDirect = mismatch.Acquire.Action is { IsThroughHelper: false, IsMade: false } && !mismatch.Release.Action.IsThroughHelper;
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(mismatch.Release.Syntax), new Cause(mismatch.Acquire.Syntax.Span), ImmutableArray.Create(LockFindings.PlaceOf(mismatch.Acquire)),
                isDirect ? s_edit : ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(Name(mismatch.Release, flow, mismatch.IsMode), Name(mismatch.Acquire, flow, mismatch.IsMode))));
        }
    }

    private static string Name(LockSite site, LockFlow flow, bool isMode)
    {
        var place = flow.Table.Places[site.Place];
        return !isMode ? place.Path.Display() : $"{place.Path.Display()} ({(place.Mode == LockMode.Exclusive ? "Write" : place.Mode.ToString())})";
    }
}
