using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Queues;

/// <summary>
/// Reports a take from a blocking collection that waits for ever, because more is taken than is put in, or work puts in what is waited for under a condition only. Every use must be in sight, and
/// each number certain.
/// </summary>
[NoCodeFix("Whether too much is taken or too little put in is not in the code")]
internal sealed class TW4002TakeCountMismatch() : LocalRule(Descriptors.Create(Id, Category.Queues, DiagnosticSeverity.Info))
{
    public const string Id = "TW4002";

    public override BodyContents Needs => BodyContents.Queues;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var work in GateWork.Queues(body))
        {
            if (work.Shortage() is var (takes, puts, isCertain, take))
            {
                sink.Add(new Finding(
                    Descriptor, CallLocation.Of(take.Syntax), new Cause(work.Creation.Syntax.Span), ImmutableArray.Create(CallLocation.OfCreation(work.Creation.Syntax)), ImmutableDictionary<string, string?>.Empty, null,
                    ImmutableArray.Create<object?>(work.Gate.Name, takes.ToString(), Descriptors.Text(isCertain ? $"{Id}_Few" : $"{Id}_Most", puts.ToString()))));
            }
        }
    }
}
