using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary>How work tells that it is done.</summary>
internal enum News
{
    /// <summary>By a countdown, an event or a semaphore.</summary>
    Signal,

    /// <summary>By the result of a <c>TaskCompletionSource</c>.</summary>
    Result,
}

/// <summary>Which calls tell that work is done, and which uses wait for that, for each kind of news.</summary>
internal static class NewsModels
{
    /// <summary>Whether the call tells it.</summary>
    public static bool Tells(IMethodSymbol method, News kind, WellKnownTypes types) => kind == News.Signal ? SignalModels.IsSignal(method, types) : ResultModels.ActionOf(method, types) != ResultAction.None;

    /// <summary>What waits for it without a limit through <paramref name="use"/> of the object, or null.</summary>
    public static IOperation? WaitOf(IOperation use, News kind, WellKnownTypes types) => kind == News.Signal
        ? use.Parent is IInvocationOperation call && call.Instance == use && SignalModels.IsEndlessWait(call, types) ? call : null
        : ResultModels.WaitOf(use, types);
}
