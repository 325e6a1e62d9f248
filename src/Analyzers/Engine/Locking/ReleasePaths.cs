using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Flow;
using Threadwise.Analyzers.Engine.Places;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// Questions about the explicit paths of a flow graph and the releases of one lock on them. They are asked for the few candidates of a
/// report only, so plain searches will do.
/// </summary>
internal sealed class ReleasePaths
{
    private readonly LockFlow _flow;
    private readonly int _place;
    private readonly HashSet<int> _releases;
    private readonly Func<PathState, bool> _missing;

    /// <param name="flow">The function.</param>
    /// <param name="place">The lock.</param>
    /// <param name="missing">Whether a state is one of those that reach the release without the lock.</param>
    public ReleasePaths(LockFlow flow, int place, Func<PathState, bool> missing)
    {
        _missing = missing;
        _flow = flow;
        _place = place;
        _releases = [.. flow.Table.Sites.Where(s => s.Place == place && !s.Action.IsAcquire).SelectMany(flow.NodesOf).Select(static n => n.Id)];
    }

    /// <summary>
    /// Whether each path from the start of <paramref name="node"/> comes to a release before it leaves the function. Only paths on which
    /// <see cref="_missing"/> still holds count: a test that the states see through keeps no path open.
    /// </summary>
    public bool AlwaysFrom(int node)
    {
        var reached = Reach([node], _releases, isOnPath: id => _flow.States[id].States.Any(_missing));
        return !reached.Contains(_flow.Graph.Exit) && !reached.Contains(_flow.Graph.ThrowExit);
    }

    /// <summary>
    /// Whether such a path comes to <paramref name="release"/> for certain: past no call that may never come back, unless its exception comes to a
    /// release too. They also end where the lock's state becomes unknown.
    /// </summary>
    public bool ComesFrom(int node, LockSite release) => ComesFrom([node], release);

    /// <summary>The same for the paths behind the call.</summary>
    public bool ComesAfter(LockSite site, LockSite release) => _flow.NodesOf(site).Any(node =>
    {
        var next = _flow.Next(node, static _ => true, _missing, withHandlers: true);
        var calls = CallsFrom(next, release);
        var isLast = _flow.NodesOf(release).Contains(node) && release.Syntax.SpanStart > site.Syntax.SpanStart;
        return isLast ? !calls.MayStayAway(node, site.Syntax.Span.End, release.Syntax.SpanStart)
            : (!calls.MayStayAway(node, site.Syntax.Span.End, int.MaxValue) || IsProtected(node)) && ComesFrom(next, release);
    });

    /// <summary>Whether each path from behind the call comes to a release, whatever the call answered.</summary>
    public bool AlwaysAfter(LockSite site) =>
        _flow.NodesOf(site).All(node => IsReleasedLaterIn(node, site) || node.Out.All(edge => AlwaysFrom(edge.Target)));

    /// <summary>Whether no path from behind the call comes to a release; what is acquired once more is another hold.</summary>
    public bool IsNeverReachedAfter(LockSite site)
    {
        var nodes = _flow.NodesOf(site);
        var acquires = new HashSet<int>(_flow.Table.Sites.Where(s => s.Place == _place && s.Action.IsAcquire).SelectMany(_flow.NodesOf).Select(static n => n.Id));
        var behind = Reach(nodes.SelectMany(static n => n.Out).Select(static e => e.Target), acquires, id => _flow.States[id].States.Any(_missing));
        return !nodes.Any(node => IsReleasedLaterIn(node, site)) && !behind.Overlaps(_releases);
    }

    /// <summary>Whether the function can return, or go on for ever, behind the call: a program that ends there needs no release.</summary>
    public bool MayReturnAfter(LockSite site) =>
        Reach(_flow.NodesOf(site).Select(static n => n.Id), [], id => _flow.States[id].IsReachable).Contains(_flow.Graph.Exit);

    /// <summary>Whether no path through the function goes past the call.</summary>
    public bool IsAlwaysReached(LockSite site) =>
        !Reach([_flow.Graph.Entry], [.. _flow.NodesOf(site).Select(static n => n.Id)], id => _flow.States[id].IsReachable).Overlaps([_flow.Graph.Exit, _flow.Graph.ThrowExit]);

    /// <summary>Whether each path from behind <paramref name="site"/> to the end of the function comes to one of <paramref name="nodes"/>.</summary>
    public bool AlwaysComesTo(LockSite site, IReadOnlyCollection<int> nodes) => _flow.NodesOf(site).All(node =>
        nodes.Contains(node.Id) || !Reach(node.Out.Select(static e => e.Target), [.. nodes], static _ => true).Overlaps([_flow.Graph.Exit, _flow.Graph.ThrowExit]));

    /// <summary>Whether the handler that releases does so on every path through it.</summary>
    public bool IsUnconditionalInHandler(LockFlow.LockEvent release, LockSite acquire)
    {
        var blocks = new HashSet<int>(_flow.NodesOf(acquire).Select(static n => n.Block!.Ordinal));
        for (var region = release.Node.Block!.EnclosingRegion; region?.EnclosingRegion is { } around; region = around)
        {
            var guarded = around.NestedRegions.FirstOrDefault(static r => r.Kind == ControlFlowRegionKind.Try);
            if (region.Kind is ControlFlowRegionKind.Finally or ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler && guarded is not null &&
                blocks.Any(b => b >= guarded.FirstBlockOrdinal && b <= guarded.LastBlockOrdinal))
            {
                return _flow.Graph.Nodes.Where(n => n.Block?.Ordinal == region.FirstBlockOrdinal).All(n => AlwaysFrom(n.Id));
            }
        }

        return false;
    }

    /// <summary>
    /// Whether the acquire depends on a plain boolean of the caller's or the object's and the rest runs either way: <c>if (!alreadyHeld) Enter</c>.
    /// The lock may then be held though this function did not take it. A <c>try</c> that is left instead is no such thing.
    /// </summary>
    public bool IsUnderFlag(LockSite acquire)
    {
        var nodes = _flow.NodesOf(acquire).ToList();
        var targets = new HashSet<int>(nodes.Select(static n => n.Id));
        var after = Reach(nodes.SelectMany(static n => n.Out).Select(static e => e.Target), _releases, static _ => true);
        return Decisions(targets).Any(decision =>
            ConditionTable.Normalize(_flow.Graph.Nodes[decision.From].Block?.BranchValue).Core
                is IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation &&
            Reach([decision.To], _releases, static _ => true).Any(id => !_releases.Contains(id) && after.Contains(id)));
    }

    /// <summary>Whether the paths that pass the acquires by all come to a release, so that no condition can keep them apart.</summary>
    public bool IsSkipCertain(IEnumerable<LockSite> acquires, LockSite release)
    {
        var targets = new HashSet<int>(acquires.SelectMany(_flow.NodesOf).Select(static n => n.Id));
        var skips = Decisions(targets).Where(decision =>
            _flow.States[decision.To].States.Any(_missing) && Reach([decision.To], [], static _ => true).Overlaps(_releases)).ToList();
        return skips.Count > 0 && skips.All(decision => AlwaysFrom(decision.To)) && skips.Any(decision => ComesFrom(decision.To, release));
    }

    /// <summary>The edges behind which an acquire can no longer come before a release, though it could before them.</summary>
    private IEnumerable<(int From, int To)> Decisions(HashSet<int> acquires)
    {
        foreach (var node in _flow.Graph.Nodes.Where(n => n.Out.Length == 2 && _flow.States[n.Id].IsReachable))
        {
            var reaching = node.Out.Where(edge => Reach([edge.Target], _releases, static _ => true).Overlaps(acquires)).ToList();
            if (reaching.Count == 1)
            {
                yield return (node.Id, node.Out.First(edge => edge != reaching[0]).Target);
            }
        }
    }

    private bool IsReleasedLaterIn(FlowNode node, LockSite site) => _releases.Contains(node.Id) && _flow.Table.Sites.Any(other =>
        other.Place == _place && !other.Action.IsAcquire && other.Syntax.SpanStart > site.Syntax.SpanStart && _flow.NodesOf(other).Contains(node));

    private bool ComesFrom(IReadOnlyCollection<int> from, LockSite release)
    {
        var ends = _flow.NodesOf(release);
        var calls = CallsFrom(from, release);
        var seen = new HashSet<int>();
        var pending = new Stack<int>(from);
        while (pending.Count > 0)
        {
            var node = _flow.Graph.Nodes[pending.Pop()];
            if (!_flow.States[node.Id].States.Any(_missing) || !seen.Add(node.Id))
            {
                continue;
            }

            if (ends.Contains(node))
            {
                if (!calls.MayStayAway(node, 0, release.Syntax.SpanStart))
                {
                    return true;
                }
            }
            else if (!_releases.Contains(node.Id) && IsProtected(node) is var isProtected && (isProtected || !calls.MayStayAway(node, 0, int.MaxValue)))
            {
                // Who may have been told of the failure and comes back all the same is no longer on such a path; who throws is.
                foreach (var next in _flow.Next(node, _missing, _missing, isProtected))
                {
                    pending.Push(next);
                }
            }
        }

        return false;
    }

    private ReturningCalls CallsFrom(IEnumerable<int> from, LockSite release) =>
        new(_flow, release, Reach(from, _releases, id => _flow.States[id].States.Any(_missing)));

    /// <summary>Whether an exception out of the node comes to a release whatever handler takes it.</summary>
    private bool IsProtected(FlowNode node) => _flow.Graph.HandlersOf(node, null).All(handler =>
        (_flow.States[handler].States.Any(_missing) && AlwaysFrom(handler)) ||
        !Reach([handler], _releases, id => _flow.States[id].IsReachable).Overlaps([_flow.Graph.Exit, _flow.Graph.ThrowExit]));

    /// <summary>Nodes on explicit paths from <paramref name="from"/>, those in <paramref name="stopAt"/> not passed through.</summary>
    private HashSet<int> Reach(IEnumerable<int> from, HashSet<int> stopAt, Func<int, bool> isOnPath)
    {
        var seen = new HashSet<int>();
        var pending = new Stack<int>(from);
        while (pending.Count > 0)
        {
            var id = pending.Pop();
            if (isOnPath(id) && seen.Add(id) && !stopAt.Contains(id))
            {
                foreach (var edge in _flow.Graph.Nodes[id].Out)
                {
                    pending.Push(edge.Target);
                }
            }
        }

        return seen;
    }
}
