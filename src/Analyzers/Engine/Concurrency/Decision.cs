using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// What an <c>if</c> over the value of an atomic counter decides. Two threads that see one value both pass it or both miss it; that is harm
/// only where the guarded code acts, is not safe to run twice, and is not guarded by a second, atomic test of its own.
/// </summary>
internal sealed class Decision(AccessPath place, AtomicKind update, BodyFacts body)
{
    /// <summary>
    /// Whether a relational comparison tells threads apart: first or not (<c>&gt; 1</c> after an increment), last or not (<c>&lt;= 0</c>
    /// after a decrement), or a limit whose loser takes its update back. Any other threshold holds for a whole run of values, so that another
    /// thread's value is as good.
    /// </summary>
    public bool IsExact(IBinaryOperation comparison, IOperation value)
    {
        var isLeft = comparison.LeftOperand == value;
        var other = isLeft ? comparison.RightOperand : comparison.LeftOperand;
        if (value is not IBinaryOperation && update is AtomicKind.Up or AtomicKind.Down && BoundOf(other) is { } bound)
        {
            // Every comparison splits the numbers in two; this is the lowest one of the upper part.
            var isBoundBelow = comparison.OperatorKind is BinaryOperatorKind.GreaterThan or BinaryOperatorKind.LessThanOrEqual == isLeft;
            if ((isBoundBelow ? bound + 1 : bound) == (update == AtomicKind.Up ? 2 : 1))
            {
                return true;
            }
        }

        IOperation tested = comparison;
        while (tested.Parent is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation)
        {
            tested = negation;
        }

        return tested.Parent is IConditionalOperation { Type: null } choice && (TakesBack(choice.WhenTrue) || TakesBack(choice.WhenFalse));
    }

    /// <summary>Whether the code behind <paramref name="choice"/> does what must be done once.</summary>
    /// <param name="choice">The <c>if</c> statement.</param>
    /// <param name="isPeriodic">The condition holds every so often (<c>n % 100 == 0</c>): then messages are no harm either.</param>
    public bool Acts(IConditionalOperation choice, bool isPeriodic)
    {
        var acts = false;
        return !HasGuard(choice.Condition) && Look(choice.WhenTrue) && Look(choice.WhenFalse) &&
               (!(LeavesQuietly(choice.WhenTrue) || LeavesQuietly(choice.WhenFalse)) || LookBehind(choice)) && acts;

        bool Look(IOperation? code)
        {
            if (code is null)
            {
                return true;
            }

            if (HasGuard(code))
            {
                return false;
            }

            acts |= code.DescendantsAndSelf().Any(operation => IsAct(operation, isPeriodic));
            return true;
        }

        bool LookBehind(IOperation statement)
        {
            var isBehind = false;
            foreach (var sibling in StraightLine.Siblings(statement))
            {
                if (isBehind && !Look(sibling))
                {
                    return false;
                }

                isBehind |= sibling == statement;
            }

            return true;
        }
    }

    private bool IsAct(IOperation operation, bool isPeriodic) => operation switch
    {
        IInvocationOperation { TargetMethod: var method } => !IsPartOfThrow(operation) &&
            !PlainCalls.MayRunTwice(method, body.Model.Types) && !PlainCalls.Computes(method, body.Model.Types) &&
            !(isPeriodic && PlainCalls.Tells(method, body.Model.Types)),
        ICompoundAssignmentOperation or IIncrementOrDecrementOperation => true,
        IReturnOperation { ReturnedValue.Type: { } type } => !SymbolEqualityComparer.Default.Equals(type, body.Model.Types.Task) &&
                                                            !SymbolEqualityComparer.Default.Equals(type, body.Model.Types.ValueTask),
        ISimpleAssignmentOperation assignment => place.Equals(VariablePath.Of(assignment.Target)),
        _ => false,
    };

    /// <summary>A lock, an acquire or a tested exchange: the value read before is only a hint, and the real test is there.</summary>
    private bool HasGuard(IOperation code) => code.DescendantsAndSelf().Any(operation => operation is ILockOperation ||
        (operation is IInvocationOperation call && (body.Model.Locks.MeaningOf(call) is { IsAcquire: true } || Exposure.IsTryGuard(call, body.Model.Types))));

    private bool TakesBack(IOperation? code) => code is not null && code.DescendantsAndSelf().Any(operation =>
        operation is IInvocationOperation { Arguments: { Length: > 0 } arguments } call && place.Equals(VariablePath.Of(arguments[0].Value)) &&
        (AtomicModels.KindOf(call.TargetMethod, body.Model.Types), update) is
            (AtomicKind.Down, AtomicKind.Up) or (AtomicKind.Up, AtomicKind.Down) or (AtomicKind.Add, AtomicKind.Add));

    private static decimal? BoundOf(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: int or long or uint or ulong }
        ? Convert.ToDecimal(operation.ConstantValue.Value, CultureInfo.InvariantCulture)
        : null;

    /// <summary>The branch ends the method or the iteration without an exception, so what follows the <c>if</c> is its other branch.</summary>
    private static bool LeavesQuietly(IOperation? code) => code switch
    {
        IBlockOperation { Operations: { Length: > 0 } operations } => LeavesQuietly(operations[operations.Length - 1]),
        IReturnOperation or IBranchOperation => true,
        _ => false,
    };

    private static bool IsPartOfThrow(IOperation operation)
    {
        for (var up = operation.Parent; up is not null and not IBlockOperation; up = up.Parent)
        {
            if (up is IThrowOperation)
            {
                return true;
            }
        }

        return false;
    }
}
