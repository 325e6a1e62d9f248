using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>
/// Questions whose answer another thread can give once it is done: a volatile field, a read by <c>Volatile</c> or <c>Interlocked</c>, the state of an event, a countdown or a concurrent collection.
/// What that thread wrote before it gave the answer is seen by whoever has got it (ECMA-335, I.12.6.7), so that a loop or a condition over one can be a join without a limit.
/// </summary>
internal static class PublishedFlags
{
    /// <summary>Whether a loop, a condition or a local that a condition may look at asks such a question. Whoever just counts or prints the value learns nothing of the work.</summary>
    public static bool IsAsked(IOperation operation, WellKnownTypes types) => IsRead(operation, types) && IsDecided(operation);

    private static bool IsRead(IOperation operation, WellKnownTypes types) => operation switch
    {
        IFieldReferenceOperation { Field: { IsVolatile: true } } => true,
        IInvocationOperation { TargetMethod: var method } => AtomicModels.KindOf(method, types) != AtomicKind.Other || (method.Name.StartsWith("Try", System.StringComparison.Ordinal) && IsShared(method.ContainingType, types)) ||
                                                            (method.Name == "VolatileRead" && Is(method.ContainingType, types.Thread)),
        IPropertyReferenceOperation { Property: { Name: "IsSet" or "CurrentCount" or "IsEmpty" or "Count" or "IsCompleted" or "IsAddingCompleted" or "IsCancellationRequested", ContainingType: var type } } => IsShared(type, types),
        _ => false,
    };

    private static bool IsShared(ITypeSymbol? type, WellKnownTypes types) => type?.ContainingNamespace?.ToDisplayString() == "System.Collections.Concurrent" || Is(type, types.ChannelReader) ||
        Is(type, types.ManualResetEventSlim) || Is(type, types.CountdownEvent) || Is(type, types.SemaphoreSlim) || Is(type, types.CancellationToken) || Is(type, types.CancellationTokenSource);

    private static bool IsDecided(IOperation operation)
    {
        for (var at = operation; at.Parent is { } parent; at = parent)
        {
            switch (parent)
            {
                case IConditionalOperation choice:
                    return choice.Condition == at;
                case IWhileLoopOperation loop:
                    return loop.Condition == at;
                case IForLoopOperation loop:
                    return loop.Condition == at;
                case ISwitchOperation choice:
                    return choice.Value == at;
                case ISwitchExpressionOperation choice:
                    return choice.Value == at;
                case ICoalesceOperation or IIsPatternOperation or IVariableInitializerOperation:
                    return true;
                case IAssignmentOperation { Target: ILocalReferenceOperation target } when target != at:
                    return true;
                case IBinaryOperation or IUnaryOperation or IConversionOperation:
                    break;
                default:
                    return false;
            }
        }

        return false;
    }
}
