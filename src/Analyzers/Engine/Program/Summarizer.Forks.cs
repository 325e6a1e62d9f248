using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>What is asked when the walk is done: the locks held at its steps, and its starts of threads.</summary>
internal sealed partial class Summarizer
{
    /// <summary>The locks held at each step. Most members have none, and are not asked.</summary>
    private void AddLocks(BodyFacts block)
    {
        if (!_hasScopes && block.LockStatements.IsEmpty && block.LockCalls.IsEmpty && block.ScopeCalls.IsEmpty && (block.Owner as IMethodSymbol)?.MethodImplementationFlags.HasFlag(System.Reflection.MethodImplAttributes.Synchronized) != true)
        {
            return;
        }

        var held = HeldAround.Of(block);
        foreach (var (at, _, step) in _made.Where(static m => m.Step.Kind == StepKind.Call || m.Step is { Kind: StepKind.Access, IsForOne: false }))
        {
            step.Held = Definitions(held.At(at));
        }

        foreach (var call in block.LockCalls.Where(static c => c.IsAcquire).Select(static c => c.Call).Concat(block.ScopeCalls))
        {
            if (FunctionAround(call) is { } function)
            {
                function.TakesLock = true;
            }
        }
    }

    /// <summary>The locks by the definitions of their members; one of a closed generic type has no name.</summary>
    private LockSet Definitions(LockSet held)
    {
        var named = held.IsUnknown ? LockSet.Unknown : LockSet.Empty;
        foreach (var one in held.Locks)
        {
            named = DefinitionOf(one.Path) is { } path ? named.With(one with { Path = path }) : named.And(LockSet.Unknown);
        }

        return named;
    }

    private void AddForks(BodyFacts block)
    {
        if (block.Root is IFieldInitializerOperation or IPropertyInitializerOperation)
        {
            _body.Initial = OriginOf(((ISymbolInitializerOperation)block.Root).Value);
        }

        AddHandOvers(block);
        if (block.ForkCalls.IsEmpty && block.HandleCalls.IsEmpty)
        {
            return;
        }

        foreach (var (start, after) in block.Forks().Followed)
        {
            var at = _made.FindIndex(m => m.At == start.At);
            var isScheduled = ThreadSource.HasScheduler(start.Creation, block) || ThreadSource.HasScheduler(start.At, block);
            if (start.Handle.Home != HandleHome.Joined && at >= 0 && TargetsOf(start.Bodies) is { } targets && FunctionAround(start.At) is { } function)
            {
                var repetition = isScheduled ? default : Repetition.Of(start, block);
                var next = AfterFork.BesideCalls(start, block);
                var isInSight = start.Handle.Home != HandleHome.Elsewhere || OpenStarts.IsReturned(start.At);
                _body.Forks.Add(new ForkSummary(
                    function, start.At.Syntax.Span, start.Creation.Syntax.Span, start.Kind, targets, LineOf(start.At, at, next),
                    after.Read?.Syntax.Span, repetition.Loop?.Syntax.Span, isScheduled ? ForkRuns.Unknown : repetition.IsMany ? ForkRuns.Many : ForkRuns.Once)
                {
                    IsGroup = repetition.IsGroup,
                    Disposals = isInSight ? DisposalsOf(next, start.At, start.Kind, block) : ImmutableArray<DisposalSummary>.Empty,
                    IsMadeHere = block.Root.Syntax.SyntaxTree == start.Creation.Syntax.SyntaxTree && block.Root.Syntax.Span.Contains(start.Creation.Syntax.Span),
                    IsLeftOpen = isInSight && (next.ReachesEnd || OpenStarts.IsReturned(start.At)),
                });
            }
        }

        foreach (var call in block.ForkCalls.OfType<IInvocationOperation>().Where(c => ForkModels.KindOf(c, _model.Types) is ForkKind.ParallelLoop or ForkKind.ParallelQuery && !ThreadSource.HasScheduler(c, block)))
        {
            if (TargetsOf(ThreadSource.BodiesOf(call, block.Root)) is { } targets && FunctionAround(call) is { } function)
            {
                _body.Forks.Add(new ForkSummary(
                    function, call.Syntax.Span, call.Syntax.Span, ForkModels.KindOf(call, _model.Types), targets, ImmutableArray<(Step, bool)>.Empty,
                    null, null, call.TargetMethod.Name == "Invoke" ? ForkRuns.Together : ForkRuns.Many));
            }
        }
    }

    private ImmutableArray<ForkTarget>? TargetsOf(ImmutableArray<ForkBody> bodies)
    {
        var targets = bodies.Select(TargetOf).OfType<ForkTarget>().ToImmutableArray();
        return targets.Length == bodies.Length && !targets.IsEmpty ? targets : null;
    }

    private ForkTarget? TargetOf(ForkBody body) => body.Named switch
    {
        IAnonymousFunctionOperation lambda => _lambdas.TryGetValue(lambda.Symbol, out var function) ? new ForkTarget(function, null, null) : null,
        IMethodReferenceOperation method => new ForkTarget(null, body.Function, OriginOf(method.Instance)),
        _ => null,
    };

    private FunctionSummary? FunctionAround(IOperation operation)
    {
        for (var at = operation.FunctionAround(); at is not null; at = at.ContainingSymbol as IMethodSymbol)
        {
            if (at.MethodKind == MethodKind.LocalFunction)
            {
                return _body.Functions.FirstOrDefault(f => SymbolEqualityComparer.Default.Equals(f.Symbol, at));
            }

            if (_lambdas.TryGetValue(at, out var function))
            {
                return function;
            }
        }

        return _body.Functions[0];
    }

    private ImmutableArray<(Step Step, bool IsPolled)> LineOf(IOperation start, int from, AfterFork after)
    {
        var passed = new HashSet<IOperation>(after.Passed);
        var line = ImmutableArray.CreateBuilder<(Step, bool)>();
        foreach (var (at, query, step) in _made.Skip(from + 1))
        {
            var isOnLine = query is not null ? passed.Contains(query) && ContentReads.IsInlineQuery(query, _model)
                : step.Kind == StepKind.Call ? after.Called.Contains(at)
                : step.Kind is StepKind.Access or StepKind.Fork && passed.Contains(at);
            if (isOnLine)
            {
                line.Add((step, IsPolledBehind(start, at) || AsksWhetherToWait(at)));
            }
        }

        return line.ToImmutable();
    }

    /// <summary><c>if (!w.IsDone) w.Wait();</c> asks whether there is anything to wait for.</summary>
    private bool AsksWhetherToWait(IOperation operation)
    {
        for (var at = operation; at.Parent is { } parent and not (IBlockOperation or IAnonymousFunctionOperation); at = parent)
        {
            if (parent is IConditionalOperation choice && choice.Condition == at)
            {
                return AfterFork.MayWait(choice, _model);
            }
        }

        return false;
    }

    /// <summary>Whether the operation stands in a loop behind the start that may go round until it sees another value.</summary>
    private static bool IsPolledBehind(IOperation start, IOperation operation)
    {
        for (var at = operation; at.Parent is { } loop; at = loop)
        {
            if (loop is IWhileLoopOperation or IForLoopOperation { Condition: null } || (loop is IForLoopOperation counted && counted.Condition == at))
            {
                if (!loop.IsAround(start))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
