using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// What the starter of a forked body does next, in the order of the source, up to the first thing that may wait for anybody: a join, an event, a queue, a lock,
/// unknown code. What it reads until then, it reads while the body may still run. Calls within the file are followed; a branch that waits ends the line behind it.
/// </summary>
internal sealed partial class AfterFork
{
    private readonly BodyFacts _body;
    private readonly ForkStart _start;
    private ImmutableArray<ForkWrite> _writes;
    private readonly bool _followsCalls;
    private IMethodSymbol? _within;
    private int _depth;
    private bool _mayHavePolled;
    private bool _isBehindFirst;

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
        after.ReachesEnd = after.Follow(call) && !after._isBehindFirst;
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

    /// <summary>Given to <c>list.ForEach</c>, or to a <c>Select</c> whose results are taken at once: a query that is kept does nothing until somebody goes through it.</summary>
    private bool RunsHere(IAnonymousFunctionOperation lambda) =>
        lambda.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } } && IsEach(call.TargetMethod) && (call.TargetMethod.Name == "ForEach" || IsTakenAtOnce(call));

    private bool IsTakenAtOnce(IOperation query)
    {
        while (query.Parent is IConversionOperation or ITranslatedQueryOperation)
        {
            query = query.Parent;
        }

        return query.Syntax.Parent is SpreadElementSyntax ||
            (query.Parent is IArgumentOperation { Parent: IInvocationOperation next } && (next.Type?.TypeKind != TypeKind.Interface || !KnownType.Is(next.TargetMethod.ContainingType, _body.Model.Types.Enumerable) || IsTakenAtOnce(next)));
    }

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
        if ((isQuiet || !_followsCalls) && isNormal && !_mayHavePolled && !_isBehindFirst)
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
                case ITryOperation { Finally: { } final } when at != final && Visit(final) != Line.On:
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

    /// <summary>What the framework's own types do when they are disposed of waits for no thread of ours; behind an <c>IDisposable</c> may be anything.</summary>
    private static bool IsQuietScope(IOperation resources) => resources.Descendants().OfType<IVariableDeclaratorOperation>().Select(static d => d.Symbol.Type)
        .DefaultIfEmpty(Conversions.WithoutBuiltIn(resources)?.Type).All(static type => type is not { TypeKind: TypeKind.Interface, Name: "IDisposable" or "IAsyncDisposable" } &&
            type?.ContainingNamespace?.ToDisplayString() is { } space && (space == "System" || space.StartsWith("System.", System.StringComparison.Ordinal)));
}
