using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>A field that most methods of its type use under one lock, and who does not.</summary>
/// <param name="Field">The field or auto-property.</param>
/// <param name="Lock">The lock.</param>
/// <param name="Guarded">Accesses under it, in source order.</param>
/// <param name="Unguarded">Accesses that hold it on no way, in source order.</param>
internal sealed record Guard(ISymbol Field, HeldLock Lock, ImmutableArray<Access> Guarded, ImmutableArray<Access> Unguarded);

/// <summary>
/// The majority guard of each field: the lock under which at least two methods, and at least two thirds of those that use the field, do so, one of them writing. Methods count and not accesses.
/// Constructors and their helpers, finalizers and <c>Dispose</c> have no vote, nor has a method that holds a lock which cannot be named.
/// </summary>
internal static class Guards
{
    private const int LeastMethods = 2;

    public static ImmutableArray<Guard> Of(TypeFacts type)
    {
        var entry = EntryLocks.Of(type);
        var found = ImmutableArray.CreateBuilder<Guard>();
        var byField = TypeAccesses.Of(type).Functions.SelectMany(static f => f.Accesses).Where(a => FieldOf(a.Place, type) is not null)
            .GroupBy<Access, ISymbol>(a => FieldOf(a.Place, type)!, SymbolEqualityComparer.Default);
        foreach (var field in byField)
        {
            var accesses = field.ToList();
            if (IsShared(field.Key, accesses) && !accesses.Any(static a => a.Kind is AccessKind.Atomic or AccessKind.ByReference) && OfField(field.Key, accesses, entry, type) is { } guard)
            {
                found.Add(guard);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The field or auto-property of the type that the place is, of the object at hand or static.</summary>
    public static ISymbol? FieldOf(AccessPath place, TypeFacts type)
    {
        var member = place switch
        {
            { Root: PathRoot.This, Steps: { Length: 1 } steps } => steps[0].Member,
            { Root: PathRoot.Static, Steps.IsEmpty: true } => place.Symbol,
            _ => null,
        };
        return member is not null && SymbolEqualityComparer.Default.Equals(member.ContainingType?.OriginalDefinition, type.Type) ? member.OriginalDefinition : null;
    }

    /// <summary>Whether a lock is what the field asks for: plain state that changes, or a collection.</summary>
    private static bool IsShared(ISymbol field, List<Access> accesses) => field switch
    {
        IFieldSymbol { IsConst: true } or IFieldSymbol { IsVolatile: true } => false,
        IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null } => accesses.Any(static a => a.Collection is not null),
        _ => true,
    } && !PerThread.Is(field);

    private static Guard? OfField(ISymbol field, List<Access> accesses, EntryLocks entry, TypeFacts type)
    {
        var voting = accesses.Where(a => !entry.IsOwned(a)).Select(a => (Access: a, Held: entry.At(a))).ToList();
        if (voting.TrueForAll(static v => v.Held.Locks.IsEmpty))
        {
            return null;
        }

        var unknown = new HashSet<ISymbol>(voting.Where(static v => v.Held.IsUnknown).Select(static v => v.Access.In.Member), SymbolEqualityComparer.Default);
        voting.RemoveAll(v => unknown.Contains(v.Access.In.Member));
        var methods = voting.GroupBy(static v => v.Access.In.Member, SymbolEqualityComparer.Default).ToList();
        if (methods.Count < LeastMethods)
        {
            return null;
        }

        Guard? best = null;
        foreach (var held in voting.SelectMany(static v => v.Held.Locks).Distinct().Where(l => l.Mode == LockMode.Exclusive && Names(l, field)))
        {
            var guarded = voting.Where(v => v.Held.Guards(held.Path, v.Access.Changes)).ToList();
            var faithful = new HashSet<ISymbol>(methods.Where(m => m.All(v => v.Held.Guards(held.Path, v.Access.Changes))).Select(static m => m.Key!), SymbolEqualityComparer.Default);
            if (faithful.Count >= LeastMethods && faithful.Count * 3 >= methods.Count * 2 && guarded.Any(v => v.Access.Changes && faithful.Contains(v.Access.In.Member)) && (best is null || guarded.Count > best.Guarded.Length))
            {
                best = new Guard(field, held, InOrder(guarded), InOrder(voting.Where(v => !v.Held.Guards(held.Path, v.Access.Changes) && !IsKeptApart(v, voting))));
            }
        }

        return best is { Unguarded.IsEmpty: false } && !type.IsNamedByNestedTypes(field.Name) && !type.IsNamedInDisabledCode(field.Name) ? best : null;
    }

    /// <summary>Whether the access holds another lock that all hold who may come in between: writers take two locks, and readers one of them.</summary>
    private static bool IsKeptApart((Access Access, LockSet Held) access, List<(Access Access, LockSet Held)> all) => !access.Held.IsEmpty &&
        all.Where(other => access.Access.Changes || other.Access.Changes).All(other => Sharing.Exclude(access.Held, other.Held));

    /// <summary>Whether the lock is one and the same for all that use the field: a static one for static state, one of the same object else.</summary>
    public static bool Names(HeldLock held, ISymbol field) => held.Path.Root is PathRoot.Static or PathRoot.TypeOf || (held.Path.Root == PathRoot.This && !field.IsStatic);

    private static ImmutableArray<Access> InOrder(IEnumerable<(Access Access, LockSet Held)> accesses) => accesses.Select(static v => v.Access)
        .OrderBy(static a => a.At.Syntax.SyntaxTree.FilePath, System.StringComparer.Ordinal).ThenBy(static a => a.At.Syntax.SpanStart).ToImmutableArray();
}
