using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>What a fork makes, and so what it takes for the end of its body.</summary>
internal enum ForkKind
{
    None,

    /// <summary><c>new Thread(…)</c>: the thread ends when its delegate returns.</summary>
    Thread,

    /// <summary><c>new Timer(…)</c>, <c>CreateTimer(…)</c>: the delegate is a tick, not a body with an end.</summary>
    Timer,

    /// <summary><c>new Task(…)</c>.</summary>
    ColdTask,

    /// <summary><c>QueueUserWorkItem</c>.</summary>
    PoolItem,

    /// <summary><c>RegisterWaitForSingleObject</c>.</summary>
    RegisteredWait,

    /// <summary><c>Task.Run</c>, which unwraps a task that the delegate returns.</summary>
    TaskRun,

    /// <summary><c>TaskFactory.StartNew</c>, which does not.</summary>
    StartNew,

    /// <summary><c>ContinueWith</c>, <c>ContinueWhenAll</c>, <c>ContinueWhenAny</c>, which do not unwrap either.</summary>
    Continuation,

    /// <summary><c>Parallel.*</c>: returns, or completes, when every delegate has.</summary>
    ParallelLoop,

    /// <summary>A parallel query: its delegates run on several threads when the query is read, and each element is done when its result is.</summary>
    ParallelQuery,
}

/// <summary>The members that start concurrent work with a delegate they are given.</summary>
internal static class ForkModels
{
    /// <summary>Whether <paramref name="method"/> (or constructor) hands a delegate to another thread, the pool or a parallel loop.</summary>
    public static bool IsFork(IMethodSymbol method, WellKnownTypes types) => KindOf(method, types) != ForkKind.None;

    /// <summary>What kind of fork the call or creation is.</summary>
    public static ForkKind KindOf(IOperation fork, WellKnownTypes types) => PartsOf(fork).Method is { } method ? KindOf(method, types) : ForkKind.None;

    /// <summary>The method or constructor that the operation calls, with its arguments; null for what is neither a call nor a creation.</summary>
    public static (IMethodSymbol? Method, ImmutableArray<IArgumentOperation> Arguments) PartsOf(IOperation fork) => fork switch
    {
        IInvocationOperation call => (call.TargetMethod, call.Arguments),
        IObjectCreationOperation creation => (creation.Constructor, creation.Arguments),
        _ => (null, ImmutableArray<IArgumentOperation>.Empty),
    };

    public static ForkKind KindOf(IMethodSymbol method, WellKnownTypes types)
    {
        var type = method.ContainingType?.OriginalDefinition;
        if (type is null)
        {
            return ForkKind.None;
        }

        switch (method.Name)
        {
            case ".ctor":
                return Is(type, types.Thread) ? ForkKind.Thread
                    : Is(type, types.Timer) ? ForkKind.Timer
                    : Is(type, types.Task) || Is(type, types.TaskOfT) ? ForkKind.ColdTask
                    : ForkKind.None;
            case "CreateTimer":
                return If(Is(type, types.TimeProvider), ForkKind.Timer);
            case "QueueUserWorkItem" or "UnsafeQueueUserWorkItem":
                return If(Is(type, types.ThreadPool), ForkKind.PoolItem);
            case "RegisterWaitForSingleObject" or "UnsafeRegisterWaitForSingleObject":
                return If(Is(type, types.ThreadPool), ForkKind.RegisteredWait);
            case "Run":
                return If(Is(type, types.Task), ForkKind.TaskRun);
            case "StartNew":
                return If(Is(type, types.TaskFactory) || Is(type, types.TaskFactoryOfT), ForkKind.StartNew);
            case "ContinueWith":
                return If(Is(type, types.Task) || Is(type, types.TaskOfT), ForkKind.Continuation);
            case "ContinueWhenAll" or "ContinueWhenAny":
                return If(Is(type, types.TaskFactory) || Is(type, types.TaskFactoryOfT), ForkKind.Continuation);
            case "Select" or "Where" or "SelectMany" or "ForAll":
                return If(Is(type, types.ParallelEnumerable), ForkKind.ParallelQuery);
            case "For" or "ForEach" or "Invoke" or "ForAsync" or "ForEachAsync":
                return If(Is(type, types.Parallel), ForkKind.ParallelLoop);
            default:
                return ForkKind.None;
        }
    }

    private static ForkKind If(bool condition, ForkKind kind) => condition ? kind : ForkKind.None;
}
