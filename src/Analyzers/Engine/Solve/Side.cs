using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>What one thread does that begins with a function: its accesses and those of the functions of the type that it calls, each with the locks held since the beginning.</summary>
internal sealed class Side
{
    private readonly List<(Access Access, LockSet Held)> _accesses = [];
    private readonly TypeAccesses _type;
    private readonly Dictionary<CodeFunction, List<(LockSet Held, bool IsAnew)>> _seen = [];
    private List<IAwaitOperation>? _waits;

    private Side(CodeFunction function, TypeAccesses type)
    {
        Function = function;
        _type = type;
    }

    public CodeFunction Function { get; }

    public IReadOnlyList<(Access Access, LockSet Held)> Accesses => _accesses;

    /// <summary>The function and those that it calls.</summary>
    public IEnumerable<CodeFunction> Functions => _seen.Keys;

    /// <summary>Whether something on the way may wait for a step of another thread, or tell another one to go on.</summary>
    public bool Waits => HoldsUp || Takes || Signals || Function.StartGate is not null;

    /// <summary>Whether something on the way may wait for a step of another thread; the gate that all begins at and takes from queues are apart.</summary>
    public bool HoldsUp { get; private set; }

    /// <summary>Whether something on the way takes from a queue.</summary>
    public bool Takes { get; private set; }

    /// <summary>Whether something on the way tells others to go on.</summary>
    public bool Signals { get; private set; }

    public static Side Of(CodeFunction function, TypeAccesses type)
    {
        var side = new Side(function, type);
        side.Reach(function, LockSet.Empty, ImmutableHashSet<CodeFunction>.Empty, 0);
        return side;
    }

    /// <summary>What an async function does behind its first wait that may let it go on on another thread.</summary>
    public static Side BehindWaits(CodeFunction function, TypeAccesses type)
    {
        var side = new Side(function, type) { _waits = LeavingWaits.Of(function, type).ToList() };
        side.Reach(function, LockSet.Empty, ImmutableHashSet<CodeFunction>.Empty, 0);
        return side;
    }

    /// <summary>What the function does by one of its calls.</summary>
    public static Side Of(FunctionCall call, TypeAccesses type)
    {
        var side = new Side(call.In, type);
        side.Follow(call, LockSet.Empty, ImmutableHashSet<CodeFunction>.Empty, 0);
        return side;
    }

    /// <param name="function">The function.</param>
    /// <param name="held">The locks held where it begins.</param>
    /// <param name="entered">The functions whose calls led here: their variables are new ones, which no other thread has.</param>
    /// <param name="depth">The number of calls.</param>
    private void Reach(CodeFunction function, LockSet held, ImmutableHashSet<CodeFunction> entered, int depth)
    {
        if (!_seen.TryGetValue(function, out var before))
        {
            _seen.Add(function, before = []);
        }

        // One look for each set of locks; more ways in than a few tell nothing new that is worth their time.
        var way = (held, function.AndOuter().Any(entered.Contains));
        if (before.Count >= Limits.WaysIntoFunction || before.Contains(way))
        {
            return;
        }

        before.Add(way);
        HoldsUp |= function.HoldsUp || function.Body.HitBound || (function != Function && function.StartGate is not null);
        Takes |= function.Takes;
        Signals |= function.Signals;
        foreach (var access in function.Accesses)
        {
            if (!IsOwn(access, entered) && IsReached(function, access.At))
            {
                _accesses.Add((access, held.And(access.Held)));
            }
        }

        foreach (var inner in function.Inner)
        {
            if (IsReached(function, inner.Root))
            {
                Reach(inner, held.And(inner.Given), entered, depth);
            }
        }

        foreach (var helped in function.Helped)
        {
            if (IsReached(function, helped.Root))
            {
                Reach(helped, held.And(HeldAround.Of(helped.Body).At(helped.Root)), entered, depth);
            }
        }

        foreach (var call in function.Calls)
        {
            if (depth < Limits.CallDepth && IsReached(function, call.At))
            {
                Follow(call, held, entered, depth);
            }
        }
    }

    private static bool IsOwn(Access access, ImmutableHashSet<CodeFunction> entered) => access.Place.Root is PathRoot.Local or PathRoot.Parameter && IsOf(entered, access.Place.Symbol!.ContainingSymbol);

    private static bool IsOf(ImmutableHashSet<CodeFunction> entered, ISymbol owner)
    {
        foreach (var function in entered)
        {
            if (SymbolEqualityComparer.Default.Equals(function.Symbol, owner))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the place is one that runs beside other threads.</summary>
    private bool IsReached(CodeFunction function, IOperation at) => _waits is null || function != Function || LeavingWaits.IsBehind(at, _waits);

    private void Follow(FunctionCall call, LockSet held, ImmutableHashSet<CodeFunction> entered, int depth)
    {
        if (call.RunsHere && !ForkBodies.MayBeOverridden(call.Target) && _type.FunctionOf(call.Target) is { } target)
        {
            Reach(target, held.And(call.Held), entered.Add(target), depth + 1);
        }
    }
}
