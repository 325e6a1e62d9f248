using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Models;

/// <summary><c>Barrier</c>: lets its participants go on when all of them have come, again and again. Each signals once a phase and waits for the others there.</summary>
internal static class BarrierModels
{
    public static bool Is(ITypeSymbol? type, WellKnownTypes types) => KnownType.Is(type, types.Barrier);

    public static GateAction ActionOf(IMethodSymbol method) => method.Name switch
    {
        "SignalAndWait" when method.Parameters.IsEmpty => GateAction.Signal,
        "AddParticipant" or "AddParticipants" => GateAction.Add,
        "Dispose" => GateAction.Look,
        _ => GateAction.Other,
    };

    public static GateAction ActionOf(IPropertySymbol property) => property.Name is "CurrentPhaseNumber" or "ParticipantCount" or "ParticipantsRemaining" ? GateAction.Look : GateAction.Other;
}
