using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Models;

/// <summary>Comparison with the types of <see cref="WellKnownTypes"/>.</summary>
internal static class KnownType
{
    /// <summary>Whether <paramref name="type"/> is <paramref name="known"/>, whatever its type arguments; false where the target lacks the known one.</summary>
    public static bool Is(ITypeSymbol? type, ITypeSymbol? known) =>
        type is not null && known is not null && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, known);
}
