using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Whether a forked body, or what it calls in this file, gives a signal, a result or an element that others may wait for, or counts down what others may look at. One that is out of sight may.</summary>
internal static class EndSignal
{
    /// <param name="isMeant">Whether a signal on this object counts.</param>
    /// <param name="isLast">Whether it counts only with no wait behind it: a signal in front of one says that the body has come so far, and not that it is done.</param>
    public static bool IsIn(ForkBody forked, BodyFacts body, Func<IOperation?, bool> isMeant, bool isLast = false) => forked.Named switch
    {
        IAnonymousFunctionOperation lambda => Tells(lambda, body, isMeant, isLast, 0),
        IMethodReferenceOperation method => ForkWrites.SourceOf(method.Method, body) is not { } source || Tells(source, body, isMeant, isLast, 0),
        _ => true,
    };

    private static bool Tells(IOperation function, BodyFacts body, Func<IOperation?, bool> isMeant, bool isLast, int depth)
    {
        var calls = Operations.OfFunction(function is ILocalFunctionOperation { Body: { } block } ? block : function).OfType<IInvocationOperation>().ToList();
        var last = calls.FindLastIndex(call =>
            (WaitModels.IsSignal(call.TargetMethod, body.Model.Types) && !IsTakeFromLocal(call) && isMeant(call.Instance)) || (IsCountedDown(call, calls, body) && isMeant(call.Arguments[0].Value)) ||
            (depth < Limits.CallDepth && ForkWrites.SourceOf(call.TargetMethod, body) is { } source && Tells(source, body, isMeant, isLast, depth + 1)));
        return last >= 0 && !(isLast && calls.Skip(last + 1).Any(later => SignalModels.IsEndlessWait(later, body.Model.Types)));
    }

    /// <summary>What the body counts up as well says how many are at work, and not how many are left.</summary>
    private static bool IsCountedDown(IInvocationOperation call, List<IInvocationOperation> calls, BodyFacts body) =>
        AtomicModels.KindOf(call.TargetMethod, body.Model.Types) == AtomicKind.Down && SharedPlace.Of(call.Arguments[0].Value) is { } count &&
        !calls.Any(other => AtomicModels.KindOf(other.TargetMethod, body.Model.Types) == AtomicKind.Up && count.Equals(SharedPlace.Of(other.Arguments[0].Value)));

    /// <summary>Whoever takes from a queue of the starter's own function tells it nothing.</summary>
    private static bool IsTakeFromLocal(IInvocationOperation call) => call is { TargetMethod.Name: "GetConsumingEnumerable" or "Take" or "TryTake", Instance: ILocalReferenceOperation };
}
