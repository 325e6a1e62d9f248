using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>
/// Reports the first read of what a forked body writes, when nothing between the start of the body and the read waits for anybody. Only where the body
/// itself waits for nobody before it writes, so that it may be running, and the read may come first, whatever else the program does.
/// </summary>
internal sealed class TW1002ResultReadBeforeJoin() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Warning))
{
    public const string Id = "TW1002";

    public override BodyContents Needs => BodyContents.Forks;

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
    }
}
