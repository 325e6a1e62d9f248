using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>
/// Members that come in and wait to be summarised. An editor asks for the diagnostics of the documents that it shows: the driver calls the actions of every class for them, and never comes to the end of
/// the compilation. So nothing is summarised before members of more trees are here than an editor shows at once. A build soon has more, or comes to its end; until then the operations of these trees are kept.
/// </summary>
internal sealed class WaitingBodies(ProgramFacts facts)
{
    private const int TreesShown = 8;

    private readonly ConcurrentQueue<(ISymbol Owner, ImmutableArray<IOperation> Roots)> _waiting = new();
    private readonly ConcurrentDictionary<SyntaxTree, bool> _trees = new();
    private int _treeCount;

    private bool IsBuild => Volatile.Read(ref _treeCount) > TreesShown;

    public void Add(OperationBlockAnalysisContext context, ImmutableArray<IOperation> roots)
    {
        if (!IsBuild && _trees.TryAdd(roots[0].Syntax.SyntaxTree, true))
        {
            Interlocked.Increment(ref _treeCount);
        }

        if (IsBuild)
        {
            facts.Add(SummaryOf(context.OwningSymbol, roots, context, context.CancellationToken));
            Summarise(context.CancellationToken);
        }
        else
        {
            _waiting.Enqueue((context.OwningSymbol, roots));
        }
    }

    /// <summary>Summarises all that waits. Who is cancelled on the way leaves the rest to the next.</summary>
    public void Summarise(CancellationToken cancellation)
    {
        while (_waiting.TryDequeue(out var member))
        {
            try
            {
                facts.Add(SummaryOf(member.Owner, member.Roots, null, cancellation));
            }
            catch (OperationCanceledException)
            {
                _waiting.Enqueue(member);
                throw;
            }
        }
    }

    /// <param name="owner">The member.</param>
    /// <param name="roots">Its bodies.</param>
    /// <param name="context">That of its callback while that runs, whose control-flow graphs other analyzers share.</param>
    /// <param name="cancellation">Ends the work.</param>
    private BodySummary SummaryOf(ISymbol owner, ImmutableArray<IOperation> roots, OperationBlockAnalysisContext? context, CancellationToken cancellation)
    {
        var bodies = new List<BodyFacts>(roots.Length);
        foreach (var root in roots)
        {
            var body = BodyFacts.Collect(root, owner, facts.Model, cancellation);
            if (body.HasLockFlow && (context?.GetControlFlowGraph(root) ?? GraphOf(root, cancellation)) is { } graph)
            {
                body.Keep(graph);
            }

            bodies.Add(body);
        }

        return Summarizer.Of(owner, bodies);
    }

    /// <summary>What the context of the callback would give; it is over by now, and its cancellation with it.</summary>
    private static ControlFlowGraph? GraphOf(IOperation root, CancellationToken cancellation)
    {
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        return root switch
        {
            IMethodBodyOperation method => ControlFlowGraph.Create(method, cancellation),
            IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor, cancellation),
            IBlockOperation block => ControlFlowGraph.Create(block, cancellation),
            IFieldInitializerOperation field => ControlFlowGraph.Create(field, cancellation),
            IPropertyInitializerOperation property => ControlFlowGraph.Create(property, cancellation),
            IParameterInitializerOperation parameter => ControlFlowGraph.Create(parameter, cancellation),
            _ => null,
        };
    }
}
