using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>One lock in one mode: what an acquire and its release must agree in.</summary>
/// <param name="Path">The lock object.</param>
/// <param name="Kind">The type of lock.</param>
/// <param name="Mode">How it is held.</param>
/// <param name="Pair">Which of the user's pairs of methods acquires and releases it; 0 for the locks of the framework.</param>
/// <param name="Inner">The field of the lock object that is the lock itself, where that object is of a type in source that forwards to it.</param>
internal sealed record LockPlace(AccessPath Path, LockKind Kind, LockMode Mode, int Pair = 0, IFieldSymbol? Inner = null)
{
    /// <summary>The variable that the lock was put in when it was made.</summary>
    public ISymbol? Origin => Inner ?? Path.Holder;

    public override string ToString() => Mode == LockMode.Exclusive ? Path.ToString() : $"{Path}:{Mode}";
}

/// <summary>A call that acquires or releases a lock, as written.</summary>
/// <param name="Index">Its number in the body, from 1.</param>
/// <param name="Place">Index of the lock.</param>
/// <param name="Action">What the call means.</param>
/// <param name="IsUnderLock">It stands in a <c>lock</c> statement on the same object.</param>
/// <param name="IsAnswerDropped">Nothing learns what the acquire answered.</param>
/// <param name="Assignment">The assignment that releases a flag, or gives a local the mutex that is made owned: neither is a call.</param>
internal sealed record LockSite(int Index, int Place, LockAction Action, bool IsUnderLock = false, bool IsAnswerDropped = false, SyntaxNode? Assignment = null)
{
    /// <summary>A wait of unknown length whose answer is dropped: the author may know that it is infinite.</summary>
    public bool MayBeInfinite => IsAnswerDropped && Action.Timeout == TimeoutLength.Unknown;

    public SyntaxNode Syntax => Assignment ?? Action.Call.Syntax;
}
