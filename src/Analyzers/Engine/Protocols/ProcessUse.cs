using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>One use of a process or of a stream of it.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Pipe">The pipe that it does it to.</param>
/// <param name="Path">The calls of helpers that lead to the use, outermost first, and last the use itself.</param>
internal sealed record ProcessUse(ProcessAction Action, ProcessPipe Pipe, ImmutableArray<IOperation> Path)
{
    /// <summary>The use, or the call of the helper that makes it.</summary>
    public IOperation Site => Path[0];

    /// <summary>Where the reader acts: the use, or the call of the helper that makes it, within a lambda that stands in the call which runs it; else <see cref="Site"/>.</summary>
    public IOperation Place => Path.Last(Path[0].IsAround);

    /// <summary>The use itself.</summary>
    public IOperation At => Path[Path.Length - 1];

    /// <summary>Whether it takes what is in the pipe until the child ends, at once or from here on: the child cannot be stuck on it behind the use.</summary>
    public bool Drains => Action is ProcessAction.ReadToEnd or ProcessAction.BeginRead or ProcessAction.BeginEvents or ProcessAction.HandOver;

    /// <summary>Whether it is seen to read the pipe.</summary>
    public bool Reads => Action is ProcessAction.ReadToEnd or ProcessAction.ReadPart or ProcessAction.BeginRead or ProcessAction.BeginEvents;

    /// <summary>Whether the pipes are closed behind it, because the child is gone or the program has let go of it.</summary>
    public bool Ends => Action is ProcessAction.Kill or ProcessAction.Release;

    public bool Equals(ProcessUse? other) => other is not null && Path.SequenceEqual(other.Path);

    public override int GetHashCode() => At.Syntax.SpanStart;
}
