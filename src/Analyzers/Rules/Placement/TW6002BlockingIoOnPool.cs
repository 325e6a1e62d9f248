using System.Collections.Generic;
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
/// Reports synchronous input or output, a sleep or a wait for a task in work that runs on the pool (<c>Task.Run</c>, a pool item, <c>Parallel</c>, a parallel query), where
/// an async twin would give the thread back meanwhile. One report for each piece of work, at its first such call.
/// </summary>
/// <remarks>Assumed: work of <c>Parallel</c> is not given a scheduler of the user's own elsewhere. A factory, scheduler or thread of one's own is left alone.</remarks>
internal sealed class TW6002BlockingIoOnPool() : LocalRule(Descriptors.Create(Id, Category.Placement, DiagnosticSeverity.Info))
{
    public const string Id = "TW6002";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var (fork, work) in PoolWaits.WorkOf(body))
        {
            if (PoolWaits.Of(work, ForkModels.KindOf(fork, body.Model.Types) is ForkKind.ParallelLoop or ForkKind.ParallelQuery, body) is { Count: > 0 } waits)
            {
                Report(fork, waits, AwaitedEdits.For(fork, work, waits, body), body, sink);
            }
        }
    }

    private void Report(IInvocationOperation fork, IReadOnlyList<PoolWait> waits, ImmutableDictionary<string, string?> edit, BodyFacts body, FindingSink sink)
    {
        var first = waits[0];
        var isHere = body.Root.Syntax.Span.Contains(first.Blocked.Call.Syntax.Span);
        var others = waits.Skip(isHere ? 1 : 0).Select(static w => PlaceOf(w.Blocked.Call));
        sink.Add(new Finding(
            Descriptor, PlaceOf(isHere ? first.Blocked.Call : first.At), new Cause(fork.Syntax.Span), others.ToImmutableArray(), edit, null,
            ImmutableArray.Create<object?>(first.Blocked.Name, $"{fork.TargetMethod.ContainingType.Name}.{fork.TargetMethod.Name}", first.Blocked.Twin ?? "await")));
    }

    private static Location PlaceOf(IOperation call) => call.Syntax is MemberAccessExpressionSyntax access ? access.Name.GetLocation() : CallLocation.Of(call.Syntax);
}
