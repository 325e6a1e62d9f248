using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>What the rules ask a body about its locks.</summary>
internal static class BodyLockFlows
{
    /// <summary>What the explicit locks do on every path of the body and of each function in it.</summary>
    public static ImmutableArray<LockFlow> LockFlows(this BodyFacts body) => body.Once(LockFlow.Analyze);

    /// <summary>The members of the type that may leave the lock in <paramref name="holder"/> otherwise than they found it.</summary>
    public static HashSet<string> UnbalancedOn(this BodyFacts body, ISymbol holder) =>
        body.Type?.Once(LockHelpers.Of).UnbalancedOn(holder.Name) ?? UnbalancedMembers.Of(body.Owner.ContainingType, holder.Name, body.Model.Locks.Words);

    /// <summary>
    /// Whether a function outside <paramref name="body"/> takes the lock in <paramref name="holder"/> without giving it back, or the other way round: then who
    /// holds it is not told by one function. Members whose bodies are not judged together (of base types) are asked by their words.
    /// </summary>
    public static bool IsHandedOnElsewhere(this BodyFacts body, ISymbol holder) =>
        body.Type is not { } type || body.UnbalancedOn(holder).Any(name => name != body.Owner.Name && body.Owner.ContainingType.GetMembers(name).IsEmpty) ||
        NestedMayRelease(type, holder) || type.Bodies().Where(other => other != body && !IsOfGuard(other, type) && !type.Once(LockHelpers.Of).IsOnlyCalled(other.Owner)).SelectMany(static other => other.LockFlows()).Any(flow =>
            flow.Table.Sites.Where(site => SymbolEqualityComparer.Default.Equals(flow.Table.Places[site.Place].Path.Holder, holder))
                .GroupBy(site => flow.Table.Places[site.Place].Path).Any(static sites => sites.All(static s => s.Action.IsAcquire) || !sites.Any(static s => s.Action.IsAcquire)));

    /// <summary>A member that opens a scope, which the guard that it returns ends.</summary>
    private static bool IsOfGuard(BodyFacts body, TypeFacts type) => GuardOpening.Of(body.Owner as IMethodSymbol, body.Model) is not null ||
        (body.Owner.Name is "Dispose" or "DisposeAsync" && type.Bodies().Any(static other => GuardOpening.Of(other.Owner as IMethodSymbol, other.Model) is not null));

    /// <summary>A type within the type speaks of the lock where it does not end a scope.</summary>
    private static bool NestedMayRelease(TypeFacts type, ISymbol holder) => type.Type.GetTypeMembers().SelectMany(static nested => nested.GetMembers().OfType<IMethodSymbol>())
        .Where(static member => member.MethodKind != MethodKind.Constructor && member.Name is not ("Dispose" or "DisposeAsync"))
        .SelectMany(static member => member.DeclaringSyntaxReferences)
        .Any(part => part.GetSyntax().DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == holder.Name));

    /// <summary>The acquires whose lock may still be held when their function ends, each with that function.</summary>
    public static ImmutableArray<(LockFlow Flow, HeldExit Exit)> HeldExits(this BodyFacts body) => body.Once(static judged =>
        judged.LockFlows().SelectMany(flow => Locking.HeldExits.Of(flow, judged).Select(exit => (flow, exit))).ToImmutableArray());

    /// <summary>The releases that some path reaches without the lock, each with the function it stands in.</summary>
    public static ImmutableArray<(LockFlow Flow, UnpairedRelease Release)> UnpairedReleases(this BodyFacts body) => body.Once(static judged =>
        judged.LockFlows().SelectMany(static flow => Pairing.Unpaired(flow).Select(release => (flow, release))).ToImmutableArray());

    /// <summary>The releases that do not fit the acquire before them, each with the function it stands in.</summary>
    public static ImmutableArray<(LockFlow Flow, Mismatch Mismatch)> Mismatches(this BodyFacts body) => body.Once(static judged =>
        judged.LockFlows().SelectMany(flow => Locking.Mismatches.Of(flow, judged).Select(mismatch => (flow, mismatch))).ToImmutableArray());

    /// <summary>The acquire of another lock, or in another mode, that stays held where <paramref name="release"/> releases what is not held; null where the release is none of <see cref="Mismatches"/>.</summary>
    public static LockSite? MeantToRelease(this BodyFacts body, LockSite release) => body.Mismatches().FirstOrDefault(m => m.Mismatch.Release == release).Mismatch?.Acquire;
}
