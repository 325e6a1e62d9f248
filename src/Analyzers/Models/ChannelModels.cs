using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary><c>Channel</c>: a queue with two ends. It is completed by its writer, by <c>Complete</c> once, by <c>TryComplete</c> as often as one likes.</summary>
internal static class ChannelModels
{
    public static bool Is(ITypeSymbol? type, WellKnownTypes types) => KnownType.Is(type, types.ChannelOfT);

    /// <summary>Whether the method makes a channel that one thread writes and another reads.</summary>
    public static bool IsCreation(IMethodSymbol method, WellKnownTypes types) => method.Name is "CreateUnbounded" or "CreateBounded" or "CreateUnboundedPrioritized" && KnownType.Is(method.ContainingType, types.Channel);

    public static bool IsWriter(ITypeSymbol? type, WellKnownTypes types) => KnownType.Is(type, types.ChannelWriter);

    public static QueueAction ActionOf(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "WriteAsync" when call.Parent is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Parent: IAwaitOperation } => QueueAction.Put,
        "TryComplete" => QueueAction.Complete,
        "Complete" => QueueAction.CompleteOnce,
        _ => QueueAction.Other,
    };

    /// <summary>The channel whose writer this is, where the code says so; else the operation itself.</summary>
    public static IOperation? ChannelOf(IOperation? writer, WellKnownTypes types) =>
        Conversions.WithoutBuiltIn(writer) is IPropertyReferenceOperation { Property.Name: "Writer", Instance: { } channel } property && IsWriter(property.Type, types) ? channel : Conversions.WithoutBuiltIn(writer);
}
