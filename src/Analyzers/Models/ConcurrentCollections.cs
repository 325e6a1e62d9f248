using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary>The collections of <c>System.Collections.Concurrent</c>: each member of them is one step, and two are two.</summary>
internal static class ConcurrentCollections
{
    private const string Space = "System.Collections.Concurrent";

    public static bool IsDictionary(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "ConcurrentDictionary", Arity: 2 } named && named.ContainingNamespace.ToDisplayString() == Space;

    /// <summary>A collection whose elements are taken one at a time, without a wait.</summary>
    public static bool IsQueue(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "ConcurrentQueue" or "ConcurrentStack" or "ConcurrentBag", Arity: 1 } named && named.ContainingNamespace.ToDisplayString() == Space;

    /// <summary>Whether the call takes an entry or all of them out.</summary>
    public static bool Removes(IInvocationOperation call) => call.TargetMethod.Name is "TryRemove" or "Clear" or "Remove";

    /// <summary>
    /// Whether it matters which one of two new objects is kept: one that is changed after it is made, that threads wait for or lock, or that has to be disposed of. A type of another assembly is taken for one that does not change,
    /// save the collections.
    /// </summary>
    public static bool IsMutable(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol or { SpecialType: SpecialType.System_Object } => true,
        INamedTypeSymbol { TypeKind: TypeKind.Class } named => IsFrameworkMutable(named) || IsSourceMutable(named),
        _ => false,
    };

    private static bool IsFrameworkMutable(INamedTypeSymbol type) => PlainCollections.Is(type) ||
        (type.Locations[0].IsInMetadata && type.ContainingNamespace?.ToDisplayString() is Space or "System.Threading" or "System.Threading.Tasks" or "System.Threading.Channels" or "System.Threading.RateLimiting" && type.Name != "Task");

    private static bool IsSourceMutable(INamedTypeSymbol type) => type.Locations[0].IsInSource && (type.AllInterfaces.Any(static i => i.Name is "IDisposable" or "IAsyncDisposable") || type.GetMembers().Any(static m => m switch
    {
        IFieldSymbol { IsStatic: false, IsConst: false } field => (!field.IsReadOnly && field.AssociatedSymbol is not IPropertySymbol { SetMethod: null or { IsInitOnly: true } }) || PlainCollections.Is(field.Type) || IsFrameworkMutableField(field),
        _ => false,
    }));

    private static bool IsFrameworkMutableField(IFieldSymbol field) => field.Type is INamedTypeSymbol { TypeKind: TypeKind.Class } type && type.Locations.Length > 0 && type.Locations[0].IsInMetadata && type.ContainingNamespace?.ToDisplayString() is Space or "System.Threading";
}
