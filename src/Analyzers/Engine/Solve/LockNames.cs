using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// Names lock objects so that two places of a type can be compared: <c>this</c>, <c>typeof(T)</c>, static fields, fields and properties of the object at hand, captured locals. What another
/// function may call otherwise (a parameter, a local with an unknown value, an element under an index) has no name.
/// </summary>
internal static class LockNames
{
    private const int MaxAliases = 4;

    /// <summary>The path of the lock object, or null where it cannot be named.</summary>
    public static AccessPath? Of(IOperation? operation, BodyFacts body) => Of(operation, body, 0);

    private static AccessPath? Of(IOperation? operation, BodyFacts body, int depth)
    {
        operation = Conversions.WithoutBuiltIn(operation);
        switch (operation)
        {
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                return new AccessPath(PathRoot.This, null, ImmutableArray<PathStep>.Empty);
            case ITypeOfOperation known:
                return new AccessPath(PathRoot.TypeOf, known.TypeOperand, ImmutableArray<PathStep>.Empty);
            case IFieldReferenceOperation { Field: var field } reference:
                return field.IsStatic ? new AccessPath(PathRoot.Static, field, ImmutableArray<PathStep>.Empty) : Of(reference.Instance, body, depth)?.Then(PathStep.Of(field));
            case IPropertyReferenceOperation { Property: { IsIndexer: false } property } reference:
                return property.IsStatic ? new AccessPath(PathRoot.Static, property, ImmutableArray<PathStep>.Empty) : Of(reference.Instance, body, depth)?.Then(PathStep.Of(property));
            case ILocalReferenceOperation { Local: var local } reference:
                var value = depth < MaxAliases ? Locals.OnlyValue(local, body.Root) : null;
                return value is null ? null
                    : Of(value, body, depth + 1) ?? (IsCaptured(local, reference) || MakesLock(value) ? new AccessPath(PathRoot.Local, local, ImmutableArray<PathStep>.Empty) : null);
            default:
                return null;
        }
    }

    private static bool MakesLock(IOperation value) => Conversions.WithoutBuiltIn(value) is IObjectCreationOperation;

    private static bool IsCaptured(ILocalSymbol local, IOperation reference) => reference.FunctionAround() is { } function && !SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, function);
}
