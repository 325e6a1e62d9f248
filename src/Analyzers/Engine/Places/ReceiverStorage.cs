using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Places;

/// <summary>What a call on a struct works on.</summary>
internal enum StorageKind
{
    /// <summary>The variable itself, as far as can be told.</summary>
    Variable,

    /// <summary>A parameter that got a copy from its caller.</summary>
    ByValueParameter,

    /// <summary>A parameter that may not be written: the compiler calls on a copy.</summary>
    ReadOnlyParameter,

    /// <summary>A local, which is a copy if it was made of another variable.</summary>
    Local,

    /// <summary>The variable of a <c>foreach</c>, a copy of the element.</summary>
    EachVariable,

    /// <summary>The result of a property, call or unboxing: a copy each time.</summary>
    Value,

    /// <summary>A field that may not be written: the compiler calls on a copy.</summary>
    ReadOnlyField,

    /// <summary><c>this</c> of a struct in a member that may not write it: the compiler calls on a copy.</summary>
    ReadOnlyThis,
}

/// <summary>The storage behind a receiver of struct type: the first thing on its path, from the end, that makes it a copy or the variable itself.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Root">The part of the receiver that decides.</param>
internal readonly record struct ReceiverStorage(StorageKind Kind, IOperation Root)
{
    /// <summary>The storage of <paramref name="receiver"/> in a body of <paramref name="owner"/>; what is not understood counts as a variable.</summary>
    public static ReceiverStorage Of(IOperation receiver, ISymbol owner)
    {
        var place = receiver;
        while (true)
        {
            switch (place)
            {
                case IFieldReferenceOperation { Field.IsReadOnly: true } field when !IsUnderConstruction(field, owner):
                    return new(StorageKind.ReadOnlyField, field);
                case IFieldReferenceOperation { Field: { IsStatic: false, RefKind: RefKind.None }, Instance: { Type.IsValueType: true } instance }:
                    place = instance;
                    continue;
                case IConversionOperation { Operand.Type.IsReferenceType: true }:
                    return new(StorageKind.Value, place);
                case IParameterReferenceOperation { Parameter.RefKind: RefKind.None } parameter:
                    return new(IsOwn(parameter, owner) ? StorageKind.ByValueParameter : StorageKind.Variable, place);
                case IParameterReferenceOperation { Parameter.RefKind: not (RefKind.Ref or RefKind.Out) }:
                    return new(StorageKind.ReadOnlyParameter, place);
                case ILocalReferenceOperation { Local.RefKind: RefKind.None } local:
                    return new(local.Local.IsForEach ? StorageKind.EachVariable : StorageKind.Local, place);
                case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } when owner is IMethodSymbol { IsReadOnly: true }:
                    return new(StorageKind.ReadOnlyThis, place);
                case IPropertyReferenceOperation { Property: { ReturnsByRef: false } }:
                case IInvocationOperation { TargetMethod: { ReturnsByRef: false } }:
                    return new(StorageKind.Value, place);
                default:
                    return new(StorageKind.Variable, place);
            }
        }
    }

    /// <summary>A constructor may write the readonly fields of what it makes, though not from a lambda.</summary>
    private static bool IsUnderConstruction(IFieldReferenceOperation field, ISymbol owner) =>
        owner is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } or IMethodSymbol { IsInitOnly: true } &&
        SymbolEqualityComparer.Default.Equals(owner.ContainingType, field.Field.ContainingType) && FunctionAround(field) is null;

    /// <summary>Not one that a lambda, or a member of a class with a primary constructor, has captured: that is a variable which several may share.</summary>
    private static bool IsOwn(IParameterReferenceOperation reference, ISymbol owner) =>
        SymbolEqualityComparer.Default.Equals(reference.Parameter.ContainingSymbol, FunctionAround(reference) ?? owner);

    private static IMethodSymbol? FunctionAround(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case IAnonymousFunctionOperation lambda:
                    return lambda.Symbol;
                case ILocalFunctionOperation function:
                    return function.Symbol;
            }
        }

        return null;
    }
}
