using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Places;

/// <summary>
/// The variable that two bodies may meet at: a captured local or parameter, a field or auto-property of <c>this</c> or of such a variable, a static one, a parameter that the object keeps.
/// An element stands for its whole array, so that which element is meant is asked elsewhere.
/// </summary>
internal static class SharedPlace
{
    /// <summary>The path of the variable without element steps, or null for what is computed, a parameter by reference, or another object's state.</summary>
    public static AccessPath? Of(IOperation? operation) => operation switch
    {
        IArrayElementReferenceOperation element => Of(element.ArrayReference),
        IFieldReferenceOperation { Field: { IsStatic: false, RefKind: RefKind.None } field } access => Of(access.Instance)?.Then(PathStep.Of(field)),
        IPropertyReferenceOperation { Property: { IsIndexer: false } property } access when IsAuto(property) => property.IsStatic
            ? new AccessPath(PathRoot.Static, property, ImmutableArray<PathStep>.Empty)
            : Of(access.Instance)?.Then(PathStep.Of(property)),
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } when IsKept(parameter) =>
            new AccessPath(PathRoot.This, null, ImmutableArray<PathStep>.Empty).Then(PathStep.Of(parameter)),
        _ => VariablePath.Of(operation),
    };

    /// <summary>Whether the variable is a parameter of a class's primary constructor: members that use it make it a field.</summary>
    public static bool IsKept(ISymbol variable) => variable is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType.IsReferenceType: true } constructor } &&
        constructor.DeclaringSyntaxReferences.Any(static r => r.GetSyntax() is TypeDeclarationSyntax);

    /// <summary>Whether the property is a field with another name.</summary>
    public static bool IsAuto(IPropertySymbol property) => property is { IsVirtual: false, IsAbstract: false, IsOverride: false, DeclaringSyntaxReferences.IsEmpty: false } &&
        property.ContainingType.GetMembers().Any(m => m is IFieldSymbol { AssociatedSymbol: { } owner } && SymbolEqualityComparer.Default.Equals(owner, property.OriginalDefinition));
}
