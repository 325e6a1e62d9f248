using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>
/// Reports work that a program or test starts and does not wait for before its end, which cuts the work off: output of a background thread, task or pool item of a
/// program, checks of any thread of a test.
/// </summary>
internal sealed class TW1016WorkLostAtExit() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Info))
{
    public const string Id = "TW1016";

    public override BodyContents Needs => BodyContents.Forks | BodyContents.Program;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var lost in body.LostWorks().All)
        {
            var others = ImmutableArray.Create(lost.Effect.Syntax.GetLocation());
            var end = Descriptors.Text($"{Id}_{((body.Contents & BodyContents.Program) != 0 ? "Program" : "Test")}");
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(lost.At.Syntax), new Cause(lost.Start.Creation.Syntax.Span), lost.At == lost.Start.At ? others : others.Insert(0, lost.Start.At.Syntax.GetLocation()),
                lost.At == lost.Start.At ? Edit(lost.Start, body) : ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(NameOf(lost), end, NameOf((IInvocationOperation)lost.Effect))));
        }
    }

    private static string NameOf(LostWork lost) => lost.At != lost.Start.At ? ((IInvocationOperation)lost.At).TargetMethod.Name
        : lost.Start.Handle.Variable?.Name ?? (lost.Start.Kind == ForkKind.Thread ? "Thread" : NameOf((IInvocationOperation)lost.At));

    private static string NameOf(IInvocationOperation call) => $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}";

    /// <summary>
    /// A handle that is certain to stand for started work at the end of its block is joined there; a task that nobody keeps is kept first. A body that may wait for its
    /// starter could wait for ever once its starter waits for it.
    /// </summary>
    private static ImmutableDictionary<string, string?> Edit(ForkStart start, BodyFacts body)
    {
        var none = ImmutableDictionary<string, string?>.Empty;
        if (body.Forks().MayWait(start))
        {
            return none;
        }

        if (start is { Handle.Home: HandleHome.Dropped, Kind: ForkKind.TaskRun or ForkKind.StartNew })
        {
            return JoinEdits.IsCertain(start.At, null, isGroup: false) ? none.Add(FixProperties.Edit, "KeepAndJoin") : none;
        }

        return JoinEdits.KeptBy(start, body) is ({ } variable, var isGroup) && JoinEdits.IsCertain(start.At, variable, isGroup) ? JoinEdits.Of(start, variable, isGroup, "JoinAtEnd") : none;
    }
}
