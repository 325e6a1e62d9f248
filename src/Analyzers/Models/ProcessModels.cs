using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>One of the pipes between a program and its child.</summary>
internal enum ProcessPipe
{
    None,
    Output,
    Error,
    Input,
}

/// <summary>What a use of a <c>Process</c>, or of one of its streams, does.</summary>
internal enum ProcessAction
{
    /// <summary>Nothing that the protocol is about: <c>Id</c>, <c>Refresh()</c>, <c>PriorityClass</c>.</summary>
    Other,

    /// <summary>Names the start information.</summary>
    Configure,

    /// <summary>Starts the child.</summary>
    Start,

    /// <summary>Returns when the child has exited.</summary>
    Wait,

    /// <summary>Returns when the child has exited or time is up.</summary>
    TimedWait,

    /// <summary>Asks whether the child has exited and does not wait for it: <c>HasExited</c>, <c>WaitForExit(0)</c>.</summary>
    AskExit,

    /// <summary>Learns of the exit in a way that is not followed: a task of <c>WaitForExitAsync</c> that is kept, the handle.</summary>
    FollowExit,

    /// <summary>Adds a handler of the exit.</summary>
    AddExitHandler,

    /// <summary>Says whether the exit is an event.</summary>
    RaiseEvents,

    /// <summary>Reads what there is only when the child has exited.</summary>
    ReadExit,

    /// <summary>Names the reader or writer of a pipe.</summary>
    TakeStream,

    /// <summary>Blocks until the child closes the pipe, which it does at its exit.</summary>
    ReadToEnd,

    /// <summary>Reads what there is, or a line of it.</summary>
    ReadPart,

    /// <summary>Reads from here on: in the background, or in a loop that may end before the pipe does.</summary>
    BeginRead,

    /// <summary>Gives the pipe to code that is not seen, which may read it from here on.</summary>
    HandOver,

    /// <summary>Reads in the background and hands each line to the handlers.</summary>
    BeginEvents,

    /// <summary>Adds a handler of lines.</summary>
    AddHandler,

    /// <summary>Ends the child.</summary>
    Kill,

    /// <summary>Lets go of the child, which lives on: <c>Close</c>, <c>Dispose</c>, the end of a <c>using</c>.</summary>
    Release,

    /// <summary>Writes to the child and comes back when the pipe has taken all of it.</summary>
    Write,

    /// <summary>Writes to the child in the background.</summary>
    BeginWrite,

    /// <summary>Closes the pipe to the child, which sees the end of its input.</summary>
    CloseInput,
}

/// <summary>What the members of <c>Process</c> and of the readers of its pipes mean.</summary>
internal static class ProcessModels
{
    /// <summary>The pipes that the program reads.</summary>
    public static ImmutableArray<ProcessPipe> ReadPipes { get; } = ImmutableArray.Create(ProcessPipe.Output, ProcessPipe.Error);

    /// <summary>Whether the call starts a child: <c>Process.Start(…)</c> or <c>process.Start()</c>.</summary>
    public static bool IsStart(IMethodSymbol method, WellKnownTypes types) => method.Name == "Start" && Is(method.ContainingType, types.Process);

    /// <summary>Whether the call has the lines of the pipe handed to the handlers of its event. Each pipe is read by itself, on threads of the pool, so that the handlers of both may run at once.</summary>
    public static bool BeginsEvents(IMethodSymbol method, ProcessPipe pipe, WellKnownTypes types) => MeaningOf(method) == (ProcessAction.BeginEvents, pipe) && Is(method.ContainingType, types.Process);

    /// <summary>Whether the call ends a child; it does not wait until that is gone.</summary>
    public static bool IsKill(IMethodSymbol method, WellKnownTypes types) => method.Name == "Kill" && Is(method.ContainingType, types.Process);

    /// <summary>Whether the call waits for the exit of a child.</summary>
    public static bool IsWait(IMethodSymbol method, WellKnownTypes types) => method.Name is "WaitForExit" or "WaitForExitAsync" && Is(method.ContainingType, types.Process);

    /// <summary>Whether the property is one that only a child which has exited has, or what it writes is read by.</summary>
    public static bool IsOfExitOrOutput(IPropertySymbol property, WellKnownTypes types) => property.Name is "ExitCode" or "ExitTime" or "StandardOutput" or "StandardError" && Is(property.ContainingType, types.Process);

    /// <summary>Whether the call adds to what the start information lists: an argument, a variable of the environment.</summary>
    public static bool FillsStartInfo(IInvocationOperation call, WellKnownTypes types) => call.Instance switch
    {
        IPropertyReferenceOperation list => Is(list.Property.ContainingType, types.ProcessStartInfo),
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } =>
            call.Parent?.Parent is IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation list } && Is(list.Property.ContainingType, types.ProcessStartInfo),
        _ => false,
    };

    /// <summary>
    /// Whether a start goes through the shell unless <c>UseShellExecute</c> says otherwise: so on .NET Framework, and not on .NET; null for a library that may run on both.
    /// </summary>
    public static bool? UsesShellByDefault(Compilation compilation) => compilation.ObjectType.ContainingAssembly?.Name switch
    {
        "mscorlib" => true,
        "netstandard" => null,
        _ => false,
    };

    /// <summary>Whether the program of that name shows something to the user, who decides when it ends.</summary>
    public static bool IsOpener(string program) => program.Split('/', '\\').Last().ToLowerInvariant() is "explorer" or "explorer.exe" or "open" or "xdg-open" or "rundll32" or "rundll32.exe" or "notepad" or "notepad.exe" or "code" or "cmd" or "cmd.exe";

    /// <summary>Whether the use only reads or sets what tells of the child to a human, so that nobody can follow its end by it.</summary>
    public static bool Describes(IOperation use) => use is IPropertyReferenceOperation { Property.Name: "ProcessName" or "StartTime" or "PriorityClass" or "PriorityBoostEnabled" or "ProcessorAffinity" or "Responding" or "MainWindowTitle" };

    /// <summary>What naming <paramref name="member"/> of a process does, and to which pipe.</summary>
    public static (ProcessAction Action, ProcessPipe Pipe) MeaningOf(ISymbol member) => member.Name switch
    {
        "StartInfo" => (ProcessAction.Configure, ProcessPipe.None),
        "Start" => (ProcessAction.Start, ProcessPipe.None),
        "StandardOutput" => (ProcessAction.TakeStream, ProcessPipe.Output),
        "StandardError" => (ProcessAction.TakeStream, ProcessPipe.Error),
        "StandardInput" => (ProcessAction.TakeStream, ProcessPipe.Input),
        "BeginOutputReadLine" => (ProcessAction.BeginEvents, ProcessPipe.Output),
        "BeginErrorReadLine" => (ProcessAction.BeginEvents, ProcessPipe.Error),
        "OutputDataReceived" => (ProcessAction.AddHandler, ProcessPipe.Output),
        "ErrorDataReceived" => (ProcessAction.AddHandler, ProcessPipe.Error),
        "HasExited" => (ProcessAction.AskExit, ProcessPipe.None),
        "Handle" or "SafeHandle" => (ProcessAction.FollowExit, ProcessPipe.None),
        "Exited" => (ProcessAction.AddExitHandler, ProcessPipe.None),
        "EnableRaisingEvents" => (ProcessAction.RaiseEvents, ProcessPipe.None),
        "ExitCode" or "ExitTime" => (ProcessAction.ReadExit, ProcessPipe.None),
        "Kill" => (ProcessAction.Kill, ProcessPipe.None),
        "Close" or "Dispose" => (ProcessAction.Release, ProcessPipe.None),
        _ => (ProcessAction.Other, ProcessPipe.None),
    };

    /// <summary>What a call of <c>WaitForExit</c> or <c>WaitForExitAsync</c> does where it stands.</summary>
    public static ProcessAction WaitOf(IInvocationOperation call)
    {
        if (call.TargetMethod.Name == "WaitForExit")
        {
            return call.Arguments.IsEmpty ? ProcessAction.Wait : Timeouts.Of(call.Arguments[0].Value) switch
            {
                TimeoutLength.Infinite => ProcessAction.Wait,
                TimeoutLength.Zero => ProcessAction.AskExit,
                _ => ProcessAction.TimedWait,
            };
        }

        return call.TargetMethod.Name != "WaitForExitAsync" || call.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation } ? ProcessAction.Other
            : TaskModels.IsWaitedFor(call) ? ProcessAction.Wait
            : AnswerOf(call) != call || (call.Parent is IInvocationOperation { TargetMethod.Name: "WaitAsync" } limited && TaskModels.IsWaitedFor(limited)) ? ProcessAction.TimedWait
            : ProcessAction.FollowExit;
    }

    /// <summary>What tells whether the child has exited: the use itself, or the <c>Wait(limit)</c> that is called on the task of it.</summary>
    public static IOperation AnswerOf(IOperation wait) => wait.Parent is IInvocationOperation { TargetMethod: { Name: "Wait", ContainingType.Name: "Task" }, Arguments.Length: 1 } outer && outer.Instance == wait && !IsToken(outer) ? outer : wait;

    /// <summary>What an awaited <c>Task.WhenAny</c> gives that has <paramref name="task"/> in it and the clock; null where the task goes elsewhere or runs against something else.</summary>
    public static IOperation? WinnerAgainstTime(IOperation task)
    {
        var at = task;
        while (at.Parent is IConversionOperation or IArrayInitializerOperation or IArrayCreationOperation or IArgumentOperation)
        {
            at = at.Parent;
        }

        return at.Parent is IInvocationOperation { TargetMethod: { Name: "WhenAny", ContainingType.Name: "Task" } } race &&
            race.Arguments.SelectMany(static a => a.Value is IArrayCreationOperation { Initializer: { } all } ? all.ElementValues : ImmutableArray.Create(a.Value)).All(one => one.Syntax.Span.Contains(task.Syntax.Span) || IsClock(one))
            ? ResultOf(race) : null;
    }

    private static bool IsClock(IOperation task) => Conversions.WithoutAny(task) switch
    {
        IInvocationOperation { TargetMethod: { Name: "Delay", ContainingType.Name: "Task" } } => true,
        ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } => DeclaredValue.Of(local) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: SimpleNameSyntax { Identifier.ValueText: "Task" }, Name.Identifier.ValueText: "Delay" } },
        _ => false,
    };

    /// <summary>What the task of the call gives to who waits for it right here.</summary>
    private static IOperation? ResultOf(IOperation task) => task.Parent switch
    {
        IAwaitOperation awaited => awaited,
        IPropertyReferenceOperation { Property.Name: "Result" } result => result,
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } outer => ResultOf(outer),
        IInvocationOperation { TargetMethod.Name: "GetAwaiter", Parent: IInvocationOperation { TargetMethod.Name: "GetResult" } result } => result,
        _ => null,
    };

    private static bool IsToken(IInvocationOperation wait) => wait.Arguments[0].Parameter?.Type.Name == "CancellationToken";

    /// <summary>What a call on the reader of a pipe does where it stands.</summary>
    public static ProcessAction ReadOf(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "ReadToEnd" => ProcessAction.ReadToEnd,
        "ReadToEndAsync" => TaskModels.IsWaitedFor(call) ? ProcessAction.ReadToEnd : ProcessAction.BeginRead,
        "ReadLine" or "Read" or "ReadBlock" or "Peek" => ProcessAction.ReadPart,
        "ReadLineAsync" or "ReadAsync" or "ReadBlockAsync" when TaskModels.IsWaitedFor(call) => ProcessAction.ReadPart,
        "DiscardBufferedData" => ProcessAction.Other,
        _ => ProcessAction.HandOver,
    };

    /// <summary>What a call does that copies the stream under a reader into another one; null for any other call.</summary>
    public static ProcessAction? CopyFrom(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "CopyTo" => ProcessAction.ReadToEnd,
        "CopyToAsync" => TaskModels.IsWaitedFor(call) ? ProcessAction.ReadToEnd : ProcessAction.BeginRead,
        _ => null,
    };

    /// <summary>What a call on the writer of a pipe, or on the stream under it, does where it stands.</summary>
    public static ProcessAction WriteOf(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "Write" or "WriteLine" or "WriteByte" => ProcessAction.Write,
        "WriteAsync" or "WriteLineAsync" => TaskModels.IsWaitedFor(call) ? ProcessAction.Write : ProcessAction.BeginWrite,
        "Close" or "Dispose" or "DisposeAsync" => ProcessAction.CloseInput,
        "Flush" or "FlushAsync" => ProcessAction.Other,
        _ => ProcessAction.HandOver,
    };

    /// <summary>What a call does that is given the stream to a child to copy another one into it; null for any other call.</summary>
    public static ProcessAction? CopyOf(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "CopyTo" => ProcessAction.Write,
        "CopyToAsync" => TaskModels.IsWaitedFor(call) ? ProcessAction.Write : ProcessAction.BeginWrite,
        _ => null,
    };

    /// <summary>Whether the call comes back, or is waited for, when all tasks that it is given have ended.</summary>
    public static bool WaitsForAll(IInvocationOperation call) => call.TargetMethod switch
    {
        { Name: "WaitAll", ContainingType.Name: "Task" } => call.Arguments.Length == 1,
        { Name: "WhenAll", ContainingType.Name: "Task" } => TaskModels.IsWaitedFor(call),
        _ => false,
    };
}
