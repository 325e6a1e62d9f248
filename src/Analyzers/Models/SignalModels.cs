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

    /// <summary>Whether the call does no more than tell others what they may wait for: it gives a signal or a result, cancels, or puts something in a queue.</summary>
    public static bool Tells(IMethodSymbol method, WellKnownTypes types) => IsSignal(method, types) || (KnownType.Is(method.ContainingType, types.BlockingCollection)
        ? method.Name is "Add" or "TryAdd" or "CompleteAdding"
        : WaitModels.IsSignal(method, types) && method.Name is not ("SignalAndWait" or "WriteAsync" or "Write"));

    /// <summary>Whether the call returns only when the signal has been given.</summary>
    public static bool IsEndlessWait(IInvocationOperation call, WellKnownTypes types) => call.TargetMethod switch
    {
        { Parameters.IsEmpty: false } => false,
        { Name: "WaitAsync", ContainingType: var type } => Is(type, types.SemaphoreSlim) && call.Parent is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" },
        var method => IsWait(method, types),
    };

    /// <summary>Whether the call returns only when all events that it is given are set: <c>WaitHandle.WaitAll</c> without a limit.</summary>
    public static bool IsEndlessWaitForAll(IInvocationOperation? call, WellKnownTypes types) => call is { TargetMethod: { Name: "WaitAll", Parameters.Length: 1, ContainingType: var type } } && Is(type, types.WaitHandle);

    /// <summary>Whether the call blocks its thread until the signal has been given, or until a limit of its own.</summary>
    public static bool IsWait(IMethodSymbol method, WellKnownTypes types) => method.Name switch
    {
        "Wait" => Is(method.ContainingType, types.CountdownEvent) || Is(method.ContainingType, types.ManualResetEventSlim) || Is(method.ContainingType, types.SemaphoreSlim),
        "WaitOne" => Is(method.ContainingType, types.WaitHandle),
        _ => false,
    };

    /// <summary>Whether the call gives the task of such a wait: <c>semaphore.WaitAsync(…)</c>.</summary>
    public static bool IsAsyncWait(IMethodSymbol method, WellKnownTypes types) => method.Name == "WaitAsync" && Is(method.ContainingType, types.SemaphoreSlim);

    /// <summary>Whether the call waits for all events that it is given, or until a limit of its own.</summary>
    public static bool IsWaitForAll(IMethodSymbol method, WellKnownTypes types) => method.Name == "WaitAll" && Is(method.ContainingType, types.WaitHandle);

    /// <summary>Whether the call tells others something and comes back at once, without running anybody's code.</summary>
    public static bool ComesBackAtOnce(IMethodSymbol method, WellKnownTypes types) => IsSignal(method, types) || method.Name switch
    {
        "AddCount" or "TryAddCount" => Is(method.ContainingType, types.CountdownEvent),
        "CompleteAdding" => Is(method.ContainingType, types.BlockingCollection),
        "TryAdd" => Is(method.ContainingType, types.BlockingCollection) && method.Parameters.Length == 1,
        "Reset" => Is(method.ContainingType, types.EventWaitHandle) || Is(method.ContainingType, types.ManualResetEventSlim),
        _ => false,
    };
}
