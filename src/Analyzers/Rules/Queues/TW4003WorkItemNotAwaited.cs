using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.Threads;

namespace Threadwise.Analyzers.Rules.Queues;

/// <summary>
/// Reports tasks and pool items that a loop starts and nobody waits for, where something shows that they should have been: what they use is disposed of, their tasks are collected for
/// nothing, their results are collected, or they show, save or send something.
/// </summary>
internal sealed class TW4003WorkItemNotAwaited() : LocalRule(Descriptors.Create(Id, Category.Queues, DiagnosticSeverity.Info))
{
    public const string Id = "TW4003";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var items in UnawaitedItems.In(body))
        {
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(items.Start.At.Syntax), new Cause(items.Start.Creation.Syntax.Span),
                items.Evidence == items.Start.At ? ImmutableArray<Location>.Empty : ImmutableArray.Create(CallLocation.OfDisposal(items.Evidence.Syntax)),
                Edit(items, body), null,
                ImmutableArray.Create<object?>(items.Start.Kind == ForkKind.PoolItem ? "ThreadPool" : "Task", Descriptors.Text($"{Id}_{items.Need}", items.Name))));
        }
    }

    /// <summary>Tasks are collected and waited for behind the loop, once. Work that may wait for its starter could wait for ever once its starter waits for it.</summary>
    private static ImmutableDictionary<string, string?> Edit(UnawaitedItems items, BodyFacts body)
    {
        var none = ImmutableDictionary<string, string?>.Empty;
        var start = items.Start;
        if (start.Kind == ForkKind.ColdTask || IsJoinedInVain(items, body) || body.Forks().MayWait(start) || !SymbolEqualityComparer.Default.Equals(start.At.FunctionAround(), items.Rounds.FunctionAround()) && items.Need != ItemsNeed.Tasks || items.Need == ItemsNeed.Input && items.Rounds.IsAround(items.Evidence) ||
            Operations.OfFunction(items.Rounds).Any(static o => o is IReturnOperation { IsImplicit: false } or IBranchOperation { BranchKind: BranchKind.GoTo }))
        {
            return none;
        }

        if (start.Kind == ForkKind.PoolItem)
        {
            return start.Bodies[0] is { Named: IAnonymousFunctionOperation, Function.IsAsync: false } && start.At.Parent is IExpressionStatementOperation ? none.Add(FixProperties.Edit, "CountDown") : none;
        }

        return items.Need == ItemsNeed.Tasks ? JoinEdits.Of(start, start.Handle.Variable!, isGroup: true, "WaitForAll") : none.Add(FixProperties.Edit, "Collect");
    }

    /// <summary>A <c>Task.WhenAll</c> stands there already, to which an <c>await</c> belongs.</summary>
    private static bool IsJoinedInVain(UnawaitedItems items, BodyFacts body) => items.Need == ItemsNeed.Tasks && items.Start.Handle.Variable is ILocalSymbol group &&
        Locals.Uses(group, body.Root).Any(static use => HandleUses.GivenTo(use) is { TargetMethod.Name: "WhenAll" });
}
