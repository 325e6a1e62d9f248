using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// A countdown, barrier or queue that one body makes for the work it starts: who signals it, and how often. Only where each use is in sight and stands in the body itself or in work that it
/// starts.
/// </summary>
internal sealed partial class GateWork
{
    private readonly BodyFacts _body;
    private readonly IOperation _scope;
    private readonly ImmutableArray<GateUse> _own;
    private readonly ImmutableArray<(ForkStart Start, ImmutableArray<GateUse> Uses)> _items;

    private GateWork(ISymbol gate, IObjectCreationOperation creation, IOperation scope, ImmutableArray<GateUse> own, ImmutableArray<(ForkStart Start, ImmutableArray<GateUse> Uses)> items, BodyFacts body)
    {
        Gate = gate;
        Creation = creation;
        _scope = scope;
        _own = own;
        _items = items;
        _body = body;
    }

    /// <summary>The local or private field.</summary>
    public ISymbol Gate { get; }

    public IObjectCreationOperation Creation { get; }

    private bool IsMadeEmpty => Creation.Arguments.All(static a => a.Parameter?.Type.SpecialType == SpecialType.System_Int32);

    public bool IsBarrier => BarrierModels.Is(Creation.Type, _body.Model.Types);

    /// <summary>The gates of the body that are used by work it starts.</summary>
    public static IEnumerable<GateWork> In(BodyFacts body)
    {
        foreach (var gate in body.Root.Descendants().OfType<IVariableDeclaratorOperation>().Select(static d => d.Symbol))
        {
            if ((CountdownModels.Is(gate.Type, body.Model.Types) || BarrierModels.Is(gate.Type, body.Model.Types)) && Of(gate, body) is { } work)
            {
                yield return work;
            }
        }

        foreach (var work in OfFields(body, static (made, types) => CountdownModels.Is(made.Type, types) || BarrierModels.Is(made.Type, types)).Concat(OfMadeFields(body, CountdownModels.Is)))
        {
            yield return work;
        }
    }

    /// <summary>The blocking collections of the body, made empty, that work it starts puts into or takes from. A put is a signal, a take a wait for one.</summary>
    public static IEnumerable<GateWork> Queues(BodyFacts body)
    {
        foreach (var queue in body.Root.Descendants().OfType<IVariableDeclaratorOperation>().Select(static d => d.Symbol))
        {
            if (BlockingCollectionModels.Is(queue.Type, body.Model.Types) && Of(queue, body) is { } work && work.IsMadeEmpty)
            {
                yield return work;
            }
        }

        foreach (var work in OfFields(body, static (made, types) => BlockingCollectionModels.Is(made.Type, types)).Concat(OfMadeFields(body, BlockingCollectionModels.Is)).Where(static work => work.IsMadeEmpty))
        {
            yield return work;
        }
    }

    /// <summary>
    /// Where more is taken from the queue than comes: how much of both, whether it comes for certain, and the last take. Where the work puts something in under a condition, it may not.
    /// Null when enough comes, or a number is not known.
    /// </summary>
    public (CountForm Takes, CountForm Puts, bool IsCertain, IOperation Take)? Shortage()
    {
        var isCertain = true;
        if ((_own.LastOrDefault(static use => use.Action == GateAction.Wait).At ?? _items.SelectMany(static item => item.Uses).LastOrDefault(static use => use.Action == GateAction.Wait).At) is not { } take || GateCount.ReturnsEarly(_scope, Last()) ||
            Sum(_scope, GateAction.Wait, item => Sum(FunctionOf(item.Start), item.Uses, GateAction.Wait)) is not { } takes || Sum(_scope, GateAction.Signal, PutsOf) is not { } puts || !takes.IsComparable(puts))
        {
            return null;
        }

        return takes.Offset > puts.Offset || (takes.Offset == puts.Offset && !isCertain) ? (takes with { Text = takes.Text ?? puts.Text }, puts with { Text = puts.Text ?? takes.Text }, isCertain, take) : null;

        CountForm? PutsOf((ForkStart Start, ImmutableArray<GateUse> Uses) item)
        {
            var function = FunctionOf(item.Start);
            var own = item.Uses.Where(static use => use.Action == GateAction.Signal).ToList();
            if (Sum(function, item.Uses, GateAction.Signal) is { } known && !own.Exists(put => IsSwallowed(put.At, function)))
            {
                return known;
            }

            // The one put of the work stands under a condition, or behind what throws into a handler that puts in nothing: it puts one in at most.
            if (own.Count != 1 || own[0].Number is null || !IsOnce(own[0].At, function))
            {
                return null;
            }

            isCertain = false;
            return own[0].Number;
        }
    }

    /// <summary>Whether something before the put may throw into a handler that takes everything and goes on.</summary>
    private bool IsSwallowed(IOperation put, IOperation function) => put.AncestorsAndSelf().TakeWhile(up => up != function)
        .Any(up => up is ITryOperation attempt && attempt.Body.IsAround(put) && attempt.Catches.Any(ThrownBefore.Swallows) && new ThrownBefore(_body).Of(put, attempt.Body) is not null);

    /// <summary>Whether nothing but conditions and attempts stands around the operation in its function.</summary>
    private static bool IsOnce(IOperation operation, IOperation function)
    {
        for (var up = operation.Parent; up is not null && up != function; up = up.Parent)
        {
            if (up is not (IBlockOperation or IExpressionStatementOperation or IConditionalOperation or ITryOperation))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where the items' signals are of another number than the gate is made for: what it waits for, and what comes. Null when they agree or one of them is not known.</summary>
    public (CountForm Expected, CountForm Signals)? Mismatch()
    {
        // What the object has from its beginning may be used by one run of the body or by many.
        if (!_body.Root.IsAround(Creation) || Creation.Arguments.IsEmpty || CountForm.Of(Creation.Arguments[0].Value, _body) is not { } initial || Sum(_scope, GateAction.Add, static _ => null) is not { } added || initial.Plus(added) is not { } expected ||
            GateCount.ReturnsEarly(_scope, Last()) || _items.Any(item => item.Uses.Any(static use => use.Action == GateAction.Add)))
        {
            return null;
        }

        var counted = IsBarrier ? Participants() : Sum(_scope, GateAction.Signal, item => Sum(FunctionOf(item.Start), item.Uses, GateAction.Signal));
        return counted is not { } known || !known.IsComparable(expected) || known == expected || _items.Any(item => item.Uses.Any(static use => use.Action == GateAction.Wait)) ? null
            : IsBarrier ? IsStuck(expected, known) ? (expected, known with { Text = expected.Text }) : null
            : _own.Any(use => use.Action == GateAction.Wait && GateCount.IsCertain(use.At, _scope)) ? (expected, known with { Text = expected.Text }) : null;
    }

    /// <summary>The initial count with which the two agree, or null.</summary>
    public CountForm? InitialFor(CountForm signals, CountForm expected) =>
        CountForm.Of(Creation.Arguments[0].Value, _body) is { } initial ? initial with { Offset = initial.Offset + signals.Offset - expected.Offset } : null;

    /// <summary>The adding calls of work that counts itself in and out, while the starter may already have found the gate open.</summary>
    public IEnumerable<(ForkStart Start, GateUse Add)> LateAdds()
    {
        if (IsBarrier)
        {
            yield break;
        }

        foreach (var (start, uses) in _items)
        {
            var add = uses.FirstOrDefault(static use => use.Action == GateAction.Add);
            if (add.At is not null && _body.Root.Syntax.Span.Contains(add.At.Syntax.Span) && Sum(FunctionOf(start), uses, GateAction.Add) is { IsConstant: true } added && Sum(FunctionOf(start), uses, GateAction.Signal) == added &&
                _own.FirstOrDefault(use => use.Action == GateAction.Wait && use.At.Syntax.SpanStart > start.At.Syntax.Span.End).At is { } wait && !MayWaitBetween(start.At, wait) && !StartsMore(start))
            {
                yield return (start, add);
            }
        }
    }

    private static GateWork? Of(ILocalSymbol gate, BodyFacts body)
    {
        return Locals.OnlyValue(gate, body.Root) is { } value && Conversions.WithoutBuiltIn(value) is IObjectCreationOperation { Initializer: null } creation && ScopeOf(gate, body) is { } scope && GateUses.Of(gate, body) is { } uses
            ? Of(gate, creation, scope, uses, body) : null;
    }

    private static GateWork? Of(ISymbol gate, IObjectCreationOperation creation, IOperation scope, IReadOnlyList<GateUse> uses, BodyFacts body)
    {
        var starter = creation.FunctionAround();
        var items = new List<(ForkStart, ImmutableArray<GateUse>)>();
        var starts = body.Forks().Starts.Where(start => SymbolEqualityComparer.Default.Equals(start.Maker, starter)).ToList();
        foreach (var group in uses.GroupBy(use => FunctionAround(use, body), SymbolEqualityComparer.Default).Where(group => !SymbolEqualityComparer.Default.Equals(group.Key, starter)))
        {
            var own = starts.Where(start => start.Bodies.Length == 1 && SymbolEqualityComparer.Default.Equals(Named(start), group.Key)).ToList();
            if (own.Count == 0 || own.Any(IsKept) || body.Root.Descendants().Any(o => o is IInvocationOperation call && SymbolEqualityComparer.Default.Equals(call.TargetMethod, group.Key)) || own.Count != body.Root.Descendants().Count(o => o is IMethodReferenceOperation named && SymbolEqualityComparer.Default.Equals(named.Method, group.Key)) && group.Key is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.Ordinary })
            {
                return null;
            }

            items.AddRange(own.Select(start => (start, group.ToImmutableArray())));
        }

        return items.Count == 0 ? null : new GateWork(gate, creation, scope, uses.Where(use => SymbolEqualityComparer.Default.Equals(FunctionAround(use, body), starter)).ToImmutableArray(), items.ToImmutableArray(), body);
    }

    /// <summary>A lambda that a variable keeps may be called as well as started.</summary>
    private static bool IsKept(ForkStart start)
    {
        var at = start.Bodies[0].Named as IAnonymousFunctionOperation as IOperation;
        while (at?.Parent is IDelegateCreationOperation or IConversionOperation)
        {
            at = at.Parent;
        }

        return at?.Parent is IVariableInitializerOperation or IAssignmentOperation;
    }

    private static ISymbol? Named(ForkStart start) => start.Bodies[0].Named is IAnonymousFunctionOperation lambda ? lambda.Symbol : start.Bodies[0].Function;

    private IOperation FunctionOf(ForkStart start) => start.Bodies[0].Named is IAnonymousFunctionOperation lambda ? lambda
        : start.Bodies[0].Function.MethodKind == MethodKind.Ordinary ? _items.First(item => item.Start == start).Uses[0].At.AncestorsAndSelf().Last()
        : _body.Root.Descendants().First(o => o is ILocalFunctionOperation function && SymbolEqualityComparer.Default.Equals(function.Symbol, start.Bodies[0].Function));

    /// <summary>The block in which the gate lives.</summary>
    private static IOperation? ScopeOf(ILocalSymbol gate, BodyFacts body)
    {
        IOperation? up = body.Root.Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(d => SymbolEqualityComparer.Default.Equals(d.Symbol, gate));
        while (up is not null and not (IBlockOperation or IUsingOperation))
        {
            up = up.Parent;
        }

        return up;
    }

    private SyntaxNode Last() => _items.Select(static item => item.Start.At.Syntax).Concat(_own.Select(static use => use.At.Syntax)).OrderBy(static s => s.Span.End).Last();

    private CountForm? Sum(IOperation scope, GateAction action, System.Func<(ForkStart Start, ImmutableArray<GateUse> Uses), CountForm?> ofItem)
    {
        var numbers = Numbers(_own, action);
        if (action != GateAction.Add)
        {
            foreach (var item in _items)
            {
                numbers[item.Start.Creation] = StartsEach(item.Start) ? ofItem(item) : null;
            }
        }

        return new GateCount(numbers, _body).Of(scope);
    }

    private CountForm? Sum(IOperation function, ImmutableArray<GateUse> uses, GateAction action) =>
        uses.Any(use => use.Action == action && GateCount.ReturnsEarly(function, use.At.Syntax)) ? null : new GateCount(Numbers(uses, action), _body).Of(function);

    private static Dictionary<IOperation, CountForm?> Numbers(IEnumerable<GateUse> uses, GateAction action)
    {
        var numbers = new Dictionary<IOperation, CountForm?>();
        foreach (var use in uses.Where(use => use.Action == action))
        {
            numbers[use.At] = !numbers.TryGetValue(use.At, out var other) ? use.Number : other is { } first && use.Number is { } second ? first.Plus(second) : null;
        }

        return numbers;
    }

    /// <summary>How many threads take part: each item that comes to a signal, and the starter itself.</summary>
    private CountForm? Participants()
    {
        var one = CountForm.Zero with { Offset = 1 };
        var own = _own.Where(static use => use.Action == GateAction.Signal).ToList();
        var isKnown = own.Count == 0 || own.Any(use => ComesTo(use, _scope));
        return !isKnown ? null : new GateCount(_items.GroupBy(static item => item.Start.Creation).ToDictionary(
            static group => group.Key, group => StartsEach(group.First().Start) && group.First().Uses.Any(use => use.Action == GateAction.Signal && ComesTo(use, FunctionOf(group.First().Start))) ? one : (CountForm?)null), _body)
            .Of(_scope)?.Plus(own.Count == 0 ? CountForm.Zero : one);
    }

    /// <summary>Whether each run comes to the use; a loop around it may go round as often as it likes.</summary>
    private static bool ComesTo(GateUse use, IOperation within)
    {
        for (var at = use.At; at is not null && at != within; at = at.Parent)
        {
            if (at.Parent is ILoopOperation loop && loop.Body == at && !Operations.OfFunction(loop.Body).Any(static o => o is IBranchOperation or IReturnOperation { IsImplicit: false }))
            {
                return GateCount.IsCertain(use.At, at) && ComesTo(new GateUse(loop, loop, use.Action, null), within);
            }
        }

        return GateCount.IsCertain(use.At, within) && !GateCount.ReturnsEarly(within, use.At.Syntax);
    }

    /// <summary>Too few never open a barrier; too many that are no multiple leave some behind.</summary>
    private static bool IsStuck(CountForm expected, CountForm known) =>
        known.IsConstant ? known.Offset > 0 && expected.Offset > 0 && known.Offset % expected.Offset != 0 : known.Offset < expected.Offset;

    /// <summary>Whether what is made is started, each one once: where it is made, or all of them in a loop over their group.</summary>
    private bool StartsEach(ForkStart start)
    {
        if (start.At == start.Creation || start.Handle.Home == HandleHome.Dropped)
        {
            return true;
        }

        if (EachStartedBy(start) is { } all)
        {
            return SymbolEqualityComparer.Default.Equals(all.FunctionAround(), start.Maker) && GateCount.IsCertain(all, _scope);
        }

        var made = Rounds.Around(start.Creation)?.Loop;
        var started = Rounds.Around(start.At)?.Loop;
        return SymbolEqualityComparer.Default.Equals(start.At.FunctionAround(), start.Maker) && GateCount.IsCertain(start.At, started is null ? _scope : started.Body) && start.Handle switch
        {
            { Home: HandleHome.Variable } => made == started,
            { Home: HandleHome.Group, Variable: { } group } => started is IForEachLoopOperation each && SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(each.Collection), group) ||
                started is IForLoopOperation && (made == started || made is null || CountForm.Rounds(started, _body) is { } rounds && CountForm.Rounds(made, _body) == rounds),
            _ => false,
        };
    }

    /// <summary>The call of <c>ForEach</c> whose lambda starts each element of the group, and does so for certain; null for any other start.</summary>
    private static IInvocationOperation? EachStartedBy(ForkStart start) => start.Handle is { Home: HandleHome.Group, Variable: { } group } &&
        start.At.AncestorsAndSelf().FirstOrDefault(static up => up is IAnonymousFunctionOperation) is IAnonymousFunctionOperation lambda && OwnRuns.Taker(lambda) is IInvocationOperation { TargetMethod.Name: "ForEach" } all &&
        SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(all.Instance ?? all.Arguments[0].Value), group) && GateCount.IsCertain(start.At, lambda) && !GateCount.ReturnsEarly(lambda, start.At.Syntax) ? all : null;

    /// <summary>Whether something between the two may wait until the item has counted itself in.</summary>
    private bool MayWaitBetween(IOperation fork, IOperation wait) => Operations.OfFunction(_scope).Any(o => o.Syntax.Span.End >= fork.Syntax.Span.End && o.Syntax.SpanStart < wait.Syntax.SpanStart && o switch
    {
        IAwaitOperation or ILockOperation or IDynamicInvocationOperation => true,
        IPropertyReferenceOperation property => property.Property.Name == "Result",
        IInvocationOperation call => !_own.Any(use => use.At == call) && !_items.Any(item => item.Start.At == call) && !WaitModels.IsQuiet(call.TargetMethod, _body.Model.Types) && !WaitModels.IsPause(call, _body.Model.Types) &&
            WaitModels.ActionOf(call.TargetMethod, _body.Model.Types) != HandleAction.Start,
        _ => false,
    });

    /// <summary>Work that counts in what it starts itself holds a count of its own meanwhile.</summary>
    private bool StartsMore(ForkStart start) => FunctionOf(start).Syntax is var function && _body.Forks().Starts.Any(other => other.At != start.At && function.Span.Contains(other.At.Syntax.Span));
}
