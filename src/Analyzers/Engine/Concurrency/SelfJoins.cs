using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>A wait that keeps the body around it from ever ending.</summary>
/// <param name="Wait">The wait, or the call of the helper that waits.</param>
/// <param name="Waiter">What holds the thread or task whose body waits.</param>
/// <param name="Awaited">What holds the one it waits for: the same, or one whose body waits for <paramref name="Waiter"/>.</param>
/// <param name="Others">The creations, and the wait of the other body.</param>
internal sealed record CircularWait(IOperation Wait, ISymbol Waiter, ISymbol Awaited, ImmutableArray<IOperation> Others);

/// <summary>
/// Bodies that wait for themselves or for each other, where each handle never holds anything but the one thread or task, and no code of the body asks which
/// thread it runs on. A wait that hangs on a condition counts in a lambda that is nothing but this body; a method may be called by others, who know why they wait.
/// </summary>
internal static class SelfJoins
{
    public static IEnumerable<CircularWait> In(BodyFacts body)
    {
        var forks = HeldForks(body).ToList();
        var waits = forks.Select(fork => Waits(fork.Forked, fork.IsAwaitable, body).ToList()).ToList();
        for (var i = 0; i < forks.Count; i++)
        {
            if (waits[i].FirstOrDefault(w => (w.IsCertain || forks[i].Forked.IsDirect) && Same(w.Handle, forks[i].Handle)) is { Wait: { } own })
            {
                yield return new CircularWait(own, forks[i].Handle, forks[i].Handle, ImmutableArray.Create(forks[i].Creation));
                continue;
            }

            for (var j = i + 1; j < forks.Count; j++)
            {
                if (waits[i].FirstOrDefault(w => w.IsCertain && Same(w.Handle, forks[j].Handle)) is { Wait: { } there } && waits[j].FirstOrDefault(w => w.IsCertain && Same(w.Handle, forks[i].Handle)) is { Wait: { } back })
                {
                    yield return new CircularWait(there, forks[i].Handle, forks[j].Handle, ImmutableArray.Create(back, forks[i].Creation, forks[j].Creation));
                }
            }
        }
    }

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);

    /// <summary>The forks of the body whose handles are known for good, in source order.</summary>
    private static IEnumerable<(IOperation Creation, ISymbol Handle, ForkBody Forked, bool IsAwaitable)> HeldForks(BodyFacts body)
    {
        foreach (var fork in body.ForkCalls)
        {
            var kind = ForkModels.KindOf(fork, body.Model.Types);
            if (kind is ForkKind.Thread or ForkKind.ColdTask or ForkKind.TaskRun or ForkKind.StartNew && ForkHandle.Of(fork) is { Home: HandleHome.Variable, Variable: { } handle } &&
                HandleUses.HoldsOnly(handle, fork, body) && !IsMadeAgain(fork, handle) &&
                ForkModels.PartsOf(fork).Arguments.FirstOrDefault(static a => a.Parameter?.Type.TypeKind == TypeKind.Delegate) is { } argument && ForkBodies.Of(argument, body.Root) is { Length: 1 } bodies)
            {
                yield return (fork, handle, bodies[0], kind == ForkKind.TaskRun);
            }
        }
    }

    /// <summary>In a loop around which the handle lives, so that it holds another one in the next round.</summary>
    private static bool IsMadeAgain(IOperation fork, ISymbol handle)
    {
        for (var up = fork.Parent; up is not null; up = up.Parent)
        {
            if (up is ILoopOperation loop && !(handle is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declared } && loop.Body.Syntax.Span.Contains(declared[0].Span)))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<(IOperation Wait, ISymbol Handle, bool IsCertain)> Waits(ForkBody forked, bool isAwaitable, BodyFacts body) => forked.Named switch
    {
        // An async function that nothing unwraps counts as ended at its first await.
        IAnonymousFunctionOperation lambda when !lambda.Symbol.IsAsync || isAwaitable => WaitsIn(lambda.Body, body, 0),
        IMethodReferenceOperation { Instance: null or IInstanceReferenceOperation, Method: var method } when (!method.IsAsync || isAwaitable) && ForkWrites.SourceOf(method, body) is { } source => WaitsIn(source, body, 0),
        _ => [],
    };

    private static IEnumerable<(IOperation Wait, ISymbol Handle, bool IsCertain)> WaitsIn(IOperation function, BodyFacts body, int depth)
    {
        function = function is ILocalFunctionOperation { Body: { } block } ? block : function;
        var operations = Operations.OfFunction(function).ToList();
        if (operations.Any(o => AsksForThread(o, body.Model.Types)))
        {
            yield break;
        }

        foreach (var operation in operations)
        {
            body.Cancellation.ThrowIfCancellationRequested();
            if (HandleOf(operation, body.Model.Types) is { } handle)
            {
                yield return (operation, handle, IsCertain(operation, function, operations));
            }
            else if (operation is IInvocationOperation { Instance: null or IInstanceReferenceOperation } call && depth < Limits.CallDepth && !call.TargetMethod.IsAsync && ForkWrites.SourceOf(call.TargetMethod, body) is { } source)
            {
                foreach (var inner in WaitsIn(source, body, depth + 1).Where(static w => w.IsCertain))
                {
                    yield return (call, inner.Handle, IsCertain(call, function, operations));
                }
            }
        }
    }

    /// <summary>The variable whose thread or task the operation waits for, however long that takes.</summary>
    private static ISymbol? HandleOf(IOperation operation, WellKnownTypes types) => operation switch
    {
        IInvocationOperation { Arguments.IsEmpty: true, Instance: { } receiver } call when WaitModels.ActionOf(call.TargetMethod, types) == HandleAction.Join => HandleUses.VariableOf(Receiver(receiver)),
        IInvocationOperation { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task } } when TaskModels.IsReferenceTask(task.Type, types) => HandleUses.VariableOf(task),
        IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } when TaskModels.IsReferenceTask(task.Type, types) => HandleUses.VariableOf(task),
        IAwaitOperation { Operation: IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } } => HandleUses.VariableOf(task),
        IAwaitOperation wait => HandleUses.VariableOf(wait.Operation),
        _ => null,
    };

    /// <summary><c>t</c> in <c>t?.Join()</c>.</summary>
    private static IOperation? Receiver(IOperation receiver)
    {
        if (receiver is not IConditionalAccessInstanceOperation)
        {
            return receiver;
        }

        for (var up = receiver.Parent; up is not null; up = up.Parent)
        {
            if (up is IConditionalAccessOperation access)
            {
                return access.Operation;
            }
        }

        return null;
    }

    /// <summary>On no condition, and with no way out before it.</summary>
    private static bool IsCertain(IOperation wait, IOperation function, IReadOnlyList<IOperation> operations)
    {
        for (var (at, up) = (wait, wait.Parent); at != function && up is not null; (at, up) = (up, up.Parent))
        {
            if (up is IConditionalOperation or ILoopOperation or ISwitchOperation or ISwitchExpressionOperation or ICatchClauseOperation or ICoalesceOperation or IBinaryOperation)
            {
                return false;
            }
        }

        return !operations.Any(o => o is IReturnOperation { IsImplicit: false } or IThrowOperation or IBranchOperation && o.Syntax.SpanStart < wait.Syntax.SpanStart && !o.Syntax.Span.Contains(wait.Syntax.Span));
    }

    /// <summary>Which thread it is that runs; a name or culture that is set on it is no question.</summary>
    private static bool AsksForThread(IOperation operation, WellKnownTypes types) => operation is IPropertyReferenceOperation { Property: var property } && property.Name switch
    {
        "CurrentThread" => operation.Parent is not IPropertyReferenceOperation { Property.Name: not "ManagedThreadId" },
        "ManagedThreadId" => KnownType.Is(property.ContainingType, types.Thread),
        "CurrentManagedThreadId" => true,
        "CurrentId" => KnownType.Is(property.ContainingType, types.Task),
        _ => false,
    };
}
