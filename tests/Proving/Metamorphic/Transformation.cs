using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Proving.Metamorphic.Transformations;

namespace Threadwise.Proving.Metamorphic;

/// <summary>A change of code that changes nothing of what the rules speak about.</summary>
/// <param name="Name">For tables.</param>
/// <param name="LeastShare">The share of the snippets, in percent, that it must change into something that compiles: below it the transformation proves little.</param>
/// <param name="Apply">The changed root, or null where there is nothing to change.</param>
internal sealed record Transformation(string Name, int LeastShare, Func<SemanticModel, SyntaxNode, SyntaxNode?> Apply)
{
    public static ImmutableArray<Transformation> All { get; } =
    [
        new("rename", 75, Rename.Apply),
        new("reorder members", 75, ReorderMembers.Apply),
        new("body to helper", 60, BodyToHelper.Apply),
        new("statements to helpers", 50, StatementsToHelpers.Apply),
        new("invert if", 20, InvertIf.Apply),
        new("to expression bodies", 2, ToExpressionBodies.Apply),
        new("to block bodies", 12, ToBlockBodies.Apply),
        new("using alias", 75, UsingAlias.Apply),
        new("partial parts", 75, PartialParts.Apply),
        new("in a namespace", 75, Wrap.InNamespace),
        new("in a generic type", 75, Wrap.InGenericType),
    ];
}
