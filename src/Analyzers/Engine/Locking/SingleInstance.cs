using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// Whether a class seems to have one object only, so that a lock of the object is as good as one of the class: nobody else can make one, it or a type around or within it holds one in a
/// static member, it is the program, or a host runs it. Objects that other types hold, and registrations of containers, are not seen.
/// </summary>
internal static class SingleInstance
{
    public static bool IsLikely(INamedTypeSymbol type) =>
        type.InstanceConstructors.All(static c => c.DeclaredAccessibility == Accessibility.Private) ||
        type.AllInterfaces.Any(static i => i.Name == "IHostedService") ||
        type.GetMembers(WellKnownMemberNames.EntryPointMethodName).Any(static m => m.IsStatic) || type.GetMembers(WellKnownMemberNames.TopLevelStatementsEntryPointMethodName).Any() ||
        Around(type).Any(holder => holder.GetMembers().Any(member => member.IsStatic && !member.IsImplicitlyDeclared && Holds((member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type, type)));

    private static IEnumerable<INamedTypeSymbol> Around(INamedTypeSymbol type)
    {
        foreach (var nested in type.GetTypeMembers())
        {
            yield return nested;
        }

        for (var at = type; at is not null; at = at.ContainingType)
        {
            yield return at;
        }
    }

    /// <summary>The type itself, what it is seen as, or a wrapper of these (<c>Lazy</c>).</summary>
    private static bool Holds(ITypeSymbol? held, INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(held?.OriginalDefinition, type.OriginalDefinition) ||
        (held is { TypeKind: TypeKind.Interface, Locations: { Length: > 0 } locations } && locations[0].IsInSource && type.AllInterfaces.Contains(held, SymbolEqualityComparer.Default)) ||
        (held is INamedTypeSymbol { Name: "Lazy", TypeArguments: { Length: > 0 } arguments } && Holds(arguments[0], type));
}
