using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>A call that keeps its thread until something outside of the processor is done, and what does the same without one.</summary>
/// <param name="Call">The call, or the read of a task's result.</param>
/// <param name="Name">What blocks, as a message names it.</param>
/// <param name="Twin">The member to await in its place; null where the task that is waited for is to be awaited itself.</param>
/// <param name="KeepsFailures">An await in its place throws what the call throws. <c>Wait()</c> and <c>Result</c> wrap it in an <c>AggregateException</c>.</param>
/// <param name="IsFile">It reads or writes a whole file.</param>
internal sealed record AsyncTwin(IOperation Call, string Name, string? Twin, bool KeepsFailures, bool IsFile = false);

/// <summary>
/// Members that block on a device, another machine, another process or the clock and have an async twin in the same compilation. A type that may as well be in memory
/// (<c>Stream</c>, <c>TextReader</c>) is not among them, nor is a file opened for reading step by step: its async members borrow a thread of the pool themselves unless the
/// file was opened for them.
/// </summary>
internal static class AsyncTwins
{
    /// <summary>Milliseconds between two looks of the system at its timers.</summary>
    private const int Tick = 16;

    /// <summary>What <paramref name="operation"/> blocks on, or null for what does not block, or has no twin.</summary>
    public static AsyncTwin? Of(IOperation operation, WellKnownTypes types) => operation switch
    {
        IInvocationOperation { IsImplicit: false } call => OfCall(call, types),
        IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } result when TaskModels.IsTask(task.Type, types) && IsStarted(task, types) => new AsyncTwin(result, "Result", null, false),
        _ => null,
    };

    private static AsyncTwin? OfCall(IInvocationOperation call, WellKnownTypes types)
    {
        var method = call.TargetMethod;
        if (Is(method.ContainingType, types.Thread))
        {
            return method.Name == "Sleep" && !IsNoTime(call.Arguments[0].Value) ? new AsyncTwin(call, "Thread.Sleep", "Task.Delay", true) : null;
        }

        if (TaskModels.IsReferenceTask(method.ContainingType, types))
        {
            return method is { Name: "Wait", Parameters.IsEmpty: true } && call.Instance is { } task && IsStarted(task, types) ? new AsyncTwin(call, "Task.Wait", null, false)
                : method is { Name: "WaitAll", Parameters.Length: 1 } ? new AsyncTwin(call, "Task.WaitAll", "Task.WhenAll", false)
                : null;
        }

        if (method.Name == "GetResult" && call.Instance is IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } awaited })
        {
            var inner = TaskModels.Unconfigured(awaited);
            return TaskModels.IsTask(inner.Type, types) && IsStarted(inner, types) ? new AsyncTwin(call, "GetResult", null, true) : null;
        }

        return Blocks(method) && TwinOf(method, types) is { } twin ? new AsyncTwin(call, $"{method.ContainingType.Name}.{method.Name}", twin.Name, true, method.ContainingType.Name == "File") : null;
    }

    /// <summary>A task that a call gives in the same expression: nobody has waited for it before. One of a variable may be done already.</summary>
    private static bool IsStarted(IOperation task, WellKnownTypes types) =>
        Conversions.WithoutBuiltIn(task) is IInvocationOperation call && !TaskModels.IsFinished(call, types) && call.TargetMethod.Name is not ("WhenAny" or "AsTask" or "Unwrap" or "ConfigureAwait");

    /// <summary>No time, less than a tick of the timers that the twin uses (it would be longer), or for ever: who asks for that parks a thread on purpose.</summary>
    private static bool IsNoTime(IOperation time) => time.ConstantValue is { HasValue: true, Value: int and < Tick } ||
        Conversions.WithoutBuiltIn(time) is IFieldReferenceOperation { Field: { Name: "Zero" or "Infinite" or "InfiniteTimeSpan", IsStatic: true } };

    /// <summary>What overrides or hides a member that blocks does so too.</summary>
    private static bool Blocks(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(method.Name).Any(static m => m is IMethodSymbol of && IsIo(of)))
            {
                return true;
            }
        }

        return IsOfLibrary(method);
    }

    /// <summary>Members of the framework that do input or output.</summary>
    private static bool IsIo(IMethodSymbol method)
    {
        var type = method.ContainingType;
        return type.ContainingNamespace?.ToDisplayString() switch
        {
            "System.IO" => type.Name == "File",
            "System.IO.Pipes" => method.Name is "Connect" or "WaitForConnection" || IsTransfer(method),
            "System.Net" => (type.Name, method.Name) switch
            {
                ("Dns", "GetHostEntry" or "GetHostAddresses") => true,
                ("WebRequest" or "HttpWebRequest" or "FileWebRequest" or "FtpWebRequest", "GetResponse" or "GetRequestStream") => true,
                ("HttpListener", "GetContext") => true,
                ("WebClient", _) => true,
                _ => false,
            },
            "System.Net.Http" => type.Name is "HttpClient" or "HttpMessageInvoker" && method.Name == "Send",
            "System.Net.Sockets" => method.Name is "Accept" or "AcceptSocket" or "AcceptTcpClient" or "Connect" or "Receive" or "ReceiveFrom" or "Send" or "SendTo" or "SendFile" || (type.Name == "NetworkStream" && IsTransfer(method)),
            "System.Net.Security" => IsTransfer(method) || method.Name is "AuthenticateAsClient" or "AuthenticateAsServer",
            "System.Net.NetworkInformation" => type.Name == "Ping" && method.Name == "Send",
            "System.Net.Mail" => type.Name == "SmtpClient" && method.Name == "Send",
            "System.Data.Common" => (type.Name, method.Name) is ("DbCommand", "ExecuteReader" or "ExecuteNonQuery" or "ExecuteScalar") or ("DbConnection", "Open") or ("DbTransaction", "Commit"),
            "System.Diagnostics" => type.Name == "Process" && method is { Name: "WaitForExit", Parameters.IsEmpty: true },
            _ => false,
        };
    }

    private static bool IsTransfer(IMethodSymbol method) => method.Name is "Read" or "ReadExactly" or "Write" or "CopyTo";

    /// <summary>
    /// A package's own: its author would have made no async twin for what only computes. The framework makes them for other reasons too, and so does a test
    /// library, whose twin takes an async delegate.
    /// </summary>
    private static bool IsOfLibrary(IMethodSymbol method) => method.DeclaringSyntaxReferences.IsEmpty && method.MethodKind == MethodKind.Ordinary && !method.IsExtensionMethod &&
        method.Name is not ("Dispose" or "Close" or "Flush" or "Cancel") && method.Parameters.All(static p => p.Type.TypeKind != TypeKind.Delegate && p.RefKind is RefKind.None or RefKind.In) &&
        RootOf(method.ContainingNamespace) is not ("System" or "Windows" or "Xunit" or "NUnit" or "") &&
        (RootOf(method.ContainingNamespace) != "Microsoft" || method.ContainingNamespace.ToDisplayString() is "Microsoft.EntityFrameworkCore" or "Microsoft.Data.SqlClient" or "Microsoft.Data.Sqlite");

    private static string RootOf(INamespaceSymbol space)
    {
        while (space.ContainingNamespace is { IsGlobalNamespace: false } outer)
        {
            space = outer;
        }

        return space.Name;
    }

    /// <summary>The member that takes what <paramref name="method"/> takes, and at most a token more, and gives a task of what it gives.</summary>
    private static IMethodSymbol? TwinOf(IMethodSymbol method, WellKnownTypes types)
    {
        var name = method.Name;
        return Members(method.ContainingType, name).FirstOrDefault(twin => twin.IsStatic == method.IsStatic && twin.DeclaredAccessibility == method.DeclaredAccessibility && twin.Arity == method.Arity && TaskModels.IsTask(twin.ReturnType, types) && Takes(twin, method, types) &&
            (method.ReturnsVoid || twin.ReturnType is INamedTypeSymbol { TypeArguments: { Length: 1 } result } && (method.Arity > 0 || SymbolEqualityComparer.Default.Equals(result[0], method.ReturnType))));
    }

    private static IEnumerable<IMethodSymbol> Members(INamedTypeSymbol type, string name)
    {
        for (var of = type; of is not null; of = of.BaseType)
        {
            foreach (var member in new[] { "", "Task" }.SelectMany(kind => of.GetMembers(name + kind + "Async")).Concat(name == "Send" ? of.GetMembers("SendPingAsync").Concat(of.GetMembers("SendMailAsync")) : []))
            {
                if (member is IMethodSymbol method)
                {
                    yield return method;
                }
            }
        }
    }

    private static bool Takes(IMethodSymbol twin, IMethodSymbol method, WellKnownTypes types)
    {
        if (twin.Parameters.Length < method.Parameters.Length || twin.Parameters.Skip(method.Parameters.Length).Any(p => !p.IsOptional && !Is(p.Type, types.CancellationToken)))
        {
            return false;
        }

        return method.Arity > 0 || method.Parameters.All(p => SymbolEqualityComparer.Default.Equals(p.Type, twin.Parameters[p.Ordinal].Type));
    }
}
