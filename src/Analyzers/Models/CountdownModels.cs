using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Models;

/// <summary>
/// <c>CountdownEvent</c>: opens when it was signalled as often as its count says. Counts are added while it is closed; on an open one <c>AddCount</c> and
/// <c>Signal</c> throw.
/// </summary>
internal static class CountdownModels
{
    public static bool Is(ITypeSymbol? type, WellKnownTypes types) => KnownType.Is(type, types.CountdownEvent);

    /// <summary>What the call does; a call that takes a number does it that often.</summary>
    public static GateAction ActionOf(IMethodSymbol method) => method.Name switch
    {
        "Signal" => GateAction.Signal,
        "AddCount" => GateAction.Add,
        "Wait" when method.Parameters.IsEmpty => GateAction.Wait,
        "Dispose" => GateAction.Look,
        _ => GateAction.Other,
    };

    public static GateAction ActionOf(IPropertySymbol property) => property.Name is "CurrentCount" or "InitialCount" or "IsSet" ? GateAction.Look : GateAction.Other;
}
