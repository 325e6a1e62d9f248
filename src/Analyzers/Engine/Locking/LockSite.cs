using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>One lock in one mode: what an acquire and its release must agree in.</summary>
internal sealed record LockPlace(AccessPath Path, LockKind Kind, LockMode Mode, int Pair = 0)
{
    public override string ToString() => Mode == LockMode.Exclusive ? Path.ToString() : $"{Path}:{Mode}";
}

/// <summary>A call that acquires or releases a lock, as written.</summary>
/// <param name="Index">Its number in the body, from 1.</param>
/// <param name="Place">Index of the lock.</param>
/// <param name="Action">What the call means.</param>
/// <param name="IsUnderLock">It stands in a <c>lock</c> statement on the same object.</param>
/// <param name="IsAnswerDropped">Nothing learns what the acquire answered.</param>
internal sealed record LockSite(int Index, int Place, LockAction Action, bool IsUnderLock = false, bool IsAnswerDropped = false)
{
    /// <summary>A wait of unknown length whose answer is dropped: the author may know that it is infinite.</summary>
    public bool MayBeInfinite => IsAnswerDropped && Action.Timeout == TimeoutLength.Unknown;

    public SyntaxNode Syntax => Action.Call.Syntax;
}
