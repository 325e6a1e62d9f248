using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary>The lock types of the framework, by what they ask of their user.</summary>
internal enum LockKind
{
    /// <summary><c>System.Threading.Monitor</c>: owned by a thread, recursive.</summary>
    Monitor,

    /// <summary><c>System.Threading.Lock</c>: owned by a thread, recursive.</summary>
    Lock,

    /// <summary><c>Mutex</c>: owned by a thread, recursive, abandoned when its owner dies.</summary>
    Mutex,

    /// <summary><c>SpinLock</c>: owned by a thread, not recursive.</summary>
    SpinLock,

    /// <summary><c>Semaphore</c>: owned by nobody.</summary>
    Semaphore,

    /// <summary><c>SemaphoreSlim</c>: owned by nobody, the one that can be awaited.</summary>
    SemaphoreSlim,

    /// <summary><c>ReaderWriterLock</c>: owned by a thread, recursive.</summary>
    ReaderWriterLock,

    /// <summary><c>ReaderWriterLockSlim</c>: owned by a thread, recursive only by policy.</summary>
    ReaderWriterLockSlim,

    /// <summary>A lock that the user named by its methods: who owns it, and how often, is not known.</summary>
    Named,

    /// <summary>A flag that <c>Interlocked</c> sets when it is free: an exclusive lock of no thread, which is only ever tried.</summary>
    Flag,
}

/// <summary>How a lock is held. An acquire and its release must agree in it.</summary>
internal enum LockMode
{
    Exclusive,
    Read,
    Upgradeable,
}

/// <summary>What a call does to a lock.</summary>
internal enum LockVerb
{
    Acquire,

    /// <summary>May say no: by its result, or by the <c>ref bool</c> it is given.</summary>
    TryAcquire,

    Release,

    /// <summary>Touches it in a way that is not followed (<c>Release(n)</c>, <c>RestoreLock</c>).</summary>
    Other,
}

/// <summary>The meaning of one call of a lock type's member.</summary>
/// <param name="Kind">The type of lock.</param>
/// <param name="Mode">The mode that is acquired or released.</param>
/// <param name="Verb">What is done.</param>
/// <param name="Call">The call.</param>
/// <param name="Lock">The lock object.</param>
/// <param name="CanThrow">The acquire may throw for a reason that correct callers must expect: a cancelled token, a timeout of <c>ReaderWriterLock</c>.</param>
/// <param name="IsAwaited">The result is a task: the lock is held once that is awaited.</param>
/// <param name="Taken">The variable given by <c>ref</c> that tells whether the lock was taken.</param>
/// <param name="Timeout">How long it waits; null where the call has no timeout.</param>
/// <param name="IsThroughHelper">The call is of a member that does it, and not of the lock.</param>
/// <param name="IsScope">It opens or closes the scope of <c>Lock.EnterScope</c>: who holds the scope holds the lock, and closing twice does nothing.</param>
/// <param name="Pair">Which of the user's pairs of methods it belongs to; 0 for the locks of the framework.</param>
/// <param name="Inner">The field of the lock object that is the lock itself, where that object is of a type in source that forwards to it.</param>
/// <param name="Making">What gives a local a mutex that is owned, or a guard that holds its lock; <paramref name="Call"/> is the one that releases it then.</param>
internal sealed record LockAction(
    LockKind Kind,
    LockMode Mode,
    LockVerb Verb,
    IInvocationOperation Call,
    IOperation Lock,
    bool CanThrow = false,
    bool IsAwaited = false,
    IOperation? Taken = null,
    TimeoutLength? Timeout = null,
    bool IsThroughHelper = false,
    bool IsScope = false,
    int Pair = 0,
    IFieldSymbol? Inner = null,
    IOperation? Making = null)
{
    public bool IsAcquire => Verb is LockVerb.Acquire or LockVerb.TryAcquire;

    /// <summary>The local that is assigned is what gives the lock back: where there is nothing to assign, there is nothing to release.</summary>
    public bool IsMade => Making is not null;

    /// <summary>Whether a thread that holds it may acquire it again. A <c>ReaderWriterLockSlim</c> allows it only by its policy, which is not known here.</summary>
    public bool IsRecursive => Kind is LockKind.Monitor or LockKind.Lock or LockKind.Mutex or LockKind.ReaderWriterLock;

    /// <summary>Whether only the acquiring thread may release it, so that it cannot be held across an await.</summary>
    public bool IsThreadAffine => Kind is not (LockKind.Semaphore or LockKind.SemaphoreSlim or LockKind.Named or LockKind.Flag);
}
