using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary>Looks into a queue that say at once whether there is something, and do not wait for it.</summary>
internal static class PolledModels
{
    /// <summary>The queue of <c>queue.TryDequeue(out x)</c> and its like; null for what may wait.</summary>
    public static IOperation? TakeOf(IOperation? operation, WellKnownTypes types) =>
        operation is IInvocationOperation { TargetMethod: { Name: "TryDequeue" or "TryPop" or "TryTake" or "TryRead", Parameters.Length: 1 } method, Instance: { } queue } && IsQueue(method.ContainingType, types) ? queue : null;

    /// <summary>The queue that <c>queue.IsEmpty</c>, <c>queue.Count == 0</c> or a take that finds nothing tells to be empty.</summary>
    public static (IOperation Look, IOperation Queue)? EmptyOf(IOperation condition, WellKnownTypes types) => Conversions.WithoutBuiltIn(condition) switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var taken } when TakeOf(taken, types) is { } queue => (taken, queue),
        IPropertyReferenceOperation { Property: { Name: "IsEmpty" } property, Instance: { } queue } look when IsQueue(property.ContainingType, types) => (look, queue),
        IBinaryOperation { LeftOperand: IPropertyReferenceOperation { Property: { Name: "Count" } property, Instance: { } queue } look, RightOperand.ConstantValue: { HasValue: true, Value: int number } } comparison
            when IsQueue(property.ContainingType, types) && (comparison.OperatorKind, number) is (BinaryOperatorKind.Equals, 0) or (BinaryOperatorKind.LessThan, 1) or (BinaryOperatorKind.LessThanOrEqual, 0) => (look, queue),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var taken, RightOperand.ConstantValue: { HasValue: true, Value: false } } when TakeOf(taken, types) is { } queue => (taken, queue),
        _ => null,
    };

    private static bool IsQueue(ITypeSymbol? type, WellKnownTypes types) => QueueModels.IsPolled(type, types) || BlockingCollectionModels.Is(type, types) || KnownType.Is(type, types.ChannelReader);
}
