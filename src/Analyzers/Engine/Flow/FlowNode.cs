using System.Collections.Immutable;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Threadwise.Analyzers.Engine.Flow;

/// <summary>How control passes along an edge.</summary>
internal enum FlowEdgeKind
{
    Next,

    /// <summary>The block's condition was true.</summary>
    WhenTrue,

    /// <summary>The block's condition was false.</summary>
    WhenFalse,

    /// <summary>The block ends in a <c>throw</c>.</summary>
    Throw,
}

internal readonly record struct FlowEdge(FlowEdgeKind Kind, int Target)
{
    /// <summary>Whether a path that knows the block's condition cannot take the edge.</summary>
    public bool IsRuledOutBy(bool? condition) =>
        (Kind == FlowEdgeKind.WhenTrue && condition == false) || (Kind == FlowEdgeKind.WhenFalse && condition == true);
}

/// <summary>
/// A basic block under one way into the finally blocks around it. Two ways into a finally are two nodes, so the states of a
/// return, a normal end and an exception never mix in it.
/// </summary>
internal sealed class FlowNode(int id, BasicBlock? block, FinallyFrame? frame)
{
    public int Id { get; } = id;

    /// <summary>The block; null for the exit by exception.</summary>
    public BasicBlock? Block { get; } = block;

    public FinallyFrame? Frame { get; } = frame;

    /// <summary>Edges of explicit control flow; implicit exceptions are asked of the graph.</summary>
    public ImmutableArray<FlowEdge> Out { get; internal set; } = ImmutableArray<FlowEdge>.Empty;
}

/// <summary>Why a finally block runs and where control goes after it.</summary>
/// <param name="Region">The finally region being run.</param>
/// <param name="Branch">The branch that left the <c>try</c>; null when an exception did.</param>
/// <param name="Index">Which of the branch's finally regions this one is.</param>
/// <param name="Outer">The frame around the <c>try</c>, when that stands in a finally itself.</param>
internal sealed record FinallyFrame(ControlFlowRegion Region, ControlFlowBranch? Branch, int Index, FinallyFrame? Outer);
