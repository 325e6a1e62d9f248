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
}
