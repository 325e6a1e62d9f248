using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Engine.Places;

/// <summary>What an access path starts from.</summary>
internal enum PathRoot
{
    This,

    /// <summary>A static member; the symbol is the member itself.</summary>
    Static,

    /// <summary><c>typeof(T)</c>; the symbol is the type.</summary>
    TypeOf,

    Local,
    Parameter,
}

/// <summary>
/// A name for an object as one thread sees it: a root and the members that lead from it. Two equal paths name the same object as long
/// as nothing on them is assigned in between; two different paths may still name one object, which the engine never assumes.
/// </summary>
/// <param name="Root">Where it starts.</param>
/// <param name="Symbol">The static member, type, local or parameter; null for <c>this</c>.</param>
/// <param name="Steps">Fields, properties, and element keys (<c>[0]</c>, <c>[i]</c>) from there on.</param>
internal sealed record AccessPath(PathRoot Root, ISymbol? Symbol, ImmutableArray<PathStep> Steps)
{
    /// <summary>The last member of the path: the field that holds the lock; the local or parameter itself when there are no steps.</summary>
    public ISymbol? Holder => Steps.IsEmpty ? Symbol : Steps[Steps.Length - 1].Member;

    /// <summary>Whether assigning <paramref name="symbol"/> may change what the path names.</summary>
    public bool DependsOn(ISymbol symbol) =>
        SymbolEqualityComparer.Default.Equals(Symbol, symbol) ||
        Steps.Any(step => SymbolEqualityComparer.Default.Equals(step.Member, symbol) || step.Index.Any(i => SymbolEqualityComparer.Default.Equals(i.Symbol, symbol)));

    /// <summary>Whether other members of the type can reach the object by the same name.</summary>
    public bool IsSharedWithinType => Root is PathRoot.This or PathRoot.Static or PathRoot.TypeOf;

    /// <summary>The path as a reader would write it: <c>this.</c> is left out.</summary>
    public string Display()
    {
        var text = ToString();
        return text.StartsWith("this.", StringComparison.Ordinal) ? text.Substring(5) : text;
    }

    public AccessPath Then(PathStep step) => this with { Steps = Steps.Add(step) };

    public bool Equals(AccessPath? other) =>
        other is not null && Root == other.Root && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol) && Steps.SequenceEqual(other.Steps);

    public override int GetHashCode() =>
        Steps.Aggregate(((int)Root * 31) + SymbolEqualityComparer.Default.GetHashCode(Symbol), static (hash, step) => (hash * 31) + step.GetHashCode());

    public override string ToString() => (Root switch
    {
        PathRoot.This => "this",
        PathRoot.Static => $"{Symbol!.ContainingType?.Name}.{Symbol.Name}",
        PathRoot.TypeOf => $"typeof({Symbol!.Name})",
        _ => Symbol!.Name,
    }) + string.Concat(Steps);
}

/// <summary>One step of a path: a member, or an element under the given index.</summary>
/// <param name="Member">The field or property; null for an array element.</param>
/// <param name="Index">The constants and variables of an element's index; empty for a plain member.</param>
internal readonly record struct PathStep(ISymbol? Member, ImmutableArray<IndexKey> Index)
{
    public static PathStep Of(ISymbol member) => new(member, ImmutableArray<IndexKey>.Empty);

    public bool Equals(PathStep other) => SymbolEqualityComparer.Default.Equals(Member, other.Member) && Index.SequenceEqual(other.Index);

    public override int GetHashCode() =>
        Index.Aggregate(SymbolEqualityComparer.Default.GetHashCode(Member), static (hash, key) => (hash * 31) + key.GetHashCode());

    public override string ToString() =>
        (Member is null or IPropertySymbol { IsIndexer: true } ? "" : "." + Member.Name) + (Index.IsEmpty ? "" : $"[{string.Join(", ", Index)}]");
}

/// <summary>An index that can be compared: a constant, or a local or parameter.</summary>
internal readonly record struct IndexKey(object? Constant, ISymbol? Symbol)
{
    public bool Equals(IndexKey other) => Equals(Constant, other.Constant) && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol);

    public override int GetHashCode() => (Constant?.GetHashCode() ?? 0) + SymbolEqualityComparer.Default.GetHashCode(Symbol);

    public override string ToString() => Symbol?.Name ?? Convert.ToString(Constant, System.Globalization.CultureInfo.InvariantCulture) ?? "null";
}
