using Microsoft.CodeAnalysis;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>What a member of <c>Interlocked</c> (or the read of <c>Volatile</c>) does to the variable it is given by reference.</summary>
internal enum AtomicKind
{
    /// <summary>No atomic member, or one that changes nothing (<c>MemoryBarrier</c>).</summary>
    Other,

    /// <summary><c>Increment</c>: the result is the new value.</summary>
    Up,

    /// <summary><c>Decrement</c>: the result is the new value.</summary>
    Down,

    /// <summary><c>Add</c>: the result is the new value.</summary>
    Add,

    /// <summary><c>And</c>, <c>Or</c>: the result is the value before, and nobody is expected to need it.</summary>
    Bits,

    /// <summary>The result is the value before.</summary>
    Exchange,

    /// <summary>The result is the value before; equal to the comparand when the new one was stored.</summary>
    CompareExchange,

    /// <summary><c>Interlocked.Read</c>, <c>Volatile.Read</c>.</summary>
    Read,
}

internal static class AtomicModels
{
    public static AtomicKind KindOf(IMethodSymbol method, WellKnownTypes types)
    {
        if (Is(method.ContainingType, types.Volatile))
        {
            return method.Name == "Read" ? AtomicKind.Read : AtomicKind.Other;
        }

        if (!Is(method.ContainingType, types.Interlocked))
        {
            return AtomicKind.Other;
        }

        return method.Name switch
        {
            "Increment" => AtomicKind.Up,
            "Decrement" => AtomicKind.Down,
            "Add" => AtomicKind.Add,
            "And" or "Or" => AtomicKind.Bits,
            "Exchange" => AtomicKind.Exchange,
            "CompareExchange" => AtomicKind.CompareExchange,
            "Read" => AtomicKind.Read,
            _ => AtomicKind.Other,
        };
    }
}
