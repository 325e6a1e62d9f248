using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// What one body makes for a private field that keeps it for as long as its object lives: the field's initializer, or a constructor that assigns it. Whoever asks sees to it that nothing else is
/// assigned.
/// </summary>
internal static class FieldCreations
{
    public static IEnumerable<(IFieldSymbol Field, IOperation Creation)> In(BodyFacts body, Func<IOperation, WellKnownTypes, bool> isWanted)
    {
        if (body.Root is IFieldInitializerOperation { InitializedFields: { Length: 1 } fields, Value: var initial })
        {
            if (IsKept(fields[0]) && Made(initial) is { } made)
            {
                yield return (fields[0], made);
            }
        }
        else if (body.Owner is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor })
        {
            foreach (var operation in body.Root.Descendants())
            {
                if (operation is ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field: var field, Instance: null or IInstanceReferenceOperation } } assignment && IsKept(field) && assignment.FunctionAround() is null && Made(assignment.Value) is { } made)
                {
                    yield return (field, made);
                }
            }
        }

        IOperation? Made(IOperation value) => Conversions.WithoutBuiltIn(value) is { } made && isWanted(made, body.Model.Types) ? made : null;
    }

    /// <summary>The use gives the field what <paramref name="creation"/> makes.</summary>
    public static bool Is(IOperation use, IOperation creation) => use.Parent is ISimpleAssignmentOperation assignment && assignment.Target == use && Conversions.WithoutBuiltIn(assignment.Value)?.Syntax == creation.Syntax;

    private static bool IsKept(IFieldSymbol field) => field is { DeclaredAccessibility: Accessibility.Private, IsReadOnly: true };
}
