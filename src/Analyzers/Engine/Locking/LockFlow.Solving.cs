using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Flow;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <content>How the states come about.</content>
internal sealed partial class LockFlow
{
    /// <summary>The flows of <paramref name="body"/>; sets <see cref="BodyFacts.HitBound"/> and leaves a function out when a bound is hit.</summary>
    public static ImmutableArray<LockFlow> Analyze(BodyFacts body)
    {
        if (body.Graph is not { } whole)
        {
            return ImmutableArray<LockFlow>.Empty;
        }

        var root = NestedFunction.Of(whole, body.Cancellation);
        var functions = root.All().ToList();
        var places = new PlaceResolver(functions.Select(static f => f.Graph));
        var tables = functions.ToDictionary(static f => f, f => LockTable.Read(f.Graph, body, places));
        var flows = ImmutableArray.CreateBuilder<LockFlow>();
        foreach (var function in functions)
        {
            body.Cancellation.ThrowIfCancellationRequested();
            var table = tables[function];
            if (table.Sites.Count == 0)
            {
                continue;
            }

            if (!table.IsTooLarge && FlowGraph.Build(function.Graph) is { } graph && Solve(function, graph, table, tables, places, body) is { } flow)
            {
                flows.Add(flow);
            }
            else
            {
                body.HitBound = true;
            }
        }

        return flows.ToImmutable();
    }

    private static LockFlow? Solve(
        NestedFunction function, FlowGraph graph, LockTable table, Dictionary<NestedFunction, LockTable> tables, PlaceResolver places, BodyFacts body)
    {
        var conditions = new ConditionTable(places);
        var written = Written(function);
        foreach (var block in function.Graph.Blocks)
        {
            if (block is { ConditionKind: not ControlFlowConditionKind.None, BranchValue: { } condition })
            {
                RegisterAll(condition);
            }
        }

        // A flag that is tested may get its value by way of others.
        foreach (var assignment in function.Graph.Blocks.SelectMany(static b => b.Operations).SelectMany(static o => o.DescendantsAndSelf())
                     .OfType<ISimpleAssignmentOperation>().Where(static a => a.Type?.SpecialType == SpecialType.System_Boolean))
        {
            if (conditions.VariableOf(assignment.Value) is not null)
            {
                RegisterAll(assignment.Value);
            }
        }

        // `Debug.Assert(taken)` decides as an `if` does.
        foreach (var argument in function.Graph.Blocks.SelectMany(static b => b.DescendantOperations()).OfType<IArgumentOperation>()
                     .Where(static a => NoReturn.When(a) is not null))
        {
            RegisterAll(argument.Value);
        }

        if (conditions.HasOverflowed)
        {
            return null;
        }

        var helpers = body.Type?.Once(LockHelpers.Of);
        var effects = new LockEffects(table, places, body, helpers);
        var transfer = new LockTransfer(table, conditions, effects, body.Model);
        if (PathSolver.Solve(graph, transfer, PathState.Entry, body.Cancellation) is not { } states)
        {
            return null;
        }

        var unfollowed = ImmutableHashSet.CreateRange(
            function.Nested.SelectMany(static nested => nested.All()).SelectMany(nested => OneSided(tables[nested]))
                .SelectMany(path => Enumerable.Range(0, table.Places.Count).Where(i => table.Places[i].Path.Equals(path)))
                .Concat(Enumerable.Range(0, table.Places.Count).Where(table.IsUnclear)));
        var flow = new LockFlow(body.Owner, function, graph, table, states, transfer, effects, places, helpers, unfollowed);
        flow.TestedPlaces = ImmutableHashSet.CreateRange(function.Graph.Blocks
            .SelectMany(static b => b.DescendantOperations()).Select(effects.HeldTest).OfType<int>());
        Observe(transfer, graph, states, flow);
        return flow;

        void RegisterAll(IOperation condition)
        {
            if (ConditionTable.Normalize(condition).Core is IBinaryOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or } binary)
            {
                RegisterAll(binary.LeftOperand);
                RegisterAll(binary.RightOperand);
            }
            else if (condition is IInvocationOperation { IsImplicit: true } or IAwaitOperation { IsImplicit: true })
            {
                // `MoveNext` of a `foreach`: the next round asks anew.
            }
            else if (!condition.DescendantsAndSelf().Any(o => o is ILocalReferenceOperation local && written.Contains(local.Local)))
            {
                conditions.Register(condition);
            }
        }
    }

    /// <summary>Runs the solved states once more and tells <paramref name="observer"/>.</summary>
    private static void Observe(LockTransfer transfer, FlowGraph graph, IReadOnlyList<PathSet> states, ILockObserver observer)
    {
        transfer.Observer = observer;
        foreach (var node in graph.Nodes)
        {
            foreach (var state in states[node.Id].States)
            {
                transfer.Run(node, state, NoStep.Instance);
            }
        }

        transfer.Observer = null;
    }

    /// <summary>Locals that a nested function writes: what they hold after any call is unknown, so no fact is kept about them.</summary>
    private static HashSet<ISymbol> Written(NestedFunction function)
    {
        var written = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in function.Nested.SelectMany(static n => n.All()).SelectMany(static n => n.Graph.Blocks)
                     .SelectMany(static b => b.Operations).SelectMany(static o => o.DescendantsAndSelf()))
        {
            if (operation is IAssignmentOperation { Target: ILocalReferenceOperation target })
            {
                written.Add(target.Local);
            }
        }

        return written;
    }

    /// <summary>The locks that a function only acquires or only releases.</summary>
    private static IEnumerable<AccessPath> OneSided(LockTable table) => table.Sites
        .GroupBy(site => table.Places[site.Place].Path)
        .Where(static group => group.Select(static site => site.Action.IsAcquire).Distinct().Count() == 1)
        .Select(static group => group.Key);

    private static Dictionary<SyntaxNode, List<FlowNode>> NodesByCall(FlowGraph graph, LockTable table)
    {
        var nodes = table.Sites.Select(static site => site.Syntax).Distinct().ToDictionary(static syntax => syntax, static _ => new List<FlowNode>());
        foreach (var node in graph.Nodes.Where(static n => n.Block is not null))
        {
            foreach (var operation in node.Block!.DescendantOperations())
            {
                if (operation is IInvocationOperation or ISimpleAssignmentOperation && nodes.TryGetValue(operation.Syntax, out var holders) && !holders.Contains(node))
                {
                    holders.Add(node);
                }
            }
        }

        return nodes;
    }

    private sealed class Successors(FlowGraph graph, FlowNode node, Func<PathState, bool> wanted, bool withHandlers) : IPathStep
    {
        public HashSet<int> Found { get; } = [];

        public void End(PathState state, bool? condition)
        {
            if (wanted(state))
            {
                Found.UnionWith(node.Out.Where(edge => !edge.IsRuledOutBy(condition)).Select(static edge => edge.Target));
            }
        }

        public void Throw(PathState state, ITypeSymbol? thrown)
        {
            if (withHandlers && wanted(state))
            {
                Found.UnionWith(graph.HandlersOf(node, thrown));
            }
        }
    }

    /// <summary>Listens for acquires and returns alone.</summary>
    private sealed class Heard : ILockObserver
    {
        private readonly FlowGraph _graph;

        public Heard(LockTransfer transfer, FlowGraph graph, IReadOnlyList<PathSet> states)
        {
            _graph = graph;
            Observe(transfer, graph, states, this);
        }

        public List<(LockSite Site, PathState State)> Acquires { get; } = [];

        public List<Return> Returns { get; } = [];

        public void Acquiring(LockSite site, PathState state, FlowNode node) => Acquires.Add((site, state));

        public void Returning(PathState state, bool? answer, FlowNode node) => Returns.Add(new Return(state, answer, IsLast(_graph, node)));

        public void Releasing(LockSite site, PathState state, FlowNode node)
        {
        }

        public void Calling(IOperation use, PathState state)
        {
        }

        public void Suspending(IOperation operation, PathState state, FlowNode node)
        {
        }

        public void Reaching(IOperation operation, PathState state)
        {
        }
    }

    /// <summary>The states are solved: where they go next is known.</summary>
    private sealed class NoStep : IPathStep
    {
        public static NoStep Instance { get; } = new();

        public void End(PathState state, bool? condition)
        {
        }

        public void Throw(PathState state, ITypeSymbol? thrown)
        {
        }
    }
}
