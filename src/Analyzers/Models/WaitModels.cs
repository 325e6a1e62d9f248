using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>What a call does to the handle of a thread or task.</summary>
internal enum HandleAction
{
    /// <summary>No call on a handle, or one that neither starts nor waits.</summary>
    None,

    /// <summary><c>thread.Start()</c>, <c>task.Start()</c>.</summary>
    Start,

    /// <summary>Returns when the body has ended: <c>Join()</c>, <c>Wait()</c>, <c>GetResult()</c>, or with a token, which throws else.</summary>
    Join,

    /// <summary>Returns when the body has ended or time is up, and says which.</summary>
    TimedJoin,

    /// <summary>Stops a thread from outside, wherever it is: <c>Abort</c>, <c>Interrupt</c>, <c>Suspend</c>, <c>Resume</c>.</summary>
    BreakIn,
}

/// <summary>Which calls start a thread, wait for something, or surely do neither.</summary>
internal static class WaitModels
{
    /// <summary>What <paramref name="method"/>, called on a handle, does.</summary>
    public static HandleAction ActionOf(IMethodSymbol method, WellKnownTypes types)
    {
        var isThread = Is(method.ContainingType, types.Thread);
        if (!isThread && !TaskModels.IsReferenceTask(method.ContainingType, types))
        {
            return HandleAction.None;
        }

        return (method.Name, isThread) switch
        {
            ("Start" or "UnsafeStart", _) => HandleAction.Start,
            ("Abort" or "Interrupt" or "Suspend" or "Resume", true) => HandleAction.BreakIn,
            ("Join", true) or ("Wait", false) => method.Parameters.Any(static p => p.Type.SpecialType == SpecialType.System_Int32 || p.Type.Name == "TimeSpan") ? HandleAction.TimedJoin : HandleAction.Join,
            _ => HandleAction.None,
        };
    }

    /// <summary>Tells of a thread or task whether its body has ended, or waits for its value: <c>IsAlive</c>, <c>ThreadState</c>, and of a task whatever it says of itself but its number.</summary>
    public static bool TellsOfEnd(IPropertySymbol property, WellKnownTypes types) =>
        Is(property.ContainingType, types.Thread) ? property.Name is "IsAlive" or "ThreadState" : property is { IsStatic: false, Name: not "Id" } && TaskModels.IsTask(property.ContainingType, types);

    /// <summary><c>Task.WaitAll</c>, in all its forms.</summary>
    public static bool IsJoinOfAll(IMethodSymbol method, WellKnownTypes types) => method.Name == "WaitAll" && Is(method.ContainingType, types.Task);

    /// <summary>The same, or what makes one task of several: <c>Task.WhenAll</c>.</summary>
    public static bool IsWaitForAll(IMethodSymbol method, WellKnownTypes types) => method.Name is "WaitAll" or "WhenAll" && Is(method.ContainingType, types.Task);

    /// <summary>Comes back with the first of several, or makes the task that does: <c>Task.WaitAny</c>, <c>Task.WhenAny</c>.</summary>
    public static bool IsWaitForAny(IMethodSymbol method, WellKnownTypes types) => method.Name is "WaitAny" or "WhenAny" && Is(method.ContainingType, types.Task);

    /// <summary>A task that ends when its time is up and not before: <c>Task.Delay(limit)</c>.</summary>
    public static bool IsClock(IOperation task, WellKnownTypes types) => task is IInvocationOperation { TargetMethod: { Name: "Delay" } method } delay && Is(method.ContainingType, types.Task) &&
        Timeouts.Of(LimitOf(delay)) == TimeoutLength.Finite;

    /// <summary>How long a call waits at most, or null where it has no limit of its own.</summary>
    public static IOperation? LimitOf(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault(static a => a.Parameter is { } parameter && (parameter.Type.SpecialType == SpecialType.System_Int32 || parameter.Type.Name == "TimeSpan"))?.Value;

    /// <summary>Lets time pass and waits for nothing: <c>Thread.Sleep</c>, <c>Task.Delay(…)</c> and <c>Task.Yield()</c> waited for, <c>Thread.SpinWait</c>, <c>Thread.Yield</c>.</summary>
    public static bool IsPause(IOperation operation, WellKnownTypes types) => operation switch
    {
        IAwaitOperation { Operation: IInvocationOperation delay } => IsPause(delay, types),
        IInvocationOperation { TargetMethod: { Name: "ConfigureAwait" }, Instance: IInvocationOperation delay } => IsDelay(delay.TargetMethod, types),
        IInvocationOperation { TargetMethod: { Name: "Wait", Parameters.IsEmpty: true }, Instance: IInvocationOperation delay } => IsDelay(delay.TargetMethod, types),
        IInvocationOperation { TargetMethod: { Name: "Sleep" or "SpinWait" or "Yield" } method } when Is(method.ContainingType, types.Thread) => true,
        IInvocationOperation call => IsDelay(call.TargetMethod, types),
        _ => false,
    };

    /// <summary>A pause without an end, as programs keep themselves alive: <c>Thread.Sleep(Timeout.Infinite)</c>, <c>await Task.Delay(-1)</c>. A token may end it by an exception.</summary>
    public static bool IsEndlessPause(IOperation pause, WellKnownTypes types) => pause.DescendantsAndSelf().OfType<IInvocationOperation>().Any(call =>
        (call.TargetMethod.Name == "Sleep" && Is(call.TargetMethod.ContainingType, types.Thread) || call.TargetMethod.Name == "Delay" && Is(call.TargetMethod.ContainingType, types.Task)) &&
        Timeouts.Of(LimitOf(call)) == TimeoutLength.Infinite);

    /// <summary><c>SpinWait.SpinUntil</c>: returns when its condition holds.</summary>
    public static bool IsSpin(IMethodSymbol method, WellKnownTypes types) => method.Name == "SpinUntil" && Is(method.ContainingType, types.SpinWait);

    private static bool IsDelay(IMethodSymbol method, WellKnownTypes types) => method.Name is "Delay" or "Yield" && Is(method.ContainingType, types.Task);

    /// <summary>
    /// Whether a call of the framework neither waits for another thread nor runs code that it is given: it computes, keeps, tells, or deals with the
    /// console, files or text. Threading, pipes, sockets and whatever else may wait are not among them.
    /// </summary>
    public static bool IsQuiet(IMethodSymbol method, WellKnownTypes types)
    {
        if (method.MethodKind == MethodKind.DelegateInvoke || method.ContainingType is not { } type || method.Parameters.Any(static p => p.Type.TypeKind == TypeKind.Delegate))
        {
            return false;
        }

        if (PlainCalls.Computes(method, types) || PlainCalls.Keeps(method, types) || Is(type, types.Console))
        {
            // A human who presses a key waits as well as any join.
            return !(Is(type, types.Console) && method.Name is "ReadLine" or "ReadKey" or "Read");
        }

        return PlainCalls.Tells(method, types) || ProcessModels.IsKill(method, types) || Is(type, types.Interlocked) || Is(type, types.Volatile) ||
               (type.TypeKind != TypeKind.Interface && type.Name != "GC" && !IsOfAwaiter(method) && IsPlainNamespace(type.ContainingNamespace));
    }

    /// <summary><c>GetAwaiter()</c>, <c>GetResult()</c>: by the pattern of <c>await</c>, whatever the awaiter's type, they wait for what was started.</summary>
    private static bool IsOfAwaiter(IMethodSymbol method) => method is { Name: "GetAwaiter" or "GetResult", Parameters.IsEmpty: true };

    /// <summary>Namespaces whose members deal with values, text and the clock.</summary>
    private static bool IsPlainNamespace(INamespaceSymbol? space) => space?.ToDisplayString() is
        "System" or "System.Text" or "System.Linq" or "System.Collections" or "System.Collections.Generic" or "System.Globalization" or "System.Numerics"
        or "System.Text.RegularExpressions" or "System.Runtime.CompilerServices" or "System.Text.Json" or "System.Buffers" or "System.Xml.Linq"
        or "Xunit" or "NUnit.Framework" or "Microsoft.VisualStudio.TestTools.UnitTesting";

    /// <summary>Whether the call tells others what they may wait for: an event, a count, a result, an element of a queue, a flag.</summary>
    public static bool IsSignal(IMethodSymbol method, WellKnownTypes types) => Is(method.ContainingType, types.BlockingCollection) ||
        (method.ContainingType?.ContainingNamespace?.ToDisplayString().StartsWith("System.Threading", System.StringComparison.Ordinal) == true && method.Name is
            "Set" or "Release" or "Signal" or "SignalAndWait" or "Pulse" or "PulseAll" or "Cancel" or "SetResult" or "SetException" or "SetCanceled"
            or "TrySetResult" or "TrySetException" or "TrySetCanceled" or "Write" or "TryWrite" or "WriteAsync" or "Complete" or "TryComplete");

    /// <summary>Whether a body may call it before its result is ready and still needs nothing of the thread that started it: plain calls, files, the web, time.</summary>
    public static bool NeedsNobody(IMethodSymbol method, WellKnownTypes types) =>
        IsQuiet(method, types) || method.ContainingType?.ContainingNamespace?.ToDisplayString() is "System.IO" or "System.Net.Http" or "System.Security.Cryptography" or "System.IO.Compression" or "System.Diagnostics" &&
        method.ContainingType.Name is not ("Process" or "Stream");
}
