using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Places;

/// <summary>
/// Access paths that name one variable: a root (<c>this</c>, a static field, a local, a by-value parameter) through fields and array
/// elements. Whatever else yields a reference (a <c>ref</c> local or parameter, a property, a call) may be an alias and has no place.
/// </summary>
internal static class Place
{
    /// <summary>The field, local or parameter that holds the value; for an array element the array's. Null when the operation is no place.</summary>
    public static ISymbol? VariableOf(IOperation? operation) => operation switch
    {
        IFieldReferenceOperation { Field: { RefKind: RefKind.None, IsConst: false } field } access
            => field.IsStatic || Root(access.Instance) is not null ? field : null,
        ILocalReferenceOperation { Local: { IsRef: false, IsConst: false } local } => local,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } => parameter,
        IArrayElementReferenceOperation element when HasSteadyIndices(element) => VariableOf(element.ArrayReference),
        _ => null,
    };

    /// <summary>
    /// The operation a path begins with (an instance, static field, local or parameter reference), or null when the operation is no path.
    /// <c>this</c> of a struct is a reference to an unknown variable.
    /// </summary>
    public static IOperation? Root(IOperation? operation) => operation switch
    {
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type.IsReferenceType: true } => operation,
        IFieldReferenceOperation { Field: { RefKind: RefKind.None } field } access => field.IsStatic ? operation : Root(access.Instance),
        ILocalReferenceOperation { Local.IsRef: false } or IParameterReferenceOperation { Parameter.RefKind: RefKind.None } => operation,
        IArrayElementReferenceOperation element when HasSteadyIndices(element) => Root(element.ArrayReference),
        _ => null,
    };

    /// <summary>Whether both paths name one variable for one thread, as long as nothing between them writes a part of the path.</summary>
    public static bool AreSame(IOperation? a, IOperation? b)
    {
        switch (a, b)
        {
            case (IFieldReferenceOperation x, IFieldReferenceOperation y):
                return Same(x.Field, y.Field) && (x.Field.IsStatic || AreSame(x.Instance, y.Instance));
            case (IInstanceReferenceOperation x, IInstanceReferenceOperation y):
                return x.ReferenceKind == y.ReferenceKind;
            case (ILocalReferenceOperation x, ILocalReferenceOperation y):
                return Same(x.Local, y.Local);
            case (IParameterReferenceOperation x, IParameterReferenceOperation y):
                return Same(x.Parameter, y.Parameter);
            case (IArrayElementReferenceOperation x, IArrayElementReferenceOperation y)
                when x.Indices.Length == y.Indices.Length && AreSame(x.ArrayReference, y.ArrayReference):
                for (var i = 0; i < x.Indices.Length; i++)
                {
                    if (!IsSameIndex(x.Indices[i], y.Indices[i]))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether writing <paramref name="target"/> may change the variable that <paramref name="place"/> names, or lead its path elsewhere.</summary>
    public static bool MayWrite(IOperation target, IOperation place)
    {
        var written = target is IArrayElementReferenceOperation element ? VariableOf(element.ArrayReference) : VariableOf(target);
        for (var part = place; part is not null; part = Inner(part))
        {
            if (written is not null && Same(written, VariableOf(part)))
            {
                return true;
            }

            if (part is IArrayElementReferenceOperation { Indices: var indices })
            {
                foreach (var index in indices)
                {
                    if (written is not null && Same(written, VariableOf(index)))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static IOperation? Inner(IOperation part) => part switch
    {
        IFieldReferenceOperation field => field.Instance,
        IArrayElementReferenceOperation element => element.ArrayReference,
        _ => null,
    };

    private static bool HasSteadyIndices(IArrayElementReferenceOperation element)
    {
        foreach (var index in element.Indices)
        {
            if (!index.ConstantValue.HasValue && index is not (ILocalReferenceOperation { Local.IsRef: false } or IParameterReferenceOperation))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSameIndex(IOperation a, IOperation b) => a.ConstantValue.HasValue
        ? b.ConstantValue.HasValue && Equals(a.ConstantValue.Value, b.ConstantValue.Value)
        : AreSame(a, b);

    private static bool Same(ISymbol? a, ISymbol? b) => SymbolEqualityComparer.Default.Equals(a, b);
}
