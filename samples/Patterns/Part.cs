using System;
using System.Collections.Immutable;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>One part.</summary>
/// <param name="Number">Its number in the tutorial.</param>
/// <param name="Name">The verb that runs it.</param>
/// <param name="Title">What it shows.</param>
/// <param name="RunAsync">Runs it, prints what happens, and tells whether what it demonstrates held.</param>
internal sealed record Part(string Number, string Name, string Title, Func<Task<bool>> RunAsync)
{
    public static ImmutableArray<Part> All { get; } =
    [
        new("1.1", "thread", "Add a thread: its argument, its name, who is alive", static () => Task.FromResult(ThreadPart.Run())),
        new("1.2", "join", "Join: start all, then wait for all", JoinPart.RunAsync),
        new("1.3", "queue", "Queue: how results come back from threads", static () => Task.FromResult(QueuePart.Run())),
        new("1.4", "lock", "Lock: one at a time, and what each kind of lock looks like in its right shape", LockPart.RunAsync),
        new("1.5", "pool", "Thread pool: four workers, twelve items, results in order", static () => Task.FromResult(PoolPart.Run())),
    ];
}
