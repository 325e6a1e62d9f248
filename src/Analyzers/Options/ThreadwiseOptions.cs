using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Analyzers.Options;

/// <summary>The options of a compilation, read once.</summary>
internal sealed record ThreadwiseOptions
{
    public ImmutableHashSet<IMethodSymbol> NonThrowing { get; init; } = ImmutableHashSet<IMethodSymbol>.Empty;

    public static ThreadwiseOptions Read(Compilation compilation, AnalyzerOptions options) => new();
}
