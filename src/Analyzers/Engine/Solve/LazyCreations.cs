using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// Finds objects that are changed later and made at first use without a lock, where several threads come: <c>if (_list == null) _list = new();</c>, <c>_list ??= new()</c>. Two threads make one each, and what the one
/// puts into its own is lost. That several come must show: two threads that run at once lead there, or the type takes a lock elsewhere for this very variable.
/// </summary>
internal static class LazyCreations
{
    public static IEnumerable<CheckThenAct> Of(TypeFacts type)
    {
        var accesses = TypeAccesses.Of(type);
        var fills = accesses.Functions.SelectMany(static f => f.Accesses).Where(IsLazy).ToList();
        if (fills.Count == 0 || ConfinedTypes.Is(type.Type) || Roles.IsConfined(type.Type))
        {
            yield break;
        }

        var entry = EntryLocks.Of(type);
        var forked = Forked(fills, type, entry);
        var told = new HashSet<AccessPath>();
        var replaced = LockField.Of(type).Where(static f => f.Replacement() is not null).Select(static f => f.Field.OriginalDefinition).ToList();
        foreach (var fill in fills.Where(a => !entry.IsOwned(a) && entry.At(a).IsEmpty && !PerThread.Is(a.Place.Holder!)))
        {
            // A lock that is replaced while it is held is worse than one that is made twice, and is told as such.
            if (replaced.Contains(fill.Place.Holder!, SymbolEqualityComparer.Default))
            {
                continue;
            }

            if ((forked.Contains(fill) || (Guards.FieldOf(fill.Place, type) is { } field && !entry.MayBeUnderOtherLock(fill) && IsLockedElsewhere(fill, field, accesses, entry, type))) && told.Add(fill.Place))
            {
                yield return new CheckThenAct(LateAct.Create, fill.Place, TestOf(fill)!, fill.At, fill.In) { IsOfCollection = false };
            }
        }
    }

    private static bool IsLazy(Access access) => (access.Kind, access.At.Parent) switch
    {
        (AccessKind.Fill, ICoalesceAssignmentOperation { Value: var value }) => NewObjects.IsKept(value, access),
        (AccessKind.Write, ISimpleAssignmentOperation { Value: var value }) => NewObjects.IsKept(value, access) && TestOf(access) is not null,
        _ => false,
    };

    /// <summary>The test that finds the variable empty; the assignment itself where it tests.</summary>
    private static IOperation? TestOf(Access fill) => fill.Kind == AccessKind.Fill ? fill.At : NullTest.BeforeFill(fill.At, o => fill.Place.Equals(SharedPlace.Of(o)));

    /// <summary>Those of the fills that two threads may make at once.</summary>
    private static HashSet<Access> Forked(List<Access> fills, TypeFacts type, EntryLocks entry)
    {
        var found = new HashSet<Access>();
        foreach (var meeting in type.HasForks ? Meetings.Of(type) : [])
        {
            foreach (var (one, held) in meeting.One.Accesses.Where(a => fills.Contains(a.Access) && a.Access.At is not IArrayElementReferenceOperation))
            {
                foreach (var (other, _) in meeting.Others.Where(a => fills.Contains(a.Access) && !Sharing.Exclude(held, meeting.WithEntry(a.Held, entry)) && meeting.Has(one, a.Access)))
                {
                    found.Add(one);
                    found.Add(other);
                }
            }
        }

        return found;
    }

    /// <summary>Whether the type takes a lock for the variable: another member changes what is there under one, or the same one locks the object itself, which is static.</summary>
    private static bool IsLockedElsewhere(Access fill, ISymbol field, TypeAccesses accesses, EntryLocks entry, TypeFacts type) => !type.IsNamedInDisabledCode(field.Name) && accesses.Functions.SelectMany(static f => f.Accesses)
        .Any(a => a.Place.Equals(fill.Place) && !entry.IsOwned(a) && ((a.At.Parent is ILockOperation && field.IsStatic && a.In == fill.In) || !SymbolEqualityComparer.Default.Equals(a.In.Member, fill.In.Member) &&
            a.Kind is AccessKind.Change or AccessKind.Write or AccessKind.Update or AccessKind.Fill && entry.At(a).Locks.Any(l => l.Mode == LockMode.Exclusive && Guards.Names(l, field))));
}
