using System;
using System.Collections.Immutable;
using System.IO;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>One part.</summary>
/// <param name="Number">Its number in the tutorial.</param>
/// <param name="Name">The verb that runs it.</param>
/// <param name="Title">What it shows.</param>
/// <param name="RunAsync">Runs it, prints what happens, and tells whether what it demonstrates held. Charts go to the folder, if there is one.</param>
internal sealed record Part(string Number, string Name, string Title, Func<DirectoryInfo?, Task<bool>> RunAsync)
{
    public static ImmutableArray<Part> All { get; } =
    [
        new("0", "crawler", "Why: a crawler that waits for many pages at once", static _ => CrawlerPart.RunAsync()),
        new("1.1", "thread", "Add a thread: its argument, its name, who is alive", static _ => Task.FromResult(ThreadPart.Run())),
        new("1.2", "join", "Join: start all, then wait for all", static _ => JoinPart.RunAsync()),
        new("1.3", "queue", "Queue: how results come back from threads", static _ => Task.FromResult(QueuePart.Run())),
        new("1.4", "lock", "Lock: one at a time, and what each kind of lock looks like in its right shape", static _ => LockPart.RunAsync()),
        new("1.5", "pool", "Thread pool: four workers, twelve items, results in order", static _ => Task.FromResult(PoolPart.Run())),
        new("2.1", "process", "Add a process: its arguments, its own memory, its exit code", static _ => ProcessPart.RunAsync()),
        new("2.2", "process-queue", "Queue between processes: two of them put their sums into one pipe", static _ => ProcessQueuePart.RunAsync()),
        new("2.3", "process-pool", "Process pool: results in order, although a worker dies", static _ => ProcessPoolPart.RunAsync()),
        new("2.4", "shared-memory", "Shared memory: a value and an array that two processes see", static _ => SharedMemoryPart.RunAsync()),
        new("2.5", "process-lock", "Process lock: one process at a time, although its holder dies", static _ => ProcessLockPart.RunAsync()),
        new("3", "choose", "Threads or processes: work that computes, work that waits", ChoosePart.RunAsync) { Draws = true },
        new("4", "memory", "Memory: what a worker costs, as a task, a thread and a process", MemoryPart.RunAsync) { Draws = true },
    ];

    /// <summary>Whether it has a chart.</summary>
    public bool Draws { get; private init; }
}
