using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>
/// Objects of the framework whose members throw once they are disposed of. What a type lets pass is left out: <c>ManualResetEventSlim.Set</c>, <c>MemoryStream.ToArray</c>, a
/// <c>BinaryWriter</c>, whose stream may stay open. A base type such as <c>Stream</c> may stand for anything, and to close a socket is a way to stop who waits on it.
/// </summary>
internal static class DisposalModels
{
    /// <summary>Whether the member is the one that ends its object, by the names of the two interfaces and of the pattern.</summary>
    public static bool EndsObject(IMethodSymbol method) =>
        method.Name is "Dispose" or "DisposeAsync" or "DisposeAsyncCore" or "System.IDisposable.Dispose" or "System.IAsyncDisposable.DisposeAsync";

    /// <summary>Whether the call disposes of such an object.</summary>
    public static bool IsDisposal(IMethodSymbol method, WellKnownTypes types) =>
        method is { Name: "Dispose" or "Close" or "DisposeAsync", IsStatic: false, Parameters.IsEmpty: true } && (IsSynchronizer(method.ContainingType, types) || IsIO(method.ContainingType));

    /// <summary>Whether a use of the member, through a receiver of type <paramref name="receiver"/>, throws on an object that has been disposed of.</summary>
    public static bool Throws(ISymbol member, ITypeSymbol? receiver, WellKnownTypes types)
    {
        if (receiver is null || member.IsStatic)
        {
            return false;
        }

        if (Is(receiver, types.BlockingCollection))
        {
            return member.Name is "Add" or "TryAdd" or "Take" or "TryTake" or "CompleteAdding" or "GetConsumingEnumerable" or "Count" or "IsCompleted" or "IsAddingCompleted";
        }

        if (Is(receiver, types.SemaphoreSlim))
        {
            return member.Name is "Wait" or "WaitAsync" or "Release";
        }

        if (Is(receiver, types.CountdownEvent))
        {
            return member.Name is "Signal" or "AddCount" or "TryAddCount" or "Wait" or "Reset";
        }

        if (Is(receiver, types.ManualResetEventSlim))
        {
            return member.Name is "Wait" or "Reset";
        }

        if (Is(receiver, types.Barrier))
        {
            return member.Name is "SignalAndWait" or "AddParticipant" or "RemoveParticipant";
        }

        if (Is(receiver, types.ReaderWriterLockSlim))
        {
            return Begins(member, "Enter", "TryEnter");
        }

        if (IsHandle(receiver, types))
        {
            return member.Name is "Set" or "Reset" or "WaitOne" or "Release" or "ReleaseMutex";
        }

        return receiver.ContainingNamespace?.ToDisplayString() switch
        {
            "System.IO" => receiver.Name switch
            {
                "FileStream" => Begins(member, "Read", "Write", "CopyTo", "Flush", "Seek", "SetLength") || member.Name is "Length" or "Position",
                "MemoryStream" => Begins(member, "Read", "Write", "CopyTo", "Seek", "SetLength"),
                "StreamReader" or "StringReader" or "BinaryReader" => Begins(member, "Read", "Peek"),
                "StreamWriter" or "StringWriter" => Begins(member, "Write"),
                _ => false,
            },
            "System.IO.Compression" => receiver.Name is "GZipStream" or "DeflateStream" or "BrotliStream" && Begins(member, "Read", "Write", "CopyTo"),
            "System.Net.Http" => receiver.Name == "HttpClient" && Begins(member, "Get", "Post", "Put", "Patch", "Delete", "Send"),
            _ => false,
        };
    }

    /// <summary>
    /// Whether the task of the call ends by an exception when the object of the call is disposed of before: the client breaks off its requests, and who reads to the end has to ask once more to see it.
    /// Other calls may be done at once, or keep what they need.
    /// </summary>
    public static bool WorksUntilItsTaskEnds(IMethodSymbol method, ITypeSymbol? receiver) => method.Name.EndsWith("Async", StringComparison.Ordinal) && (receiver?.Name, receiver?.ContainingNamespace?.ToDisplayString()) switch
    {
        ("HttpClient", "System.Net.Http") => Begins(method, "Get", "Post", "Put", "Patch", "Delete", "Send"),
        ("StreamReader", "System.IO") => method.Name == "ReadToEndAsync",
        _ => false,
    };

    /// <summary>Whether what the value makes has its answers from outside of the process, so that they take time: a client with no handler but one of the framework, the reader of a file.</summary>
    public static bool IsOfOutside(IOperation? made) => Conversions.WithoutBuiltIn(made) switch
    {
        IObjectCreationOperation { Type.Name: "HttpClient", Arguments: var given } => given.IsEmpty || Conversions.WithoutBuiltIn(given[0].Value)?.Type is { Name: "HttpClientHandler" or "SocketsHttpHandler" },
        IObjectCreationOperation { Type.Name: "StreamReader", Arguments: { IsEmpty: false } given } => Conversions.WithoutBuiltIn(given[0].Value)?.Type is { SpecialType: SpecialType.System_String } or { Name: "FileStream" or "NetworkStream" },
        IInvocationOperation { TargetMethod: { Name: "OpenText", ContainingType.Name: "File" } } => true,
        _ => false,
    };

    private static bool IsSynchronizer(ITypeSymbol? type, WellKnownTypes types) => Is(type, types.BlockingCollection) || Is(type, types.SemaphoreSlim) || Is(type, types.CountdownEvent) || Is(type, types.ManualResetEventSlim) ||
        Is(type, types.Barrier) || Is(type, types.ReaderWriterLockSlim) || IsHandle(type, types);

    private static bool IsHandle(ITypeSymbol? type, WellKnownTypes types) => Is(type, types.WaitHandle) || Is(type?.BaseType, types.WaitHandle) || Is(type?.BaseType, types.EventWaitHandle);

    /// <summary>A stream, reader, writer or connection, declared on whatever base of it.</summary>
    private static bool IsIO(ITypeSymbol? type) => type?.ContainingNamespace?.ToDisplayString() is "System.IO" or "System.IO.Compression" or "System.Net.Http" or "System.Net.Sockets";

    private static bool Begins(ISymbol member, params string[] names) => Array.Exists(names, name => member.Name.StartsWith(name, StringComparison.Ordinal));
}
