using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Why the items of a loop should have been waited for.</summary>
internal enum ItemsNeed
{
    /// <summary>What they use is disposed of.</summary>
    Input,

    /// <summary>Their tasks are collected, and nobody looks at them.</summary>
    Tasks,

    /// <summary>They put results into a variable of their starter.</summary>
    Results,

    /// <summary>They show, save or send something.</summary>
    Effect,
}

/// <summary>
/// Work that a loop, <c>ForEach</c> or a query starts in each round and that nothing waits for: behind the start the line comes to the end of the method. Only where something speaks for a wait that was forgotten:
/// items that are started for their own sake are no defect, nor is a task that is dropped by <c>_ =</c>, unless what it uses is disposed of.
/// </summary>
/// <param name="Start">The start.</param>
/// <param name="Rounds">The loop, or the call of <c>ForEach</c> or <c>Select</c>.</param>
/// <param name="Need">What speaks for a wait.</param>
/// <param name="Evidence">Where.</param>
/// <param name="Name">The variable or member that is concerned.</param>
internal sealed record UnawaitedItems(ForkStart Start, IOperation Rounds, ItemsNeed Need, IOperation Evidence, string Name)
{
    public static IEnumerable<UnawaitedItems> In(BodyFacts body)
    {
        foreach (var (start, after) in body.Forks().Followed)
        {
            body.Cancellation.ThrowIfCancellationRequested();
            if (start.Kind is ForkKind.TaskRun or ForkKind.StartNew or ForkKind.PoolItem or ForkKind.ColdTask && start.Bodies.Length == 1 && after is { Read: null, DroppedJoin: null } &&
                RoundsOf(start, after, body) is { } rounds && Of(start, after, rounds, body) is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>What repeats the start, and comes to an end by itself.</summary>
    private static IOperation? RoundsOf(ForkStart start, AfterFork after, BodyFacts body) => Concurrency.Rounds.Around(start.Creation) switch
    {
        { Loop: { } loop } => loop.IsAround(start.At) && !ForkEffects.IsOpen(loop) ? loop : null,
        { Query: { } query } rounds => rounds.AreStartedAtOnce(body) ? query : null,
        _ => after.NextElement,
    };

    private static UnawaitedItems? Of(ForkStart start, AfterFork after, IOperation rounds, BodyFacts body)
    {
        var handle = HandleOf(start, rounds, body);
        var isDropped = handle.Home == HandleHome.Dropped || start.Kind == ForkKind.PoolItem && start.At.Parent is IExpressionStatementOperation;
        var disposal = after.Disposals.FirstOrDefault(d => Mentions(start.Bodies[0], d.Variable));
        if (disposal is not null && isDropped && !IsStopSource(disposal.Variable, body))
        {
            return new UnawaitedItems(start, rounds, ItemsNeed.Input, disposal.At, disposal.Variable.Name);
        }

        if (!after.ReachesEnd || after.HasOpenLoop || after.Passed.Any(o => o is IInvocationOperation call && IsHook(call)))
        {
            return null;
        }

        if (handle is { Home: HandleHome.Group, Variable: ILocalSymbol group })
        {
            return IsOnlyFilled(group, body) && body.DisposedInUses().All.All(d => d.Start != start) ? new UnawaitedItems(start, rounds, ItemsNeed.Tasks, start.At, group.Name) : null;
        }

        // Whoever has the field, parameter or promise on which an item signals may wait there.
        if (!isDropped || start.At.Parent is ISimpleAssignmentOperation || EndSignal.IsIn(start.Bodies[0], body, on => IsKnownToOthers(on, start.Bodies[0], body)) || ForkEffects.Of(start.Bodies[0], body) is not { } effects)
        {
            return null;
        }

        return ResultOf(start, rounds, body) is { } result ? new UnawaitedItems(start, rounds, ItemsNeed.Results, result, HandleUses.VariableOf(result)!.Name)
            : effects.Effect is { } effect ? new UnawaitedItems(start, rounds, ItemsNeed.Effect, effect, $"{effect.TargetMethod.ContainingType.Name}.{effect.TargetMethod.Name}")
            : null;
    }

    /// <summary>A signal on a local tells the starter alone, unless that returns it, hands it on, or takes the task of the promise that it is.</summary>
    private static bool IsKnownToOthers(IOperation? signal, ForkBody item, BodyFacts body) => signal is not ILocalReferenceOperation { Local: var local } || Locals.Uses(local, body.Root).Any(use =>
        !item.Named.Syntax.Span.Contains(use.Syntax.Span) && (use.Parent is IConversionOperation ? use.Parent : use).Parent is IReturnOperation or IArgumentOperation or ISimpleAssignmentOperation or IVariableInitializerOperation or IPropertyReferenceOperation { Property.Name: "Task" });

    /// <summary>Where the task is kept; one that a local of the round holds, to be started and perhaps put into a list, is kept by the list alone.</summary>
    private static ForkHandle HandleOf(ForkStart start, IOperation rounds, BodyFacts body)
    {
        if (start is not { Kind: ForkKind.ColdTask, Handle: { Home: HandleHome.Variable, Variable: ILocalSymbol own } } || !Locals.IsDeclaredIn(own, rounds))
        {
            return start.Handle;
        }

        var others = Locals.Uses(own, body.Root).Where(static use => use.Parent is not IInvocationOperation { TargetMethod.Name: "Start" }).ToList();
        return others.Count == 0 ? new ForkHandle(HandleHome.Dropped, null)
            : others.Count == 1 && HandleUses.GroupOf(others[0]) is { } group ? new ForkHandle(HandleHome.Group, group)
            : start.Handle;
    }

    /// <summary>A token source still serves its tokens when it is disposed of.</summary>
    private static bool IsStopSource(ISymbol variable, BodyFacts body) => KnownType.Is((variable as ILocalSymbol)?.Type ?? (variable as IParameterSymbol)?.Type ?? (variable as IFieldSymbol)?.Type, body.Model.Types.CancellationTokenSource);

    private static bool IsHook(IInvocationOperation call) => call.TargetMethod.Name is "Register" or "ContinueWith";

    private static bool Mentions(ForkBody forked, ISymbol variable) => forked.Named is IAnonymousFunctionOperation lambda && lambda.Descendants().Any(o => SymbolEqualityComparer.Default.Equals(Disposal.NamedBy(o), variable));

    /// <summary>Whether all that is done with the collection is to put tasks into it, or to make one of them that nobody waits for: <c>Task.WhenAll(tasks);</c>.</summary>
    private static bool IsOnlyFilled(ILocalSymbol group, BodyFacts body) => Locals.Uses(group, body.Root).All(use => use.Parent switch
    {
        IInvocationOperation { TargetMethod.Name: "Add" or "Enqueue" or "Push" } call => call.Instance == use && call.Parent is IExpressionStatementOperation,
        IArrayElementReferenceOperation { Parent: ISimpleAssignmentOperation assignment } element => assignment.Target == element,
        IPropertyReferenceOperation { Property.IsIndexer: true, Parent: ISimpleAssignmentOperation assignment } item => assignment.Target == item,
        INameOfOperation => true,
        _ => HandleUses.GivenTo(use) is { TargetMethod.Name: "WhenAll", Parent: IExpressionStatementOperation } all && KnownType.Is(all.TargetMethod.ContainingType, body.Model.Types.Task),
    });

    /// <summary>The collection or array of the starter that the item puts something into: a local that is declared around the rounds.</summary>
    private static IOperation? ResultOf(ForkStart start, IOperation rounds, BodyFacts body) => start.Bodies[0].Named is IAnonymousFunctionOperation lambda ? lambda.Descendants().FirstOrDefault(o =>
        o is ILocalReferenceOperation { Local: var local } && local.DeclaringSyntaxReferences.Length == 1 && !rounds.Syntax.Span.Contains(local.DeclaringSyntaxReferences[0].Span) && !WaitsForOthers(local, body) && o.Parent switch
        {
            IInvocationOperation { TargetMethod.Name: "Add" or "Enqueue" or "Push" or "TryAdd" or "AddOrUpdate" } call => call.Instance == o && PlainCalls.Keeps(call.TargetMethod, body.Model.Types),
            IArrayElementReferenceOperation element => StraightLine.IsTarget(element),
            IPropertyReferenceOperation { Property.IsIndexer: true } item => StraightLine.IsTarget(item),
            _ => false,
        }) : null;

    private static bool WaitsForOthers(ILocalSymbol local, BodyFacts body) => KnownType.Is(local.Type, body.Model.Types.BlockingCollection);
}
