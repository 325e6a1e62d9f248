using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Models;

/// <summary>
/// Values that are copied in more than one step, so that a thread can see a half of an old one beside a half of a new one. Source: ECMA-335 I.12.6.6 promises whole reads and writes for aligned values of at most
/// the native word and says nothing of structs; measured on .NET 10, x64, Release: <c>int?</c>, <c>bool?</c>, structs of two <c>int</c> or two <c>short</c>, tuples and <c>decimal</c> all come out mixed within a second.
/// <c>long</c> and <c>double</c> are whole on 64 bits and left out, as are structs around one word.
/// </summary>
internal static class WideValues
{
    /// <summary>Structs of the framework, whose fields its reference assemblies do not show as they are.</summary>
    private static readonly ImmutableHashSet<string> s_known = ImmutableHashSet.Create(
        "System.Guid", "System.DateTimeOffset", "System.Int128", "System.UInt128", "System.Range", "System.Memory", "System.ReadOnlyMemory", "System.ArraySegment",
        "System.Numerics.BigInteger", "System.Numerics.Complex", "System.Numerics.Vector2", "System.Numerics.Vector3", "System.Numerics.Vector4", "System.Numerics.Quaternion", "System.Numerics.Plane",
        "System.Numerics.Matrix3x2", "System.Numerics.Matrix4x4", "System.Collections.Generic.KeyValuePair", "System.Drawing.Point", "System.Drawing.PointF", "System.Drawing.Size", "System.Drawing.SizeF",
        "System.Drawing.Rectangle", "System.Drawing.RectangleF");

    public static bool Is(ITypeSymbol? type) => Is(type, 0);

    private static bool Is(ITypeSymbol? type, int depth)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct, IsRefLikeType: false } named)
        {
            return false;
        }

        if (named.SpecialType != SpecialType.None || named.OriginalDefinition.SpecialType != SpecialType.None)
        {
            return named.SpecialType == SpecialType.System_Decimal || named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        }

        if (named.IsTupleType)
        {
            return named.TupleElements.Length > 1 || (named.TupleElements.Length == 1 && Is(named.TupleElements[0].Type, depth + 1));
        }

        if (named.DeclaringSyntaxReferences.IsEmpty)
        {
            return s_known.Contains(named.ContainingNamespace + "." + named.Name);
        }

        // Fields that lie over each other may well be one word.
        if (named.GetAttributes().Any(static a => a.AttributeClass?.Name == "StructLayoutAttribute" && a.ConstructorArguments.FirstOrDefault() is { Kind: not TypedConstantKind.Array, Value: (int)LayoutKind.Explicit or (short)LayoutKind.Explicit }))
        {
            return false;
        }

        var fields = named.GetMembers().OfType<IFieldSymbol>().Where(static f => !f.IsStatic && !f.IsConst).ToList();
        return fields.Count > 1 || (fields.Count == 1 && depth < Limit && Is(fields[0].Type, depth + 1));
    }

    /// <summary>How many structs around one field are opened; the rest counts as one word.</summary>
    private const int Limit = 4;
}
