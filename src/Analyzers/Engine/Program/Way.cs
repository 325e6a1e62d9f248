using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Solve;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>An access on a way.</summary>
/// <param name="Site">Where.</param>
/// <param name="Place">The variable as the beginning names it.</param>
/// <param name="Held">The locks held there since the beginning.</param>
/// <param name="IsCrossed">Whether a call into another type lies before it.</param>
internal sealed record WayAccess(Site Site, AccessPath Place, LockSet Held, bool IsCrossed);

/// <summary>
/// What one thread does that begins with a function or a call, through the types of the compilation: its accesses of variables that have a name where its start stands, each with the locks held
/// since the beginning. A way on which something may wait for another thread, or on which it is not known what runs, is none that counts.
/// </summary>
internal sealed class Way
{
    private readonly List<WayAccess> _accesses = [];
    private readonly Dictionary<FunctionSummary, int> _entered = [];
    private readonly ProgramFacts _facts;
    private readonly INamedTypeSymbol? _type;

    private Way(ForkSummary fork, ProgramFacts facts)
    {
        _facts = facts;
        _type = fork.In.Body.Type;
    }

    public IReadOnlyList<WayAccess> Accesses => _accesses;

    /// <summary>Something may wait, or is not known.</summary>
    public bool IsUnknown { get; private set; }

    /// <summary>The way of a thread that the fork starts.</summary>
    public static Way Of(ForkTarget target, ForkSummary fork, ProgramFacts facts)
    {
        var way = new Way(fork, facts);
        var first = Frame.Of(fork.In, facts);
        if (target.Lambda is { } lambda)
        {
            way.Reach(lambda, first, LockSet.Empty, 0, false);
        }
        else if (facts.FunctionOf(target.Method!) is { IsDeferred: false } method)
        {
            way.Reach(method, first.Enter(method, target.Receiver, ImmutableArray<Origin?>.Empty), LockSet.Empty, 0, way.IsOther(method));
        }
        else
        {
            way.IsUnknown = true;
        }

        return way;
    }

    /// <summary>What the starter does next, up to the first call that may wait.</summary>
    public static Way Behind(ForkSummary fork, ProgramFacts facts)
    {
        var way = new Way(fork, facts);
        var first = Frame.Of(fork.In, facts);
        foreach (var (step, _) in fork.Line)
        {
            var known = way._accesses.Count;
            way.Take(fork.In, step, first, first.LocksOf(step.Held), 0, false);
            if (way.IsUnknown)
            {
                // What a call does before it waits, it may do after.
                way._accesses.RemoveRange(known, way._accesses.Count - known);
                break;
            }
        }

        return way;
    }

    private bool IsOther(FunctionSummary function) => function.IsOutside(_type);

    /// <summary>Follows the function; true when it may leave a lock held that it has taken.</summary>
    private bool Reach(FunctionSummary function, Frame frame, LockSet held, int depth, bool isCrossed)
    {
        _entered.TryGetValue(function, out var times);
        if (depth > Limits.CallDepth || times >= Limits.WaysIntoFunction)
        {
            return true;
        }

        _entered[function] = times + 1;
        var mayLeaveLock = function.TakesLock;
        foreach (var step in function.Steps)
        {
            if (Take(function, step, frame, held.And(frame.LocksOf(step.Held)), depth, isCrossed))
            {
                (mayLeaveLock, held) = (true, LockSet.Unknown);
            }

            if (IsUnknown)
            {
                break;
            }
        }

        return mayLeaveLock;
    }

    private bool Take(FunctionSummary function, Step step, Frame frame, LockSet held, int depth, bool isCrossed)
    {
        switch (step.Kind)
        {
            case StepKind.Wait:
                IsUnknown = true;
                return false;
            case StepKind.Access when !step.IsForOne && frame.VariableOf(step) is { } place && place.Steps.All(static s => s.Member is not null):
                _accesses.Add(new WayAccess(new Site(function, step), place, held, isCrossed));
                return false;
            case StepKind.Call when !step.IsForOne && !_facts.IsEmpty(step.Call!):
                if (frame.TargetOf(step.Call!) is not { IsDeferred: false } callee)
                {
                    IsUnknown = true;
                    return false;
                }

                return Reach(callee, frame.Enter(callee, step.Call!.Receiver, step.Call.Arguments), held, depth + 1, isCrossed || IsOther(callee));
            default:
                return false;
        }
    }
}
