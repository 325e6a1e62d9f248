using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary>
/// Collections of the framework that two threads must not change at once, and their members that change them. Source: the reference page of each says that only
/// any number of readers is safe. The ones without type arguments are left out, because each of them comes in a synchronized version of the same type.
/// </summary>
internal static class PlainCollections
{
    private static readonly ImmutableHashSet<string> s_types = ImmutableHashSet.Create(
        "List", "Dictionary", "HashSet", "Queue", "Stack", "LinkedList", "SortedDictionary", "SortedList", "SortedSet", "PriorityQueue");

    private static readonly ImmutableHashSet<string> s_mutators = ImmutableHashSet.Create(
        "Add", "AddRange", "AddFirst", "AddLast", "AddBefore", "AddAfter", "TryAdd", "Insert", "InsertRange", "Enqueue", "EnqueueRange", "Dequeue", "TryDequeue",
        "EnqueueDequeue", "DequeueEnqueue", "Push", "Pop", "TryPop", "Remove", "RemoveAt", "RemoveAll", "RemoveRange", "RemoveWhere", "RemoveFirst", "RemoveLast",
        "Clear", "UnionWith", "ExceptWith", "IntersectWith", "SymmetricExceptWith", "Sort", "Reverse", "Append", "AppendLine", "AppendFormat", "AppendJoin", "Replace");

    public static bool Is(ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Class, Locations: { Length: > 0 } locations } named && locations[0].IsInMetadata &&
        (named.Arity > 0 && s_types.Contains(named.Name) ? named.ContainingNamespace.ToDisplayString() == "System.Collections.Generic"
            : named.Name == "StringBuilder" && named.ContainingNamespace.ToDisplayString() == "System.Text");

    /// <summary>Whether the type is an interface by which such a collection may be changed, as may one that is made for several threads.</summary>
    public static bool IsInterface(ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Interface, Arity: > 0, Name: "IList" or "ICollection" or "IDictionary" or "ISet" } named &&
        named.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";

    /// <summary>Whether the call of a member of such a collection changes it.</summary>
    public static bool IsMutation(IInvocationOperation call) => Is(call.TargetMethod.ContainingType) && Changes(call);

    /// <summary>Whether the call, which is one of a member of such a collection, changes it.</summary>
    public static bool Changes(IInvocationOperation call) => s_mutators.Contains(call.TargetMethod.Name);

    /// <summary>Whether giving an element changes the collection itself, and not only what one place of it holds.</summary>
    public static bool IsKeyed(ITypeSymbol? type) => (Is(type) || IsInterface(type)) && type!.Name is "Dictionary" or "SortedDictionary" or "SortedList" or "IDictionary";
}
