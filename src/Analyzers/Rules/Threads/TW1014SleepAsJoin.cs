using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>
/// Reports a pause that is all there is between the start of a body and the use of its results, or the end of the program or test: how long the body takes is not known.
/// </summary>
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
                Add(start, pause, ImmutableArray.Create(CallLocation.Of(start.At.Syntax), read.Syntax.GetLocation()), Descriptors.Text($"{Id}_Result", after.Result.Place.Display()));
            }
        }

        foreach (var lost in body.LostWorks().All)
        {
            if (lost.After.Pause is { } pause && lost.At == lost.Start.At)
            {
                Add(lost.Start, pause, ImmutableArray.Create(CallLocation.Of(lost.At.Syntax)), Descriptors.Text($"{Id}_{((body.Contents & BodyContents.Program) != 0 ? "Program" : "Test")}"));
            }
        }

        void Add(ForkStart start, IOperation pause, ImmutableArray<Location> others, LocalizableString before) => sink.Add(new Finding(
            Descriptor, CallLocation.Of(pause.Syntax), new Cause(start.Creation.Syntax.Span), others, JoinEdits.InsteadOfPause(start, pause, body), null,
            ImmutableArray.Create<object?>(before, LineNumber.Of(start.At.Syntax))));
    }
}
