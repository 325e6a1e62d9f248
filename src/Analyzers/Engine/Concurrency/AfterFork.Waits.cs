using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <content>Waits that leave the body running: for others, for the first of several, and with a limit whose answer nobody asks for.</content>
internal sealed partial class AfterFork
{
    private Line Awaits(IAwaitOperation wait)
    {
        var types = _body.Model.Types;
        if (WaitModels.IsEndlessPause(wait, types))
        {
            return Line.Ended;
        }

        if (WaitModels.IsPause(wait, types))
        {
            Pause = _within is null ? wait : Pause;
            return Line.On;
        }

        if (TaskModels.Unconfigured(wait.Operation) is IInvocationOperation call)
        {
            if (WaitModels.IsWaitForAny(call.TargetMethod, types))
            {
                return Children(call) is var inside and not Line.On ? inside : BehindFirst(call);
            }

            if (SignalModels.IsAsyncWait(call.TargetMethod, types) && IsDropped(call) && IsLimited(call) && IsSignalled(call.Instance))
            {
                DroppedJoin = call;
                return Line.On;
            }
        }

        return IsOfOthers(wait.Operation) || Children(wait) == Line.On && TaskModels.IsFinished(wait.Operation, types) ? Line.On : Line.Ended;
    }

    /// <summary>A wait with a limit, for the body or for a signal that it gives, whose answer nobody asks for.</summary>
    private bool IsDroppedWait(IInvocationOperation call)
    {
        if (call.Parent is not IExpressionStatementOperation || call.TargetMethod.ReturnType.SpecialType != SpecialType.System_Boolean || !IsLimited(call))
        {
            return false;
        }

        var types = _body.Model.Types;
        return call.Instance is null
            ? WaitModels.IsJoinOfAll(call.TargetMethod, types) && call.Arguments[0].Value.DescendantsAndSelf().Any(IsHandle) || SignalModels.IsWaitForAll(call.TargetMethod, types) && call.Arguments[0].Value.DescendantsAndSelf().Any(IsSignalled)
            : WaitModels.ActionOf(call.TargetMethod, types) == HandleAction.TimedJoin ? IsHandle(call.Instance)
            : SignalModels.IsWait(call.TargetMethod, types) && IsSignalled(call.Instance);
    }

    private static bool IsLimited(IInvocationOperation call) => WaitModels.LimitOf(call) is { } limit && Timeouts.Of(limit) != TimeoutLength.Infinite;

    /// <summary>An event, count or semaphore that each function of the start signals itself.</summary>
    private bool IsSignalled(IOperation? gate) => HandleUses.VariableOf(gate) is { } variable && !_start.Bodies.IsEmpty && _start.Bodies.All(b => CodeOf(b) is { } code && Operations.OfFunction(code).OfType<IInvocationOperation>().Any(signal =>
        SignalModels.IsSignal(signal.TargetMethod, _body.Model.Types) && SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(signal.Instance), variable)));

    private IOperation? CodeOf(ForkBody forked) => forked.Named switch
    {
        IAnonymousFunctionOperation lambda => lambda.Body,
        IMethodReferenceOperation { Instance: null or IInstanceReferenceOperation } method => ForkWrites.SourceOf(method.Method, _body) is { } source ? source is ILocalFunctionOperation { Body: { } block } ? block : source : null,
        _ => null,
    };

    private bool IsHandle(IOperation? receiver) =>
        receiver is not null && _start.Handle.Variable is { } variable && HandleUses.Kept(receiver, _body) is { } kept && SymbolEqualityComparer.Default.Equals(kept.Variable, variable) &&
        !Slots.AreApart(_start.Handle.Slot, Slots.Named(receiver));

    /// <summary>
    /// Behind the first of several tasks, whichever it is: the line goes on where another than the body's may be the one, or the clock. Not in a loop, which may wait for one after the other, and
    /// not where the answer is kept, which tells who it was. What is left are the results that the other does not give as well: the first answer that comes may be all that is wanted.
    /// </summary>
    private Line BehindFirst(IInvocationOperation call)
    {
        if (_within is not null || _writes.IsEmpty || !IsDropped(call) || call.AncestorsAndSelf().Any(up => up is ILoopOperation) || ElementsOf(call) is not { } elements)
        {
            return Line.Ended;
        }

        if (elements.Any(e => WaitModels.IsClock(ValueOf(e), _body.Model.Types)) && elements.Any(e => e.DescendantsAndSelf().Any(IsHandle)))
        {
            DroppedJoin = call;
            _isBehindFirst = true;
            return Line.On;
        }

        var isOwnGroup = elements.Count == 1 && _start.Handle.Home == HandleHome.Group && SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(elements[0]), _start.Handle.Variable);
        _writes = _writes.Where(w => isOwnGroup ? IsLeftToGroup(w) : elements.Any(e => OthersOf(e) is { IsEmpty: false } others && !others.Any(s => Gives(s, w)))).ToImmutableArray();
        _isBehindFirst = true;
        return _writes.IsEmpty ? Line.Ended : Line.On;
    }

    /// <summary>Whether another task of the group may end while the result is not there: another round's, which fills an element of its own, or that of another start.</summary>
    private bool IsLeftToGroup(ForkWrite result) => Rounds.Around(_start.Creation) is not null
        ? result is { IsContent: true, Slot: null } && !_body.Forks().MayWait(_start)
        : StartsOf(_start.Handle.Variable!).Any(s => s != _start && !_body.Forks().MayWait(s) && !Gives(s, result));

    /// <summary>Whether the body of another start writes the same variable, or into the same collection.</summary>
    private bool Gives(ForkStart other, ForkWrite result) => other.Bodies.Any(b => _body.Forks().WritesOf(b).Writes.Any(w =>
        w.Place.Equals(result.Place) && (w.Slot is null || result.Slot is null || w.Slot.Equals(result.Slot))));

    /// <summary>Behind the first of several, code that asks something may ask which of them it was.</summary>
    private bool AsksWhich(IOperation operation) => _isBehindFirst && (operation is IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation or ICoalesceOperation or IConditionalAccessOperation or IIsPatternOperation or
        IBinaryOperation { Type.SpecialType: SpecialType.System_Boolean } || (operation is IInvocationOperation query && query.Arguments.Any(static a => a.Value is IDelegateCreationOperation)));

    private static bool IsDropped(IInvocationOperation call)
    {
        var up = call.Parent;
        while (up is IAwaitOperation or IInvocationOperation { TargetMethod: { Name: "ConfigureAwait" } or { Name: "Wait", Parameters.IsEmpty: true } })
        {
            up = up.Parent;
        }

        return up is IExpressionStatementOperation;
    }

    /// <summary>The tasks that a call is given one by one, or the one collection of them; null where some are out of sight.</summary>
    private static List<IOperation>? ElementsOf(IInvocationOperation call)
    {
        var found = new List<IOperation>();
        foreach (var argument in call.Arguments.Where(static a => a.Parameter is { Type.SpecialType: not SpecialType.System_Int32, Type.Name: not ("TimeSpan" or "CancellationToken") }))
        {
            Add(argument.Value);
        }

        return found.Count == 0 ? null : found;

        void Add(IOperation value)
        {
            switch (Conversions.WithoutBuiltIn(value))
            {
                case IArrayCreationOperation { Initializer: { } initializer }:
                    initializer.ElementValues.ToList().ForEach(Add);
                    break;
                case { Syntax: CollectionExpressionSyntax } or { Syntax: ArgumentListSyntax or InvocationExpressionSyntax, Type.Name: "ReadOnlySpan" }:
                    Conversions.WithoutBuiltIn(value)!.ChildOperations.ToList().ForEach(Add);
                    break;
                case IInvocationOperation { TargetMethod.Name: "ToArray", Instance: { } list }:
                    found.Add(list);
                    break;
                case { } single:
                    found.Add(single);
                    break;
            }
        }
    }

    private IOperation ValueOf(IOperation element) => HandleUses.VariableOf(element) is { } variable && Assignments.OnlyValueOf(variable, _body) is { } value ? Conversions.WithoutBuiltIn(value)! : element;

    /// <summary>Handles of other bodies alone: one, or several that are waited for together.</summary>
    private bool IsOfOthers(IOperation? awaited) => awaited is not null && TaskModels.Unconfigured(awaited) switch
    {
        IInvocationOperation { TargetMethod: { } method } call => WaitModels.IsWaitForAll(method, _body.Model.Types) && WaitModels.LimitOf(call) is null && ElementsOf(call) is { } elements && elements.All(IsOfAnother),
        var single => IsOfAnother(single),
    };

    private bool IsOfAnother(IOperation? receiver) => !OthersOf(receiver).IsEmpty;

    /// <summary>
    /// The starts of the bodies that a local, or a slot of a group, stands for: bodies that this one starts and that wait for nobody, so that their end says nothing of ours.
    /// None where ours may be among them.
    /// </summary>
    private ImmutableArray<ForkStart> OthersOf(IOperation? receiver)
    {
        var others = _start.Handle is not ({ Home: HandleHome.Dropped } or { Home: HandleHome.Variable or HandleHome.Group, Variable: not null }) ? ImmutableArray<ForkStart>.Empty
            : receiver is not ILocalReferenceOperation { Local: var local } ? InSlot(receiver)
            : SymbolEqualityComparer.Default.Equals(local, _start.Handle.Variable) || StartsOf(local) is var of && of.Any(static s => s.Handle.Home != HandleHome.Variable) ? ImmutableArray<ForkStart>.Empty
            : of;
        return others.Any(_body.Forks().MayWait) ? ImmutableArray<ForkStart>.Empty : others;
    }

    /// <summary>The starts of what the slot may hold, all of it known and none of it ours; else none.</summary>
    private ImmutableArray<ForkStart> InSlot(IOperation? element)
    {
        if (Slots.Named(element) is null || HandleUses.Kept(element!, _body) is not { IsGroup: true } group || !HandleUses.IsClosedGroup(group.Variable, _body))
        {
            return ImmutableArray<ForkStart>.Empty;
        }

        var starts = HandleUses.CreationsOf(element!, _body).Select(c => _body.Forks().Starts.Where(s => s.Creation.Syntax == c.Syntax).ToImmutableArray()).ToList();
        return starts.All(s => !s.IsEmpty && s[0].Creation.Syntax != _start.Creation.Syntax) ? starts.SelectMany(static s => s).ToImmutableArray() : ImmutableArray<ForkStart>.Empty;
    }

    private ImmutableArray<ForkStart> StartsOf(ISymbol handle) => _body.Forks().Starts.Where(s => SymbolEqualityComparer.Default.Equals(s.Handle.Variable, handle)).ToImmutableArray();
}
