using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Async work that goes on behind the call which begins it, when that is not waited for on the spot: nothing starts a thread, and yet the caller runs beside the rest of it.</summary>
/// <param name="Start">The call, as a start whose functions are not listed.</param>
/// <param name="Code">The async function of the file; null for a method of the framework.</param>
/// <param name="IsLambda">Whether the function is a lambda, which knows the variables of its caller by their names.</param>
internal sealed record PendingCall(ForkStart Start, IOperation? Code, bool IsLambda)
{
    public IInvocationOperation At => (IInvocationOperation)Start.At;

    /// <summary>Such calls of a body: of async members and local functions, of queries with an async lambda where they are run, and of methods of the framework that work on their own object until their task ends.</summary>
    public static IEnumerable<PendingCall> In(BodyFacts body)
    {
        foreach (var call in body.Root.Descendants().OfType<IInvocationOperation>())
        {
            if (TaskModels.IsWaitedFor(call))
            {
                continue;
            }

            if (DisposalModels.WorksUntilItsTaskEnds(call.TargetMethod, call.Instance?.Type) && call.Instance is ILocalReferenceOperation { Local: var own } && DisposalModels.IsOfOutside(Locals.OnlyValue(own, body.Root)))
            {
                yield return Made(call, null, false);
            }
            else if (call.TargetMethod.IsAsync && TaskModels.IsTask(call.Type, body.Model.Types) && ForkWrites.SourceOf(call.TargetMethod, body) is { } source)
            {
                yield return Made(call, source, false);
            }
            else if (QueryOf(call, body) is { } lambda)
            {
                yield return Made(call, lambda, true);
            }
        }
    }

    private static PendingCall Made(IInvocationOperation call, IOperation? code, bool isLambda) =>
        new(new ForkStart(call, call, ForkKind.None, ImmutableArray<ForkBody>.Empty, ForkHandle.Of(call)), code, isLambda);

    /// <summary>The async lambda of a <c>Select</c> that the call takes all elements of.</summary>
    private static IOperation? QueryOf(IInvocationOperation call, BodyFacts body) =>
        call.TargetMethod.Name is "ToList" or "ToArray" or "WhenAll" && call.Arguments is { Length: 1 } given &&
        Conversions.WithoutBuiltIn(given[0].Value) is IInvocationOperation { TargetMethod: { Name: "Select", ContainingType: var type }, Arguments: { Length: 2 } query } && KnownType.Is(type, body.Model.Types.Enumerable) &&
        query[1].Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.IsAsync: true } lambda }
            ? lambda
            : null;

    /// <summary>Whether the await is certain to give control back to the caller of its function: it lets time pass.</summary>
    public static bool Suspends(IAwaitOperation wait, WellKnownTypes types) => !TaskModels.IsFinished(wait.Operation, types) && WaitModels.IsPause(wait, types);
}
