using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>A call that keeps a thread of the pool waiting though it has an async twin.</summary>
/// <param name="Blocked">The call and its twin.</param>
/// <param name="At">What leads to it in the forked function: the call itself, or the call of a helper.</param>
/// <param name="IsOwn">The call is one of the forked function itself, where it may be awaited.</param>
internal readonly record struct PoolWait(AsyncTwin Blocked, IOperation At, bool IsOwn);

/// <summary>
/// What a function that the pool runs waits for, calls of this file included. What stands under a lock is left alone, for nothing can be awaited there; so is a function
/// that takes such a lock by call, an iterator, which runs later, and a constructor, operator or accessor, which cannot be async.
/// </summary>
internal sealed class PoolWaits
{
    private readonly BodyFacts _body;
    private readonly List<PoolWait> _found = [];
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);

    private readonly bool _isParallel;

    private PoolWaits(bool isParallel, BodyFacts body)
    {
        _isParallel = isParallel;
        _body = body;
    }

    /// <summary>
    /// The waits of a forked function in source order. Whole files are left out where <paramref name="isParallel"/>: many at a time keep a disk as busy as it can be, on the threads
    /// that its async members would borrow on most systems.
    /// </summary>
    public static IReadOnlyList<PoolWait> Of(ForkBody forked, bool isParallel, BodyFacts body)
    {
        var waits = new PoolWaits(isParallel, body);
        if (forked.Named is IAnonymousFunctionOperation lambda)
        {
            waits.Walk(lambda.Body, null, true, 0);
        }
        else if (forked.Named is IMethodReferenceOperation { Method: var method } named)
        {
            waits.Follow(method, named, 0);
        }

        return waits._found;
    }

    /// <summary>The work that the body gives to the pool, and the functions that it is.</summary>
    public static IEnumerable<(IInvocationOperation Fork, ForkBody Work)> WorkOf(BodyFacts body)
    {
        foreach (var fork in body.ForkCalls)
        {
            if (fork is not IInvocationOperation call || !RunsOnPool(call, body.Model.Types))
            {
                continue;
            }

            foreach (var argument in call.Arguments)
            {
                if (argument.Parameter?.Type is { TypeKind: TypeKind.Delegate } or IArrayTypeSymbol { ElementType.TypeKind: TypeKind.Delegate })
                {
                    foreach (var work in ForkBodies.Of(argument, body.Root))
                    {
                        yield return (call, work);
                    }
                }
            }
        }
    }

    /// <summary>Whether a wait put at the place would be one of those of the lambda, itself or in a lambda that it runs on the spot.</summary>
    public static bool WouldHold(IOperation place, IAnonymousFunctionOperation work, BodyFacts body)
    {
        var at = place;
        while (at.AncestorsAndSelf().FirstOrDefault(static up => up is IAnonymousFunctionOperation or ILocalFunctionOperation) is IAnonymousFunctionOperation lambda && !TakesLock(lambda.Body, body) && MayAwait(at, lambda.Body))
        {
            if (lambda.Syntax == work.Syntax)
            {
                return true;
            }

            if (OwnRuns.Taker(lambda) is not IInvocationOperation taker || !ComputeModels.RunsInline(taker.TargetMethod, body.Model.Types))
            {
                return false;
            }

            at = taker;
        }

        return false;
    }

    /// <summary>On the pool's own scheduler, and not on a thread made for it.</summary>
    private static bool RunsOnPool(IInvocationOperation fork, WellKnownTypes types) => ForkModels.KindOf(fork, types) switch
    {
        ForkKind.TaskRun or ForkKind.PoolItem or ForkKind.ParallelQuery => true,
        ForkKind.StartNew => PoolTask.Of(fork, types) is { IsLongRunning: false },
        ForkKind.ParallelLoop => !fork.Arguments.Any(static a => a.Parameter?.Type.Name is "ParallelOptions" && a.Value.Descendants().Any(static o => o is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "TaskScheduler" } })),
        _ => false,
    };

    private void Follow(IMethodSymbol method, IOperation at, int depth)
    {
        if (depth < Limits.CallDepth && _followed.Add(method.OriginalDefinition) && ForkWrites.SourceOf(method, _body) is { } source)
        {
            Walk(source is ILocalFunctionOperation { Body: { } block } ? block : source, at, false, depth + 1);
        }
    }

    private void Walk(IOperation function, IOperation? at, bool isOwn, int depth)
    {
        if (TakesLock(function, _body) || Operations.OfFunction(function).Any(static o => o is IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak }))
        {
            return;
        }

        foreach (var operation in Operations.OfFunction(function))
        {
            _body.Cancellation.ThrowIfCancellationRequested();
            if (AsyncTwins.Of(operation, _body.Model.Types) is { } blocked)
            {
                if (MayAwait(operation, function) && !(blocked.IsFile && _isParallel) && !HasBoth(blocked, function))
                {
                    _found.Add(new PoolWait(blocked, at ?? operation, isOwn));
                }
            }
            else if (operation is IInvocationOperation call)
            {
                if (!call.TargetMethod.DeclaringSyntaxReferences.IsEmpty)
                {
                    if (MayAwait(call, function))
                    {
                        Follow(call.TargetMethod, at ?? call, depth);
                    }
                }
                else if (ComputeModels.RunsInline(call.TargetMethod, _body.Model.Types) && MayAwait(call, function))
                {
                    foreach (var lambda in call.Arguments.Select(static a => Conversions.WithoutBuiltIn(a.Value)).OfType<IDelegateCreationOperation>().Select(static d => d.Target).OfType<IAnonymousFunctionOperation>())
                    {
                        Walk(lambda.Body, at, false, depth);
                    }
                }
            }
        }
    }

    /// <summary>The function calls the twin as well: one of the two is chosen on purpose (<c>if (async) await c.OpenAsync(); else c.Open();</c>).</summary>
    private static bool HasBoth(AsyncTwin blocked, IOperation function) => blocked is { Call: IInvocationOperation call, Twin: { } twin } && Operations.OfFunction(function).Any(o =>
        o is IInvocationOperation { TargetMethod: { } other } && other.Name == twin &&
        (KnownType.IsOrDerives(other.ContainingType, call.TargetMethod.ContainingType) || KnownType.IsOrDerives(call.TargetMethod.ContainingType, other.ContainingType)));

    /// <summary>A lock that its thread owns is held by call somewhere in the function.</summary>
    private static bool TakesLock(IOperation function, BodyFacts body) => Operations.OfFunction(function).Any(o => o is IInvocationOperation call && body.Model.Locks.MeaningOf(call) is { IsThreadAffine: true });

    private static bool MayAwait(IOperation operation, IOperation function)
    {
        for (var up = operation.Parent; up is not null && up != function; up = up.Parent)
        {
            if (up is ILockOperation || (up is ICatchClauseOperation { Filter: { } filter } && filter.IsAround(operation)))
            {
                return false;
            }
        }

        return true;
    }
}
