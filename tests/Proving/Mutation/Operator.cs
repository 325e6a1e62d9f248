using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Proving.Mutation.Operators;

namespace Threadwise.Proving.Mutation;

/// <summary>A way to break correct code.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Rules">The rules that should see it, each of them; any one where none is named. Those that do not exist yet take part once they do.</param>
/// <param name="Find">Every place of a file where it can be done.</param>
internal sealed record Operator(string Name, ImmutableArray<string> Rules, Func<SemanticModel, SyntaxNode, IEnumerable<Mutant>> Find)
{
    public static ImmutableArray<Operator> All { get; } =
    [
        new("move an acquire that can fail into its try", ["TW2003"], static (m, r) => AcquireOperators.IntoTry(m, r, canFail: true)),
        new("move an acquire that cannot fail into its try", ["TW2013"], static (m, r) => AcquireOperators.IntoTry(m, r, canFail: false)),
        new("move a tested acquire into its try", ["TW2003"], AcquireOperators.TestedIntoTry),
        new("acquire under a condition only", ["TW2003"], AcquireOperators.UnderCondition),
        new("release twice in the finally", ["TW2003"], ReleaseOperators.Twice),
        new("release at the end of the try as well", ["TW2003"], ReleaseOperators.AtEndOfTry),
        new("drop the answer of a tested acquire", ["TW2006"], AcquireOperators.DropAnswer),
        new("give an acquire a timeout", ["TW2006"], AcquireOperators.AddTimeout),
        new("await under a lock of a thread", ["TW2007"], AwaitOperators.UnderLock),
        new("take a Monitor for a semaphore held over an await", ["TW2007"], AwaitOperators.SemaphoreToMonitor),
        new("make a thread's body async", ["TW1009"], BodyOperators.MakeAsync),
        new("pass an argument to a thread that takes none", ["TW1007"], BodyOperators.PassArgument),
        new("StartNew for Task.Run of an async function", ["TW1009"], BodyOperators.StartNew),
        new("drop an Unwrap", ["TW1009"], BodyOperators.DropUnwrap),
        new("put a long-running loop on the pool", ["TW6008"], BodyOperators.DropLongRunning),
        new("sleep for a delay on the pool", ["TW6002"], BodyOperators.SleepForDelay),
        new("Parallel.ForEach for ForEachAsync", ["TW1009"], BodyOperators.ParallelForEach),
        new("read a counter again instead of its result", ["TW3013"], AtomicOperators.ReadAgain),
        new("test the variable instead of a claim's result", ["TW3013"], AtomicOperators.TestVariable),
        new("compare with a fresh read", ["TW3013"], AtomicOperators.FreshComparand),
        new("remove a join", ["TW1002"], RemovalOperators.Join),
        new("update in two steps in a tick", ["TW1015"], ThreadOperators.UpdateInTick),
        new("update in two steps in another type than the threads", ["TW7001"], StateOperators.InTwoStepsElsewhere),
        new("remove the lock in another type than the threads", ["TW7002"], StateOperators.LockElsewhere),
        new("remove the join of another object's method", ["TW7006"], RemovalOperators.JoinOfOther),
        new("remove the last wait of a program", ["TW1016"], ThreadOperators.LastWait),
        new("drop the result of a thread", ["TW1008"], ThreadOperators.DropResult),
        new("join without asking for oneself", ["TW1010"], ThreadOperators.WithoutOwnQuestion),
        new("start before the fields are assigned", ["TW1011"], ThreadOperators.StartTooEarly),
        new("raw threads for parallel calls", ["TW6001"], ParallelOperators.RawThreads),
        new("take once more", ["TW4002"], ParallelOperators.TakeOnceMore),
        new("a parallel query in any order", ["TW4012"], ParallelOperators.DropOrder),
        new("a thread for each element", ["TW6003"], ParallelOperators.ThreadPerElement),
        new("lock each round of a reduction", ["TW6006"], ParallelOperators.LockEachRound),
        new("join each thread before the next is made", ["TW1004"], ThreadOperators.JoinInLoop),
        new("capture the counter for its copy", ["TW1006"], ThreadOperators.CounterForCopy),
        new("limit a join and drop its answer", ["TW1013"], ThreadOperators.LimitIgnored),
        new("pause for a join", ["TW1014"], ThreadOperators.PauseForJoin),
        new("keep a looping thread in the foreground", ["TW1017"], ThreadOperators.Foreground),
        new("remove a start", ["TW1001"], RemovalOperators.Start),
        new("remove a start before its join", ["TW1005"], RemovalOperators.StartBeforeJoin),
        new("remove the lock around an update", ["TW3001"], StateOperators.LockOfUpdate),
        new("remove one lock of three", ["TW3002"], StateOperators.OneLockOfThree),
        new("update in two steps for an atomic one", ["TW3003"], StateOperators.InTwoSteps),
        new("remove the lock around a collection", ["TW3005"], StateOperators.LockOfCollection),
        new("remove the second test", ["TW3006"], StateOperators.SecondTest),
        new("remove the lock around a wide value", ["TW3007"], StateOperators.LockOfWideValue),
        new("look before the object of a key is made", ["TW3004"], StateOperators.LookBeforeMaking),
        new("make an object known before it is complete", ["TW3015"], StateOperators.KnownFirst),
        new("test an event and read it again", ["TW3014"], StateOperators.EventReadTwice),
        new("a random object for the shared one", ["TW3009"], StateOperators.OwnRandom),
        new("go through the collection for its copy", ["TW3011"], StateOperators.WithoutCopy),
        new("take the locks of a timer's state away", ["TW3018"], StateOperators.LocksOfTimerState),
        new("remove a release", ["TW2002"], ReleaseOperators.Remove),
        new("remove a finally around a call", ["TW2012"], ReleaseOperators.WithoutFinally),
        new("remove a finally and throw before the release", ["TW2001"], ReleaseOperators.ThrowWithoutFinally),
        new("release another lock", ["TW2004"], ReleaseOperators.OtherLock),
        new("drop the using of a lock's scope", ["TW2008"], ReleaseOperators.ScopeWithoutUsing),
        new("drop the using of a guard", ["TW2002"], GuardOperators.WithoutUsing),
        new("run a helper with a lock within itself", ["TW2005"], GuardOperators.RunWithinItself),
        new("reset a flag that keeps others out without a finally", ["TW2012"], GuardOperators.ResetBehind),
        new("throw before the reset of a flag that keeps others out", ["TW2001"], GuardOperators.ThrowBeforeReset),
        new("remove a finally of a lock class", ["TW2012"], ReleaseOperators.WrappedWithoutFinally),
        new("remove a finally of a lock class and throw before the release", ["TW2001"], ReleaseOperators.WrappedThrowWithoutFinally),
        new("remove a finally of a mutex that was made owned", ["TW2012"], MutexOperators.OwnedWithoutFinally),
        new("remove a finally of a mutex that was made owned and throw before the release", ["TW2001"], MutexOperators.OwnedThrow),
        new("lock the object for a static gate", ["TW2104"], GateOperators.ThisForStatic),
        new("take a lock again that cannot be", ["TW2005"], LockObjectOperators.TakenAgain),
        new("write a lock out", ["TW2009"], LockObjectOperators.WrittenOut),
        new("empty a lock", ["TW2010"], LockObjectOperators.Emptied),
        new("drop a semaphore's maximum", ["TW2011"], LockObjectOperators.WithoutMaximum),
        new("lock a string", ["TW2101"], static (m, r) => LockObjectOperators.Instead(m, r, "\"gate\"")),
        new("swap the locked object", ["TW2102"], LockObjectOperators.Swapped),
        new("lock a fresh object", ["TW2103"], static (m, r) => LockObjectOperators.Instead(m, r, "new object()")),
        new("make a spin lock readonly", ["TW2105"], LockObjectOperators.ReadonlySpinLock),
        new("synchronize a member instead of locking", ["TW2106"], static (m, r) => LockObjectOperators.Synchronized(m, r, isStatic: false)),
        new("synchronize a static member instead of locking", ["TW2106"], static (m, r) => LockObjectOperators.Synchronized(m, r, isStatic: true)),
        new("lock the object itself", ["TW2108"], LockObjectOperators.This),
        new("drop the readonly of a lock field", ["TW2109"], LockObjectOperators.WithoutReadonly),
        new("wait for a child before its output is read", ["TW5003"], ProcessOperators.WaitFirst),
        new("remove the wait before an exit code", ["TW5002"], ProcessOperators.WithoutWait),
        new("do not redirect a pipe that is used", ["TW5004"], ProcessOperators.NotRedirected),
        new("redirect through the shell", ["TW5004"], ProcessOperators.ThroughShell),
        new("do not raise the event of the exit", ["TW5004"], ProcessOperators.WithoutExitEvent),
        new("read for no handler", ["TW5012"], ProcessOperators.WithoutHandler),
        new("do not expect an abandoned mutex", ["TW5007"], MutexOperators.WithoutHandler),
        new("give up an abandoned mutex", ["TW5013"], MutexOperators.GiveUpAbandoned),
        new("leave the input of a child open", ["TW5005"], ProcessOperators.InputLeftOpen),
        new("remove the wait for a child's file", ["TW5001"], ProcessOperators.WithoutWaitForFile),
        new("begin to read when the input is written", ["TW5015"], ProcessOperators.ReadBehindWrite),
        new("start oneself without a question", ["TW5010"], ProcessOperators.WithoutGuard),
        new("read no output that is redirected", ["TW5011"], ProcessOperators.WithoutRead),
        new("update shared memory without its mutex", ["TW5006"], MemoryOperators.WithoutMutex),
        new("take the name of a mutex away", ["TW5009"], MemoryOperators.WithoutName),
        new("write behind the end of a view", ["TW5008"], MemoryOperators.WriteBehindEnd),
        new("read a part of a number", ["TW5008"], MemoryOperators.ReadAnother),
        new("leave the layout of a shared struct to the compiler", ["TW5014"], MemoryOperators.WithoutPack),
        new("count a signal too many", ["TW4004"], QueueOperators.CountOneMore),
        new("complete no queue", ["TW4001"], QueueOperators.WithoutCompletion),
        new("wait for no task of a loop", ["TW4003"], QueueOperators.WithoutWaitForAll),
        new("dispose of what a task still uses", ["TW4005"], QueueOperators.DisposeTooEarly),
        new("put something into a completed queue", ["TW4006"], QueueOperators.AddBehindCompletion),
        new("poll for a take", ["TW4007"], QueueOperators.PollForTake),
        new("set a result that may be set", ["TW4010"], QueueOperators.SetForTrySet),
        new("signal without a finally", ["TW4011"], QueueOperators.SignalBehind),
        new("drop an await", ["TW4009"], RemovalOperators.Await),
    ];

    /// <summary>What protects is removed: every lock, join, finally, completion and wait of the code, whether or not a rule can know that something depends on it.</summary>
    public static ImmutableArray<Operator> Removals { get; } =
    [
        new("remove any lock", [], ProtectionOperators.Lock),
        new("remove any join", [], ProtectionOperators.Join),
        new("remove any finally", [], ProtectionOperators.Finally),
        new("remove any completion", [], ProtectionOperators.Completion),
        new("remove any wait", [], ProtectionOperators.Wait),
    ];

    /// <summary>The rules of it that exist.</summary>
    public ImmutableArray<string> Built(IReadOnlySet<string> ids) => [.. Rules.Where(ids.Contains)];
}
