using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>Objects by which work tells those who wait that it is done: countdowns, events, semaphores.</summary>
internal static class SignalModels
{
    /// <summary>Whether the call gives the signal.</summary>
    public static bool IsSignal(IMethodSymbol method, WellKnownTypes types) => method.Name switch
    {
        "Signal" => Is(method.ContainingType, types.CountdownEvent),
        "Set" => Is(method.ContainingType, types.EventWaitHandle) || Is(method.ContainingType, types.ManualResetEventSlim),
        "Release" => Is(method.ContainingType, types.SemaphoreSlim) || Is(method.ContainingType, types.Semaphore),
        _ => false,
    };

    /// <summary>Whether the call returns only when the signal has been given.</summary>
    public static bool IsEndlessWait(IInvocationOperation call, WellKnownTypes types) => call.TargetMethod switch
    {
        { Parameters.IsEmpty: false } => false,
        { Name: "Wait", ContainingType: var type } => Is(type, types.CountdownEvent) || Is(type, types.ManualResetEventSlim) || Is(type, types.SemaphoreSlim),
        { Name: "WaitOne", ContainingType: var type } => Is(type, types.WaitHandle),
        { Name: "WaitAsync", ContainingType: var type } => Is(type, types.SemaphoreSlim) && call.Parent is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" },
        _ => false,
    };
}
