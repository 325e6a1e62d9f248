using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>A signal that a loop asks for before each round and waits for a while: <c>while (!_stop.WaitOne(1000))</c>, <c>while (!token.WaitHandle.WaitOne(1000))</c>.</summary>
internal static class StopSignal
{
    /// <summary>The event, a field of the object or static, or the handle of a token, for whose absence the condition asks; else null. A semaphore that is waited for is a permit.</summary>
    public static IOperation? In(IOperation condition, WellKnownTypes types) =>
        condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: IInvocationOperation { Instance: { } gate } call } && SignalModels.IsWait(call.TargetMethod, types) && WaitModels.LimitOf(call) is not null
            ? gate switch
            {
                IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation, Type: var type } when IsEvent(type, types) => gate,
                IPropertyReferenceOperation { Property: { Name: "WaitHandle", ContainingType: var type } } when KnownType.Is(type, types.CancellationToken) => gate,
                _ => null,
            }
            : null;

    private static bool IsEvent(ITypeSymbol? type, WellKnownTypes types) => KnownType.Is(type, types.EventWaitHandle) || KnownType.Is(type?.BaseType, types.EventWaitHandle) || KnownType.Is(type, types.ManualResetEventSlim);
}
