using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Whether a forked body, or what it calls in this file, gives a signal, a result or an element that others may wait for. One that is out of sight may.</summary>
internal static class EndSignal
{
    /// <param name="isMeant">Whether a signal on this object counts.</param>
    public static bool IsIn(ForkBody forked, BodyFacts body, Func<IOperation?, bool> isMeant) => forked.Named switch
    {
        IAnonymousFunctionOperation lambda => Tells(lambda, body, isMeant, 0),
        IMethodReferenceOperation method => ForkWrites.SourceOf(method.Method, body) is not { } source || Tells(source, body, isMeant, 0),
        _ => true,
    };

    private static bool Tells(IOperation function, BodyFacts body, Func<IOperation?, bool> isMeant, int depth) =>
        Operations.OfFunction(function is ILocalFunctionOperation { Body: { } block } ? block : function).OfType<IInvocationOperation>().Any(call =>
            WaitModels.IsSignal(call.TargetMethod, body.Model.Types) && isMeant(call.Instance) ||
            depth < Limits.CallDepth && ForkWrites.SourceOf(call.TargetMethod, body) is { } source && Tells(source, body, isMeant, depth + 1));
}
