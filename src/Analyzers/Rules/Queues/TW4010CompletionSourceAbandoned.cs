using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Queues;

/// <summary>
/// Reports a <c>TaskCompletionSource</c> that the work which should complete it leaves alone when something throws or returns before, while its task is waited for; one that nothing completes
/// at all; and a result that is set without a question where another callback may have set one.
/// </summary>
internal sealed class TW4010CompletionSourceAbandoned() : LocalRule(Descriptors.Create(Id, Category.Queues, DiagnosticSeverity.Info))
{
    public const string Id = "TW4010";

    public override BodyContents Needs => BodyContents.Forks | BodyContents.Queues;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var (skipped, creation) in SkippedResults.In(body))
        {
            sink.Add(new Finding(
                Descriptor, CallLocation.OfCreation(creation.Syntax), new Cause(creation.Syntax.Span),
                ImmutableArray.Create(CallLocation.Of(skipped.Signal.Syntax), CallLocation.Of(skipped.Throwing.Syntax), CallLocation.Of(skipped.Wait.Syntax)), Edit(skipped), null,
                ImmutableArray.Create<object?>(skipped.Gate.Name, Descriptors.Text($"{Id}_{(IsWay(skipped) ? "Way" : "Exception")}"))));
        }

        foreach (var (source, creation, wait) in OpenSources.In(body))
        {
            sink.Add(new Finding(
                Descriptor, CallLocation.OfCreation(creation.Syntax), new Cause(creation.Syntax.Span), ImmutableArray.Create(wait.Syntax.GetLocation()), ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(source.Name, Descriptors.Text($"{Id}_Never"))));
        }

        foreach (var race in RacingResults.In(body))
        {
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(race.Call.Syntax), new Cause(race.Call.Syntax.Span), ImmutableArray.Create(CallLocation.Of(race.Other.Syntax)),
                ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "Try"), null, ImmutableArray.Create<object?>(race.Source.Name, Descriptors.Text($"{Id}_Race", race.Call.TargetMethod.Name))));
        }
    }

    /// <summary>The exception goes to whoever waits, out of a lambda that completes the source itself.</summary>
    private static ImmutableDictionary<string, string?> Edit(SkippedSignal skipped)
    {
        var none = ImmutableDictionary<string, string?>.Empty;
        if (skipped.Start.Bodies[0].Named is not IAnonymousFunctionOperation lambda || !lambda.IsAround(skipped.Signal) || IsWay(skipped) || skipped.Start.Kind == ForkKind.Continuation || ReturnsValue(lambda) || lambda.Descendants().Any(static o => o is ITryOperation { Catches.IsEmpty: false }))
        {
            return none;
        }

        var edit = none.Add(FixProperties.Edit, "Catch").Add(FixProperties.Argument, skipped.Gate.Name);
        return skipped.Start.Handle.Home == HandleHome.Dropped ? edit : edit.Add(FixProperties.Kept, "Task");
    }

    private static bool IsWay(SkippedSignal skipped) => skipped.Throwing is IReturnOperation or IConditionalOperation or IFieldReferenceOperation;

    private static bool ReturnsValue(IAnonymousFunctionOperation lambda) => !lambda.Symbol.ReturnsVoid && !lambda.Symbol.IsAsync;
}
