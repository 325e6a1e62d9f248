using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>Who runs a function, and when.</summary>
internal enum FunctionRole
{
    /// <summary>A method, accessor, constructor or initializer.</summary>
    Member,

    /// <summary>A local function.</summary>
    Local,

    /// <summary>A lambda that the call it is given to runs before it returns, on the same thread.</summary>
    Inline,

    /// <summary>A lambda that a fork runs.</summary>
    Forked,

    /// <summary>A lambda that somebody runs some time.</summary>
    Stored,
}

/// <summary>A call of another function of the type, on the same object.</summary>
/// <param name="target">The method, accessor or local function.</param>
/// <param name="at">The call.</param>
/// <param name="caller">The calling function.</param>
/// <param name="isCall">Whether it is called on the spot; else its name is given away and it runs some time.</param>
internal sealed class FunctionCall(IMethodSymbol target, IOperation at, CodeFunction caller, bool isCall)
{
    public IMethodSymbol Target { get; } = target;

    public IOperation At { get; } = at;

    public CodeFunction In { get; } = caller;

    public bool IsCall { get; } = isCall;

    /// <summary>Whether the function runs on the spot: it is called, or whatever its name is given to runs it before it returns.</summary>
    public bool RunsHere { get; set; }

    /// <summary>The locks that the calling function itself holds there.</summary>
    public LockSet Held => field ??= HeldAround.Of(In.Body).At(At);
}

/// <summary>A member, lambda or local function of the type, with what it does itself; functions within it are on their own.</summary>
/// <param name="symbol">The function; null for an initializer.</param>
/// <param name="body">The body it is, or stands in.</param>
/// <param name="root">The operation of the function.</param>
/// <param name="outer">The function around it; null for a member.</param>
/// <param name="role">Who runs it.</param>
/// <param name="given">The locks held where it is written, for a lambda that is run there.</param>
internal sealed class CodeFunction(IMethodSymbol? symbol, BodyFacts body, IOperation root, CodeFunction? outer, FunctionRole role, LockSet given)
{
    public IMethodSymbol? Symbol { get; } = symbol;

    public BodyFacts Body { get; } = body;

    public IOperation Root { get; } = root;

    public CodeFunction? Outer { get; } = outer;

    public FunctionRole Role { get; } = role;

    /// <summary>The locks that the function around it holds where a lambda is written.</summary>
    public LockSet Given { get; } = given;

    public List<Access> Accesses { get; } = [];

    public List<FunctionCall> Calls { get; } = [];

    /// <summary>Lambdas within it that run as part of it.</summary>
    public List<CodeFunction> Inner { get; } = [];

    /// <summary>Lambdas within it that a helper of the type runs before it returns.</summary>
    public List<CodeFunction> Helped { get; } = [];

    /// <summary>Whether something in it may wait for a step of another thread, or tell one to go on.</summary>
    public bool Waits => HoldsUp || Takes || Signals || StartGate is not null;

    /// <summary>Whether something in it may wait for a step of another thread; the gate it begins at is apart, and so are takes from queues, which wait for who puts something in.</summary>
    public bool HoldsUp { get; set; }

    /// <summary>Whether it takes from a queue, and so comes after whoever filled that; never after another one that takes.</summary>
    public bool Takes { get; set; }

    /// <summary>The variable with the gate that it waits at first of all (<see cref="StartGates"/>); null for none.</summary>
    public ISymbol? StartGate { get; set; }

    /// <summary>Whether it tells others to go on, who may wait for that: counts down, sets an event, gives a semaphore back.</summary>
    public bool Signals { get; set; }

    /// <summary>The function and those around it, from the inside out.</summary>
    public IEnumerable<CodeFunction> AndOuter()
    {
        for (var function = this; function is not null; function = function.Outer)
        {
            yield return function;
        }
    }

    /// <summary>The member that it is, or stands in.</summary>
    public ISymbol Member => Body.Owner;
}
