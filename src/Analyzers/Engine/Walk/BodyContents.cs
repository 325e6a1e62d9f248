using System;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>What a tree may hold (by its words) or a body does hold (by its operations): the gates of the rules.</summary>
[Flags]
internal enum BodyContents
{
    None = 0,

    /// <summary>An explicit acquire or release call (not a <c>lock</c> statement).</summary>
    ExplicitLocks = 1,

    /// <summary>A delegate given to a thread, task, pool or parallel loop.</summary>
    Forks = 2,

    /// <summary>A call of <c>System.Threading.Interlocked</c>.</summary>
    Atomics = 4,

    /// <summary>A <c>lock</c> statement.</summary>
    LockStatements = 8,

    /// <summary>The type <c>SpinLock</c>; a word of files only, bodies are not asked for it.</summary>
    SpinLocks = 16,

    /// <summary>The start of a <c>System.Diagnostics.Process</c>.</summary>
    Processes = 32,

    /// <summary>A call or property of an object through which threads hand over work, results or the news of an end.</summary>
    Queues = 64,

    /// <summary>A guard object in a <c>using</c> or a local, or a lambda given to a helper, that may be under a lock; bodies only.</summary>
    Guards = 128,

    /// <summary>The body is the program's own: <c>Main</c>, or the top-level statements. Files are not asked for it.</summary>
    Program = 256,

    /// <summary>A <c>using</c> or a call that disposes of something; a file is asked for what may go on behind one without a fork: an async pause, a request, a read to the end.</summary>
    Scopes = 512,

    /// <summary>A concurrent collection; a word of files only, bodies are not asked for it.</summary>
    Concurrent = 1024,

    /// <summary>A memory map, or a read or write through a view of one.</summary>
    MappedMemory = 2048,

    /// <summary>A lock or signal that other processes may have too; a word of files only, bodies are not asked for it.</summary>
    ProcessLocks = 4096,

    /// <summary>What gives results in no order; a word of files only, bodies are not asked for it.</summary>
    Unordered = 8192,

    /// <summary>Calls of other members of the type, which may do for the body what nothing in itself speaks of; bodies only.</summary>
    OwnCalls = 16384,

    /// <summary>Several tasks are waited for at once, which starts nothing by itself; a word of files only, bodies are not asked for it.</summary>
    TaskGroups = 32768,
}
