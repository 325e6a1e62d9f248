using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Flow;

/// <summary>
/// Roslyn's control-flow graph with what it leaves out: finally blocks are run on each way out of their <c>try</c>, and an exception
/// finds its handlers. Built once per body or nested function; plain nodes and edges, so solvers need to know nothing of regions.
/// </summary>
internal sealed class FlowGraph
{
    private readonly ControlFlowGraph _cfg;
    private readonly List<FlowNode> _nodes = [];
    private readonly Dictionary<(int Block, FinallyFrame? Frame), int> _ids = [];
    private readonly Dictionary<(int Node, ITypeSymbol? Thrown), ImmutableArray<int>> _handlers = [];
    private readonly Stack<int> _pending = new();

    private FlowGraph(ControlFlowGraph cfg)
    {
        _cfg = cfg;
        ThrowExit = Add(null, null);
        Entry = Node(cfg.Blocks[0], null);
        Exit = Node(cfg.Blocks[cfg.Blocks.Length - 1], null);
    }

    public IReadOnlyList<FlowNode> Nodes => _nodes;

    public ControlFlowGraph Source => _cfg;

    public int Entry { get; }

    /// <summary>The body returns.</summary>
    public int Exit { get; }

    /// <summary>An exception leaves the body.</summary>
    public int ThrowExit { get; }

    /// <summary>The graph of a body, or null when it is larger than <see cref="Limits.FlowNodes"/>.</summary>
    public static FlowGraph? Build(ControlFlowGraph cfg)
    {
        var graph = new FlowGraph(cfg);
        while (graph._pending.Count > 0)
        {
            if (graph._nodes.Count > Limits.FlowNodes)
            {
                return null;
            }

            var node = graph._nodes[graph._pending.Pop()];
            node.Out = graph.EdgesOf(node);

            // Handlers are nodes too, even when no operation turns out to throw into them.
            graph.HandlersOf(node, null);
        }

        return graph;
    }

    /// <summary>
    /// Where an exception raised in <paramref name="node"/> may go: matching handlers from the inside out, then the first finally or a
    /// handler that takes it for certain, else the exit by exception.
    /// </summary>
    /// <param name="node">The node that throws.</param>
    /// <param name="thrown">The exception's type where it is known, which rules handlers out or makes one certain.</param>
    public ImmutableArray<int> HandlersOf(FlowNode node, ITypeSymbol? thrown)
    {
        if (_handlers.TryGetValue((node.Id, thrown), out var known))
        {
            return known;
        }

        var found = ImmutableArray.CreateBuilder<int>(1);
        if (node.Block is not null)
        {
            FindHandlers(node.Block.EnclosingRegion, node.Frame, thrown, found);
        }

        return _handlers[(node.Id, thrown)] = Taken(found);
    }

    private ImmutableArray<FlowEdge> EdgesOf(FlowNode node)
    {
        if (node.Block is not { } block)
        {
            return ImmutableArray<FlowEdge>.Empty;
        }

        var edges = ImmutableArray.CreateBuilder<FlowEdge>(block.ConditionalSuccessor is null ? 1 : 2);
        if (block.ConditionalSuccessor is { } conditional)
        {
            var (taken, other) = block.ConditionKind == ControlFlowConditionKind.WhenTrue
                ? (FlowEdgeKind.WhenTrue, FlowEdgeKind.WhenFalse)
                : (FlowEdgeKind.WhenFalse, FlowEdgeKind.WhenTrue);
            Follow(node, conditional, taken, edges);
            if (block.FallThroughSuccessor is { } fallThrough)
            {
                Follow(node, fallThrough, other, edges);
            }
        }
        else if (block.FallThroughSuccessor is { } next)
        {
            Follow(node, next, FlowEdgeKind.Next, edges);
        }

        return Taken(edges);
    }

    private void Follow(FlowNode node, ControlFlowBranch branch, FlowEdgeKind kind, ImmutableArray<FlowEdge>.Builder edges)
    {
        switch (branch.Semantics)
        {
            case ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow:
                // What a rethrow throws is whatever the handler took: unknown.
                var thrown = branch.Semantics == ControlFlowBranchSemantics.Throw ? Conversions.WithoutAny(node.Block!.BranchValue)?.Type : null;
                edges.AddRange(HandlersOf(node, thrown)
                    .Select(static handler => new FlowEdge(FlowEdgeKind.Throw, handler)));
                break;
            case ControlFlowBranchSemantics.StructuredExceptionHandling:
                if (RegionEndedBy(node.Block!) is not { } ended)
                {
                    break;
                }

                // The end of a finally, or the false end of a filter. Past a filter that may not be asked, whoever threw has edges to the other handlers already.
                if (ended.Kind == ControlFlowRegionKind.Finally && node.Frame is { } frame)
                {
                    LeaveFinally(frame, edges);
                }
                else if (ended.Kind == ControlFlowRegionKind.Filter && TakesAll(ended.EnclosingRegion!))
                {
                    RefuseFilter(ended.EnclosingRegion!, node.Frame, kind, edges);
                }

                break;
            default:
                if (branch.Destination is { } destination && !IsNeverTaken(node.Block!, kind, destination))
                {
                    edges.Add(new FlowEdge(kind, branch.FinallyRegions.IsEmpty
                        ? Node(destination, node.Frame)
                        : EnterFinally(branch, 0, node.Frame)));
                }

                break;
        }
    }

    /// <summary>
    /// A way of the compiler's that no run takes: past a pattern that takes every value, or to the throw behind the last arm of a switch expression. Arms that leave a value out are
    /// the compiler's to tell, and what that value throws is no way out that anybody wrote.
    /// </summary>
    private static bool IsNeverTaken(BasicBlock from, FlowEdgeKind kind, BasicBlock to) =>
        (kind == FlowEdgeKind.WhenFalse && from.BranchValue is IIsPatternOperation { Pattern: IDiscardPatternOperation or IDeclarationPatternOperation { MatchesNull: true } }) ||
        to.BranchValue is IObjectCreationOperation { IsImplicit: true, Syntax: SwitchExpressionSyntax };

    private void LeaveFinally(FinallyFrame frame, ImmutableArray<FlowEdge>.Builder edges)
    {
        if (frame.Branch is { } branch)
        {
            edges.Add(new FlowEdge(FlowEdgeKind.Next, frame.Index + 1 < branch.FinallyRegions.Length
                ? EnterFinally(branch, frame.Index + 1, frame.Outer)
                : Node(branch.Destination!, frame.Outer)));
            return;
        }

        var found = ImmutableArray.CreateBuilder<int>(2);
        FindHandlers(frame.Region.EnclosingRegion, frame.Outer, null, found);
        edges.AddRange(found.Select(static handler => new FlowEdge(FlowEdgeKind.Throw, handler)));
    }

    private void RefuseFilter(ControlFlowRegion handler, FinallyFrame? frame, FlowEdgeKind kind, ImmutableArray<FlowEdge>.Builder edges)
    {
        var found = ImmutableArray.CreateBuilder<int>(2);
        var whole = handler.EnclosingRegion!;
        if (!FindHandlers(whole.NestedRegions.SkipWhile(r => r != handler).Skip(1), frame, null, found))
        {
            FindHandlers(whole.EnclosingRegion, frame, null, found);
        }

        edges.AddRange(found.Select(next => new FlowEdge(kind, next)));
    }

    private int EnterFinally(ControlFlowBranch branch, int index, FinallyFrame? outer)
    {
        var region = branch.FinallyRegions[index];
        return Node(_cfg.Blocks[region.FirstBlockOrdinal], new FinallyFrame(region, branch, index, outer));
    }

    private void FindHandlers(ControlFlowRegion? from, FinallyFrame? frame, ITypeSymbol? thrown, ImmutableArray<int>.Builder found)
    {
        // A nested function's root region has an enclosing region in the outer graph: the search stops at this graph's own root.
        for (var region = from; region is not null && region != _cfg.Root; region = region.EnclosingRegion)
        {
            if (region == frame?.Region)
            {
                frame = frame.Outer;
            }

            if (region.Kind != ControlFlowRegionKind.Try || region.EnclosingRegion is not { } whole)
            {
                continue;
            }

            if (FindHandlers(whole.NestedRegions, frame, thrown, found))
            {
                return;
            }
        }

        found.Add(ThrowExit);
    }

    /// <summary>The handlers of one <c>try</c>; true where the exception goes no further without one of them being run or asked.</summary>
    private bool FindHandlers(IEnumerable<ControlFlowRegion> handlers, FinallyFrame? frame, ITypeSymbol? thrown, ImmutableArray<int>.Builder found)
    {
        foreach (var handler in handlers)
        {
            if (handler.Kind == ControlFlowRegionKind.Finally)
            {
                found.Add(Node(_cfg.Blocks[handler.FirstBlockOrdinal], new FinallyFrame(handler, null, 0, frame)));
                return true;
            }

            if (handler.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler &&
                Matches(handler, thrown) is { } isCertain)
            {
                found.Add(Node(_cfg.Blocks[handler.FirstBlockOrdinal], frame));
                if (isCertain)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// Null when the handler cannot take the exception, true when it surely does or its filter, which takes every type, is surely asked, false when it may.
    /// </summary>
    private static bool? Matches(ControlFlowRegion handler, ITypeSymbol? thrown)
    {
        if (TakesAll(handler))
        {
            return true;
        }

        var caught = handler.ExceptionType!;
        if (thrown is not null && !KnownType.IsOrDerives(thrown, caught) && !KnownType.IsOrDerives(caught, thrown))
        {
            return null;
        }

        return handler.Kind == ControlFlowRegionKind.Catch && thrown is not null && KnownType.IsOrDerives(thrown, caught);
    }

    private static bool TakesAll(ControlFlowRegion handler) => handler.ExceptionType is not { } caught || caught.SpecialType == SpecialType.System_Object ||
        caught is { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>The innermost <c>finally</c> or filter around the block.</summary>
    private static ControlFlowRegion? RegionEndedBy(BasicBlock block)
    {
        var region = block.EnclosingRegion;
        while (region is not null && region.Kind is not (ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter))
        {
            region = region.EnclosingRegion;
        }

        return region;
    }

    /// <summary>What the builder holds, without a copy where it is full.</summary>
    private static ImmutableArray<T> Taken<T>(ImmutableArray<T>.Builder builder) => builder.Count == builder.Capacity ? builder.MoveToImmutable() : builder.ToImmutable();

    private int Node(BasicBlock block, FinallyFrame? frame)
    {
        if (!_ids.TryGetValue((block.Ordinal, frame), out var id))
        {
            _ids.Add((block.Ordinal, frame), id = Add(block, frame));
            _pending.Push(id);
        }

        return id;
    }

    private int Add(BasicBlock? block, FinallyFrame? frame)
    {
        _nodes.Add(new FlowNode(_nodes.Count, block, frame));
        return _nodes.Count - 1;
    }
}
