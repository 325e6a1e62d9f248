using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// What of a type surely may run at once: a body that runs on several threads, two bodies started with no wait in between, or a body and what its starter does until it waits. It is told by starts and waits alone.
/// A side on which anything may wait for another thread, or tell one to go on, meets nobody: that may be the order.
/// </summary>
internal sealed class Meetings
{
    private readonly TypeAccesses _accesses;
    private readonly List<Meeting> _all = [];

    private Meetings(TypeFacts type)
    {
        _accesses = TypeAccesses.Of(type);
        foreach (var body in _accesses.Functions.Select(static f => f.Body).Distinct())
        {
            body.Cancellation.ThrowIfCancellationRequested();
            Examine(body);
        }
    }

    /// <summary>Those of the type, body by body, in the order of the starts.</summary>
    public static IReadOnlyList<Meeting> Of(TypeFacts type) => type.Once(static type => new Meetings(type))._all;

    private void Examine(BodyFacts body)
    {
        var sources = ThreadSource.Of(body, _accesses);
        if (sources.IsEmpty)
        {
            return;
        }

        var reached = sources.ToDictionary(static s => s, s => s.Sides(_accesses).ToImmutableArray());
        foreach (var source in sources)
        {
            var sides = reached[source];
            foreach (var side in source.IsMany ? sides : ImmutableArray<Side>.Empty)
            {
                if (RunsBesideItself(side, source))
                {
                    _all.Add(new Meeting(MeetingKind.Itself, side, side, source, null));
                }
            }

            if (source.Start is null)
            {
                for (var i = 0; i < sides.Length; i++)
                {
                    for (var j = i + 1; j < sides.Length; j++)
                    {
                        Pair(sides[i], sides[j], source);
                    }
                }

                continue;
            }

            if (source.Start.Handle.Home == HandleHome.Joined)
            {
                continue;
            }

            var passed = new HashSet<IOperation>(AfterFork.Of(source.Start, ImmutableArray<ForkWrite>.Empty, body).Passed);
            foreach (var other in sources.Where(s => s != source && s.Start is { Kind: not ForkKind.Continuation } && s.In == source.In && ((passed.Contains(s.At) && Repetition.IsAnother(s, source)) || Repetition.IsOneGroup(source, s, sources))))
            {
                foreach (var side in sides)
                {
                    foreach (var otherSide in reached[other])
                    {
                        Pair(side, otherSide, source);
                    }
                }
            }

            foreach (var side in sides)
            {
                Beside(side, source, passed);
            }
        }
    }

    /// <summary>
    /// A signal orders nothing among those who all give it, unless the loop waits for it before it starts the next one; nor does a take from a queue. Who takes and signals may be what somebody waits for before he puts
    /// the next element in.
    /// </summary>
    private static bool RunsBesideItself(Side side, ThreadSource source) => !side.HoldsUp && (!side.Signals || (!side.Takes && !IsHeldUp(source)));

    /// <summary>Two functions that are started with no wait in between; or one that is started twice, whose signals or takes are no order.</summary>
    private void Pair(Side one, Side other, ThreadSource source)
    {
        if (one.Function == other.Function && !one.HoldsUp && !(one.Signals && one.Takes))
        {
            _all.Add(new Meeting(MeetingKind.Two, one, other, source, null));
        }
        else
        {
            Add(MeetingKind.Two, one, other, source);
        }
    }

    /// <summary>Whether a round of the loop around the start may wait for anybody, or runs code that may.</summary>
    private static bool IsHeldUp(ThreadSource source) => Rounds.Around(source.At) is { } rounds && Operations.OfFunction(rounds.Body).Any(o => o switch
    {
        ILockOperation => true,
        IAwaitOperation { Operation: var awaited } => Conversions.WithoutBuiltIn(awaited) is not IInvocationOperation call || !SemaphoreCounts.LetsSeveralIn(call),
        IInvocationOperation call => !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty || TypeAccesses.MayHoldUp(call, source.In.Body.Model) || (source.In.Body.Model.Locks.MeaningOf(call) is { IsAcquire: true } && !SemaphoreCounts.LetsSeveralIn(call)),
        _ => false,
    });

    private void Beside(Side side, ThreadSource source, HashSet<IOperation> passed)
    {
        // The starter's own waits end the line and are not asked.
        if (side.Waits)
        {
            return;
        }

        _all.Add(new Meeting(MeetingKind.Starter, side, Side.Of(source.In, _accesses), source, passed));
        foreach (var call in source.In.Calls.Where(c => passed.Contains(c.At)))
        {
            Add(MeetingKind.CallOfStarter, side, Side.Of(call, _accesses), source, passed);
        }
    }

    private void Add(MeetingKind kind, Side one, Side other, ThreadSource source, HashSet<IOperation>? passed = null)
    {
        // Who waits at one gate goes on together.
        if ((!one.Waits && !other.Waits) || (kind == MeetingKind.Two && one.Function.StartGate is { } gate && SymbolEqualityComparer.Default.Equals(gate, other.Function.StartGate) && !one.HoldsUp && !one.Signals && !other.HoldsUp && !other.Signals))
        {
            _all.Add(new Meeting(kind, one, other, source, passed));
        }
    }
}
