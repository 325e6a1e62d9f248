using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Domains;

namespace Threadwise.Analyzers.Engine.Flow;

/// <summary>What one node does to a path. Pure: it may be asked in any order and more than once.</summary>
internal interface IPathTransfer
{
    /// <summary>
    /// Runs <paramref name="node"/> from <paramref name="state"/> and calls <paramref name="step"/> for each way out: a value for the
    /// condition the block ends in, or null, and exceptions with the type that is thrown.
    /// </summary>
    void Run(FlowNode node, PathState state, IPathStep step);
}

/// <summary>Receives the ways out of a node.</summary>
internal interface IPathStep
{
    /// <summary>The block was run to its end; <paramref name="condition"/> is its condition's value where the path knows it.</summary>
    void End(PathState state, bool? condition);

    /// <summary>An operation of the block throws into the handlers around it.</summary>
    void Throw(PathState state, ITypeSymbol? thrown);
}

/// <summary>
/// Forward worklist over a <see cref="FlowGraph"/>. The states of a node only grow, there are finitely many, and every bound ends in
/// "unknown", so it ends. Deterministic: nodes are visited in the order of their discovery.
/// </summary>
internal sealed class PathSolver : IPathStep
{
    private readonly FlowGraph _graph;
    private readonly IPathTransfer _transfer;
    private readonly PathSet[] _entry;
    private readonly Queue<int> _work = new();
    private readonly bool[] _queued;
    private readonly ImmutableArray<PathState>[] _done;
    private FlowNode _current;

    private PathSolver(FlowGraph graph, IPathTransfer transfer)
    {
        _graph = graph;
        _transfer = transfer;
        _entry = new PathSet[graph.Nodes.Count];
        _queued = new bool[graph.Nodes.Count];
        _done = new ImmutableArray<PathState>[graph.Nodes.Count];
        for (var i = 0; i < _entry.Length; i++)
        {
            _entry[i] = PathSet.Unreachable;
            _done[i] = ImmutableArray<PathState>.Empty;
        }

        _current = graph.Nodes[graph.Entry];
    }

    private bool HitBound { get; set; }

    /// <summary>The paths that reach each node, by its id, or null when a bound was hit.</summary>
    public static IReadOnlyList<PathSet>? Solve(FlowGraph graph, IPathTransfer transfer, PathState entry, CancellationToken cancellation) => Solve(graph, transfer, graph.Entry, entry, cancellation);

    /// <summary>The same for the paths that begin at <paramref name="start"/>.</summary>
    public static IReadOnlyList<PathSet>? Solve(FlowGraph graph, IPathTransfer transfer, int start, PathState entry, CancellationToken cancellation)
    {
        var solver = new PathSolver(graph, transfer);
        solver.Flow(start, entry);
        for (var visits = 0; solver._work.Count > 0 && !solver.HitBound; visits++)
        {
            cancellation.ThrowIfCancellationRequested();
            solver.HitBound |= visits > Limits.FlowVisits;
            var id = solver._work.Dequeue();
            solver._queued[id] = false;
            solver._current = graph.Nodes[id];
            var (states, done) = (solver._entry[id].States, solver._done[id]);
            solver._done[id] = states;
            foreach (var state in states)
            {
                // Run from the same state, the node says the same again.
                if (!done.Contains(state))
                {
                    transfer.Run(solver._current, state, solver);
                }
            }
        }

        return solver.HitBound ? null : solver._entry;
    }

    void IPathStep.End(PathState state, bool? condition)
    {
        foreach (var edge in _current.Out)
        {
            if (!edge.IsRuledOutBy(condition))
            {
                Flow(edge.Target, state);
            }
        }
    }

    void IPathStep.Throw(PathState state, ITypeSymbol? thrown)
    {
        foreach (var handler in _graph.HandlersOf(_current, thrown))
        {
            Flow(handler, state);
        }
    }

    private void Flow(int target, PathState state)
    {
        if (HitBound || _entry[target].Add(state) is not { } grown)
        {
            HitBound = true;
            return;
        }

        if (grown != _entry[target])
        {
            _entry[target] = grown;
            if (!_queued[target])
            {
                _queued[target] = true;
                _work.Enqueue(target);
            }
        }
    }
}
