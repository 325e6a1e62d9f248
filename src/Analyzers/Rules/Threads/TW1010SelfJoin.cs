using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>Reports a body that waits for its own thread or task to end, and two bodies that wait for each other, once, at the first wait.</summary>
[NoCodeFix("Which wait is one too many, or who should have waited instead, only the author can say")]
internal sealed class TW1010SelfJoin() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Warning))
{
    public const string Id = "TW1010";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var circle in SelfJoins.In(body))
        {
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(circle.Wait.Syntax), new Cause(circle.Wait.Syntax.Span), ImmutableArray.CreateRange(circle.Others.Select(static o => CallLocation.Of(o.Syntax))),
                ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(circle.Waiter.Name, circle.Length == 1 ? Descriptors.Text($"{Id}_Self") : Descriptors.Text($"{Id}_{(circle.Length == 2 ? "Cycle" : "Ring")}", circle.Awaited.Name))));
        }
    }
}
