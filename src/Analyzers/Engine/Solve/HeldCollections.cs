using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// The plain collection that a variable holds: by its type, or for <c>IList</c>, <c>IDictionary</c> and their like by all that is ever put into it. A local that its declaration gives its only value; a field or property that
/// only code around its declaration can write. What is given from outside may be a collection that threads share safely.
/// </summary>
internal static class HeldCollections
{
    public static ITypeSymbol? TypeOf(IOperation at, BodyFacts body) => PlainCollections.Is(at.Type) ? at.Type
        : !PlainCollections.IsInterface(at.Type) ? null
        : at switch
        {
            ILocalReferenceOperation { Local: var local } => Made(Locals.OnlyValue(local, body.Root)),
            IFieldReferenceOperation { Field: var field } => OfMember(field.OriginalDefinition, field.IsReadOnly, body),
            IPropertyReferenceOperation { Property: var property } when SharedPlace.IsAuto(property) => OfMember(property.OriginalDefinition, property.SetMethod is null, body),
            _ => null,
        };

    private static ITypeSymbol? OfMember(ISymbol member, bool isKept, BodyFacts body)
    {
        if ((!isKept && !IsPrivateTo(member, body)) || member.DeclaringSyntaxReferences.Length != 1 || body.Root.SemanticModel is not { } semantics)
        {
            return null;
        }

        var declaration = member.DeclaringSyntaxReferences[0].GetSyntax(body.Cancellation);
        var values = new List<ExpressionSyntax>(Assignments.After(member, declaration));
        if (Assignments.Initializer(declaration) is { } initial)
        {
            values.Add(initial);
        }

        // Code of another file cannot be bound from here.
        var held = values.Select(v => v.SyntaxTree == semantics.SyntaxTree ? Made(semantics.GetOperation(v, body.Cancellation)) : null).ToList();
        return held.Count > 0 && held.All(static h => h is not null) ? held[0] : null;
    }

    /// <summary>Whether each write is one of the type's own bodies, which give it new collections alone. Where one body is seen at a time, the field is taken for one that is not written again; who follows it asks for that.</summary>
    private static bool IsPrivateTo(ISymbol member, BodyFacts body) => member is IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field &&
        (body.Type is not { } type || (!type.IsNamedByNestedTypes(field.Name) && type.WritesOf(field).All(static w => Made(w.Value) is not null)));

    private static ITypeSymbol? Made(IOperation? value) => Conversions.WithoutBuiltIn(value) is IObjectCreationOperation { Type: var made } && PlainCollections.Is(made) ? made : null;
}
