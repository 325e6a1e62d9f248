using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>
/// Every mention of a private field that holds a process: those of the body that starts it, and those of the other members of the type, which may run at any time.
/// The type stands in one file as a whole, and the field is used on the object itself or is static.
/// </summary>
internal static class HeldProcess
{
    /// <summary>The field that is started, or that gets what the start gives; null where the process is held elsewhere, or others may see it.</summary>
    public static IFieldSymbol? FieldOf(IOperation? place) =>
        place is IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private, ContainingType.DeclaringSyntaxReferences.Length: 1 } field, Instance: null or IInstanceReferenceOperation } ? field : null;

    /// <summary>The mentions; none at all where one is on another object or cannot be looked at.</summary>
    public static ImmutableArray<IOperation> Mentions(IFieldSymbol field, BodyFacts body)
    {
        var here = body.Root.Descendants().OfType<IFieldReferenceOperation>().Where(use => SymbolEqualityComparer.Default.Equals(use.Field, field)).ToList<IOperation>();
        if (body.Root.SemanticModel is not { } model || field.ContainingType.DeclaringSyntaxReferences[0] is not { } reference || reference.SyntaxTree != model.SyntaxTree)
        {
            return ImmutableArray<IOperation>.Empty;
        }

        var own = body.Root.Syntax.Span;
        foreach (var name in reference.GetSyntax(body.Cancellation).DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == field.Name && !own.Contains(n.Span)))
        {
            if (!SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, body.Cancellation).Symbol, field))
            {
                continue;
            }

            var mention = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (SyntaxNode)access : name;
            if (model.GetOperation(mention, body.Cancellation) is not IFieldReferenceOperation there)
            {
                return ImmutableArray<IOperation>.Empty;
            }

            here.Add(there);
        }

        return here.TrueForAll(use => FieldOf(use) is not null) ? ImmutableArray.CreateRange(here) : ImmutableArray<IOperation>.Empty;
    }
}
