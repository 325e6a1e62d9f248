using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Models;

/// <summary><c>BlockingCollection</c>: takers wait for what is put in, until nothing more will come. It may be completed any number of times.</summary>
internal static class BlockingCollectionModels
{
    public static bool Is(ITypeSymbol? type, WellKnownTypes types) => KnownType.Is(type, types.BlockingCollection);

    public static QueueAction ActionOf(IMethodSymbol method) => method.Name switch
    {
        "Add" or "TryAdd" => QueueAction.Put,
        "CompleteAdding" => QueueAction.Complete,
        _ => QueueAction.Other,
    };

    /// <summary>What a member does where a fixed number is put in and taken out again: a put counts as a signal, a take waits for one.</summary>
    public static GateAction CountedActionOf(IMethodSymbol method) => (method.Name, method.Parameters.Length) switch
    {
        ("Add", 1) => GateAction.Signal,
        ("Take", 0) => GateAction.Wait,
        ("Dispose", 0) => GateAction.Look,
        _ => GateAction.Other,
    };

    /// <summary>What a property does there.</summary>
    public static GateAction CountedActionOf(IPropertySymbol property) => property.Name is "Count" or "BoundedCapacity" ? GateAction.Look : GateAction.Other;
}
