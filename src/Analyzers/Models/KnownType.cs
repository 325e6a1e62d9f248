using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Models;

/// <summary>Comparison with the types of <see cref="WellKnownTypes"/>.</summary>
internal static class KnownType
{
    /// <summary>Whether <paramref name="type"/> is <paramref name="known"/>, whatever its type arguments; false where the target lacks the known one.</summary>
    public static bool Is(ITypeSymbol? type, ITypeSymbol? known) =>
        type is not null && known is not null && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, known);

    /// <summary>Whether <paramref name="type"/> is <paramref name="from"/> or derives from it.</summary>
    public static bool IsOrDerives(ITypeSymbol type, ITypeSymbol from)
    {
        for (ITypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(t, from))
            {
                return true;
            }
        }

        return false;
    }
}
