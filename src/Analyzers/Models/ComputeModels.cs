using Microsoft.CodeAnalysis;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>Members of the framework that take processor time and nothing else: they wait for nobody, do no I/O and run no code that is not given to them.</summary>
internal static class ComputeModels
{
    public static bool Computes(IMethodSymbol method, WellKnownTypes types)
    {
        if (method.MethodKind == MethodKind.DelegateInvoke || method.ContainingType is not { } type)
        {
            return false;
        }

        return PlainCalls.Computes(method, types) || (PlainCalls.Keeps(method, types) && !Enumerates(type)) || Is(type, types.Enumerable) || Is(type, types.Interlocked) ||
               type.ContainingNamespace?.ToDisplayString() switch
               {
                   "System" => type.Name is "Array" or "ArraySegment" or "BitConverter" or "Buffer" or "DateTime" or "DateTimeOffset" or "Guid" or "Half" or "HashCode" or "Index" or "Int128" or "MathF" or "Memory"
                       or "MemoryExtensions" or "Nullable" or "Random" or "Range" or "ReadOnlyMemory" or "ReadOnlySpan" or "Span" or "TimeSpan" or "Tuple" or "UInt128" or "ValueTuple" ||
                       (type.SpecialType == SpecialType.System_Object && method.Name is ".ctor" or "ReferenceEquals"),
                   "System.Text" => type.Name is "StringBuilder" or "Encoding" or "Rune",
                   "System.Diagnostics" => type.Name == "Stopwatch",
                   "System.Runtime.InteropServices" => type.Name is "MemoryMarshal" or "CollectionsMarshal",
                   "System.Numerics" or "System.Buffers.Binary" or "System.Text.RegularExpressions" or "System.Runtime.Intrinsics" or "System.Runtime.Intrinsics.X86" or "System.Runtime.Intrinsics.Arm" => true,
                   _ => false,
               };
    }

    /// <summary>Whether a loop over a value of the type runs no code but the framework's: arrays, text, collections of the framework.</summary>
    public static bool HoldsItsElements(ITypeSymbol? type) => type is IArrayTypeSymbol || type?.SpecialType == SpecialType.System_String ||
        (type is INamedTypeSymbol { ContainingNamespace: { } space } named && space.ToDisplayString() is "System" or "System.Collections.Generic" or "System.Collections.Immutable" or "System.Linq" && !Enumerates(named));

    /// <summary>Whether the delegates that a member is given run on the thread that calls it, before it returns or as its result is read.</summary>
    public static bool RunsInline(IMethodSymbol method, WellKnownTypes types) => Is(method.ContainingType, types.Enumerable) || Is(method.ContainingType, types.Array) || Is(method.ContainingType, types.List);

    /// <summary>Interfaces behind which any code may stand.</summary>
    private static bool Enumerates(INamedTypeSymbol type) => type.TypeKind == TypeKind.Interface &&
        type.Name is "IEnumerable" or "IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator" or "IComparer" or "IEqualityComparer";
}
