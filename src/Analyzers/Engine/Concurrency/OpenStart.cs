using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>A start with what a function does behind it.</summary>
/// <param name="Start">The start.</param>
/// <param name="Facts">The body that it stands in.</param>
/// <param name="At">The start or the call that leads to it, in the function itself.</param>
/// <param name="After">What the function does behind that.</param>
/// <param name="IsReturned">The function gives the thread or task to its caller.</param>
/// <param name="Calls">The calls that lead to the start, the outermost first.</param>
internal sealed record OpenStart(ForkStart Start, BodyFacts Facts, IOperation At, AfterFork After, bool IsReturned, ImmutableArray<IInvocationOperation> Calls)
{
    /// <summary>Whether the work may still run when the function has ended.</summary>
    public bool IsOpenAtEnd => IsReturned || After.ReachesEnd;
}

/// <summary>The starts of a function that it does not wait for, those of what it calls within the file included.</summary>
internal static class OpenStarts
{
    public static IEnumerable<OpenStart> AtEndOf(BodyFacts body) => AtEndOf(body, null, 1, Known(body));

    /// <summary>The starts that the function itself has left open when it comes back from those of its calls that <paramref name="isOfInterest"/> tells.</summary>
    public static IEnumerable<OpenStart> OfCalls(BodyFacts body, Func<IInvocationOperation, bool> isOfInterest) => OfCalls(body, null, 1, Known(body), isOfInterest);

    /// <summary>What each function leaves open, found once for all of its callers. One that is still being looked at has nothing to add to itself.</summary>
    private static Dictionary<ISymbol, ImmutableArray<OpenStart>> Known(BodyFacts body) => new(SymbolEqualityComparer.Default) { [body.Owner] = ImmutableArray<OpenStart>.Empty };

    private static IEnumerable<OpenStart> AtEndOf(BodyFacts facts, IMethodSymbol? function, int depth, Dictionary<ISymbol, ImmutableArray<OpenStart>> known) => facts.Forks().Starts.Where(s => IsIn(s.At, function))
        .Select(start => Behind(start.At, start, facts, facts, ImmutableArray<IInvocationOperation>.Empty)).Concat(OfCalls(facts, function, depth, known, static _ => true)).Where(static open => open.IsOpenAtEnd);

    private static IEnumerable<OpenStart> OfCalls(BodyFacts facts, IMethodSymbol? function, int depth, Dictionary<ISymbol, ImmutableArray<OpenStart>> known, Func<IInvocationOperation, bool> isOfInterest)
    {
        if (depth > Limits.CallDepth)
        {
            yield break;
        }

        foreach (var call in facts.Root.Descendants().OfType<IInvocationOperation>().Where(c => IsIn(c, function) && isOfInterest(c)))
        {
            facts.Cancellation.ThrowIfCancellationRequested();
            foreach (var inner in LeftBy(call.TargetMethod, facts, depth, known))
            {
                yield return Behind(call, inner.Start, facts, inner.Facts, inner.Calls.Insert(0, call));
            }
        }
    }

    /// <summary>Each start that a function leaves open, by the first of the ways to it: calls of calls multiply.</summary>
    private static ImmutableArray<OpenStart> LeftBy(IMethodSymbol method, BodyFacts caller, int depth, Dictionary<ISymbol, ImmutableArray<OpenStart>> known)
    {
        var called = method.OriginalDefinition;
        if (known.TryGetValue(called, out var found))
        {
            return found;
        }

        found = ImmutableArray<OpenStart>.Empty;
        known[called] = found;
        if (!method.DeclaringSyntaxReferences.IsEmpty && ForkWrites.SourceOf(method, caller) is { } source)
        {
            var inside = source is ILocalFunctionOperation ? caller : BodyFacts.Collect(source, called, caller.Model, caller.Cancellation);
            found = AtEndOf(inside, source is ILocalFunctionOperation ? called : null, depth + 1, known).GroupBy(static open => open.Start).Select(static ways => ways.First()).ToImmutableArray();
            known[called] = found;
        }

        return found;
    }

    private static OpenStart Behind(IOperation at, ForkStart start, BodyFacts facts, BodyFacts startFacts, ImmutableArray<IInvocationOperation> calls) => new(
        start, startFacts, at,
        at == start.At ? facts.Forks().Followed.First(f => f.Start == start).After : AfterFork.Behind(at, start, ImmutableArray<ForkWrite>.Empty, facts),
        IsReturned(at), calls);

    /// <summary>Whether a method gives the value to its caller as it is, or as one of those that a task stands for: <c>return Task.WhenAll(xs.Select(x => Task.Run(…)));</c>.</summary>
    public static bool IsReturned(IOperation value)
    {
        for (var next = value; next is not null; next = Holder(next))
        {
            value = next;
        }

        return value.Parent is IReturnOperation && value.Parent.Parent?.Parent is not IAnonymousFunctionOperation;
    }

    /// <summary>The expression around that has the value in it: a conversion, the arguments of <c>WhenAll</c>, a query that makes the value.</summary>
    private static IOperation? Holder(IOperation value) => value.Parent switch
    {
        IConversionOperation conversion => conversion,
        IArrayInitializerOperation { Parent: IArrayCreationOperation { Parent: IArgumentOperation } array } => array,

        // Newer compilers put several arguments into a span.
        { Type.Name: "ReadOnlySpan" } span => span,
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { IsStatic: true, Name: "WhenAll", ContainingType: { Name: "Task", ContainingNamespace.Name: "Tasks" } } } all } => all,
        IReturnOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation lambda } } when OwnRuns.Taker(lambda) is IInvocationOperation { TargetMethod: { Name: "Select", ContainingType.Name: "Enumerable" } } query => query,
        _ => null,
    };

    /// <summary>Whether the operation stands in the function itself, or in a lambda of it, which may run on the spot.</summary>
    private static bool IsIn(IOperation operation, IMethodSymbol? function)
    {
        var around = operation.Parent;
        while (around is not null and not ILocalFunctionOperation)
        {
            around = around.Parent;
        }

        return SymbolEqualityComparer.Default.Equals((around as ILocalFunctionOperation)?.Symbol, function);
    }
}
