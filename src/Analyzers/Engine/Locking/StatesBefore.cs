using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Flow;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>The states that reach each statement and condition of a solved flow: one run more over it, for the rules that ask what is held at a place.</summary>
internal sealed class StatesBefore : ILockObserver, IPathStep
{
    private readonly Dictionary<SyntaxNode, List<PathState>> _states = [];

    private StatesBefore()
    {
    }

    /// <summary>By the syntax of the statement or condition; one in a <c>finally</c> has the states of each way in.</summary>
    public static IReadOnlyDictionary<SyntaxNode, List<PathState>> Of(FlowGraph graph, IReadOnlyList<PathSet> states, LockTransfer transfer)
    {
        var before = new StatesBefore();
        transfer.Observer = before;
        foreach (var node in graph.Nodes)
        {
            foreach (var state in states[node.Id].States)
            {
                transfer.Run(node, state, before);
            }
        }

        transfer.Observer = null;
        return before._states;
    }

    void ILockObserver.Reaching(IOperation operation, PathState state)
    {
        if (!_states.TryGetValue(operation.Syntax, out var reaching))
        {
            _states.Add(operation.Syntax, reaching = []);
        }

        reaching.Add(state);
    }

    void ILockObserver.Releasing(LockSite site, PathState state, FlowNode node)
    {
    }

    void ILockObserver.Acquiring(LockSite site, PathState state, FlowNode node)
    {
    }

    void ILockObserver.Calling(IInvocationOperation call, PathState state)
    {
    }

    void ILockObserver.Returning(PathState state, bool? answer, FlowNode node)
    {
    }

    void ILockObserver.Suspending(IOperation operation, PathState state, FlowNode node)
    {
    }

    void IPathStep.End(PathState state, bool? condition)
    {
    }

    void IPathStep.Throw(PathState state, ITypeSymbol? thrown)
    {
    }
}
