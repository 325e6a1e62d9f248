using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Options;

/// <summary>Methods that the user or a default named, as symbols of one compilation: single ones and all of a type.</summary>
internal sealed class MethodSet(HashSet<ISymbol> methodsAndTypes)
{
    // Nobody adds to it once it is here, so any number of threads may read it.
    private readonly HashSet<ISymbol> _methodsAndTypes = methodsAndTypes;

    /// <summary>
    /// Whether <paramref name="method"/>, in whatever construction or reduced form, was named: itself, its type, or a method it overrides,
    /// since what is said of a virtual method is said of what runs in its place.
    /// </summary>
    public bool Contains(IMethodSymbol method)
    {
        if (_methodsAndTypes.Count == 0)
        {
            return false;
        }

        for (var current = method.ReducedFrom ?? method; current is not null; current = current.OverriddenMethod)
        {
            if (_methodsAndTypes.Contains(current.OriginalDefinition) ||
                (current.ContainingType is { } type && _methodsAndTypes.Contains(type.OriginalDefinition)))
            {
                return true;
            }
        }

        return false;
    }
}
