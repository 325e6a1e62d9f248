using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// The one operation that makes a value, followed back through locals that are given one value, private fields and properties of the type, members that return it, and parameters of private
/// functions that all callers give the same. Null where there may be several, or one out of sight. Many objects may come of one operation.
/// </summary>
internal sealed class ValueSource(TypeFacts type)
{
    private readonly IReadOnlyList<BodyFacts> _bodies = type.AllBodies();

    public static ValueSource Of(TypeFacts type) => type.Once(static type => new ValueSource(type));

    /// <summary>What makes <paramref name="value"/>, which may be the value itself, and the body that it stands in.</summary>
    public (IOperation Made, BodyFacts Body)? Made(IOperation? value, BodyFacts body, int depth = 0)
    {
        if (depth > Limits.CallDepth)
        {
            return null;
        }

        switch (Receiver(value))
        {
            case null:
                return null;
            case ILocalReferenceOperation local:
                return Locals.OnlyValue(local.Local, body.Root) is { } given ? Made(given, body, depth + 1) : null;
            case IFieldReferenceOperation field:
                return OnlyWrite(field) is { } write && BodyOf(write) is { } around ? Made(write.Value, around, depth + 1) : null;
            case IPropertyReferenceOperation property:
                return IsOwn(property.Instance) && property.Property.GetMethod is { } getter ? Returned(getter, depth) : null;
            case IParameterReferenceOperation parameter:
                return Given(parameter.Parameter, depth);
            case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } function }:
                return body.Root.Descendants().OfType<ILocalFunctionOperation>().FirstOrDefault(f => Same(f.Symbol, function)) is { } code ? Returned(code, body, depth) : null;
            case IInvocationOperation call when Same(call.TargetMethod.ContainingType, type.Type):
                return IsOwn(call.Instance) && !call.TargetMethod.IsVirtual && !call.TargetMethod.IsOverride ? Returned(call.TargetMethod, depth) : null;
            case var made:
                return (made, body);
        }
    }

    /// <summary>The variable that the value is in, under conversions and <c>?.</c>: <c>_view</c> of <c>_view?.Read()</c>.</summary>
    public static IOperation? Receiver(IOperation? value)
    {
        value = Conversions.WithoutBuiltIn(value);
        return value is IConditionalAccessInstanceOperation instance
            ? Receiver(instance.AncestorsAndSelf().OfType<IConditionalAccessOperation>().FirstOrDefault(access => access.Operation != instance && access.WhenNotNull.IsAround(instance))?.Operation)
            : value;
    }

    /// <summary>Of the object at hand, or of the type.</summary>
    public static bool IsOwn(IOperation? instance) => instance is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };

    private FieldWrite? OnlyWrite(IFieldReferenceOperation field)
    {
        if (!IsOwn(field.Instance) || !Same(field.Field.ContainingType, type.Type) || (!field.Field.IsReadOnly && (field.Field.DeclaredAccessibility != Accessibility.Private || type.IsNamedByNestedTypes(field.Field.Name))))
        {
            return null;
        }

        var writes = type.WritesOf(field.Field).Where(static w => w.Value is not { ConstantValue: { HasValue: true, Value: null } }).Take(2).ToList();
        return writes.Count == 1 && writes[0].IsOwn ? writes[0] : null;
    }

    private BodyFacts? BodyOf(FieldWrite write) => _bodies.FirstOrDefault(b => b.Root.IsAround(write.Place));

    private (IOperation, BodyFacts)? Returned(IMethodSymbol method, int depth) =>
        _bodies.FirstOrDefault(b => Same(b.Owner, method)) is { } body ? Returned(body.Root, body, depth) : null;

    private (IOperation, BodyFacts)? Returned(IOperation function, BodyFacts body, int depth)
    {
        var returns = Operations.OfFunction(function).OfType<IReturnOperation>().Where(static r => r.ReturnedValue is not null).Take(2).ToList();
        return returns.Count == 1 ? Made(returns[0].ReturnedValue, body, depth + 1) : null;
    }

    private (IOperation, BodyFacts)? Given(IParameterSymbol parameter, int depth)
    {
        if (parameter.RefKind != RefKind.None || parameter.ContainingSymbol is not IMethodSymbol method ||
            method is not ({ MethodKind: MethodKind.LocalFunction } or { DeclaredAccessibility: Accessibility.Private, MethodKind: MethodKind.Ordinary or MethodKind.Constructor }) || type.IsNamedByNestedTypes(method.Name))
        {
            return null;
        }

        (IOperation Made, BodyFacts Body)? only = null;
        foreach (var body in _bodies)
        {
            foreach (var operation in body.Root.Descendants())
            {
                var arguments = operation switch
                {
                    IInvocationOperation call when Same(call.TargetMethod, method) => call.Arguments,
                    IObjectCreationOperation creation when Same(creation.Constructor, method) => creation.Arguments,
                    _ => default,
                };
                if (operation is IMethodReferenceOperation reference && Same(reference.Method, method))
                {
                    return null;
                }

                if (!arguments.IsDefault)
                {
                    var made = Made(arguments.FirstOrDefault(a => a.Parameter?.Ordinal == parameter.Ordinal)?.Value, body, depth + 1);
                    if (made is null || (only is { } other && other.Made != made.Value.Made))
                    {
                        return null;
                    }

                    only = made;
                }
            }
        }

        return only;
    }

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one?.OriginalDefinition, other?.OriginalDefinition);
}
