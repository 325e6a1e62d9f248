using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>What task types and the members that make finished tasks mean.</summary>
internal static class TaskModels
{
    /// <summary>Whether <paramref name="type"/> is <c>Task</c>, <c>ValueTask</c> or one of their generic twins.</summary>
    public static bool IsTask(ITypeSymbol? type, WellKnownTypes types) =>
        IsReferenceTask(type, types) || Is(type, types.ValueTask) || Is(type, types.ValueTaskOfT);

    /// <summary>Whether <paramref name="type"/> is <c>Task</c> or <c>Task&lt;T&gt;</c>.</summary>
    public static bool IsReferenceTask(ITypeSymbol? type, WellKnownTypes types) => Is(type, types.Task) || Is(type, types.TaskOfT);

    /// <summary>Whether <paramref name="type"/> is a task of a task, whose end is only the end of making the inner one.</summary>
    public static bool IsNested(ITypeSymbol? type, WellKnownTypes types) => Inner(type, types) is not null;

    /// <summary>The task inside a task of a task, else null.</summary>
    public static ITypeSymbol? Inner(ITypeSymbol? type, WellKnownTypes types) =>
        Is(type, types.TaskOfT) && ((INamedTypeSymbol)type!).TypeArguments[0] is var inner && IsTask(inner, types) ? inner : null;

    /// <summary>The task itself where the operation only says how it is awaited: <c>task.ConfigureAwait(false)</c>.</summary>
    public static IOperation Unconfigured(IOperation task) => task is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } configured } ? configured : task;

    /// <summary>
    /// Whether an <c>await</c> of <paramref name="task"/> goes on at once, because it is plainly finished already
    /// (<c>Task.CompletedTask</c>, <c>Task.FromResult(…)</c>, <c>Task.Delay(0)</c>, <c>default(ValueTask)</c>).
    /// </summary>
    public static bool IsFinished(IOperation task, WellKnownTypes types) => task switch
    {
        IConversionOperation conversion => IsFinished(conversion.Operand, types),
        IDefaultValueOperation => true,
        IObjectCreationOperation { Type: var made, Arguments: var arguments } when Is(made, types.ValueTask) || Is(made, types.ValueTaskOfT) =>
            arguments.IsEmpty || arguments[0].Parameter?.Type.OriginalDefinition is { } source && !IsTask(source, types) && source.TypeKind != TypeKind.Interface,
        IPropertyReferenceOperation { Property: { Name: "CompletedTask", IsStatic: true } property } => IsTask(property.ContainingType, types),
        IInvocationOperation { TargetMethod: { Name: "ConfigureAwait", IsStatic: false }, Instance: { } instance } => IsFinished(instance, types),
        IInvocationOperation { TargetMethod: { Name: "FromResult" or "FromException" or "FromCanceled", IsStatic: true } method } =>
            IsTask(method.ContainingType, types),
        IInvocationOperation { TargetMethod: { Name: "Delay", IsStatic: true } method, Arguments: { Length: > 0 } arguments } =>
            Is(method.ContainingType, types.Task) && arguments[0].Value.ConstantValue is { HasValue: true, Value: 0 },
        _ => false,
    };

    /// <summary>Whether the task of the call is waited for right here: awaited, <c>.Wait()</c>, <c>.Result</c>, <c>.GetAwaiter().GetResult()</c>.</summary>
    public static bool IsWaitedFor(IInvocationOperation call) => call.Parent switch
    {
        IAwaitOperation => true,
        IPropertyReferenceOperation { Property.Name: "Result" } => true,
        IInvocationOperation { TargetMethod: { Name: "Wait", Parameters.IsEmpty: true } } outer => outer.Instance == call,
        IInvocationOperation { TargetMethod: { Name: "GetAwaiter" } } outer => outer.Parent is IInvocationOperation { TargetMethod.Name: "GetResult" },
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" } outer => IsWaitedFor(outer),
        _ => false,
    };
}
