using System.Collections.Immutable;

namespace Threadwise.Analyzers.Rules;

/// <summary>Every rule of the package, each with one line. Adding a rule adds a line here; a test names the one that was forgotten.</summary>
internal static class All
{
    /// <summary>Rules on one body by itself.</summary>
    public static ImmutableArray<LocalRule> Local { get; } = ImmutableArray.Create<LocalRule>(
        new Threads.TW1001ThreadNeverStarted(),
        new Threads.TW1002ResultReadBeforeJoin(),
        new Threads.TW1003ThreadNeverJoined(),
        new Threads.TW1004JoinInStartLoop(),
        new Threads.TW1005ThreadStateMisuse(),
        new Threads.TW1006SharedLoopVariable(),
        new Threads.TW1007ThreadArgumentMismatch(),
        new Threads.TW1008ThreadReturnValueLost(),
        new Threads.TW1009AsyncThreadBody(),
        new Threads.TW1010SelfJoin(),
        new Threads.TW1011ForkInConstructor(),
        new Threads.TW1012ThreadAbortSuspend(),
        new Threads.TW1013TimedJoinIgnored(),
        new Threads.TW1014SleepAsJoin(),
        new Threads.TW1016WorkLostAtExit(),
        new Threads.TW1017ForegroundLoopThread(),
        new Locks.TW2009ManualMonitorPair(),
        new Locks.TW2010EmptyCriticalSection(),
        new Queues.TW4001ProducerNeverCompletes(),
        new Queues.TW4002TakeCountMismatch(),
        new Queues.TW4003WorkItemNotAwaited(),
        new Queues.TW4004CountdownMisuse(),
        new Queues.TW4005DisposedWhileInUse(),
        new Queues.TW4006AddAfterCompletion(),
        new Queues.TW4007PolledQueue(),
        new Queues.TW4010CompletionSourceAbandoned(),
        new Queues.TW4011SignalSkippedOnException(),
        new Queues.TW4012ResultOrderAssumed(),
        new Processes.TW5001ProcessNotWaited(),
        new Processes.TW5002ExitCodeBeforeExit(),
        new Processes.TW5003RedirectDeadlock(),
        new Processes.TW5004RedirectSetupMissing(),
        new Processes.TW5005ChildInputNeverClosed(),
        new Processes.TW5010ProcessSelfLaunchUnguarded(),
        new Processes.TW5011RedirectedOutputNeverRead(),
        new Processes.TW5012OutputEventsWithoutHandler(),
        new Processes.TW5015InputWrittenBeforeOutputDrained(),
        new Placement.TW6001CpuBoundOnThreads(),
        new Placement.TW6002BlockingIoOnPool(),
        new Placement.TW6003UnboundedForks(),
        new Placement.TW6006LockSerializesParallel(),
        new Placement.TW6008BlockedPoolThread());

    /// <summary>Rules on the flow of locks through one body; calls are followed through the members of the type.</summary>
    public static ImmutableArray<LocalRule> Flow { get; } = ImmutableArray.Create<LocalRule>(
        new Locks.TW2001LockNotReleasedOnAllPaths(),
        new Locks.TW2003ReleaseWithoutAcquire(),
        new Locks.TW2004MismatchedRelease(),
        new Locks.TW2005NonReentrantReacquire(),
        new Locks.TW2006AcquireResultIgnored(),
        new Locks.TW2007AwaitWhileHoldingLock(),
        new Locks.TW2008LockScopeNotDisposed(),
        new Locks.TW2012LockHeldIfCallThrows(),
        new Locks.TW2013AcquireInsideTry(),
        new Processes.TW5007AbandonedMutexUnhandled(),
        new Processes.TW5013AbandonedMutexMishandled());

    /// <summary>Rules on a type as a whole.</summary>
    public static ImmutableArray<TypeRule> Type { get; } = ImmutableArray.Create<TypeRule>(
        new Threads.TW1015OverlappingTimer(),
        new Locks.TW2002LockNeverReleased(),
        new Locks.TW2011SemaphoreMaxCountMissing(),
        new Locks.TW2101LockOnSharedIdentity(),
        new Locks.TW2102MutableLockField(),
        new Locks.TW2103LockOnLocalObject(),
        new Locks.TW2104InstanceLockGuardsStatic(),
        new Locks.TW2107ObjectGate(),
        new Locks.TW2108LockReachableFromOutside(),
        new Locks.TW2109LockFieldNotReadonly(),
        new SharedState.TW3001UnguardedSharedState(),
        new SharedState.TW3002InconsistentlyGuarded(),
        new SharedState.TW3003NonAtomicVolatileUpdate(),
        new SharedState.TW3004CheckThenAct(),
        new SharedState.TW3005UnsafeCollectionShared(),
        new SharedState.TW3006UnsafeDoubleCheckedLocking(),
        new SharedState.TW3007TornAccess(),
        new SharedState.TW3009UnsafeInstanceShared(),
        new SharedState.TW3011ModifiedWhileEnumerated(),
        new SharedState.TW3013InterlockedResultIgnored(),
        new SharedState.TW3014SharedFieldReadTwice(),
        new SharedState.TW3015PublishedBeforeInitialized(),
        new SharedState.TW3018StateProbablyShared(),
        new Processes.TW5006SharedMemoryWithoutProcessLock(),
        new Processes.TW5008SharedMemoryLayout(),
        new Processes.TW5009UnnamedCrossProcessPrimitive(),
        new Processes.TW5014SharedMemoryPlatformLayout());

    /// <summary>Rules on declarations.</summary>
    public static ImmutableArray<DeclarationRule> Declarations { get; } = ImmutableArray.Create<DeclarationRule>(
        new Locks.TW2105SpinLockCopied(),
        new Locks.TW2106SynchronizedMethodAttribute());

    /// <summary>Rules on the whole compilation.</summary>
    public static ImmutableArray<ProgramRule> Program { get; } = ImmutableArray.Create<ProgramRule>(
        new WholeProgram.TW7001SharedStateAcrossTypes(),
        new WholeProgram.TW7002UnsafeCollectionAcrossTypes(),
        new WholeProgram.TW7006ResultReadBeforeJoinAcrossTypes());
}
