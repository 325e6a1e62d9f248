using System.Linq;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Models;

/// <summary>What the author says of a type by an attribute in the namespace <c>Threadwise</c>: several threads may use an object at once, or one alone does.</summary>
internal static class ThreadAnnotations
{
    /// <summary>The attribute that promises that threads may share an object, or null.</summary>
    public static AttributeData? Promise(INamedTypeSymbol type) => type.GetAttributes().FirstOrDefault(static a => Is(a, "ThreadSafeAttribute"));

    /// <summary>Whether the author says that an object belongs to one thread at a time.</summary>
    public static bool IsConfined(INamedTypeSymbol type) => type.GetAttributes().Any(static a => Is(a, "NotThreadSafeAttribute") || Is(a, "ThreadConfinedAttribute"));

    private static bool Is(AttributeData attribute, string name) => attribute.AttributeClass is { ContainingNamespace: { Name: "Threadwise", ContainingNamespace.IsGlobalNamespace: true } } type && type.Name == name;
}
