using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Places;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>Where a body has an object from: the name it has for it, or the creation on the spot.</summary>
/// <param name="Path">The name, or null.</param>
/// <param name="Made">The creation, or null.</param>
internal sealed record Origin(AccessPath? Path, Creation? Made);

/// <summary>The creation of an object of a type in source.</summary>
/// <param name="Constructor">The constructor.</param>
/// <param name="Arguments">What it is given, by the order of its parameters; null for what has no name.</param>
/// <param name="Members">What the initializer behind it assigns.</param>
internal sealed record Creation(IMethodSymbol Constructor, ImmutableArray<Origin?> Arguments, ImmutableArray<(ISymbol Member, Origin? Value)> Members);

/// <summary>What is known of a local: whether it holds one value all along, and which.</summary>
internal readonly record struct LocalValue(bool IsOne, Origin? Value);
