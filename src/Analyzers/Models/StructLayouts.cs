using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Models;

/// <summary>Where the values of a struct lie in memory.</summary>
/// <param name="Size">How many bytes it takes.</param>
/// <param name="Alignment">The number that its place is a multiple of.</param>
/// <param name="Offsets">Where its values begin, those of structs within it one by one.</param>
internal sealed record StructLayout(int Size, int Alignment, ImmutableArray<int> Offsets)
{
    public bool IsSameAs(StructLayout other) => Size == other.Size && Offsets.SequenceEqual(other.Offsets);
}

/// <summary>
/// The layout of types without references, as the runtime makes it from the fields in their order. Structs of other assemblies have fields of which a reference assembly does not tell, so of these only
/// some of the framework are known.
/// </summary>
internal static class StructLayouts
{
    private const int Deepest = 8;

    /// <summary>
    /// The layout where values of 8 bytes lie at multiples of <paramref name="wide"/>: 8 nearly everywhere, 4 on 32-bit Unix. Null where it is not known, or depends on the size of a pointer.
    /// </summary>
    public static StructLayout? Of(ITypeSymbol type, int wide, int depth = 0)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte:
                return Plain(1, 1);
            case SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16:
                return Plain(2, 2);
            case SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single:
                return Plain(4, 4);
            case SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double:
                return Plain(8, wide);
            case SpecialType.System_Decimal:
                return Plain(16, wide);
            case not SpecialType.None:
                return null;
        }

        return type switch
        {
            INamedTypeSymbol { EnumUnderlyingType: { } underlying } => Of(underlying, wide, depth),
            INamedTypeSymbol { Name: "TimeSpan", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => Plain(8, wide),
            INamedTypeSymbol { Name: "Guid", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => Plain(16, 4),
            INamedTypeSymbol { TypeKind: TypeKind.Struct, IsTupleType: false, DeclaringSyntaxReferences.Length: 1 } named when depth < Deepest => OfFields(named, wide, depth),
            _ => null,
        };
    }

    /// <summary>Whether the author has said where each field lies, or how close they stand.</summary>
    public static bool IsFixed(INamedTypeSymbol type) => Attribute(type) is { } attribute &&
        ((attribute.ConstructorArguments is { Length: 1 } arguments && arguments[0].Value is not null && Convert.ToInt32(arguments[0].Value) == 2) || Named(attribute, "Pack") > 0);

    /// <summary>Whether the layout depends on how values of 8 bytes are aligned.</summary>
    public static bool DependsOnAlignment(ITypeSymbol type) => Of(type, 8) is { } wide && Of(type, 4) is { } narrow && !wide.IsSameAs(narrow);

    /// <summary>Whether the places of the values within one struct do; what else may differ is where a next one begins.</summary>
    public static bool HasMovingFields(ITypeSymbol type) => Of(type, 8) is { } wide && Of(type, 4) is { } narrow && !wide.Offsets.SequenceEqual(narrow.Offsets);

    /// <summary>Whether a packing of 4 would settle the layout: no struct within it has one that depends on the alignment.</summary>
    public static bool IsSettledByPacking(ITypeSymbol type) => Fields(type).All(static field => field.IsFixedSizeBuffer || !DependsOnAlignment(field.Type));

    /// <summary>The first field, at any depth, whose size is that of a pointer; null for a struct without one.</summary>
    public static IFieldSymbol? NativeField(ITypeSymbol type, int depth = 0)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None, IsTupleType: false, DeclaringSyntaxReferences.IsEmpty: false } || depth > Deepest)
        {
            return null;
        }

        return Fields(type).FirstOrDefault(field => !field.IsFixedSizeBuffer &&
            (field.Type is IPointerTypeSymbol or IFunctionPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } || NativeField(field.Type, depth + 1) is not null));
    }

    /// <summary>Whether the struct holds references for certain, which mean nothing to another process.</summary>
    public static bool HasReferences(ITypeSymbol type) => type is INamedTypeSymbol { TypeKind: TypeKind.Struct, IsUnmanagedType: false } named && !IsOpen(named);

    private static StructLayout? OfFields(INamedTypeSymbol type, int wide, int depth)
    {
        var attribute = Attribute(type);
        var pack = attribute is null ? 0 : Named(attribute, "Pack");
        var isInOrder = attribute is null || (attribute.ConstructorArguments is { Length: 1 } arguments && arguments[0].Value is not null && Convert.ToInt32(arguments[0].Value) == 0 && Named(attribute, "Size") == 0);
        if (!isInOrder || type.GetAttributes().Any(static a => a.AttributeClass?.Name == "InlineArrayAttribute"))
        {
            return null;
        }

        var offsets = ImmutableArray.CreateBuilder<int>();
        var (at, most) = (0, 1);
        foreach (var field in Fields(type))
        {
            var element = field.IsFixedSizeBuffer && field.Type is IPointerTypeSymbol buffer ? buffer.PointedAtType : field.Type;
            if (Of(element, wide, depth + 1) is not { } layout)
            {
                return null;
            }

            var alignment = pack > 0 ? Math.Min(pack, layout.Alignment) : layout.Alignment;
            most = Math.Max(most, alignment);
            at = RoundUp(at, alignment);
            var start = at;
            offsets.AddRange(layout.Offsets.Select(offset => start + offset));
            at += layout.Size * (field.IsFixedSizeBuffer ? field.FixedSize : 1);
        }

        return new StructLayout(Math.Max(1, RoundUp(at, most)), most, offsets.ToImmutable());
    }

    private static System.Collections.Generic.IEnumerable<IFieldSymbol> Fields(ITypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>().Where(static f => !f.IsStatic && !f.IsConst);

    private static StructLayout Plain(int size, int alignment) => new(size, alignment, ImmutableArray.Create(0));

    private static int RoundUp(int at, int alignment) => (at + alignment - 1) / alignment * alignment;

    private static bool IsOpen(INamedTypeSymbol type) => type.TypeArguments.Any(static argument => argument is ITypeParameterSymbol || (argument is INamedTypeSymbol named && IsOpen(named)));

    private static AttributeData? Attribute(INamedTypeSymbol type) => type.GetAttributes().FirstOrDefault(static a =>
        a.AttributeClass is { Name: "StructLayoutAttribute", ContainingNamespace: { Name: "InteropServices", ContainingNamespace.Name: "Runtime" } });

    private static int Named(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value is { Kind: TypedConstantKind.Primitive, Value: int value } ? value : 0;
}
