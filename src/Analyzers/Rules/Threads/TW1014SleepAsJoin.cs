using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>Reports a pause that is all there is between the start of a body and the use of its results: how long the body takes is not known.</summary>
internal sealed class TW1014SleepAsJoin() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Warning))
{
    public const string Id = "TW1014";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var (start, after) in body.Forks().Followed)
        {
            if (after is { Pause: { } pause, Read: { } read })
            {
                sink.Add(new Finding(
                    Descriptor, CallLocation.Of(pause.Syntax), new Cause(start.Creation.Syntax.Span), ImmutableArray.Create(CallLocation.Of(start.At.Syntax), read.Syntax.GetLocation()),
                    JoinEdits.InsteadOfPause(start, pause, body), null,
                    ImmutableArray.Create<object?>(after.Result.Place.Display(), TW1002ResultReadBeforeJoin.LineOf(start.At))));
            }
        }
    }
}
