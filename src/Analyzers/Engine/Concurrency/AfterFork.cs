using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// What the starter of a forked body does next, in the order of the source, up to the first thing that may wait for anybody: a join, an event, a queue, a lock,
/// unknown code. What it reads until then, it reads while the body may still run. Calls within the file are followed; a branch that waits ends the line behind it.
/// </summary>
internal sealed class AfterFork
{
    private readonly BodyFacts _body;
    private readonly ForkStart _start;
    private readonly ImmutableArray<ForkWrite> _writes;
    private readonly bool _followsCalls;
    private IMethodSymbol? _within;
    private int _depth;
    private bool _mayHavePolled;

    /// <summary>The constants that parameters have where the line is.</summary>
    private ImmutableDictionary<IParameterSymbol, object>? _given;

    private AfterFork(ForkStart start, ImmutableArray<ForkWrite> writes, BodyFacts body, bool followsCalls)
    {
        _start = start;
        _writes = writes;
        _body = body;
        _followsCalls = followsCalls;
    }

    private enum Line
    {
        /// <summary>Goes on behind the operation.</summary>
        On,

        /// <summary>Control does not come out behind it: return, throw, break.</summary>
        Left,

        /// <summary>Ends: something may have waited, or a result was read.</summary>
        Ended,
    }

    /// <summary>The first read of a result, or null: the read itself, or the call of a member that reads it.</summary>
    public IOperation? Read { get; private set; }

    /// <summary>The read, where it stands in a member that <see cref="Read"/> calls.</summary>
    public IOperation? InnerRead { get; private set; }

    /// <summary>What is read.</summary>
    public ForkWrite Result { get; private set; }

    /// <summary>The last pause before the read or the end: <c>Thread.Sleep</c>, <c>await Task.Delay</c>.</summary>
    public IOperation? Pause { get; private set; }

    /// <summary>The last timed join of the handle whose answer is dropped.</summary>
    public IInvocationOperation? DroppedJoin { get; private set; }

    /// <summary>The innermost loop around the start goes into its next round with the body possibly running.</summary>
    public ILoopOperation? NextRound { get; private set; }

    /// <summary>The call of <c>list.ForEach</c> around the start goes on to its next element with the body possibly running.</summary>
    public IInvocationOperation? NextElement { get; private set; }

    /// <summary>What the starter itself does on the line, in order: references to variables, and starts of other bodies. Calls of members of the file are not looked into.</summary>
    public List<IOperation> Passed { get; } = [];

    /// <summary>What the starter itself disposes of on the line, in order, and on returns from it that hang on nothing but parameters.</summary>
    public List<Disposal> Disposals { get; } = [];

    /// <summary>Calls, creations and properties of members in source on a line that does not look into them: it goes on as though none of them waited.</summary>
    public HashSet<IOperation> Called { get; } = [];

    /// <summary>The line comes to the end of the function, or to a <c>return</c> behind which nothing waits.</summary>
    public bool ReachesEnd { get; private set; }

    /// <summary>A loop lies on the line that may go round until something else happens.</summary>
    public bool HasOpenLoop { get; private set; }

    /// <summary>Looks at what follows <paramref name="start"/>; reads of <paramref name="writes"/> count.</summary>
    public static AfterFork Of(ForkStart start, ImmutableArray<ForkWrite> writes, BodyFacts body) => Behind(start.At, start, writes, body);

    /// <summary>Looks at what follows <paramref name="call"/>, which leaves <paramref name="start"/> open.</summary>
    public static AfterFork Behind(IOperation call, ForkStart start, ImmutableArray<ForkWrite> writes, BodyFacts body)
    {
        var after = new AfterFork(start, writes, body, followsCalls: true);
        after.ReachesEnd = after.Follow(call);
        return after;
    }

    /// <summary>The line behind <paramref name="start"/> as it is when no member in source that it calls waits for anybody: for those who know what the members do.</summary>
    public static AfterFork BesideCalls(ForkStart start, BodyFacts body)
    {
        var after = new AfterFork(start, ImmutableArray<ForkWrite>.Empty, body, followsCalls: false);
        after.ReachesEnd = after.Follow(start.At);
        return after;
    }

    /// <summary>The same line behind a call that may leave starts open which are not seen from here.</summary>
    public static AfterFork BesideCalls(IOperation call, BodyFacts body) =>
        BesideCalls(new ForkStart(call, call, ForkKind.None, ImmutableArray<ForkBody>.Empty, new ForkHandle(HandleHome.Elsewhere, null)), body);

    /// <summary>Goes on behind <paramref name="from"/>, outwards from block to block; true when it comes to the end of the function.</summary>
    private bool Follow(IOperation from)
    {
        var hasReturned = false;
        for (var at = from; at.Parent is { } parent; at = parent)
        {
            _body.Cancellation.ThrowIfCancellationRequested();
            switch (parent)
            {
                case IAnonymousFunctionOperation lambda when RunsHere(lambda):
                    hasReturned = false;
                    NextElement ??= lambda.Parent!.Parent!.Parent is IInvocationOperation { TargetMethod.Name: "ForEach" } each ? each : null;
                    break;
                case ILocalFunctionOperation or IMethodBodyBaseOperation:
                    return true;
                case IAnonymousFunctionOperation:
                    return false;
                case IBlockOperation or ISwitchCaseOperation when hasReturned:
                    if (parent is IBlockOperation left && !LeaveBlock(left.Operations))
                    {
                        return false;
                    }

                    break;
                case IBlockOperation or ISwitchCaseOperation:
                    var list = parent is IBlockOperation block ? block.Operations : ((ISwitchCaseOperation)parent).Body;
                    switch (Behind(list, at, out var last))
                    {
                        case Line.Left when last is IReturnOperation:
                            hasReturned = true;
                            break;
                        case Line.Left when parent is ISwitchCaseOperation && last is IBranchOperation { BranchKind: BranchKind.Break }:
                        case Line.On:
                            break;
                        default:
                            return false;
                    }

                    break;
                case ICatchClauseOperation or ISwitchExpressionArmOperation:
                case ISwitchExpressionOperation when at is ISwitchExpressionArmOperation:
                    break;
                case ILoopOperation when hasReturned:
                    break;
                case ILoopOperation loop:
                    if (at != loop.Body || loop is IWhileLoopOperation { ConditionIsTop: false } or IWhileLoopOperation { Condition.ConstantValue.HasValue: true })
                    {
                        NextRound ??= at == loop.Body ? loop : null;
                        return false;
                    }

                    NextRound ??= loop;
                    HasOpenLoop |= IsOpen(loop);
                    if (loop is IWhileLoopOperation { Condition: { } condition } && Visit(condition) != Line.On)
                    {
                        return false;
                    }

                    break;
                case ITryOperation attempt:
                    if (at == attempt.Body && attempt.Finally is { } final && Visit(final) != Line.On)
                    {
                        return false;
                    }

                    break;
                case IUsingOperation or ILockOperation when at != parent.ChildOperations.First():
                    if (parent is IUsingOperation scope && !Leave(scope, scope.Resources))
                    {
                        return false;
                    }

                    break;
                case IReturnOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation given } } when RunsHere(given):
                    break;
                case IReturnOperation:
                    LeaveFunction(parent);
                    return false;
                case IThrowOperation:
                    return false;
                case IConditionalOperation choice when at == choice.Condition:
                    if (Either(choice) != Line.On)
                    {
                        return false;
                    }

                    break;
                case IConditionalOperation or ISwitchOperation or ILabeledOperation:
                    break;
                default:
                    // The rest of an expression: `items.Select(x => Start(x))`, `Use(Task.Run(…))`.
                    if (!Rest(parent, at))
                    {
                        return false;
                    }

                    break;
            }
        }

        return true;
    }

    /// <summary>Given to <c>list.ForEach</c>, or to a <c>Select</c> whose results are taken at once.</summary>
    private bool RunsHere(IAnonymousFunctionOperation lambda) =>
        lambda.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } } &&
        (IsEach(call.TargetMethod) || (call is { TargetMethod.Name: "Select", Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ToList" or "ToArray" } } } &&
                                       KnownType.Is(call.TargetMethod.ContainingType, _body.Model.Types.Enumerable)));

    private bool IsEach(IMethodSymbol method) =>
        method.Name == "ForEach" && (KnownType.Is(method.ContainingType, _body.Model.Types.List) || KnownType.Is(method.ContainingType, _body.Model.Types.Array)) ||
        method.Name == "Select" && KnownType.Is(method.ContainingType, _body.Model.Types.Enumerable);

    private bool Rest(IOperation parent, IOperation at)
    {
        var isBehind = false;
        foreach (var child in parent.ChildOperations)
        {
            if (isBehind && Visit(child) != Line.On)
            {
                return false;
            }

            isBehind |= child == at;
        }

        return parent is not IAwaitOperation && !(parent is IUsingOperation scope && !Leave(scope, scope.Resources)) && !(parent is IInvocationOperation call && !IsEach(call.TargetMethod) && AfterCall(call) != Line.On) && !(parent is IPropertyReferenceOperation property && EndsAt(property));
    }

    private Line Behind(ImmutableArray<IOperation> list, IOperation at, out IOperation? last)
    {
        foreach (var statement in list.Skip(list.IndexOf(at) + 1))
        {
            last = statement;
            if (Visit(statement) is var line and not Line.On)
            {
                return line == Line.Left && !LeaveBlock(list, isNormal: statement is IReturnOperation or IBranchOperation) ? Line.Ended : line;
            }
        }

        last = null;
        return LeaveBlock(list) ? Line.On : Line.Ended;
    }

    /// <summary>The end of a block disposes of what it declares with <c>using</c>, the last first; false where that may wait.</summary>
    private bool LeaveBlock(ImmutableArray<IOperation> list, bool isNormal = true) =>
        list.Reverse().OfType<IUsingDeclarationOperation>().All(declaration => Leave(declaration, declaration.DeclarationGroup, isNormal));

    private bool Leave(IOperation scope, IOperation resources, bool isNormal = true)
    {
        // Code in source may wait; for those who follow it, it is the last thing.
        var isQuiet = IsQuietScope(resources);
        if ((isQuiet || !_followsCalls) && isNormal && !_mayHavePolled)
        {
            Disposals.AddRange(Disposal.Of(scope, resources));
        }

        return isQuiet;
    }

    /// <summary>What a <c>return</c> disposes of, up to the first thing that may wait.</summary>
    private void LeaveFunction(IOperation leaving)
    {
        for (var at = leaving; at.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); at = parent)
        {
            switch (parent)
            {
                case IBlockOperation block when !LeaveBlock(block.Operations):
                case IUsingOperation scope when at != scope.Resources && !Leave(scope, scope.Resources):
                case ITryOperation { Finally: not null }:
                    return;
            }
        }
    }

    /// <summary>Goes on for as long as something holds that is not counted by the loop itself.</summary>
    private static bool IsOpen(ILoopOperation loop) => loop switch
    {
        IForEachLoopOperation { IsAsynchronous: false } => false,
        IForLoopOperation { Condition: { } condition } => condition.DescendantsAndSelf().Any(static o => o is IInvocationOperation or IFieldReferenceOperation { Type.SpecialType: SpecialType.System_Boolean }),
        _ => true,
    };

    private bool IsQuietScope(IOperation resources) => resources.Descendants().OfType<IVariableDeclaratorOperation>().Select(static d => d.Symbol.Type)
        .DefaultIfEmpty(resources.Type).All(type => type?.ContainingNamespace?.ToDisplayString() is { } space && (space == "System" || space.StartsWith("System.", System.StringComparison.Ordinal)));

    private Line Visit(IOperation operation)
    {
        if (_within is null && operation is IMemberReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation or IInvocationOperation)
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
        if (PublishedFlags.IsAsked(operation, _body.Model.Types))
        {
            return Line.Ended;
        }

        switch (operation)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation or INameOfOperation or IEmptyOperation or IReturnOperation { IsImplicit: true, ReturnedValue: null }:
                return Line.On;
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
            case IAwaitOperation wait:
                return Awaits(wait);
            case IInvocationOperation call:
                return Children(call) is var inside and not Line.On ? inside : AfterCall(call);
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
                return operation.Kind == OperationKind.YieldReturn ? Line.Ended : Children(operation);
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

    private Line Awaits(IAwaitOperation wait)
    {
        if (WaitModels.IsEndlessPause(wait, _body.Model.Types))
        {
            return Line.Ended;
        }

        if (WaitModels.IsPause(wait, _body.Model.Types))
        {
            Pause = _within is null ? wait : Pause;
            return Line.On;
        }

        return Children(wait) == Line.On && (TaskModels.IsFinished(wait.Operation, _body.Model.Types) || IsOfAnother(wait.Operation)) ? Line.On : Line.Ended;
    }

    private Line AfterCall(IInvocationOperation call)
    {
        var types = _body.Model.Types;
        var method = call.TargetMethod;
        if (DisposalModels.IsDisposal(method, types))
        {
            if (_within is null && !_mayHavePolled && Disposal.NamedBy(call.Instance) is { } disposed)
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

        if (method is { IsStatic: true, Name: "WhenAll" } && KnownType.Is(method.ContainingType, types.Task) && OpenStarts.IsReturned(call))
        {
            // The caller gets the task that stands for all; nothing waits for it here.
            return Line.On;
        }

        switch (WaitModels.ActionOf(method, types))
        {
            case HandleAction.Start:
                return Line.On;
            case HandleAction.TimedJoin or HandleAction.None when IsDroppedWait(call):
                DroppedJoin = call;
                return Line.On;
            case HandleAction.Join when IsOfAnother(call.Instance):
                return Line.On;
            case not HandleAction.None:
                return Line.Ended;
        }

        if (ForkModels.IsFork(method, types))
        {
            return ForkModels.KindOf(method, types) is ForkKind.ParallelLoop or ForkKind.ParallelQuery or ForkKind.Continuation or ForkKind.RegisteredWait ? Line.Ended : Line.On;
        }

        return WaitModels.IsQuiet(method, types) || method.Name is "ConfigureAwait" || ContentReads.IsInlineQuery(call, _body.Model) ? Line.On
            : method.DeclaringSyntaxReferences.IsEmpty || method.IsAsync ? Line.Ended
            : Into(call);
    }

    /// <summary>A call within the file: what it reads is read at the call.</summary>
    private Line Into(IInvocationOperation call)
    {
        if (!_followsCalls)
        {
            Called.Add(call);
            return Line.On;
        }

        if (_depth >= Limits.CallDepth || ForkWrites.SourceOf(call.TargetMethod, _body) is not { } source)
        {
            return Line.Ended;
        }

        // State of another object has other names inside.
        var isOutermost = _within is null;
        var outside = _given;
        _within ??= call.TargetMethod;
        _given = Slots.GivenBy(call, outside);
        _depth++;
        var line = Children(source);
        _depth--;
        _given = outside;
        _within = isOutermost ? null : _within;
        if (InnerRead is not null && isOutermost)
        {
            (Read, InnerRead) = call.Instance is null or IInstanceReferenceOperation || Result.Place.Root == PathRoot.Static ? (call, InnerRead) : (null, null);
        }

        return line == Line.Ended ? Line.Ended : Line.On;
    }

    /// <summary>A wait with a limit, for the body or for a signal that it gives, whose answer nobody asks for.</summary>
    private bool IsDroppedWait(IInvocationOperation call)
    {
        if (call.Parent is not IExpressionStatementOperation || call.TargetMethod.ReturnType.SpecialType != SpecialType.System_Boolean || WaitModels.LimitOf(call) is not { } limit || Timeouts.Of(limit) == TimeoutLength.Infinite)
        {
            return false;
        }

        var types = _body.Model.Types;
        return call.Instance is null ? WaitModels.IsJoinOfAll(call.TargetMethod, types) && call.Arguments[0].Value.DescendantsAndSelf().Any(IsHandle)
            : WaitModels.ActionOf(call.TargetMethod, types) == HandleAction.TimedJoin ? IsHandle(call.Instance)
            : SignalModels.IsWait(call.TargetMethod, types) && HandleUses.VariableOf(call.Instance) is { } gate &&
              !_start.Bodies.IsEmpty && _start.Bodies.All(b => b.Named is IAnonymousFunctionOperation lambda && Operations.OfFunction(lambda.Body).OfType<IInvocationOperation>().Any(signal =>
                  SignalModels.IsSignal(signal.TargetMethod, types) && SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(signal.Instance), gate)));
    }

    private bool IsHandle(IOperation? receiver) =>
        receiver is not null && _start.Handle.Variable is { } variable && HandleUses.Kept(receiver, _body) is { } kept && SymbolEqualityComparer.Default.Equals(kept.Variable, variable);

    /// <summary>The handle of another body that this one starts and that waits for nobody: its end says nothing of ours.</summary>
    private bool IsOfAnother(IOperation? receiver) =>
        receiver is ILocalReferenceOperation { Local: var local } &&
        (_start.Handle.Home == HandleHome.Dropped || (_start.Handle is { Home: HandleHome.Variable, Variable: { } own } && !SymbolEqualityComparer.Default.Equals(local, own))) &&
        _body.Forks().Starts.Where(s => SymbolEqualityComparer.Default.Equals(s.Handle.Variable, local)).ToList() is { Count: > 0 } others &&
        others.All(s => s.Handle.Home == HandleHome.Variable && !_body.Forks().MayWait(s));

    /// <summary>Asks whether a body has ended, or waits for its value; or runs code that is not followed.</summary>
    private bool EndsAt(IPropertyReferenceOperation property) =>
        KnownType.Is(property.Property.ContainingType, _body.Model.Types.Thread) && property.Property.Name is "IsAlive" or "ThreadState" ||
        TaskModels.IsTask(property.Property.ContainingType, _body.Model.Types) && property.Property.Name is not "Id" ||
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
