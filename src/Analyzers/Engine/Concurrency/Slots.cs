using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// Which element of an array or list is meant, where its index is a constant: one that stands there, or that every call on the way hands to the parameter which is the
/// index. Two different constants are two variables.
/// </summary>
internal static class Slots
{
    /// <summary>The constant index of the element that <paramref name="place"/> is, or lies in (<c>parts[0].Sum</c>); of one that holds an array, of the element it is asked for. Null where there is none.</summary>
    public static object? Of(IOperation? place, ImmutableDictionary<IParameterSymbol, object>? given)
    {
        var index = place is null ? null : AskedOf(place);
        for (var at = place; at is not null;)
        {
            (at, index) = at switch
            {
                IArrayElementReferenceOperation element => (element.ArrayReference, IndexOf(element)),
                IMemberReferenceOperation member => (member.Instance, index),
                _ => (null, index),
            };
        }

        return index is null ? null : Constant(index, given);
    }

    /// <summary>The constants that the parameters of the called function have; null where none has one.</summary>
    public static ImmutableDictionary<IParameterSymbol, object>? GivenBy(IInvocationOperation call, ImmutableDictionary<IParameterSymbol, object>? given)
    {
        ImmutableDictionary<IParameterSymbol, object>? all = null;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_Int32 } parameter && Constant(argument.Value, given) is { } value)
            {
                all = (all ?? ImmutableDictionary.Create<IParameterSymbol, object>(SymbolEqualityComparer.Default)).SetItem(parameter.OriginalDefinition, value);
            }
        }

        return all;
    }

    /// <summary>The same for the same constants.</summary>
    public static string Text(ImmutableDictionary<IParameterSymbol, object>? given) => given is null ? "" :
        string.Join(",", given.Select(static g => string.Format(CultureInfo.InvariantCulture, "{0}={1}", g.Key.Ordinal, g.Value)).OrderBy(static t => t, System.StringComparer.Ordinal));

    /// <summary>The constant index of an element of an array or list, as it stands there; null for another operation.</summary>
    public static object? Named(IOperation? element) => Conversions.WithoutBuiltIn(element) is { } item && AskedIndex(item) is { } index ? Constant(index, null) : null;

    /// <summary>The place of a value among those that an array, list or collection expression is made with; null behind a spread, and in what keeps an order of its own.</summary>
    public static object? Among(IEnumerable<IOperation> elements, IOperation value, ITypeSymbol? collection)
    {
        var index = 0;
        foreach (var element in elements)
        {
            if (element.Syntax is SpreadElementSyntax || collection is not (IArrayTypeSymbol or INamedTypeSymbol { Name: "List", TypeArguments.Length: 1 }))
            {
                return null;
            }

            if (element.Syntax.Span.Contains(value.Syntax.Span))
            {
                return index;
            }

            index++;
        }

        return null;
    }

    /// <summary>Two different constants.</summary>
    public static bool AreApart(object? slot, object? other) => slot is not null && other is not null && !slot.Equals(other);

    private static IOperation? AskedOf(IOperation holder) => holder.Parent is IArrayElementReferenceOperation { ArrayReference: var array } && array == holder || holder.Parent is IPropertyReferenceOperation { Instance: { } list } && list == holder
        ? AskedIndex(holder.Parent)
        : null;

    private static IOperation? AskedIndex(IOperation element) => element switch
    {
        IArrayElementReferenceOperation item => IndexOf(item),

        // The key of a dictionary may move everything in it.
        IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType: { Name: "List", TypeArguments.Length: 1 } }, Arguments: { Length: 1 } arguments } => arguments[0].Value,
        _ => null,
    };

    private static IOperation? IndexOf(IArrayElementReferenceOperation element) => element.Indices.Length == 1 ? element.Indices[0] : null;

    private static object? Constant(IOperation index, ImmutableDictionary<IParameterSymbol, object>? given) => Conversions.WithoutBuiltIn(index) switch
    {
        { ConstantValue: { HasValue: true, Value: int constant } } => constant,
        IParameterReferenceOperation { Parameter: var parameter } => given is not null && given.TryGetValue(parameter.OriginalDefinition, out var value) ? value : null,
        _ => null,
    };
}
