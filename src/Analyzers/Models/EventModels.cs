using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>Events of the framework whose handlers run on another thread than the code that adds them.</summary>
internal enum BackgroundEvent
{
    None,

    /// <summary>A line of the output of a child, read by <c>BeginOutputReadLine</c>.</summary>
    OutputLine,

    /// <summary>A line of its error output, read by <c>BeginErrorReadLine</c>.</summary>
    ErrorLine,

    /// <summary>The exit of a child that is started and whose <c>EnableRaisingEvents</c> is set.</summary>
    Exit,

    /// <summary>What a <c>FileSystemWatcher</c> sees once <c>EnableRaisingEvents</c> is set; one event after the other.</summary>
    FileChange,

    /// <summary>The work of a <c>BackgroundWorker</c>, which <c>RunWorkerAsync</c> starts.</summary>
    Work,

    /// <summary>A tick of a <c>System.Timers.Timer</c>, which <c>Start</c> or <c>Enabled</c> sets going; one may come before the last has ended.</summary>
    Tick,

    /// <summary>Ctrl+C, which can be pressed at any time.</summary>
    CancelKey,
}

/// <summary>
/// What sets such events going. Those of a process, a watcher, a timer or a worker run on threads of the pool unless <c>SynchronizingObject</c> names somebody's thread, that of the console on one of its own.
/// </summary>
internal static class EventModels
{
    /// <summary>The event, if the assignment adds a handler to one of these.</summary>
    public static BackgroundEvent KindOf(IEventAssignmentOperation assignment, WellKnownTypes types) => assignment is { Adds: true, EventReference: IEventReferenceOperation { Event: { ContainingType: { } type } raised } } ? raised.Name switch
    {
        "OutputDataReceived" => If(Is(type, types.Process), BackgroundEvent.OutputLine),
        "ErrorDataReceived" => If(Is(type, types.Process), BackgroundEvent.ErrorLine),
        "Exited" => If(Is(type, types.Process), BackgroundEvent.Exit),
        "Changed" or "Created" or "Deleted" or "Renamed" or "Error" => If(Is(type, types.FileSystemWatcher), BackgroundEvent.FileChange),
        "DoWork" => If(Is(type, types.BackgroundWorker), BackgroundEvent.Work),
        "Elapsed" => If(Is(type, types.EventTimer), BackgroundEvent.Tick),
        "CancelKeyPress" => If(Is(type, types.Console), BackgroundEvent.CancelKey),
        _ => BackgroundEvent.None,
    }
    : BackgroundEvent.None;

    /// <summary>Whether the call sets events of the kind going, as far as a call does; it does not wait for them.</summary>
    public static bool Begins(IMethodSymbol method, BackgroundEvent kind, WellKnownTypes types) => kind switch
    {
        BackgroundEvent.OutputLine => ProcessModels.BeginsEvents(method, ProcessPipe.Output, types),
        BackgroundEvent.ErrorLine => ProcessModels.BeginsEvents(method, ProcessPipe.Error, types),
        BackgroundEvent.Exit => !method.IsStatic && ProcessModels.IsStart(method, types),
        BackgroundEvent.Tick => method.Name == "Start" && Is(method.ContainingType, types.EventTimer),
        BackgroundEvent.Work => method.Name == "RunWorkerAsync" && Is(method.ContainingType, types.BackgroundWorker),
        _ => false,
    };

    /// <summary>Whether the call sets some of these events going.</summary>
    public static bool Begins(IMethodSymbol method, WellKnownTypes types) => method.Name is "BeginOutputReadLine" or "BeginErrorReadLine" or "Start" or "RunWorkerAsync" &&
        (Begins(method, BackgroundEvent.OutputLine, types) || Begins(method, BackgroundEvent.ErrorLine, types) || Begins(method, BackgroundEvent.Exit, types) || Begins(method, BackgroundEvent.Tick, types) || Begins(method, BackgroundEvent.Work, types));

    /// <summary>Whether the property lets an object raise its events of the kind.</summary>
    public static bool Enables(IPropertySymbol property, BackgroundEvent kind, WellKnownTypes types) => kind switch
    {
        BackgroundEvent.Exit => property.Name == "EnableRaisingEvents" && Is(property.ContainingType, types.Process),
        BackgroundEvent.FileChange => property.Name == "EnableRaisingEvents" && Is(property.ContainingType, types.FileSystemWatcher),
        BackgroundEvent.Tick => property.Name == "Enabled" && Is(property.ContainingType, types.EventTimer),
        _ => false,
    };

    private static BackgroundEvent If(bool condition, BackgroundEvent kind) => condition ? kind : BackgroundEvent.None;
}
