using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>What is kept of one member: its functions, and what its locals hold.</summary>
/// <param name="owner">The member; the field or property for an initializer.</param>
/// <param name="tree">The tree it stands in.</param>
internal sealed class BodySummary(ISymbol owner, SyntaxTree tree)
{
    public ISymbol Owner { get; } = owner;

    public SyntaxTree Tree { get; } = tree;

    public INamedTypeSymbol? Type { get; } = owner.ContainingType?.OriginalDefinition;

    /// <summary>The member itself, then its lambdas and local functions. Lambdas that run where they are written are part of the function around them.</summary>
    public List<FunctionSummary> Functions { get; } = [];

    public List<ForkSummary> Forks { get; } = [];

    /// <summary>Calls that are given what the member disposes of behind them.</summary>
    public List<HandOver> HandOvers { get; } = [];

    /// <summary>What its locals hold, and the parameters of lambdas that run over a collection.</summary>
    public Dictionary<ISymbol, LocalValue> Locals { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Variables of the object or static ones that it assigns, save those that a constructor gives their first value; and its parameters that it assigns.</summary>
    public HashSet<ISymbol> Written { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>What an initializer of a field or property gives it.</summary>
    public Origin? Initial { get; set; }

    /// <summary>Where it reads what a child leaves before anything has waited for the child, which another member gave it.</summary>
    public List<EarlyExit> EarlyExits { get; } = [];

    /// <summary>The children that it gives away; null where it gives none, or may give one that has run for a while.</summary>
    public Given? Given { get; set; }
}

/// <summary>What one function does, step by step.</summary>
/// <param name="symbol">The member or local function; null for a lambda and an initializer.</param>
/// <param name="body">The member it stands in.</param>
internal sealed class FunctionSummary(IMethodSymbol? symbol, BodySummary body)
{
    public IMethodSymbol? Symbol { get; } = symbol;

    public BodySummary Body { get; } = body;

    public List<Step> Steps { get; } = [];

    /// <summary>It acquires a lock by a call, and so may leave it held.</summary>
    public bool TakesLock { get; set; }

    /// <summary>A call of it does not run it to its end: an iterator.</summary>
    public bool IsDeferred { get; set; }

    /// <summary>Whether it stands outside of the type.</summary>
    public bool IsOutside(INamedTypeSymbol? type) => !SymbolEqualityComparer.Default.Equals(Body.Type, type);

    /// <summary>The code of a step.</summary>
    public SyntaxNode SyntaxOf(TextSpan span, CancellationToken cancellation) => Body.Tree.GetRoot(cancellation).FindNode(span, getInnermostNodeForTie: true);
}

/// <summary>A step of a function on a way through several.</summary>
internal readonly record struct Site(FunctionSummary In, Step Step);

/// <summary>A function that a fork may run.</summary>
/// <param name="Lambda">The lambda, or null.</param>
/// <param name="Method">The method or local function, or null.</param>
/// <param name="Receiver">The object whose method it is.</param>
internal sealed record ForkTarget(FunctionSummary? Lambda, IMethodSymbol? Method, Origin? Receiver);

/// <summary>A start of a thread or task, and what its starter does until it may have waited.</summary>
/// <param name="In">The function that starts it.</param>
/// <param name="At">The call that starts it.</param>
/// <param name="Creation">What made it.</param>
/// <param name="Kind">What was made.</param>
/// <param name="Targets">The functions that may run.</param>
/// <param name="Line">What the starter does next, with whether a loop repeats it until it sees another value; it goes on as though no call waited.</param>
/// <param name="LiveRead">The early read that the code of one file shows.</param>
/// <param name="Repeats">The loop or query that makes it again and again; null for none, and for a parallel loop.</param>
/// <param name="Runs">How its functions meet.</param>
internal sealed record ForkSummary(
    FunctionSummary In, TextSpan At, TextSpan Creation, ForkKind Kind, ImmutableArray<ForkTarget> Targets, ImmutableArray<(Step Step, bool IsPolled)> Line, TextSpan? LiveRead, TextSpan? Repeats, ForkRuns Runs)
{
    /// <summary>Whether one of its functions runs on several threads at once.</summary>
    public bool IsMany => Runs == ForkRuns.Many;

    /// <summary>It runs over a group, so that the others of the group run beside it.</summary>
    public bool IsGroup { get; init; }

    /// <summary>What its starter disposes of next, as long as no call waits.</summary>
    public ImmutableArray<DisposalSummary> Disposals { get; init; } = ImmutableArray<DisposalSummary>.Empty;

    /// <summary>The member that starts it makes it as well.</summary>
    public bool IsMadeHere { get; init; }

    /// <summary>Its starter comes to its end, or gives the handle to its caller, as long as no call waits.</summary>
    public bool IsLeftOpen { get; init; }
}

/// <summary>What disposes of an object behind a start.</summary>
/// <param name="At">The <c>using</c> or the call.</param>
/// <param name="Name">The variable of the object.</param>
/// <param name="Place">The object.</param>
/// <param name="Position">Where in the source it comes.</param>
/// <param name="Dispose">The member of the source that it runs; null for an object of the framework.</param>
/// <param name="IsLive">The code of one file shows that it comes too early.</param>
internal sealed record DisposalSummary(TextSpan At, string Name, AccessPath Place, int Position, Call? Dispose, bool IsLive);

/// <summary>A call that is given an object which its caller disposes of later.</summary>
/// <param name="In">The caller.</param>
/// <param name="Step">The call.</param>
/// <param name="Line">What the caller does next; it goes on as though no call waited.</param>
/// <param name="Disposals">What it disposes of on the way.</param>
internal sealed record HandOver(FunctionSummary In, Step Step, ImmutableArray<(Step Step, bool IsPolled)> Line, ImmutableArray<DisposalSummary> Disposals);

/// <summary>How the functions of a start meet one another.</summary>
internal enum ForkRuns
{
    /// <summary>One of them runs once.</summary>
    Once,

    /// <summary>Each runs on several threads at once.</summary>
    Many,

    /// <summary>All of them run at once: <c>Parallel.Invoke</c>.</summary>
    Together,

    /// <summary>A scheduler or an option may keep them apart.</summary>
    Unknown,
}
