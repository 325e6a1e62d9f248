using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// Gates and queues that a private field keeps, and that only one body, the work that it starts and the private methods that it calls have to do with: as good as a local.
/// </summary>
internal sealed partial class GateWork
{
    /// <summary>What the body itself makes and assigns.</summary>
    private static IEnumerable<GateWork> OfFields(BodyFacts body, Func<IObjectCreationOperation, WellKnownTypes, bool> isWanted)
    {
        foreach (var assignment in body.Root.Descendants().OfType<ISimpleAssignmentOperation>())
        {
            if (assignment.Target is IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation, Field: { DeclaredAccessibility: Accessibility.Private } field } && Conversions.WithoutBuiltIn(assignment.Value) is IObjectCreationOperation { Initializer: null } creation &&
                isWanted(creation, body.Model.Types) && assignment.AncestorsAndSelf().FirstOrDefault(static up => up is IBlockOperation) is { } scope && OfField(field, creation, scope, body) is { } work)
            {
                yield return work;
            }
        }
    }

    /// <summary>The queues or gates that fields are declared with and the body has to do with.</summary>
    private static IEnumerable<GateWork> OfMadeFields(BodyFacts body, Func<ITypeSymbol?, WellKnownTypes, bool> isWanted)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var use in body.Root.Descendants().OfType<IFieldReferenceOperation>())
        {
            if (use is { Instance: null or IInstanceReferenceOperation, Field: { DeclaredAccessibility: Accessibility.Private } field } && isWanted(field.Type, body.Model.Types) && seen.Add(field) && body.Root.SemanticModel is { } semantics &&
                Conversions.WithoutBuiltIn(Assignments.InitializerOf(field, semantics, body.Cancellation)) is IObjectCreationOperation { Initializer: null } creation && OfField(field, creation, body.Root, body) is { } work)
            {
                yield return work;
            }
        }
    }

    private static GateWork? OfField(IFieldSymbol field, IObjectCreationOperation creation, IOperation scope, BodyFacts body) => HandleUses.Of(field, body) is { } mentions &&
        mentions.All(use => !StraightLine.IsTarget(use) || FieldCreations.Is(use, creation)) && GateUses.Of(mentions.Where(use => !FieldCreations.Is(use, creation)), body) is { } uses ? Of(field, creation, scope, uses, body) : null;

    /// <summary>The function that a use stands in; a method where that is another body.</summary>
    private static ISymbol? FunctionAround(GateUse use, BodyFacts body) => use.At.FunctionAround() ?? (body.Root.Syntax.Span.Contains(use.At.Syntax.Span) ? null : OwnRuns.MethodOf(use.At.AncestorsAndSelf().Last(), body));
}
