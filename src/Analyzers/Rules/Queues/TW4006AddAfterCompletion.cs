using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Queues;

/// <summary>
/// Reports what puts something into a queue that the same run has completed before, or completes a channel a second time: it throws. The queue must be the same one for certain, and the
/// completion stand on every way to the call.
/// </summary>
[NoCodeFix("Whether the completion comes too early or the call too late is not in the code")]
internal sealed class TW4006AddAfterCompletion() : LocalRule(Descriptors.Create(Id, Category.Queues, DiagnosticSeverity.Warning))
{
    public const string Id = "TW4006";

    public override BodyContents Needs => BodyContents.Queues | BodyContents.OwnCalls;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var late in LateUse.In(body))
        {
            var others = ImmutableArray.Create(CallLocation.Of(late.Completion.Syntax));
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(late.At.Syntax), new Cause(late.At.Syntax.Span), late.At == late.Inner ? others : others.Add(CallLocation.Of(late.Inner.Syntax)),
                ImmutableDictionary<string, string?>.Empty, null, ImmutableArray.Create<object?>(late.Inner.TargetMethod.Name, late.Queue.Display())));
        }
    }
}
