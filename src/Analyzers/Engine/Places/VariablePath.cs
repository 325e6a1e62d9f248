using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Places;

/// <summary>
/// The paths that name one variable (not the object in it): <c>this</c>, a static field, a local or a by-value parameter, through fields and
/// array elements. Whatever else yields a reference, a <c>ref</c> local or parameter, a property, a call, <c>this</c> of a struct, may be an alias
/// and has no path here; nor is a local looked through.
/// </summary>
internal static class VariablePath
{
    /// <summary>The path of <paramref name="operation"/>, or null.</summary>
    public static AccessPath? Of(IOperation? operation)
    {
        switch (operation)
        {
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type.IsReferenceType: true }:
                return new AccessPath(PathRoot.This, null, ImmutableArray<PathStep>.Empty);
            case IFieldReferenceOperation { Field: { RefKind: RefKind.None, IsConst: false } field } access:
                return field.IsStatic
                    ? new AccessPath(PathRoot.Static, field, ImmutableArray<PathStep>.Empty)
                    : Of(access.Instance)?.Then(PathStep.Of(field));
            case ILocalReferenceOperation { Local: { IsRef: false, IsConst: false } local }:
                return new AccessPath(PathRoot.Local, local, ImmutableArray<PathStep>.Empty);
            case IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter }:
                return new AccessPath(PathRoot.Parameter, parameter, ImmutableArray<PathStep>.Empty);
            case IArrayElementReferenceOperation element:
                return KeysOf(element.Indices) is { } keys ? Of(element.ArrayReference)?.Then(new PathStep(null, keys)) : null;
            default:
                return null;
        }
    }

    /// <summary>The field, local or parameter that holds the variable; for an array's element the one that holds the array.</summary>
    public static ISymbol? Variable(AccessPath path)
    {
        for (var i = path.Steps.Length - 1; i >= 0; i--)
        {
            if (path.Steps[i].Member is { } member)
            {
                return member;
            }
        }

        return path.Symbol;
    }

    private static ImmutableArray<IndexKey>? KeysOf(ImmutableArray<IOperation> indices)
    {
        var keys = ImmutableArray.CreateBuilder<IndexKey>(indices.Length);
        foreach (var index in indices)
        {
            switch (index)
            {
                case { ConstantValue: { HasValue: true, Value: var constant } }:
                    keys.Add(new IndexKey(constant, null));
                    break;
                case ILocalReferenceOperation { Local: { IsRef: false } local }:
                    keys.Add(new IndexKey(null, local));
                    break;
                case IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter }:
                    keys.Add(new IndexKey(null, parameter));
                    break;
                default:
                    return null;
            }
        }

        return keys.ToImmutable();
    }
}
