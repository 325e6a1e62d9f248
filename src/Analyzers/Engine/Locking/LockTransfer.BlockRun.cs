using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Flow;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

internal sealed partial class LockTransfer
{
    /// <summary>
    /// One run of one block. Written with continuations, because an operation may end a path in two ways (a try-acquire) and each goes on
    /// through the rest of the expression.
    /// </summary>
    private readonly partial struct BlockRun(LockTransfer owner, FlowNode node, IPathStep step)
    {
        private readonly LockTransfer _owner = owner;
        private readonly FlowNode _node = node;
        private readonly IPathStep _step = step;

        public void Statements(ImmutableArray<IOperation> operations, int index, PathState state)
        {
            if (index < operations.Length)
            {
                Statement(operations, index, state);
            }
            else if (_node.Block!.BranchValue is { } condition)
            {
                _owner.Observer?.Reaching(condition, state);
                Evaluate(condition, state, Branch);
            }
            else
            {
                _step.End(state, null);
            }
        }

        private void Statement(ImmutableArray<IOperation> operations, int index, PathState state)
        {
            var run = this;
            _owner.Observer?.Reaching(operations[index], state);
            Evaluate(operations[index], state, (next, _) => run.Statements(operations, index + 1, next));
        }

        private void Branch(PathState state, Value value)
        {
            if (_node.Block!.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return)
            {
                _owner.Observer?.Returning(state, _owner.Resolve(state, value), _node);
            }

            if (_node.Block!.ConditionKind == ControlFlowConditionKind.None || value.Fact is not { } fact || (value.Known is not null && !IsAskedAnew(_node.Block.BranchValue!)))
            {
                _step.End(state, value.Known);
                return;
            }

            _step.End(_owner.Assume(state, fact, true), true);
            _step.End(_owner.Assume(state, fact, false), false);
        }

        /// <summary>A loop whose condition is a member or a call asks it in each round, since the answer changes: with the same one for ever it would never end.</summary>
        private static bool IsAskedAnew(IOperation condition)
        {
            var top = condition.Syntax;
            while (top.Parent is ExpressionSyntax around)
            {
                top = around;
            }

            return top.Parent is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax && ConditionTable.Normalize(condition).Core is IInvocationOperation or IMemberReferenceOperation;
        }

        private void Evaluate(IOperation operation, PathState state, Action<PathState, Value> next)
        {
            switch (operation)
            {
                case { ConstantValue: { HasValue: true, Value: bool constant } }:
                    next(state, new Value(constant, null));
                    break;
                case IParenthesizedOperation parenthesized:
                    Evaluate(parenthesized.Operand, state, next);
                    break;
                case IConversionOperation { OperatorMethod: null } conversion:
                    Evaluate(conversion.Operand, state, next);
                    break;
                case IExpressionStatementOperation statement:
                    Evaluate(statement.Operation, state, next);
                    break;
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null } not:
                    Negate(not.Operand, state, next);
                    break;
                case IBinaryOperation or IIsPatternOperation when TryGuards.Asked(operation) is (var asked, var isTaken) && _owner._table.SiteOf(asked) is { Action: { Kind: LockKind.Flag, IsAcquire: true } } flag:
                    AcquireFlag(flag, asked, isTaken, state, next);
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or, OperatorMethod: null } binary
                    when binary.Type?.SpecialType == SpecialType.System_Boolean:
                    Combine(binary, state, next);
                    break;
                case IBinaryOperation or IIsPatternOperation or IIsNullOperation when ConditionTable.Normalize(operation) is ({ } core, var isNegated) && core != operation && core is not (IBinaryOperation or IIsPatternOperation):
                    if (isNegated)
                    {
                        Negate(core, state, next);
                    }
                    else
                    {
                        Evaluate(core, state, next);
                    }

                    break;
                case ISimpleAssignmentOperation created when _owner._table.SiteOf(created) is { Action.IsMade: true } owned:
                    AcquireCreated(owned, created, state, next);
                    break;
                case ISimpleAssignmentOperation reset when _owner._table.SiteOf(reset) is { } released:
                    _owner.Observer?.Releasing(released, state, _node);
                    next(_owner.Release(released, state), Value.None);
                    break;
                case ISimpleAssignmentOperation assignment:
                    Assign(assignment, state, next);
                    break;
                case ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or } compound when compound.Type?.SpecialType == SpecialType.System_Boolean:
                    Combine(compound, state, next);
                    break;
                case IFlowCaptureOperation capture:
                    Capture(capture, state, next);
                    break;
                case IFlowAnonymousFunctionOperation or ILocalFunctionOperation:
                    next(state, Value.None);
                    break;
                case IPropertyReferenceOperation { Property: { Name: "Result", ContainingType.Name: "Task" }, Instance: { } task }
                    when AwaitedCall(task) is { } waited && _owner._table.SiteOf(waited) is { Action.IsAwaited: true } site:
                    AcquireAwaited(site, waited, state, next);
                    break;
                case IAwaitOperation wait:
                    Await(wait, state, next);
                    break;
                case IInvocationOperation call:
                    Call(call, state, next);
                    break;
                default:
                    Other(operation, state, next);
                    break;
            }
        }

        private void Negate(IOperation operand, PathState state, Action<PathState, Value> next) => Evaluate(operand, state, (s, v) => next(s, v.Not()));

        private void AcquireFlag(LockSite flag, IOperation asked, bool isTaken, PathState state, Action<PathState, Value> next)
        {
            var run = this;
            EvaluateChildrenOf(asked, state, s => run.Acquire(flag, s, (t, v) => next(t, new Value(v.Known == isTaken, null))));
        }

        private void AcquireAwaited(LockSite site, IOperation waited, PathState state, Action<PathState, Value> next)
        {
            var run = this;
            EvaluateChildrenOf(waited, state, s => run.Acquire(site, s, next));
        }

        private void Combine(IBinaryOperation binary, PathState state, Action<PathState, Value> next)
        {
            var run = this;
            Evaluate(binary.LeftOperand, state, (s, left) => run.Evaluate(binary.RightOperand, s, (t, right) =>
                next(t, Combine(left.Known, right.Known, binary.OperatorKind == BinaryOperatorKind.And))));
        }

        private void Combine(ICompoundAssignmentOperation compound, PathState state, Action<PathState, Value> next)
        {
            var run = this;
            Evaluate(compound.Target, state, (s, left) => run.Evaluate(compound.Value, s, (t, right) =>
                run.Assign(compound.Target, null, t, Combine(run._owner.Resolve(t, left), right.Known, compound.OperatorKind == BinaryOperatorKind.And), next)));
        }

        private static Value Combine(bool? left, bool? right, bool isAnd) => new(
            isAnd ? (left == false || right == false ? false : left & right) : (left == true || right == true ? true : left | right), null);

        /// <summary>Children in order, then the operation's own effect on facts and handlers.</summary>
        private void Other(IOperation operation, PathState state, Action<PathState, Value> next)
        {
            if (operation.ChildOperations.Count == 0)
            {
                Finish(operation, state, next);
            }
            else
            {
                OfChildren(operation, state, next);
            }
        }

        private void OfChildren(IOperation operation, PathState state, Action<PathState, Value> next)
        {
            var run = this;
            EvaluateChildrenOf(operation, state, s => run.Finish(operation, s, next));
        }

        private void Finish(IOperation operation, PathState state, Action<PathState, Value> next)
        {
            if (_owner._effects.MayThrow(operation))
            {
                _step.Throw(state.Thrown(), null);
            }

            if (operation is IPropertyReferenceOperation or IEventAssignmentOperation)
            {
                _owner.Observer?.Calling(operation, state);
            }

            if (operation.Kind == OperationKind.YieldReturn)
            {
                _owner.Observer?.Suspending(operation, state, _node);
            }

            next(_owner.AfterOther(operation, state), _owner.Read(operation, state));
        }

        private void EvaluateChildrenOf(IOperation operation, PathState state, Action<PathState> next)
        {
            if (operation.ChildOperations.Count == 0)
            {
                next(state);
            }
            else
            {
                EvaluateFrom(0, operation.ChildOperations.ToImmutableArray(), state, next);
            }
        }

        private void EvaluateFrom(int index, ImmutableArray<IOperation> children, PathState state, Action<PathState> next)
        {
            var run = this;
            if (index == children.Length - 1)
            {
                Evaluate(children[index], state, (s, _) => next(s));
            }
            else
            {
                Evaluate(children[index], state, (s, _) => run.EvaluateFrom(index + 1, children, s, next));
            }
        }

        private void Await(IAwaitOperation wait, PathState state, Action<PathState, Value> next)
        {
            var run = this;
            var awaited = AwaitedCall(wait.Operation);
            if (awaited is not null && run._owner._table.SiteOf(awaited) is { Action.IsAwaited: true } site)
            {
                EvaluateChildrenOf(awaited, state, s =>
                {
                    run._owner.Observer?.Suspending(wait, s, run._node);
                    run.Acquire(site, s, next);
                });
                return;
            }

            Evaluate(wait.Operation, state, (s, _) =>
            {
                if (!TaskModels.IsFinished(wait.Operation, run._owner._model.Types))
                {
                    run._owner.Observer?.Suspending(wait, s, run._node);
                }

                if (run._owner._effects.MayThrow(wait))
                {
                    run._step.Throw(s.Thrown(), null);
                }

                next(s, run._owner.Read(wait, s));
            });
        }

        private void Assign(ISimpleAssignmentOperation assignment, PathState state, Action<PathState, Value> next)
        {
            var run = this;
            EvaluateChildrenOf(assignment.Target, state, s => run.Evaluate(assignment.Value, s, (t, v) =>
            {
                if (assignment.Target is IPropertyReferenceOperation)
                {
                    run._owner.Observer?.Calling(assignment.Target, t);
                }

                run.Assign(assignment.Target, assignment.Value, t, v, next);
            }));
        }

        private void Assign(IOperation target, IOperation? value, PathState state, Value assigned, Action<PathState, Value> next)
        {
            var owner = _owner;
            var text = owner._conditions.Count == 0 || owner._conditions.VariableOf(target) is null ? null : owner._conditions.TextOf(target);

            // `ok2 = ok` of an unknown `ok`: the two go together from here on, so the path is split over the value.
            if (assigned.Known is null && assigned.Fact is { } fact && text is not null && owner._conditions.Find(target) is not null)
            {
                next(owner.Set(owner.Assume(state, fact, true), target, text, true), new Value(true, null));
                next(owner.Set(owner.Assume(state, fact, false), target, text, false), new Value(false, null));
                return;
            }

            next(owner.Set(state, target, text, assigned.Known, value), assigned);
        }

        private void Capture(IFlowCaptureOperation capture, PathState state, Action<PathState, Value> next)
        {
            var run = this;
            Evaluate(capture.Value, state, (s, v) => run.Capture(capture, s, v, next));
        }

        private void Capture(IFlowCaptureOperation capture, PathState state, Value value, Action<PathState, Value> next)
        {
            var owner = _owner;
            if (owner._conditions.Count == 0)
            {
                next(state, value);
                return;
            }

            var text = ConditionTable.KeyOf(capture.Id);
            if (value.Known is null && value.Fact is { } fact)
            {
                next(owner.SetCapture(owner.Assume(state, fact, true), text, true, capture.Value), value);
                next(owner.SetCapture(owner.Assume(state, fact, false), text, false, capture.Value), value);
                return;
            }

            next(owner.SetCapture(state, text, value.Known, capture.Value), value);
        }
    }
}
