using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>
/// Reports the first read of what a forked body writes, when nothing between the start of the body and the read waits for anybody. Only where the body
/// itself waits for nobody before it writes, so that it may be running, and the read may come first, whatever else the program does. The handlers of a
/// child's lines are such bodies behind a wait with a limit, which does not wait for them.
/// </summary>
internal sealed class TW1002ResultReadBeforeJoin() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Warning))
{
    public const string Id = "TW1002";

    public override BodyContents Needs => BodyContents.Forks | BodyContents.Processes;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var (start, after) in body.Forks().Followed)
        {
            if (after.Read is { } read && start.Handle.Home != HandleHome.Joined)
            {
                var others = ImmutableArray.Create(CallLocation.Of(start.At.Syntax), after.Result.Syntax.GetLocation());
                sink.Add(new Finding(
                    Descriptor, CallLocation.Of(read.Syntax), new Cause(start.Creation.Syntax.Span), after.InnerRead is { } inner ? others.Add(inner.Syntax.GetLocation()) : others,
                    JoinEdits.BeforeRead(start, read, body), null,
                    ImmutableArray.Create<object?>(after.Result.Place.Display(), LineNumber.Of(start.At.Syntax))));
            }
        }

        foreach (var (begin, after) in LateLines.In(body))
        {
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(after.Read!.Syntax), new Cause(begin.Syntax.Span), ImmutableArray.Create(CallLocation.Of(begin.Syntax), after.Result.Syntax.GetLocation()), ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(after.Result.Place.Display(), LineNumber.Of(begin.Syntax))));
        }
    }
}
