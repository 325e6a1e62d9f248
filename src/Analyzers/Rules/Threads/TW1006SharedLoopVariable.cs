using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>
/// Reports a forked lambda that reads a variable which the loop around its start changes in each round: by the time the body runs, it may have the value of
/// a later round. Only where the round ends with the body possibly running, or the body is started behind the loop, where all find the last value.
/// </summary>
internal sealed class TW1006SharedLoopVariable() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Warning))
{
    public const string Id = "TW1006";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var (start, after) in body.Forks().Followed)
        {
            if (start.Handle.Home == HandleHome.Joined || LoopOf(start, after) is not { } loop)
            {
                continue;
            }

            foreach (var lambda in start.Bodies.Select(static b => b.Named).OfType<IAnonymousFunctionOperation>().Where(l => loop.Syntax.Span.Contains(l.Syntax.Span)))
            {
                foreach (var changed in LoopVariables.ChangedBeside(start, loop, body))
                {
                    if (LoopVariables.ReadOnlyIn(lambda, changed) is { } read)
                    {
                        sink.Add(new Finding(
                            Descriptor, read.Syntax.GetLocation(), new Cause(start.Creation.Syntax.Span), ImmutableArray.Create(lambda.Syntax.GetLocation(), CallLocation.Of(start.At.Syntax)),
                            ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "CopyInLoop"), null,
                            ImmutableArray.Create<object?>(changed.Name)));
                    }
                }
            }
        }
    }

    /// <summary>The loop whose next round meets the body: the one that starts it, or the one that made it for a start behind the loop.</summary>
    private static ILoopOperation? LoopOf(ForkStart start, AfterFork after)
    {
        if (after.NextRound is { } loop && loop.Syntax.Span.Contains(start.Creation.Syntax.Span))
        {
            return loop;
        }

        for (var up = start.Creation.Parent; start.At != start.Creation && up is not null and not IAnonymousFunctionOperation; up = up.Parent)
        {
            if (up is ILoopOperation made)
            {
                return made.Syntax.Span.Contains(start.At.Syntax.Span) ? null : made;
            }
        }

        return null;
    }
}
