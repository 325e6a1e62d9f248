using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary>What a call does to a <c>TaskCompletionSource</c>.</summary>
internal enum ResultAction
{
    /// <summary>Nothing that its task would end by.</summary>
    None,

    /// <summary>Ends the task, and throws when it has ended before.</summary>
    Set,

    /// <summary>Ends the task unless it has ended before.</summary>
    TrySet,
}

/// <summary><c>TaskCompletionSource</c>: its task ends when somebody gives it a result, an exception or a cancellation, and once only.</summary>
internal static class ResultModels
{
    public static bool Is(ITypeSymbol? type, WellKnownTypes types) => KnownType.Is(type, types.TaskCompletionSource) || KnownType.Is(type, types.TaskCompletionSourceOfT);

    public static ResultAction ActionOf(IMethodSymbol method, WellKnownTypes types) => !Is(method.ContainingType, types) ? ResultAction.None : method.Name switch
    {
        "SetResult" or "SetException" or "SetCanceled" or "SetFromTask" => ResultAction.Set,
        "TrySetResult" or "TrySetException" or "TrySetCanceled" or "TrySetFromTask" => ResultAction.TrySet,
        _ => ResultAction.None,
    };

    /// <summary>What waits without a limit for the task of the source that <paramref name="use"/> names, or gives it to the caller, who will; null for any other use.</summary>
    public static IOperation? WaitOf(IOperation use, WellKnownTypes types)
    {
        if (use.Parent is not IPropertyReferenceOperation { Property.Name: "Task" } task || task.Instance != use)
        {
            return null;
        }

        IOperation value = task;
        while (value.Parent is IConversionOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
        {
            value = value.Parent;
        }

        return value.Parent switch
        {
            IAwaitOperation or IReturnOperation or IPropertyReferenceOperation { Property.Name: "Result" } => value.Parent,
            IInvocationOperation { TargetMethod.Name: "GetAwaiter" } => value.Parent,
            IInvocationOperation { TargetMethod: { Name: "Wait", Parameters.IsEmpty: true } } => value.Parent,
            _ => null,
        };
    }
}
