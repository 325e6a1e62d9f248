using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>What goes wrong when two threads make two accesses at once.</summary>
internal enum RaceKind
{
    /// <summary>One stores a value made from an old one, and what the other stored is lost.</summary>
    LostUpdate,

    /// <summary>One changes a collection that the other changes or looks into.</summary>
    Collection,

    /// <summary>One goes through a collection that the other changes; nobody else uses it.</summary>
    Enumeration,

    /// <summary>One changes a collection whose enumeration starts it.</summary>
    OwnEnumeration,

    /// <summary>Both call an object that is made for one thread at a time.</summary>
    Instance,

    /// <summary>One stores a value that takes more than one step to copy, and the other reads or stores it too.</summary>
    Torn,
}

/// <summary>A variable that threads which run at once use with no lock in common.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Place">The variable.</param>
/// <param name="First">The access to report: one that changes it.</param>
/// <param name="Second">The access on the other thread; the same where one piece of code runs on several.</param>
/// <param name="Starts">What starts the threads, in source order.</param>
/// <param name="All">Each access of the variable that runs beside another, in source order.</param>
internal sealed record Race(RaceKind Kind, AccessPath Place, Access First, Access Second, ImmutableArray<IOperation> Starts, ImmutableArray<Access> All)
{
    /// <summary>A local that each round writes and then reads: it belongs into the round, and a lock around each access would leave it broken.</summary>
    public bool IsScratch => Kind == RaceKind.LostUpdate && First == Second && First.Kind == AccessKind.Write;
}

/// <summary>
/// The races of a type: accesses that surely may be made at once (<see cref="Meetings"/>), of which one is lost or breaks the other, and which no lock keeps apart. A lock that cannot be named may.
/// </summary>
internal sealed class Races
{
    private readonly EntryLocks _entry;
    private readonly Dictionary<AccessPath, List<(RaceKind Kind, Access First, Access Second, ThreadSource Source)>> _found = [];
    private readonly Dictionary<AccessPath, List<Access>> _beside = [];

    private Races(TypeFacts type)
    {
        _entry = EntryLocks.Of(type);
        foreach (var meeting in Meetings.Of(type))
        {
            switch (meeting.Kind)
            {
                case MeetingKind.Itself:
                    WithItself(meeting);
                    InOwnEnumeration(meeting.One, meeting.Source);
                    break;
                case MeetingKind.Two:
                    Pair(meeting);
                    break;
                default:
                    Beside(meeting);
                    break;
            }
        }
    }

    /// <summary>The races of the type, which is read only where something in it starts a thread.</summary>
    public static ImmutableArray<Race> Of(TypeFacts type) => type.HasForks && type.Type.TypeKind != TypeKind.Struct ? type.Once(static type => new Races(type)).Result() : ImmutableArray<Race>.Empty;

    /// <summary>Whether two of the accesses, or one of them on two threads, surely may be made at once with no lock that keeps them apart.</summary>
    public static bool Meet(IReadOnlyCollection<Access> accesses, TypeFacts type) => type.HasForks && Meetings.Of(type).Any(meeting => meeting.One.Accesses.Any(one => accesses.Contains(one.Access) &&
        meeting.Others.Any(other => accesses.Contains(other.Access) && !Sharing.Exclude(one.Held, meeting.WithEntry(other.Held, EntryLocks.Of(type))) && meeting.Has(one.Access, other.Access))));

    private ImmutableArray<Race> Result()
    {
        var races = ImmutableArray.CreateBuilder<Race>();
        foreach (var entry in _found)
        {
            // Where a collection is changed on several threads, or looked up besides, its enumerations are a part of that.
            var isShared = entry.Value.Any(static r => r.Kind == RaceKind.Collection);
            foreach (var ofKind in entry.Value.GroupBy(r => isShared && r.Kind == RaceKind.Enumeration ? RaceKind.Collection : r.Kind))
            {
                var first = ofKind.OrderBy(static r => r.First.At.Syntax.SyntaxTree.FilePath, System.StringComparer.Ordinal).ThenBy(static r => r.First.At.Syntax.SpanStart).First();
                races.Add(new Race(
                    ofKind.Key, entry.Key, first.First, first.Second,
                    ofKind.Select(static r => r.Source.At).Distinct().OrderBy(static o => o.Syntax.SpanStart).ToImmutableArray(),
                    _beside[entry.Key].Distinct().OrderBy(static a => a.At.Syntax.SpanStart).ToImmutableArray()));
            }
        }

        return races.ToImmutable();
    }

    /// <summary>A function that runs on several threads: each of its accesses meets itself.</summary>
    private void WithItself(Meeting meeting)
    {
        var (side, source) = (meeting.One, meeting.Source);
        foreach (var (access, held) in side.Accesses.Where(a => Sharing.IsShared(a.Access, source) && !Sharing.IsGuard(a.Held, source)))
        {
            if (access.Kind is AccessKind.Update or AccessKind.Change && meeting.Has(access, access))
            {
                Add(access.Kind == AccessKind.Update ? RaceKind.LostUpdate : OfObject(access, access), access, access, source, side);
            }
            else if (access.Kind == AccessKind.Write && IsScratch(access, side, source))
            {
                Add(RaceKind.LostUpdate, access, access, source, side);
            }

            foreach (var (second, heldThere) in access.Changes && Tearing.IsWide(access) ? side.Accesses : System.Array.Empty<(Access Access, LockSet Held)>())
            {
                if (second.Place.Equals(access.Place) && IsTorn(side, access, side, second, source) && !(Sharing.IsGuard(heldThere, source) && Sharing.Exclude(held, heldThere)) && meeting.Has(access, second))
                {
                    Add(RaceKind.Torn, access, second, source, side);
                }
            }
        }
    }

    /// <summary>
    /// Whether a captured local is written and, further on in the same function, read: another thread has written its own value by then. A value that is kept once it is there may be the same for all.
    /// </summary>
    private static bool IsScratch(Access write, Side side, ThreadSource source) =>
        write is { At: ILocalReferenceOperation { Parent: ISimpleAssignmentOperation { Value.ConstantValue.HasValue: false, Parent: IExpressionStatementOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation } } } } } &&
        side.Accesses.Any(a => a.Access.Kind is AccessKind.Read or AccessKind.Use && a.Access.In == write.In && a.Access.Place.Equals(write.Place) && a.Access.At.Syntax.SpanStart > write.At.Parent!.Syntax.Span.End && !Sharing.IsGuard(a.Held, source)) &&
        !side.Accesses.Any(a => a.Access.Kind is AccessKind.Read && a.Access.In == write.In && a.Access.Place.Equals(write.Place) && a.Access.At.Syntax.SpanStart < write.At.Syntax.SpanStart);

    /// <summary>
    /// A loop over a collection starts what changes the collection, and goes on; or a parallel loop goes through what its body changes. A lock in the body is none of the enumeration's. Setting an element that is there is no
    /// change that an enumeration has to know of.
    /// </summary>
    private void InOwnEnumeration(Side side, ThreadSource source)
    {
        var repeats = source.Loop is { } around && around.Syntax.Span.Contains(source.At.Syntax.Span) ? around : null;
        var elements = repeats is IForEachLoopOperation loop ? loop.Collection : (repeats as IInvocationOperation ?? (source.Start is null && ForkModels.KindOf(source.At, source.In.Body.Model.Types) != ForkKind.None ? source.At : null)) is IInvocationOperation call ? call.Arguments.FirstOrDefault()?.Value : null;
        if (elements is null || source.In.Accesses.FirstOrDefault(a => IsSourceOf(elements, a)) is not { } enumerated || !Sharing.IsShared(enumerated, source))
        {
            return;
        }

        foreach (var (access, held) in side.Accesses.Where(a => a.Access.Kind == AccessKind.Change && a.Access.Place.Equals(enumerated.Place) && a.Access.At.Parent is IInvocationOperation && (_entry.At(enumerated).IsEmpty || !Sharing.Exclude(a.Held, _entry.At(enumerated)))))
        {
            Add(RaceKind.OwnEnumeration, access, enumerated, source, side);
        }
    }

    /// <summary>Whether the elements are those of the variable itself, not of a copy: by way of conversions, its keys or values, and queries.</summary>
    private static bool IsSourceOf(IOperation elements, Access access)
    {
        var at = Conversions.WithoutBuiltIn(elements);
        while (at is IInvocationOperation { TargetMethod: { IsExtensionMethod: true, Name: "AsParallel" or "AsEnumerable" or "Where" or "Select" } } query)
        {
            at = Conversions.WithoutBuiltIn(query.Arguments.FirstOrDefault()?.Value);
        }

        return access.Collection is not null && (at is IPropertyReferenceOperation { Property.Name: "Keys" or "Values" } view ? view.Instance : at) is { } from && from.Syntax == access.At.Syntax;
    }

    /// <summary>Two functions that run at once.</summary>
    private void Pair(Meeting meeting)
    {
        var (one, other) = (meeting.One, meeting.Other);
        foreach (var (access, held) in one.Accesses)
        {
            foreach (var (second, heldThere) in other.Accesses)
            {
                if (second.Place.Equals(access.Place) && KindOf(one, access, other, second, meeting.Source) is { } kind && !Sharing.Exclude(held, heldThere) && meeting.Has(access, second))
                {
                    Add(kind == RaceKind.Collection ? OfObject(access, second) : kind, access.Changes ? access : second, access.Changes ? second : access, meeting.Source, one, other);
                }
            }
        }
    }

    /// <summary>
    /// A function and what its starter does until it waits. What the starter only reads there is another rule's, save where the function has no result: it goes on storing a value that takes more than one step, or changes under
    /// a lock what the starter goes through without one.
    /// </summary>
    private void Beside(Meeting meeting)
    {
        bool? goesOn = null;
        foreach (var (second, own) in meeting.Others.Where(a => a.Access.Changes || Enumerations.Is(a.Access, a.Access.In.Body.Model) || (Tearing.IsWide(a.Access) && (goesOn ??= meeting.One.Functions.Any(static f => EndlessLoop.IsIn(f.Root, f.Body))))))
        {
            foreach (var (access, held) in meeting.One.Accesses)
            {
                if (second.Place.Equals(access.Place) && (second.Kind != AccessKind.Use || !held.IsEmpty) && KindOf(meeting.One, access, meeting.Other, second, meeting.Source) is { } kind && meeting.Has(access, second) && !Sharing.Exclude(held, meeting.WithEntry(own, _entry)))
                {
                    Add(kind == RaceKind.Collection ? OfObject(access, second) : kind, second.Changes ? second : access, second.Changes ? access : second, meeting.Source, meeting.One);
                    _beside[second.Place].Add(second);
                }
            }
        }
    }

    private static RaceKind OfObject(Access access, Access second) => access.Collection is null ? RaceKind.Instance
        : Enumerations.Is(access, access.In.Body.Model) || Enumerations.Is(second, second.In.Body.Model) ? RaceKind.Enumeration
        : RaceKind.Collection;

    /// <summary>What goes wrong where the two come at once; null where nothing does. Without a source, what the threads store is taken for their own.</summary>
    public static RaceKind? KindOf(Side side, Access one, Side otherSide, Access other, ThreadSource? source) => (one.Kind, other.Kind) switch
    {
        (AccessKind.Update, AccessKind.Update or AccessKind.Write) or (AccessKind.Write, AccessKind.Update) => RaceKind.LostUpdate,
        (AccessKind.Change, AccessKind.Change or AccessKind.Use) or (AccessKind.Use, AccessKind.Change) => RaceKind.Collection,
        _ => (one.Changes && IsTorn(side, one, otherSide, other, source)) || (other.Changes && IsTorn(otherSide, other, side, one, source)) ? RaceKind.Torn : null,
    };

    private static bool IsTorn(Side writer, Access write, Side otherSide, Access other, ThreadSource? source) => Tearing.IsTorn(write, other, source) && !Tearing.MayBeOrdered(writer, write, otherSide, other);

    private void Add(RaceKind kind, Access first, Access second, ThreadSource source, params Side[] sides)
    {
        if (!_found.TryGetValue(first.Place, out var races))
        {
            _found.Add(first.Place, races = []);
            _beside.Add(first.Place, []);
        }

        races.Add((kind, first, second, source));
        _beside[first.Place].AddRange(sides.SelectMany(static s => s.Accesses).Select(static a => a.Access).Where(a => a.Place.Equals(first.Place)));
    }
}
