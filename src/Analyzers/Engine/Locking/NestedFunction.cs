using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Threadwise.Analyzers.Engine.Flow;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>A body and the lambdas and local functions in it, each with its own control-flow graph.</summary>
/// <param name="Graph">The function's graph.</param>
/// <param name="Symbol">The local function or lambda; null for the body itself.</param>
/// <param name="Lambda">The lambda's operation in the graph around it; null for the body and local functions.</param>
/// <param name="Nested">Functions directly inside.</param>
internal sealed record NestedFunction(
    ControlFlowGraph Graph, IMethodSymbol? Symbol, IFlowAnonymousFunctionOperation? Lambda, IReadOnlyList<NestedFunction> Nested)
{
    public static NestedFunction Of(ControlFlowGraph graph, CancellationToken cancellation) => Of(graph, null, null, cancellation);

    /// <summary>This function and all inside it, outer ones first.</summary>
    public IEnumerable<NestedFunction> All()
    {
        yield return this;
        foreach (var nested in Nested)
        {
            foreach (var function in nested.All())
            {
                yield return function;
            }
        }
    }

    private static NestedFunction Of(
        ControlFlowGraph graph, IMethodSymbol? symbol, IFlowAnonymousFunctionOperation? lambda, CancellationToken cancellation)
    {
        var nested = new List<NestedFunction>();
        foreach (var local in graph.LocalFunctions)
        {
            nested.Add(Of(graph.GetLocalFunctionControlFlowGraph(local, cancellation), local, null, cancellation));
        }

        foreach (var function in graph.Blocks.SelectMany(static b => b.DescendantOperations()).OfType<IFlowAnonymousFunctionOperation>())
        {
            nested.Add(Of(graph.GetAnonymousFunctionControlFlowGraph(function, cancellation), function.Symbol, function, cancellation));
        }

        return new NestedFunction(graph, symbol, lambda, nested);
    }
}
