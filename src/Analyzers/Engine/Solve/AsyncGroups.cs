using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// Async functions that are started again and again before one of them is waited for: <c>Task.WhenAll(xs.Select(async x => …))</c>, a loop that fills a list with their tasks. Up to its first wait each runs on the thread
/// of the starter, one after the other; what comes behind a wait runs beside that of the others (<see cref="LeavingWaits"/>).
/// </summary>
internal static class AsyncGroups
{
    public static IEnumerable<ThreadSource> Of(BodyFacts body, TypeAccesses accesses)
    {
        if (body.TaskGroups.IsEmpty)
        {
            yield break;
        }

        foreach (var call in body.Root.Descendants().OfType<IInvocationOperation>())
        {
            if (accesses.Around(call, body) is not { } around)
            {
                continue;
            }

            if (IsSelect(call, body.Model) && Rounds.IsStartedAtOnce(call, body))
            {
                var functions = FunctionsOf(call.Arguments[call.Arguments.Length - 1], body, accesses).Where(f => LeavingWaits.Of(f, accesses).Any()).ToImmutableArray();
                if (!functions.IsEmpty)
                {
                    yield return new ThreadSource(call, functions, null, true, null, around) { IsBehindWait = true };
                }
            }
            else if (ForkHandle.Of(call).Home == HandleHome.Group && LoopOf(call) is { } loop && !HoldsUp(loop, body.Model) && CalledOn(call, around, accesses) is { } called && LeavingWaits.Of(called, accesses).Any())
            {
                yield return new ThreadSource(call, ImmutableArray.Create(called), loop, true, null, around) { IsBehindWait = true };
            }
        }
    }

    private static bool IsSelect(IInvocationOperation call, Model model) => call.TargetMethod.Name == "Select" && KnownType.Is(call.TargetMethod.ContainingType, model.Types.Enumerable);

    /// <summary>The async functions of the type that the query runs: the lambda, the method that is named, or the one that the lambda calls on the object at hand.</summary>
    private static IEnumerable<CodeFunction> FunctionsOf(IArgumentOperation argument, BodyFacts body, TypeAccesses accesses)
    {
        foreach (var given in ForkBodies.Of(argument, body.Root))
        {
            if (given.Named is IAnonymousFunctionOperation { Symbol: { IsAsync: false } symbol })
            {
                if (accesses.FunctionOf(symbol) is { } lambda && lambda.Calls.FirstOrDefault(static c => c.IsCall)?.At is IInvocationOperation only && CalledOn(only, lambda, accesses) is { } called)
                {
                    yield return called;
                }
            }
            else if (ThreadSource.FunctionsOf(ImmutableArray.Create(given), accesses).FirstOrDefault(static f => f.Symbol is { IsAsync: true }) is { } function)
            {
                yield return function;
            }
        }
    }

    /// <summary>The async function of the type that runs, on the object at hand.</summary>
    private static CodeFunction? CalledOn(IInvocationOperation call, CodeFunction around, TypeAccesses accesses) =>
        !ForkBodies.MayBeOverridden(call.TargetMethod) && around.Calls.Any(c => c.IsCall && c.At == call) && accesses.FunctionOf(call.TargetMethod) is { Symbol.IsAsync: true } called ? called : null;

    private static ILoopOperation? LoopOf(IInvocationOperation call) => Rounds.Around(call)?.Loop;

    /// <summary>Whether a round may wait, so that those before it may be done.</summary>
    private static bool HoldsUp(ILoopOperation loop, Model model) => loop is IForEachLoopOperation { IsAsynchronous: true } || Operations.OfFunction(loop).Any(o =>
        o is IAwaitOperation or ILockOperation || (o is IInvocationOperation call && (TypeAccesses.MayHoldUp(call, model) || model.Locks.MeaningOf(call) is { IsAcquire: true } || WaitModels.IsPause(call, model.Types))));
}
