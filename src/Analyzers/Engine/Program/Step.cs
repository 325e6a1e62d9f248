using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Solve;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>What a function does next, as far as other threads can tell.</summary>
internal enum StepKind
{
    /// <summary>An access of a variable that others may share.</summary>
    Access,

    /// <summary>A call of a member in source.</summary>
    Call,

    /// <summary>Starts a thread or task.</summary>
    Fork,

    /// <summary>Does something that needs no other thread of the program and takes its time: files, the web.</summary>
    Work,

    /// <summary>Takes a lock.</summary>
    Lock,

    /// <summary>Goes round until another thread ends it.</summary>
    Loop,

    /// <summary>Uses an object in a way that throws once it is disposed of.</summary>
    Use,

    /// <summary>Disposes of an object.</summary>
    Disposal,

    /// <summary>Asks for what another thread has published, by a volatile or atomic read or a property of a signal, or awaits a member in source: what comes next may be in order.</summary>
    Order,

    /// <summary>May wait for another thread, or tell one to go on, or is not known.</summary>
    Wait,
}

/// <summary>One step of a function, in the order in which they are made. It holds no operation, so that it may be kept to the end of the compilation.</summary>
internal sealed class Step(StepKind kind, TextSpan span)
{
    public StepKind Kind { get; } = kind;

    /// <summary>The code of the step, in the tree of its function.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>The variable, or the object that is used or disposed of, as the function names it; null for other steps.</summary>
    public AccessPath? Place { get; init; }

    public AccessKind Access { get; init; }

    /// <summary>The access is one of an element of the array, or of the collection, in the variable.</summary>
    public bool IsContent { get; init; }

    /// <summary>The access takes a value out of the variable, or looks into what it holds.</summary>
    public bool IsRead { get; init; }

    /// <summary>The access stands in a loop that may go round until it sees another value.</summary>
    public bool IsPolled { get; init; }

    /// <summary>What a plain assignment stores.</summary>
    public Origin? Value { get; init; }

    /// <summary>The access is one of a place of a list under an index, which may be each thread's own.</summary>
    public bool IsByIndex { get; init; }

    /// <summary>The access looks into a collection that the function is given, or changes it.</summary>
    public bool IsOfGiven => Access is AccessKind.Use or AccessKind.Change && Place is { Root: PathRoot.Parameter, Steps.IsEmpty: true };

    /// <summary>A test lets one thread through to the access.</summary>
    public bool IsForOne { get; init; }

    /// <summary>Each run of the function comes to it, unless something throws; told for calls, starts, uses and disposals.</summary>
    public bool IsAlways { get; init; }

    /// <summary>The update can be one call of <c>Interlocked</c>.</summary>
    public bool IsAtomicUpdate { get; init; }

    /// <summary>The locks that the function itself holds there, as it names them.</summary>
    public LockSet Held { get; set; } = LockSet.Empty;

    /// <summary>What is called; null for what is no call.</summary>
    public Call? Call { get; init; }

    /// <summary>Whether it writes the variable or changes the object in it.</summary>
    public bool Changes => Kind == StepKind.Access && Access is AccessKind.Write or AccessKind.Fill or AccessKind.Update or AccessKind.Change;
}

/// <summary>A call of a member in source.</summary>
/// <param name="Target">The definition of the member, the part with the body of a partial one.</param>
/// <param name="Receiver">The object it is called on; null for none, and for one without a name.</param>
/// <param name="Arguments">What it is given, by the order of its parameters; null for what has no name.</param>
/// <param name="IsCertain">Whether no other member can be the one that runs.</param>
internal sealed record Call(IMethodSymbol Target, Origin? Receiver, ImmutableArray<Origin?> Arguments, bool IsCertain);
