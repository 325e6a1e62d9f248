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
/// <param name="Awaited">What holds the one it waits for: the same, or one whose body waits for <paramref name="Waiter"/>, or for one that does.</param>
/// <param name="Length">How many bodies wait for one another: one for a body that waits for itself.</param>
/// <param name="Others">The waits of the other bodies, and the creations.</param>
internal sealed record CircularWait(IOperation Wait, ISymbol Waiter, ISymbol Awaited, int Length, ImmutableArray<IOperation> Others);

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
                yield return new CircularWait(own, forks[i].Handle, forks[i].Handle, 1, ImmutableArray.Create(forks[i].Creation));
            }
            else if (Circle(i) is { Count: > 1 } circle)
            {
                yield return new CircularWait(
                    circle[0].Wait, forks[i].Handle, forks[circle[0].To].Handle, circle.Count,
                    circle.Skip(1).Select(static step => step.Wait).Append(forks[i].Creation).Concat(circle.Take(circle.Count - 1).Select(step => forks[step.To].Creation)).ToImmutableArray());
            }
        }

        // The shortest way back to the body over bodies that come after it; each circle is found once, from its first.
        List<(IOperation Wait, int To)>? Circle(int first)
        {
            var ways = new Queue<(int At, List<(IOperation Wait, int To)> Steps)>();
            var seen = new HashSet<int>();
            ways.Enqueue((first, []));
            while (ways.Count > 0)
            {
                var (at, steps) = ways.Dequeue();
                foreach (var wait in waits[at].Where(static w => w.IsCertain))
                {
                    var to = forks.FindIndex(f => Same(f.Handle, wait.Handle));
                    if (to == first && at != first)
                    {
                        return [.. steps, (wait.Wait, to)];
                    }

                    if (to > first && seen.Add(to))
                    {
                        ways.Enqueue((to, [.. steps, (wait.Wait, to)]));
                    }
                }
            }

            return null;
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
            var isWait = false;
            foreach (var named in HandlesOf(operation, body.Model.Types))
            {
                isWait = true;
                if (VariableOf(named, function) is { } handle && !IsBehindEnd(operation, handle, body.Model.Types))
                {
                    yield return (operation, handle, IsCertain(operation, function, operations));
                }
            }

            if (!isWait && operation is IInvocationOperation { Instance: null or IInstanceReferenceOperation } call && depth < Limits.CallDepth && !call.TargetMethod.IsAsync && ForkWrites.SourceOf(call.TargetMethod, body) is { } source)
            {
                foreach (var inner in WaitsIn(source, body, depth + 1).Where(static w => w.IsCertain))
                {
                    yield return (call, inner.Handle, IsCertain(call, function, operations));
                }
            }
        }
    }

    /// <summary>The threads or tasks that the operation waits for, however long that takes.</summary>
    private static IEnumerable<IOperation> HandlesOf(IOperation operation, WellKnownTypes types) => operation switch
    {
        IInvocationOperation { Arguments.IsEmpty: true, Instance: { } receiver } call when WaitModels.ActionOf(call.TargetMethod, types) == HandleAction.Join => One(Receiver(receiver)),
        IInvocationOperation { Arguments: { Length: 1 } all } call when WaitModels.IsJoinOfAll(call.TargetMethod, types) => Elements(all[0].Value),
        IInvocationOperation { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task } } when TaskModels.IsReferenceTask(task.Type, types) => One(task),
        IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } when TaskModels.IsReferenceTask(task.Type, types) => One(task),
        IAwaitOperation { Operation: IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } } => One(task),
        IAwaitOperation { Operation: IInvocationOperation { TargetMethod: { Name: "WhenAll", ContainingType: var type }, Arguments: { Length: 1 } all } } when KnownType.Is(type, types.Task) => Elements(all[0].Value),
        IAwaitOperation wait => One(wait.Operation),
        _ => [],
    };

    private static IEnumerable<IOperation> One(IOperation? handle) => handle is null ? [] : [handle];

    /// <summary>What stands in the call itself: elements of an array, or of the span that a newer framework takes, whose kind has no name here.</summary>
    private static IEnumerable<IOperation> Elements(IOperation all) => Conversions.WithoutAny(all) switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        { IsImplicit: true, Type.Name: "ReadOnlySpan" } span => span.ChildOperations,
        _ => Enumerable.Empty<IOperation>(),
    };

    /// <summary>The variable that holds the thread or task; of a local of the waiting function, the one that it is a copy of.</summary>
    private static ISymbol? VariableOf(IOperation handle, IOperation function) =>
        handle is ILocalReferenceOperation { Local: var local } && Locals.IsDeclaredIn(local, function)
            ? HandleUses.VariableOf(Conversions.WithoutBuiltIn(Locals.OnlyValue(local, function.AncestorsAndSelf().Last())))
            : HandleUses.VariableOf(Conversions.WithoutBuiltIn(handle));

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

    /// <summary>In a branch that asks whether the thread or task has ended: <c>if (_task.IsCompleted) _task.Wait();</c> never waits.</summary>
    private static bool IsBehindEnd(IOperation wait, ISymbol handle, WellKnownTypes types)
    {
        for (var (at, up) = (wait, wait.Parent); up is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); (at, up) = (up, up.Parent))
        {
            var condition = up switch
            {
                IConditionalOperation choice when choice.Condition != at => choice.Condition,
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both when both.RightOperand == at => both.LeftOperand,
                _ => null,
            };
            if (condition?.DescendantsAndSelf().Any(o => o is IPropertyReferenceOperation { Property: var asked } && WaitModels.TellsOfEnd(asked, types)) == true &&
                condition.DescendantsAndSelf().Any(o => Same(HandleUses.VariableOf(o), handle)))
            {
                return true;
            }
        }

        return false;
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
