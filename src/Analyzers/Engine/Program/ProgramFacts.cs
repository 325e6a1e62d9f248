using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>
/// The members of the compilation, kept from their callbacks to its end as summaries. They come in on several threads and in any order; the rest is asked by one, when all are in, and
/// its answers hang on no order.
/// </summary>
internal sealed class ProgramFacts(Model model)
{
    private readonly Pile<BodySummary> _bodies = new();
    private readonly Dictionary<IMethodSymbol, FunctionSummary> _functions = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, Origin> _initial = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, BodySummary?> _written = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<Type, object> _computed = [];
    private Dictionary<ISymbol, List<Site>>? _accesses;

    public Model Model { get; } = model;

    public CancellationToken Cancellation { get; private set; }

    /// <summary>The starts of the compilation, by file and place.</summary>
    public IReadOnlyList<ForkSummary> Forks { get; private set; } = [];

    /// <summary>The starts in the function itself.</summary>
    public IEnumerable<ForkSummary> ForksOf(FunctionSummary function) => function.Body.Forks.Where(f => f.In == function);

    /// <summary>The calls that are given what their callers dispose of behind them, by file and place.</summary>
    public IEnumerable<HandOver> HandOvers() => _bodies.SelectMany(static b => b.HandOvers).OrderBy(static h => h.In.Body.Tree.FilePath, StringComparer.Ordinal).ThenBy(static h => h.Step.Span.Start);

    /// <summary>The calls of the functions that each run of the caller makes, by file and place: the caller, the place of the step in it, and which one it calls.</summary>
    public IEnumerable<(FunctionSummary Function, int At, FunctionSummary Callee)> CallsOf(HashSet<FunctionSummary> functions)
    {
        var calls = new List<(FunctionSummary Function, int At, FunctionSummary Callee)>();
        foreach (var function in functions.Count == 0 ? [] : _bodies.SelectMany(static b => b.Functions).Where(static f => !f.IsDeferred))
        {
            for (var at = 0; at < function.Steps.Count; at++)
            {
                if (function.Steps[at] is { Kind: StepKind.Call, IsAlways: true, Call: { } call } && FunctionOf(call.Target) is { } callee && functions.Contains(callee))
                {
                    calls.Add((function, at, callee));
                }
            }
        }

        return calls.OrderBy(static c => c.Function.Body.Tree.FilePath, StringComparer.Ordinal).ThenBy(static c => c.Function.Steps[c.At].Span.Start);
    }

    public void Add(BodySummary body) => _bodies.Add(body);

    /// <summary>All members are in.</summary>
    public void Close(CancellationToken cancellation)
    {
        Cancellation = cancellation;
        foreach (var body in _bodies)
        {
            foreach (var function in body.Functions)
            {
                if (function.Symbol is { } symbol)
                {
                    _functions[symbol.OriginalDefinition] = function;
                }
            }

            foreach (var variable in body.Written)
            {
                _written[variable] = _written.TryGetValue(variable, out var other) && other != body ? null : body;
            }

            if (body.Initial is { } initial)
            {
                _initial[body.Owner.OriginalDefinition] = initial;
            }
        }

        Forks = _bodies.SelectMany(static b => b.Forks).OrderBy(static f => f.In.Body.Tree.FilePath, StringComparer.Ordinal).ThenBy(static f => f.At.Start).ThenBy(static f => f.Creation.Start).ToList();
    }

    /// <summary>The reads of what a child leaves that come too early: the child has just been started by the member that gives it. By file and place.</summary>
    public IEnumerable<EarlyExit> EarlyExits() => _bodies.SelectMany(static b => b.EarlyExits).Where(early => IsJustStarted(early.Giver, early.IsAlone, 0))
        .OrderBy(static e => e.In.Tree.FilePath, StringComparer.Ordinal).ThenBy(static e => e.Read.Start);

    private bool IsJustStarted(IMethodSymbol giver, bool isAlone, int depth) => depth < Limits.CallDepth && FunctionOf(giver)?.Body.Given is { } given && (isAlone || !given.IsKept) && given.From.All(other => IsJustStarted(other, isAlone, depth + 1));

    /// <summary>Whether the call runs no code that is written: a primary constructor without more.</summary>
    public bool IsEmpty(Call call) => call.Target.MethodKind == MethodKind.Constructor && FunctionOf(call.Target) is null;

    /// <summary>The accesses of the variable in members of the compilation, by file and place. Those of its own constructors come before anybody else has the object.</summary>
    public IReadOnlyList<Site> AccessesOf(ISymbol variable)
    {
        if (_accesses is null)
        {
            _accesses = new(SymbolEqualityComparer.Default);
            foreach (var function in _bodies.SelectMany(static b => b.Functions))
            {
                foreach (var step in function.Steps.Where(static s => s is { Kind: StepKind.Access, Place.Holder: IFieldSymbol or IPropertySymbol }))
                {
                    if (!_accesses.TryGetValue(step.Place!.Holder!, out var sites))
                    {
                        _accesses.Add(step.Place.Holder!, sites = []);
                    }

                    sites.Add(new Site(function, step));
                }
            }
        }

        return _accesses.TryGetValue(variable, out var found) ? found.OrderBy(static s => s.In.Body.Tree.FilePath, StringComparer.Ordinal).ThenBy(static s => s.Step.Span.Start).ToList() : [];
    }

    public FunctionSummary? FunctionOf(IMethodSymbol symbol)
    {
        symbol = symbol.OriginalDefinition;
        return _functions.TryGetValue(symbol.PartialImplementationPart ?? symbol, out var function) ? function : null;
    }

    /// <summary>Whether the variable keeps what it has been given by a constructor or initializer.</summary>
    public bool IsFixed(ISymbol variable) => variable is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null } or IPropertySymbol { SetMethod.IsInitOnly: true } || !_written.ContainsKey(variable);

    /// <summary>
    /// Whether the field or property, of the object at hand or static, holds one object from the making of the start on: nothing but the starting function assigns it, and only before.
    /// </summary>
    public bool IsSetBefore(ISymbol variable, ForkSummary fork)
    {
        if (!fork.IsMadeHere || !_written.TryGetValue(variable, out var only) || only != fork.In.Body)
        {
            return false;
        }

        var isSet = false;
        foreach (var function in only.Functions)
        {
            foreach (var step in function.Steps)
            {
                if (step is { Kind: StepKind.Access, IsContent: false, Access: not (AccessKind.Read or AccessKind.Use) } && SymbolEqualityComparer.Default.Equals(step.Place!.Holder, variable))
                {
                    if (function != fork.In || step.Access != AccessKind.Write || step.Span.End > Math.Min(fork.At.Start, fork.Creation.Start))
                    {
                        return false;
                    }

                    isSet = true;
                }
            }
        }

        return isSet;
    }

    /// <summary>What an initializer gives the field or property.</summary>
    public Origin? InitialOf(ISymbol variable) => _initial.TryGetValue(variable, out var origin) ? origin : null;

    /// <summary>What <paramref name="analysis"/> makes of the program; computed when it is first asked for. One kind of result has one analysis.</summary>
    public T Once<T>(Func<ProgramFacts, T> analysis)
        where T : notnull
    {
        if (!_computed.TryGetValue(typeof(T), out var result))
        {
            _computed[typeof(T)] = result = analysis(this);
        }

        return (T)result;
    }
}
