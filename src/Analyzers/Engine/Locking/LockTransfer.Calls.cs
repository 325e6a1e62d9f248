using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>Calls: acquires, releases, and those that end the path or may throw.</summary>
internal sealed partial class LockTransfer
{
    private readonly partial struct BlockRun
    {
        private void Call(IInvocationOperation call, PathState state, Action<PathState, Value> next)
        {
            // `s.WaitAsync().GetAwaiter().GetResult()` and `s.WaitAsync().Wait()` wait as `Wait()` does.
            if (WaitedCall(call) is { } waited && _owner._table.SiteOf(waited) is { } waitedSite)
            {
                AcquireAwaited(waitedSite, waited, state, next);
            }
            else if (_owner._table.SiteOf(call) is { } site)
            {
                LockCall(site, call, state, next);
            }
            else if (NoReturn.EndsProcess(call))
            {
                // No path goes on.
            }
            else if (NoReturn.Is(call))
            {
                Throw(call, state);
            }
            else
            {
                PlainCall(call, state, next);
            }
        }

        private void LockCall(LockSite site, IInvocationOperation call, PathState state, Action<PathState, Value> next)
        {
            var run = this;
            EvaluateChildrenOf(call, state, s =>
            {
                if (site.Action.IsAwaited || site.Action.Verb == LockVerb.Other)
                {
                    // A task of an acquire that is not awaited here, or an effect that is not followed.
                    next(run._owner._table.Beside(site).Aggregate(run._owner.Forget(site, s), (t, other) => run._owner.Forget(other, t)), Value.None);
                }
                else if (site.Action.IsAcquire)
                {
                    // A flag gives what it was before: true says that somebody has it.
                    run.Acquire(site, s, site.Action.Kind == LockKind.Flag ? (t, v) => next(t, v.Not()) : next);
                }
                else
                {
                    run._owner.Observer?.Releasing(site, s, run._node);
                    var released = run._owner.Release(site, s);
                    foreach (var other in run._owner._table.Beside(site))
                    {
                        run._owner.Observer?.Releasing(other, s, run._node);
                        released = run._owner.Release(other, released);
                    }

                    next(released, Value.None);
                }
            });
        }

        private void Throw(IInvocationOperation call, PathState state)
        {
            var run = this;
            EvaluateChildrenOf(call, state, s => run._step.Throw(s, null));
        }

        private void PlainCall(IInvocationOperation call, PathState state, Action<PathState, Value> next)
        {
            var run = this;
            Arguments(call, state, s =>
            {
                run._owner.Observer?.Calling(call, s);
                var after = run._owner.AfterCall(call, s);
                if (run._owner._effects.MayThrow(call))
                {
                    run._step.Throw(after.Thrown(), null);
                    after = run._owner.AfterHandling(call, after);
                }

                next(after, run._owner.Read(call, s));
            });
        }

        /// <summary>Receiver and arguments; a path whose argument makes the call throw ends there.</summary>
        private void Arguments(IInvocationOperation call, PathState state, Action<PathState> next)
        {
            if (call.Instance is { } instance)
            {
                Receiver(instance, call.Arguments, state, next);
            }
            else
            {
                ArgumentsFrom(0, call.Arguments, state, next);
            }
        }

        private void Receiver(IOperation instance, ImmutableArray<IArgumentOperation> arguments, PathState state, Action<PathState> next)
        {
            var run = this;
            Evaluate(instance, state, (s, _) => run.ArgumentsFrom(0, arguments, s, next));
        }

        private void ArgumentsFrom(int index, ImmutableArray<IArgumentOperation> arguments, PathState state, Action<PathState> next)
        {
            if (index == arguments.Length)
            {
                next(state);
            }
            else
            {
                Argument(index, arguments, state, next);
            }
        }

        private void Argument(int index, ImmutableArray<IArgumentOperation> arguments, PathState state, Action<PathState> next)
        {
            var run = this;
            Evaluate(arguments[index].Value, state, (s, value) =>
            {
                if (NoReturn.When(arguments[index]) is { } fatal)
                {
                    if (run._owner.Resolve(s, value) == fatal)
                    {
                        run._step.Throw(s, null);
                        return;
                    }

                    s = value.Fact is { } fact ? run._owner.Assume(s, fact, !fatal) : s;
                }

                run.ArgumentsFrom(index + 1, arguments, s, next);
            });
        }

        /// <summary>The local means a new object, which is owned or holds its lock from the start; one that it held before is lost from sight.</summary>
        private void AcquireCreated(LockSite site, ISimpleAssignmentOperation created, PathState state, Action<PathState, Value> next)
        {
            var run = this;
            Evaluate(created.Value, state, (s, value) => run.Assign(created.Target, created.Value, s, value, (assigned, _) =>
                run.Acquire(site, run._owner.NotNull(assigned, created.Target).With(site.Place, s[site.Place].Phase == LockPhase.Held ? LockStatus.Unknown : default), next)));
        }

        /// <summary>An acquire: it throws, says no, or takes the lock.</summary>
        private void Acquire(LockSite site, PathState state, Action<PathState, Value> next)
        {
            var owner = _owner;
            var action = site.Action;
            if (owner._table.Beside(site) is { IsEmpty: false } others)
            {
                AcquireAll(others.Insert(0, site), state, next);
                return;
            }

            state = owner.NotNull(state, action.Lock);
            owner.Observer?.Acquiring(site, state, _node);
            if (owner.WaitsForItself(site, state))
            {
                return;
            }

            var before = state[site.Place];
            var taken = action.Taken is { } flag && owner._conditions.Count > 0 ? owner._conditions.TextOf(flag) : null;

            // An acquire that fails leaves its `ref` flag as it was, so a flag that is tested keeps these paths from the release.
            if (action.IsMade)
            {
                // What cannot be made is given to nobody.
            }
            else if (action.CanThrow)
            {
                var thrown = action.Kind == LockKind.ReaderWriterLock ? null : owner._model.Types.OperationCanceledException;
                _step.Throw(state.With(site.Place, Failed(before, LockPhase.AcquireThrew, site)), thrown);
            }
            else if (action.Kind == LockKind.Flag)
            {
                if (before.Phase == LockPhase.Held)
                {
                    next(state, new Value(false, null));
                    return;
                }
            }
            else if (before.Phase != LockPhase.Held && !(owner.IsNeverAbandoned && action.Kind == LockKind.Mutex))
            {
                // Whatever a mutex throws that is not held is no AbandonedMutexException, and does not come to the handler of one.
                var other = action.Kind == LockKind.Mutex ? owner._model.Types.InvalidOperationException : null;
                _step.Throw(state.With(site.Place, Failed(before, LockPhase.AcquireMightThrow, site)), other);
            }

            var acquired = owner.Acquired(site, state);
            var refused = site.MayBeInfinite ? LockStatus.Unknown : Failed(before, LockPhase.AcquireRefused, site);

            // Who holds a recursive lock is never refused.
            var mayBeRefused = action.Verb == LockVerb.TryAcquire && !(action.IsRecursive && (site.IsUnderLock || before.Phase == LockPhase.Held));
            if (action is { Kind: LockKind.Mutex, IsMade: false } && !owner.IsNeverAbandoned && owner._model.Types.AbandonedMutexException is { } abandoned)
            {
                // The wait throws this with the mutex held.
                _step.Throw(acquired, abandoned);
            }

            if (action.Taken is { } variable)
            {
                next(owner.Set(acquired, variable, taken, true), new Value(true, null));
                if (mayBeRefused)
                {
                    next(owner.Set(state.With(site.Place, refused), variable, taken, false), new Value(false, null));
                }
            }
            else if (mayBeRefused)
            {
                next(acquired, new Value(true, null));
                next(state.With(site.Place, refused), new Value(false, null));
            }
            else
            {
                next(acquired, new Value(true, null));
            }
        }

        /// <summary>A member takes several locks at once: all, or, where it is imagined to throw, none.</summary>
        private void AcquireAll(ImmutableArray<LockSite> sites, PathState state, Action<PathState, Value> next)
        {
            var (failed, acquired) = (state, state);
            foreach (var site in sites)
            {
                _owner.Observer?.Acquiring(site, state, _node);
                if (_owner.WaitsForItself(site, state))
                {
                    return;
                }

                failed = failed.With(site.Place, Failed(state[site.Place], LockPhase.AcquireMightThrow, site));
                acquired = _owner.Acquired(site, acquired);
            }

            if (failed != state)
            {
                _step.Throw(failed, null);
            }

            next(acquired, new Value(true, null));
        }
    }

    /// <summary>The call whose task an await waits for, <c>ConfigureAwait</c> looked through.</summary>
    internal static IInvocationOperation? AwaitedCall(IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task }:
                    operation = task;
                    break;
                default:
                    return operation as IInvocationOperation;
            }
        }
    }

    /// <summary>The call whose task is waited for on the spot: <c>x.GetAwaiter().GetResult()</c>.</summary>
    internal static IInvocationOperation? WaitedCall(IInvocationOperation call) =>
        call is { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task } }
            ? AwaitedCall(task)
            : call is { TargetMethod: { Name: "Wait", ContainingType.Name: "Task" }, Arguments.IsEmpty: true, Instance: { } waited }
            ? AwaitedCall(waited)
            : null;
}
