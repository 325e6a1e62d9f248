using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>Members of the framework that give a value and change nothing: who drops the value has called them for nothing.</summary>
internal static class PureModels
{
    /// <summary>Whether the call changes nothing, provided that the functions it is given do not either.</summary>
    public static bool IsPure(IMethodSymbol method, WellKnownTypes types)
    {
        if (method.MethodKind == MethodKind.DelegateInvoke || method.ContainingType is not { } type || type.Name.EndsWith("Builder", StringComparison.Ordinal) || type.Name == "ImmutableInterlocked")
        {
            return false;
        }

        return method.MethodKind is MethodKind.BuiltinOperator or MethodKind.UserDefinedOperator && type.ContainingNamespace?.ToDisplayString() is "System" or "System.Numerics" ||
               (PlainCalls.Computes(method, types) && !HasRefs(method)) || Is(type, types.Enumerable) || Is(type, types.Stopwatch) ||
               type.ContainingNamespace?.ToDisplayString() switch
               {
                   "System" => type.Name is "BitConverter" or "DateTime" or "DateTimeOffset" or "Guid" or "HashCode" or "MathF" or "Nullable" or "TimeSpan" or "Tuple" or "ValueTuple" ||
                       (type.Name == "Array" && (method.Name.StartsWith("Find", StringComparison.Ordinal) || method.Name is "IndexOf" or "LastIndexOf" or "BinarySearch" or "Exists" or "TrueForAll" or "ConvertAll")),
                   "System.Collections.Generic" => method.Name is "Contains" or "ContainsKey" or "IndexOf" or "Exists" or "Find" or "FindAll" or "FindIndex" or "ToArray" or "GetEnumerator" or "Peek",
                   "System.Numerics" => !HasRefs(method),
                   _ => false,
               };
    }

    /// <summary>Whether reading the property of the framework runs no code of others: no <c>Lazy</c>, no <c>ThreadLocal</c>, no <c>Task</c>.</summary>
    public static bool IsPure(IPropertySymbol property) => property.ContainingType is { Name: not "Lazy" } type &&
        type.ContainingNamespace?.ToDisplayString() is "System" or "System.Collections.Generic" or "System.Collections.Immutable" or "System.Text" or "System.Numerics" or "System.Globalization";

    /// <summary>Whether the constructor of the framework makes a value, an exception or an empty collection and does nothing else.</summary>
    public static bool Makes(IMethodSymbol constructor) => constructor.ContainingType is { } type && (type.IsValueType ||
        type.ContainingNamespace?.ToDisplayString() is "System.Collections.Generic" or "System.Text" or "System.Collections.Immutable" ||
        (type.ContainingNamespace?.ToDisplayString() == "System" && (type.SpecialType == SpecialType.System_Object || type.Name is "Random" || type.Name.EndsWith("Exception", StringComparison.Ordinal))));

    /// <summary>Whether the call changes at most the object that it is called on: a collection, a text under construction, a source of random numbers.</summary>
    public static bool ChangesReceiverOnly(IInvocationOperation call) => call is { Instance.Type: INamedTypeSymbol { TypeKind: TypeKind.Class } type } && !HasRefs(call.TargetMethod) &&
        (type.ContainingNamespace?.ToDisplayString() is "System.Collections.Generic" or "System.Text" || type is { Name: "Random", ContainingNamespace.Name: "System" });

    private static bool HasRefs(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind is RefKind.Ref or RefKind.Out)
            {
                return true;
            }
        }

        return false;
    }
}
