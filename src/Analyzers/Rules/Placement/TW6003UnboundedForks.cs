using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Placement;

/// <summary>
/// Reports a thread, a process or a task with a thread of its own for each element of a sequence whose length data decides. Only for work that ends: the code that
/// starts it waits for all of it, or it is seen to its last call. A worker that lives as long as its element is meant to be one for each.
/// </summary>
internal sealed class TW6003UnboundedForks() : LocalRule(Descriptors.Create(Id, Category.Placement, DiagnosticSeverity.Info))
{
    public const string Id = "TW6003";

    public override BodyContents Needs => BodyContents.Forks | BodyContents.Processes;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var start in body.Forks().Starts.GroupBy(static s => s.Creation).Select(static g => g.First()))
        {
            if (start.Bodies.Any(b => ServiceLoop.IsIn(b, body)) || Rounds.Around(start.Creation) is not { } rounds || rounds.Source(body) is not { } source || !rounds.AreStartedAtOnce(body) || rounds.IsThrottled(start.Creation, body) ||
                Rounds.Around(start.At) is { } starting && starting.IsThrottled(start.At, body))
            {
                continue;
            }

            if (start is { Kind: ForkKind.Thread, Creation: IObjectCreationOperation creation })
            {
                var thread = RawThread.Of(creation, body);
                if (thread is { Joins.Count: > 0 } && start.Bodies.All(b => IsSeen(b, body)) || !body.Forks().MayWait(start))
                {
                    Report(CallLocation.OfCreation(creation.Syntax), creation, source, "Threads", Edit(start, thread, rounds, body), sink);
                }
            }
            else if (start.At is IInvocationOperation call && PoolTask.Of(call, body.Model.Types) is { IsLongRunning: true } && start.Bodies.All(static b => !b.Function.IsAsync) && !body.Forks().MayWait(start))
            {
                Report(CallLocation.Of(call.Syntax), call, source, "Tasks", ImmutableDictionary<string, string?>.Empty, sink);
            }
        }

        foreach (var process in body.ProcessStarts)
        {
            if (Rounds.Around(process) is { } rounds && rounds.Source(body) is { } source && rounds.AreStartedAtOnce(body) && !rounds.IsThrottled(process, body))
            {
                Report(CallLocation.Of(process.Syntax), process, source, "Processes", ImmutableDictionary<string, string?>.Empty, sink);
            }
        }
    }

    /// <summary>The body stands in this file: one that is a call of other code may be a worker's loop.</summary>
    private static bool IsSeen(ForkBody forked, BodyFacts body) =>
        (forked.Named is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, forked.Function)) || ForkWrites.SourceOf(forked.Function, body) is not null;

    private void Report(Location place, IOperation fork, IOperation source, string text, ImmutableDictionary<string, string?> edit, FindingSink sink) => sink.Add(new Finding(
        Descriptor, place, new Cause(fork.Syntax.Span), ImmutableArray.Create(source.Syntax.GetLocation()), edit, null,
        ImmutableArray.Create<object?>(NameOf(source), Descriptors.Text($"{Id}_{text}"))));

    /// <summary>Fewer at a time must be as good: each is joined here, and none waits for another.</summary>
    private static ImmutableDictionary<string, string?> Edit(ForkStart start, RawThread? thread, Rounds rounds, BodyFacts body) =>
        thread is { Joins.Count: > 0 } && start.Handle.Variable is { } handle && !body.Forks().MayWait(start)
            ? ParallelEdits.For(new SplitWork(ImmutableArray.Create(start), handle, rounds.Loop, true), body, "BoundedLoop")
            : ImmutableDictionary<string, string?>.Empty;

    private static string NameOf(IOperation source) => source.Syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        var syntax => syntax.ToString(),
    };
}
