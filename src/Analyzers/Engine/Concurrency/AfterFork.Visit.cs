using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <content>What one operation does to the line: goes on, leaves, waits, reads a result.</content>
internal sealed partial class AfterFork
{
    private Line Visit(IOperation operation)
    {
        if (_within is null && operation is IMemberReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation or IInvocationOperation or IObjectCreationOperation)
        {
            Passed.Add(operation);
        }

        if (IsReadOf(operation) is { } result)
        {
            Result = result;
            (Read, InnerRead) = _within is null ? (operation, null) : (Read, operation);
            return Line.Ended;
        }

        // `while (!Volatile.Read(ref _ready)) Thread.Sleep(1);` waits for whoever sets the flag.
        if (PublishedFlags.IsAsked(operation, _body.Model.Types) || AsksWhich(operation))
        {
            return Line.Ended;
        }

        switch (operation)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation or INameOfOperation or IEmptyOperation or IReturnOperation { IsImplicit: true, ReturnedValue: null }:
                return Line.On;
            case IReturnOperation { Kind: OperationKind.YieldReturn }:
                Children(operation);
                return Line.Ended;
            case IReturnOperation or IThrowOperation:
                return Children(operation) == Line.Ended ? Line.Ended : Line.Left;
            case IBranchOperation branch:
                return branch.BranchKind == BranchKind.GoTo ? Line.Ended : Line.Left;
            case IConditionalOperation choice:
                var tested = Visit(choice.Condition);
                if (tested == Line.On)
                {
                    return Either(choice);
                }

                // `if (result == null) done.Wait();` asks whether there is anything to wait for.
                (Read, InnerRead) = _within is null && Read is not null && MayWait(choice) ? (null, null) : (Read, InnerRead);
                return tested;
            case IWhileLoopOperation or IForLoopOperation when MayPoll((ILoopOperation)operation):
                return Line.Ended;
            case IConversionOperation { OperatorMethod.DeclaringSyntaxReferences.IsEmpty: false } or IBinaryOperation { OperatorMethod.DeclaringSyntaxReferences.IsEmpty: false } or IUnaryOperation { OperatorMethod.DeclaringSyntaxReferences.IsEmpty: false }:
            case IForEachLoopOperation { Collection: var collection } when Conversions.WithoutBuiltIn(collection)?.Type?.DeclaringSyntaxReferences.IsEmpty == false:
                // Code in source that C# calls unseen may wait; what it is given is read before.
                Children(operation);
                return Line.Ended;
            case ILoopOperation loop:
                HasOpenLoop |= IsOpen(loop);
                _mayHavePolled |= IsOpen(loop);
                return Children(loop) == Line.Ended ? Line.Ended : Line.On;
            case ISwitchOperation choice:
                return Visit(choice.Value) is var value and not Line.On ? value : choice.Cases.Any(c => Children(c) == Line.Ended) ? Line.Ended : Line.On;
            case ITryOperation attempt:
                var body = Visit(attempt.Body);
                return body == Line.Ended ? Line.Ended : attempt.Finally is { } last && Visit(last) == Line.Ended ? Line.Ended : body;
            case ILockOperation:
                return Line.Ended;
            case IUsingOperation scope:
                return Children(scope) is var used and not Line.On ? used : IsQuietScope(scope.Resources) ? Line.On : Line.Ended;
            case IBlockOperation block when block.Operations.Any(static o => o is IUsingDeclarationOperation declaration && !IsQuietScope(declaration.DeclarationGroup)):
                return Children(block) == Line.Left ? Line.Left : Line.Ended;
            case IAwaitOperation wait:
                return Awaits(wait);
            case IInvocationOperation call:
                return Children(call) is var inside and not Line.On ? inside : AfterCall(call);
            case IEventAssignmentOperation added when EventModels.KindOf(added, _body.Model.Types) != BackgroundEvent.None:
                return Children(added);
            case IPropertyReferenceOperation { Property: { IsIndexer: false, GetMethod: { DeclaringSyntaxReferences.IsEmpty: false } getter } own, Instance: null or IInstanceReferenceOperation } when
                _followsCalls && !StraightLine.IsTarget(operation) && !SharedPlace.IsAuto(own):
                return Into(operation, getter, isOwn: true, null);
            case IPropertyReferenceOperation property when EndsAt(property):
            case IDynamicInvocationOperation or IFunctionPointerInvocationOperation or IEventAssignmentOperation or IRaiseEventOperation:
                return Line.Ended;
            case IObjectCreationOperation { Constructor.DeclaringSyntaxReferences.IsEmpty: false }:
                Called.Add(operation);
                return Children(operation) is var arguments and not Line.On ? arguments : Line.On;
            case IAssignmentOperation assignment when IsResult(assignment.Target):
                Visit(assignment.Value);
                return Line.Ended;
            default:
                return Children(operation);
        }
    }

    private bool MayWait(IConditionalOperation choice) => MayWait(choice, _body.Model);

    /// <summary>Whether a branch of the choice may wait: then its condition may ask whether there is anything to wait for.</summary>
    public static bool MayWait(IConditionalOperation choice, Model model) => choice.WhenTrue.Descendants().Concat(choice.WhenFalse?.Descendants() ?? Enumerable.Empty<IOperation>())
        .Any(o => o is IAwaitOperation || o is IInvocationOperation call && !WaitModels.IsQuiet(call.TargetMethod, model.Types));

    private Line Children(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            if (Visit(child) is var line and not Line.On)
            {
                return line;
            }
        }

        return Line.On;
    }

    /// <summary>Behind a choice the line goes on when one branch comes out of it and none has waited; a wait that hangs on a condition is forgotten only where nothing else may hang on it.</summary>
    private Line Either(IConditionalOperation choice)
    {
        if (IsJoinOnly(choice))
        {
            return Line.On;
        }

        var first = choice.WhenTrue is { } yes ? Visit(yes) : Line.On;
        if (first == Line.Left && LeavesEarly(choice) is { } early)
        {
            LeaveFunction(early);
        }

        var second = first == Line.Ended ? Line.Ended : choice.WhenFalse is { } no ? Visit(no) : Line.On;
        return first == Line.Ended || second == Line.Ended ? Line.Ended : first == Line.Left && second == Line.Left ? Line.Left : Line.On;
    }

    /// <summary><c>if (wait) t.Join();</c> with a plain variable as its condition, behind a start that hangs on none: where the variable is false, nobody has waited.</summary>
    private bool IsJoinOnly(IConditionalOperation choice)
    {
        var branch = IsNothing(choice.WhenFalse) ? choice.WhenTrue : IsNothing(choice.WhenTrue) ? choice.WhenFalse : null;
        var statement = branch is IBlockOperation { Operations: { Length: 1 } only } ? only[0] : branch;
        return statement is IExpressionStatementOperation { Operation: IInvocationOperation { Instance: { } receiver } call } && WaitModels.ActionOf(call.TargetMethod, _body.Model.Types) == HandleAction.Join &&
               _start.Handle.Variable is { } handle && SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(receiver), handle) &&
               ConditionTable.Normalize(choice.Condition).Core is IParameterReferenceOperation or ILocalReferenceOperation && IsUnconditional(_start.At);
    }

    /// <summary>The <c>return</c> of a branch that hangs on parameters alone, behind a start that hangs on nothing.</summary>
    private IOperation? LeavesEarly(IConditionalOperation choice)
    {
        var last = choice.WhenTrue is IBlockOperation { Operations: { IsEmpty: false } list } ? list[list.Length - 1] : choice.WhenTrue;
        return _within is null && last is IReturnOperation && IsUnconditional(_start.At) &&
            choice.Condition.DescendantsAndSelf().All(static o => o is IParameterReferenceOperation or ILiteralOperation or IBinaryOperation or IUnaryOperation or IConversionOperation) ? last : null;
    }

    private static bool IsNothing(IOperation? branch) => branch is null or IEmptyOperation or IBlockOperation { Operations.IsEmpty: true };

    private static bool IsUnconditional(IOperation at)
    {
        for (var up = at.Parent; up is not null; up = up.Parent)
        {
            if (up is IConditionalOperation or ILoopOperation or ISwitchOperation or ICatchClauseOperation or IConditionalAccessOperation)
            {
                return false;
            }
        }

        return true;
    }

    private Line AfterCall(IInvocationOperation call)
    {
        var types = _body.Model.Types;
        var method = call.TargetMethod;
        if (DisposalModels.IsDisposal(method, types))
        {
            if (_within is null && !_mayHavePolled && !_isBehindFirst && Disposal.NamedBy(call.Instance) is { } disposed)
            {
                Disposals.Add(new Disposal(call, disposed));
            }

            return Line.On;
        }

        if (WaitModels.IsPause(call, types))
        {
            if (WaitModels.IsEndlessPause(call, types))
            {
                return Line.Ended;
            }

            // A delay that nobody waits for is none.
            Pause = _within is null && (method.Name is not "Delay" || call.Parent is not IExpressionStatementOperation) ? call : Pause;
            return Line.On;
        }

        if (method is { IsStatic: true, Name: "WhenAll" } && KnownType.Is(method.ContainingType, types.Task) && (call.Parent is IExpressionStatementOperation || OpenStarts.IsReturned(call) || HandleUses.GivenTo(call) is { } any && WaitModels.IsWaitForAny(any.TargetMethod, types)))
        {
            // The caller gets the task that stands for all, or nobody does, or it is one of several; nothing waits for it here.
            return Line.On;
        }

        switch (WaitModels.ActionOf(method, types))
        {
            case HandleAction.Start:
                return Line.On;
            case HandleAction.TimedJoin or HandleAction.None when IsDroppedWait(call):
                DroppedJoin = call;
                return Line.On;
            case HandleAction.Join when call.Instance is IInvocationOperation { TargetMethod: var maker } && WaitModels.IsWaitForAny(maker, types):
            case HandleAction.Join when IsOfOthers(call.Instance):
            case HandleAction.None when WaitModels.IsJoinOfAll(method, types) && IsOfOthers(call):
                return Line.On;
            case HandleAction.None when WaitModels.IsWaitForAny(method, types):
                return BehindFirst(call);
            case not HandleAction.None:
                return Line.Ended;
        }

        if (ForkModels.IsFork(method, types))
        {
            return ForkModels.KindOf(method, types) is ForkKind.ParallelLoop or ForkKind.ParallelQuery or ForkKind.Continuation or ForkKind.RegisteredWait ? Line.Ended : Line.On;
        }

        return WaitModels.IsQuiet(method, types) || SignalModels.ComesBackAtOnce(method, types) || EventModels.Begins(method, types) || IsPutWithRoom(call) || method.Name is "ConfigureAwait" || ContentReads.IsInlineQuery(call, _body.Model) ? Line.On
            : method.DeclaringSyntaxReferences.IsEmpty || method.IsAsync ? Line.Ended
            : Into(call);
    }

    /// <summary>An element for a <c>BlockingCollection</c> that takes any number, as its creation shows.</summary>
    private bool IsPutWithRoom(IInvocationOperation call) => call.TargetMethod is { Name: "Add", Parameters.Length: 1 } && BlockingCollectionModels.Is(call.TargetMethod.ContainingType, _body.Model.Types) &&
        HandleUses.VariableOf(call.Instance) is { } queue && Conversions.WithoutBuiltIn(Assignments.OnlyValueOf(queue, _body)) is IObjectCreationOperation { Constructor.Parameters: var given } &&
        given.All(static p => p.Type.SpecialType != SpecialType.System_Int32) && (queue is not IFieldSymbol field || field.IsReadOnly);

    /// <summary>A call within the file: what it reads is read at the call.</summary>
    private Line Into(IInvocationOperation call)
    {
        if (_followsCalls)
        {
            return Into(call, call.TargetMethod, call.Instance is null or IInstanceReferenceOperation, Slots.GivenBy(call, _given));
        }

        Called.Add(call);
        return Line.On;
    }

    private Line Into(IOperation call, IMethodSymbol method, bool isOwn, ImmutableDictionary<IParameterSymbol, object>? given)
    {
        if (_depth >= Limits.CallDepth || ForkWrites.SourceOf(method, _body) is not { } source)
        {
            return Line.Ended;
        }

        // State of another object has other names inside.
        var isOutermost = _within is null;
        var outside = _given;
        _within ??= method;
        _given = given;
        _depth++;
        var line = Children(source);
        _depth--;
        _given = outside;
        _within = isOutermost ? null : _within;
        if (InnerRead is not null && isOutermost)
        {
            (Read, InnerRead) = isOwn || Result.Place.Root == PathRoot.Static ? (call, InnerRead) : (null, null);
        }

        return line == Line.Ended ? Line.Ended : Line.On;
    }

    /// <summary>Asks whether a body has ended, or waits for its value; or runs code that is not followed.</summary>
    private bool EndsAt(IPropertyReferenceOperation property) =>
        WaitModels.TellsOfEnd(property.Property, _body.Model.Types) ||
        (!property.Property.DeclaringSyntaxReferences.IsEmpty && !SharedPlace.IsAuto(property.Property) && EndsAtMember(property));

    private bool EndsAtMember(IPropertyReferenceOperation property)
    {
        if (_followsCalls)
        {
            return property.Property.ContainingType.TypeKind != TypeKind.Struct;
        }

        Called.Add(property);
        return false;
    }

    /// <summary>A loop that asks a result again and again waits for it.</summary>
    private bool MayPoll(ILoopOperation loop) =>
        (loop is IWhileLoopOperation or IForLoopOperation { Condition: null } && loop.Descendants().Any(o => IsReadOf(o) is not null)) ||
        (loop is IForLoopOperation { Condition: { } condition } && condition.DescendantsAndSelf().Any(o => IsReadOf(o) is { IsContent: false }));

    private bool IsResult(IOperation target) => SharedPlace.Of(target) is { } place && _writes.Any(w => !w.IsContent && w.Place.Equals(place));

    /// <summary>The result that the operation reads: a variable itself, or the content of one that holds an array or collection.</summary>
    private ForkWrite? IsReadOf(IOperation operation)
    {
        if (_writes.IsEmpty || operation is not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation) ||
            StraightLine.IsTarget(operation) || operation.Parent is INameOfOperation || SharedPlace.Of(operation) is not { } place)
        {
            return null;
        }

        foreach (var write in _writes)
        {
            if (write.Place.Equals(place) && !(write.Slot is { } slot && Slots.Of(operation, _given) is { } asked && !slot.Equals(asked)) && (!write.IsContent || ContentReads.Is(operation, _body.Model)))
            {
                return write;
            }
        }

        return null;
    }
}
