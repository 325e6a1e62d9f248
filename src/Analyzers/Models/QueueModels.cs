using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>Which members belong to an object through which threads hand over work, results or the news of an end. What they mean stands with each type.</summary>
internal static class QueueModels
{
    public static bool IsUse(IMethodSymbol method, WellKnownTypes types) => method.Name switch
    {
        "Signal" or "AddCount" => Is(method.ContainingType, types.CountdownEvent),
        "SignalAndWait" => Is(method.ContainingType, types.Barrier),
        "CompleteAdding" or "Add" or "TryAdd" or "Take" or "GetConsumingEnumerable" or "Dispose" => Is(method.ContainingType, types.BlockingCollection),
        "CreateUnbounded" or "CreateBounded" or "CreateUnboundedPrioritized" => Is(method.ContainingType, types.Channel),
        "ReadAllAsync" => Is(method.ContainingType, types.ChannelReader),
        "Complete" or "TryComplete" or "WriteAsync" => Is(method.ContainingType, types.ChannelWriter),
        "TryDequeue" or "TryPop" or "TryTake" or "TryRead" => IsPolled(method.ContainingType, types) || Is(method.ContainingType, types.BlockingCollection) || Is(method.ContainingType, types.ChannelReader),
        "SetResult" or "SetException" or "SetCanceled" => Is(method.ContainingType, types.TaskCompletionSource) || Is(method.ContainingType, types.TaskCompletionSourceOfT),
        _ => false,
    };

    public static bool IsUse(IPropertySymbol property, WellKnownTypes types) => property.Name switch
    {
        "IsEmpty" or "Count" => IsPolled(property.ContainingType, types),
        "Task" => Is(property.ContainingType, types.TaskCompletionSource) || Is(property.ContainingType, types.TaskCompletionSourceOfT),
        _ => false,
    };

    /// <summary>Whether an object of the type is one of those.</summary>
    public static bool IsMade(ITypeSymbol? type, WellKnownTypes types) => Is(type, types.BlockingCollection) || ResultModels.Is(type, types) || CountdownModels.Is(type, types);

    /// <summary>What a call does to a queue that can be completed.</summary>
    public static QueueAction ActionOf(IInvocationOperation call, WellKnownTypes types) =>
        BlockingCollectionModels.Is(call.TargetMethod.ContainingType, types) ? BlockingCollectionModels.ActionOf(call.TargetMethod)
        : ChannelModels.IsWriter(call.TargetMethod.ContainingType, types) ? ChannelModels.ActionOf(call)
        : QueueAction.Other;

    /// <summary>
    /// Whether the call takes elements out of a queue that threads share, or waits until there are some. It comes after who put them in; others that take get other elements, and nothing puts the two in order.
    /// </summary>
    public static bool IsTake(IMethodSymbol method, WellKnownTypes types) => method.Name switch
    {
        "Take" or "GetConsumingEnumerable" => Is(method.ContainingType, types.BlockingCollection),
        "TryTake" or "TryDequeue" or "TryPop" or "TryPopRange" => IsPolled(method.ContainingType, types) || Is(method.ContainingType, types.BlockingCollection),
        "WaitToReadAsync" or "ReadAsync" or "ReadAllAsync" or "TryRead" => Is(method.ContainingType, types.ChannelReader),
        _ => false,
    };

    /// <summary>Whether the call puts something into a queue that threads share.</summary>
    public static bool IsPut(IMethodSymbol method, WellKnownTypes types) => method.Name switch
    {
        "Add" or "TryAdd" or "Enqueue" or "Push" or "PushRange" => IsPolled(method.ContainingType, types) || Is(method.ContainingType, types.BlockingCollection),
        "TryWrite" or "WriteAsync" => Is(method.ContainingType, types.ChannelWriter),
        _ => false,
    };

    /// <summary>A collection that several threads may use at once and none of them can wait for.</summary>
    public static bool IsPolled(ITypeSymbol? type, WellKnownTypes types) => Is(type, types.ConcurrentQueue) || Is(type, types.ConcurrentStack) || Is(type, types.ConcurrentBag);
}
