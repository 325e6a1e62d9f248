using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Places;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>How two pieces of code come to run at once.</summary>
internal enum MeetingKind
{
    /// <summary>One function runs on several threads.</summary>
    Itself,

    /// <summary>Two functions are started with no wait in between.</summary>
    Two,

    /// <summary>A function runs while its starter goes on, until that waits.</summary>
    Starter,

    /// <summary>A function runs while its starter calls another one.</summary>
    CallOfStarter,
}

/// <summary>Two pieces of code of a type that surely may run at once, as <see cref="Meetings"/> finds them; whatever locks they take.</summary>
/// <param name="Kind">How they come to run at once.</param>
/// <param name="One">What a thread of the source does.</param>
/// <param name="Other">What runs beside it: the same, another function, the starter, or a call of the starter's.</param>
/// <param name="Source">What starts the threads.</param>
/// <param name="Passed">What the starter does until it waits; null where two started functions meet.</param>
internal sealed record Meeting(MeetingKind Kind, Side One, Side Other, ThreadSource Source, HashSet<IOperation>? Passed)
{
    /// <summary>The accesses of the other side that lie in the time of the first, with the locks held there since its beginning.</summary>
    public IEnumerable<(Access Access, LockSet Held)> Others => Kind == MeetingKind.Starter && Passed is { } passed ? Source.In.Accesses.Where(a => passed.Contains(a.At)).Select(static a => (a, a.Held)) : Other.Accesses;

    /// <summary>The locks held where the other side holds these since its beginning: the starter may come with locks of its callers.</summary>
    public LockSet WithEntry(LockSet held, EntryLocks entry) => Kind is MeetingKind.Starter or MeetingKind.CallOfStarter ? entry.At(held, Source.In) : held;

    /// <summary>
    /// Whether an access of the first side and one of the other may be made at once: all threads mean one variable and one element, and no test lets only one thread through. What the starter does itself, one
    /// thread alone does in any case; and a variable of a helper that it calls is no other thread's.
    /// </summary>
    public bool Has(Access access, Access second) => access.Place.Equals(second.Place) && Sharing.IsShared(access, Source) && (access == second && Kind == MeetingKind.Itself
        ? Sharing.MeetsItself(access, One.Function, Source)
        : Sharing.SameElement(access.At, second.At) && !Sharing.IsForOne(access, One.Function) && (Kind switch
        {
            MeetingKind.Starter => true,
            MeetingKind.CallOfStarter => second.Place.Root is PathRoot.This or PathRoot.Static && !Sharing.IsForOne(second, second.In),
            _ => !Sharing.IsForOne(second, Other.Function),
        }));
}
