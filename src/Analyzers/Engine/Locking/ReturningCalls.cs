using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Flow;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// Which calls on the paths to one release may never come back, so that the release is not certain: <c>if (!taken) Fail();</c>. Only calls whose result
/// nobody uses are suspects. One that every path to the release goes through comes back, or the release would be dead code, as long as nobody has
/// noted before it which of the paths was taken.
/// </summary>
/// <param name="flow">The function.</param>
/// <param name="release">The release.</param>
/// <param name="failing">The nodes on the paths that miss the lock.</param>
internal sealed class ReturningCalls(LockFlow flow, LockSite release, IReadOnlyCollection<int> failing)
{
    private readonly LockFlow _flow = flow;
    private readonly LockSite _release = release;
    private readonly IReadOnlyCollection<int> _failing = failing;
    private bool? _isNoted;

    /// <summary>Whether control that has come to <paramref name="from"/> in the node may never come to <paramref name="to"/>.</summary>
    public bool MayStayAway(FlowNode node, int from, int to)
    {
        if (node.Block is not { } block)
        {
            return false;
        }

        var suspects = block.Operations.Where(o => o.Syntax.SpanStart >= from && o.Syntax.Span.End <= to).Select(DroppedCall).OfType<IInvocationOperation>()
            .Where(call => !_flow.ComesBack(call) && !IsOwn(call)).ToList();
        return suspects.Count > 0 && (suspects.Any(NoReturn.Is) || IsSkippable(node) || IsNoted());
    }

    /// <summary>The call that makes up the statement, awaited or not.</summary>
    private static IInvocationOperation? DroppedCall(IOperation statement)
    {
        var value = statement is IExpressionStatementOperation expression ? Conversions.WithoutAny(expression.Operation) : null;
        return value is IAwaitOperation wait ? LockTransfer.AwaitedCall(wait.Operation) : value as IInvocationOperation;
    }

    /// <summary>An acquire or release of the lock itself is followed. Another name may be the same lock.</summary>
    private bool IsOwn(IInvocationOperation call) =>
        _flow.Table.SiteOf(call) is { } site && (site.Place == _release.Place || !site.Action.IsAcquire);

    private bool IsSkippable(FlowNode node)
    {
        var seen = new HashSet<int> { node.Id };
        var pending = new Stack<int>();
        pending.Push(_flow.Graph.Entry);
        while (pending.Count > 0)
        {
            var id = pending.Pop();
            if (!_flow.States[id].IsReachable || !seen.Add(id))
            {
                continue;
            }

            var here = _flow.Graph.Nodes[id];
            if (_flow.NodesOf(_release).Contains(here))
            {
                return true;
            }

            foreach (var next in here.Out.Select(static edge => edge.Target).Concat(_flow.Graph.HandlersOf(here, null)))
            {
                pending.Push(next);
            }
        }

        return false;
    }

    /// <summary>Whether something is written on some of the paths only, the failing ones or those that hold the lock: a call further on may read it and throw.</summary>
    private bool IsNoted() => _isNoted ??= _flow.Graph.Nodes.Any(node => node.Block is { } block && _flow.States[node.Id].IsReachable &&
        block.Operations.Any(o => IsOnSomePaths(node, o) && o.DescendantsAndSelf().Any(Notes)));

    /// <summary>Behind the acquire in its block, or in a block that only the failing come by, or only those that hold the lock.</summary>
    private bool IsOnSomePaths(FlowNode node, IOperation operation) =>
        _flow.Table.Sites.Any(site => site.Place == _release.Place && site.Action.IsAcquire && _flow.NodesOf(site).Contains(node) && operation.Syntax.SpanStart > site.Syntax.SpanStart) ||
        ((_failing.Contains(node.Id) || _flow.States[node.Id].States.All(s => s[_release.Place].Phase == LockPhase.Held)) && IsSkippable(node));

    private bool Notes(IOperation operation) => operation switch
    {
        IAssignmentOperation or IIncrementOrDecrementOperation => true,
        IInvocationOperation call => !_flow.Tells(call) && !IsOwn(call),
        _ => false,
    };
}
