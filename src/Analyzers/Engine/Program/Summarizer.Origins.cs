using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>Where objects come from, and what variables are called by the definitions of their members.</summary>
internal sealed partial class Summarizer
{
    private ImmutableArray<Origin?> Arguments(ImmutableArray<IArgumentOperation> arguments)
    {
        if (arguments.IsEmpty)
        {
            return ImmutableArray<Origin?>.Empty;
        }

        var origins = new Origin?[arguments.Max(static a => a.Parameter?.Ordinal ?? 0) + 1];
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.None or RefKind.In, Type.IsReferenceType: true } parameter)
            {
                origins[parameter.Ordinal] = OriginOf(argument.Value);
            }
        }

        return ImmutableArray.Create(origins);
    }

    private Origin? OriginOf(IOperation? value)
    {
        value = Conversions.WithoutBuiltIn(value);
        switch (value)
        {
            case IObjectCreationOperation { Constructor: { DeclaringSyntaxReferences.IsEmpty: false } constructor } creation:
                return Made(constructor, creation);
            case IObjectCreationOperation { Constructor: { IsImplicitlyDeclared: true, ContainingType.DeclaringSyntaxReferences.IsEmpty: false } constructor } creation:
                return Made(constructor, creation);
            case ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IInstanceReferenceOperation:
                return PlaceOf(value) is { } path ? new Origin(path, null) : null;
            default:
                return null;
        }
    }

    private Origin Made(IMethodSymbol constructor, IObjectCreationOperation creation) => new(null, new Creation(
        constructor.OriginalDefinition, Arguments(creation.Arguments),
        creation.Initializer is { } initializer
            ? initializer.Initializers.OfType<ISimpleAssignmentOperation>().Where(static a => a.Target is IMemberReferenceOperation)
                .Select(a => (((IMemberReferenceOperation)a.Target).Member.OriginalDefinition, OriginOf(a.Value))).ToImmutableArray()
            : ImmutableArray<(ISymbol, Origin?)>.Empty));

    /// <summary>The path of the variable by the definitions of its members. A parameter of the type's own constructor that another member names is a part of the object.</summary>
    private AccessPath? PlaceOf(IOperation operation) => SharedPlace.Of(operation) is { } place ? DefinitionOf(place) : null;

    private AccessPath? DefinitionOf(AccessPath place)
    {
        if (place.Root is PathRoot.Static or PathRoot.TypeOf && (place.Symbol as INamedTypeSymbol ?? place.Symbol!.ContainingType) is { IsGenericType: true })
        {
            // Each closed type has its own.
            return null;
        }

        var steps = place.Steps;
        if (steps.Any(static s => s.Member is { IsDefinition: false }))
        {
            steps = steps.Select(static s => s.Member is null ? s : s with { Member = s.Member.OriginalDefinition }).ToImmutableArray();
        }

        return place is { Root: PathRoot.Parameter, Symbol: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor } parameter } && !SymbolEqualityComparer.Default.Equals(constructor, _body.Owner)
            ? new AccessPath(PathRoot.This, null, steps.Insert(0, PathStep.Of(parameter.OriginalDefinition)))
            : place with { Steps = steps };
    }
}
