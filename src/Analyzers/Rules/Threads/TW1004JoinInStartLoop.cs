using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.Placement;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>
/// Reports a loop that starts a thread and joins it at once, so that the work runs one by one. Only where the rounds have nothing to do with each other: the body is
/// seen to its last call, waits for nobody, and writes nothing outside but elements of arrays.
/// </summary>
internal sealed class TW1004JoinInStartLoop() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Warning))
{
    public const string Id = "TW1004";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var start in body.Forks().Starts)
        {
            if (HandleOf(start) is { } handle && JoinNext(start.At, handle, body) is { } join && LoopAround(start, body) is { } loop)
            {
                sink.Add(new Finding(
                    Descriptor, CallLocation.Of(join.Syntax), new Cause(start.Creation.Syntax.Span), ImmutableArray.Create(CallLocation.Of(start.At.Syntax)),
                    Edit(start, loop, body), null,
                    ImmutableArray.Create<object?>(handle.Name)));
            }
        }
    }

    /// <summary>The local that the round has for its thread: the one that it makes, or the next one of a group.</summary>
    private static ILocalSymbol? HandleOf(ForkStart start) => start.Handle switch
    {
        { Home: HandleHome.Variable, Variable: ILocalSymbol own } => own,
        { Home: HandleHome.Group } => HandleUses.VariableOf(((IInvocationOperation)start.At).Instance) as ILocalSymbol,
        _ => null,
    };

    /// <summary>The join of the handle that is the next statement behind its start.</summary>
    private static IInvocationOperation? JoinNext(IOperation start, ILocalSymbol handle, BodyFacts body)
    {
        var statement = start;
        while (statement.Parent is { } parent and not IBlockOperation)
        {
            statement = parent;
        }

        var list = StraightLine.Siblings(statement);
        var index = list.IndexOf(statement) + 1;
        return index > 0 && index < list.Length && list[index] is IExpressionStatementOperation { Operation: IInvocationOperation call } &&
               WaitModels.ActionOf(call.TargetMethod, body.Model.Types) == HandleAction.Join && SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(call.Instance), handle)
            ? call
            : null;
    }

    /// <summary>The loop whose rounds could run side by side: it makes the thread, goes through its whole sequence, and the thread is a plain one.</summary>
    private static ILoopOperation? LoopAround(ForkStart start, BodyFacts body)
    {
        ILoopOperation? loop = null;
        for (var up = start.At.Parent; up is not null and not IAnonymousFunctionOperation && loop is null; up = up.Parent)
        {
            loop = up as ILoopOperation;
        }

        return loop is IForEachLoopOperation { IsAsynchronous: false } or IForLoopOperation && (loop.Body.Syntax.Span.Contains(start.Creation.Syntax.Span) || IsMadeBefore(start, loop, body)) &&
               !IsSingleRound(loop) && !Rounds.IsMeasured(loop, body) && !loop.Descendants().Any(static o => o is IBranchOperation or IReturnOperation { IsImplicit: false } or IThrowOperation && o.FunctionAround() is null) &&
               IsPlainThread(start, body) && ForkStart.All(body).Where(s => s.At == start.At).All(s => !s.Bodies.IsEmpty && s.Bodies.All(b => IsIndependent(body.Forks().WritesOf(b))))
            ? loop
            : null;
    }

    private static bool IsSingleRound(ILoopOperation loop) =>
        loop is IForLoopOperation { Condition: IBinaryOperation { RightOperand.ConstantValue: { HasValue: true, Value: <= 1 } } };

    /// <summary>The loop goes over a group of threads in a local or private field, and nothing else is done with that but to fill it.</summary>
    private static bool IsMadeBefore(ForkStart start, ILoopOperation loop, BodyFacts body) =>
        start.Handle is { Home: HandleHome.Group, Variable: { } group } && loop is IForEachLoopOperation each && SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(each.Collection), group) &&
        HandleUses.Of(group, body) is { } uses && uses.All(use => each.Collection.Syntax.Span.Contains(use.Syntax.Span) || use.Parent is IInvocationOperation { TargetMethod.Name: "Add" } or IArrayElementReferenceOperation { Parent: ISimpleAssignmentOperation });

    /// <summary>No stack size, apartment, priority or culture: what a thread may be made for.</summary>
    private static bool IsPlainThread(ForkStart start, BodyFacts body) => start.Kind == ForkKind.Thread &&
        start.Creation is IObjectCreationOperation { Arguments.Length: 1, Initializer: null } &&
        HandleUses.Of(HandleOf(start)!, body) is { } uses && uses.All(static use => use.Parent switch
        {
            IInvocationOperation { TargetMethod.Name: "Start" or "Join" } => true,
            IPropertyReferenceOperation { Property.Name: "Name" or "IsBackground" or "ManagedThreadId" } => true,
            ISimpleAssignmentOperation assignment => assignment.Target == use,
            _ => IsKeptInList(use),
        });

    /// <summary>Put into a list as well, where others may wait for it: it has ended by then.</summary>
    private static bool IsKeptInList(IOperation use) => use.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add", Instance: ILocalReferenceOperation or IFieldReferenceOperation } };

    private static bool IsIndependent(ForkWrites writes) => !writes.MayWait && writes.Writes.All(static w => w is { IsContent: true } && w.Syntax is ElementAccessExpressionSyntax);

    /// <summary>
    /// The variable of a <c>for</c> that the body reads would be shared once its rounds overlap, and who has a list of the threads can join them there: nothing is offered then. A body
    /// that only computes has no use for a thread of its own (TW6001), and a thread for each element of data may be too many (TW6003): these go to <c>Parallel</c> at once.
    /// </summary>
    private static ImmutableDictionary<string, string?> Edit(ForkStart start, ILoopOperation loop, BodyFacts body)
    {
        var isShared = start.Handle.Home == HandleHome.Group || HandleUses.Of(start.Handle.Variable!, body)!.Any(IsKeptInList) || start.Bodies.Select(static b => b.Named).Any(named => named is not IAnonymousFunctionOperation lambda || LoopVariables.ChangedEachRound(loop).Any(v => LoopVariables.ReadOnlyIn(lambda, v) is not null));
        return isShared ? ImmutableDictionary<string, string?>.Empty
            : start.Bodies.All(body.Forks().IsCpuBound) || RoundCount.SourceOf(loop, body) is not null ? ParallelEdits.For(new SplitWork(ImmutableArray.Create(start), start.Handle.Variable!, loop, true), body)
            : ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "SplitLoop").Add(FixProperties.Handle, start.Handle.Variable!.Name);
    }
}
