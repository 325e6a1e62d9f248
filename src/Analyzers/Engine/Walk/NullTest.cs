using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// The nearest test that says of a variable that it is not null where it is read: in a condition around the read, in an early exit before it, or by filling it while it is null. Told by the shape of
/// one function; a write of the variable in between makes the test one of another value.
/// </summary>
internal static class NullTest
{
    /// <summary>The reference that the test reads, or null.</summary>
    /// <param name="use">The read.</param>
    /// <param name="isSame">Whether an operation is a reference to the same variable.</param>
    public static IOperation? Before(IOperation use, Func<IOperation, bool> isSame)
    {
        for (var at = use; at.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); at = parent)
        {
            var test = parent switch
            {
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when both.RightOperand == at => Implied(both.LeftOperand, true, isSame),
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when either.RightOperand == at => Implied(either.LeftOperand, false, isSame),
                IConditionalOperation choice when choice.WhenTrue == at => Implied(choice.Condition, true, isSame),
                IConditionalOperation choice when choice.WhenFalse == at => Implied(choice.Condition, false, isSame),
                IWhileLoopOperation { ConditionIsTop: true, ConditionIsUntil: false } loop when loop.Body == at => Implied(loop.Condition, true, isSame),
                _ => null,
            };
            if (test is not null)
            {
                return test;
            }

            if (StraightLine.Siblings(at) is { IsEmpty: false } list)
            {
                for (var i = list.IndexOf(at) - 1; i >= 0; i--)
                {
                    if (InStatement(list[i], isSame) is { } earlier)
                    {
                        return earlier;
                    }

                    if (Writes(list[i], isSame))
                    {
                        return null;
                    }
                }
            }

            if (parent is ILoopOperation && Writes(parent, isSame))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>The reference by which the condition, when it is <paramref name="whenTrue"/>, says that the variable is not null.</summary>
    private static IOperation? Implied(IOperation? condition, bool whenTrue, Func<IOperation, bool> isSame)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Implied(not.Operand, !whenTrue, isSame);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } pair:
                return (pair.OperatorKind == BinaryOperatorKind.ConditionalAnd) == whenTrue ? Implied(pair.RightOperand, whenTrue, isSame) ?? Implied(pair.LeftOperand, whenTrue, isSame) : null;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } compared when whenTrue:
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } when !whenTrue:
                var (left, right) = (((IBinaryOperation)condition).LeftOperand, ((IBinaryOperation)condition).RightOperand);
                return IsNull(right) ? Same(left, isSame) : IsNull(left) ? Same(right, isSame) : null;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.LessThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThanOrEqual } compared
                when whenTrue && Conversions.WithoutBuiltIn(compared.RightOperand) is { ConstantValue: { HasValue: true, Value: not null } } && Conversions.WithoutBuiltIn(compared.LeftOperand) is IConditionalAccessOperation access:
                return Same(access.Operation, isSame);
            case IIsTypeOperation { IsNegated: var isNegated } type when whenTrue != isNegated:
                return Same(type.ValueOperand, isSame);
            case IIsPatternOperation pattern when Excludes(pattern.Pattern, whenTrue):
                return Same(pattern.Value, isSame);
            case IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace", ContainingType.SpecialType: SpecialType.System_String }, Arguments: { Length: 1 } arguments } when !whenTrue:
                return Same(arguments[0].Value, isSame);
            default:
                return null;
        }
    }

    /// <summary>Whether a value that the pattern matches, or does not match, is not null.</summary>
    private static bool Excludes(IPatternOperation pattern, bool isMatch) => pattern switch
    {
        INegatedPatternOperation not => Excludes(not.Pattern, !isMatch),
        IConstantPatternOperation constant => isMatch != IsNull(constant.Value),
        IDeclarationPatternOperation { MatchesNull: false } or ITypePatternOperation or IRecursivePatternOperation => isMatch,
        _ => false,
    };

    /// <summary>An earlier statement that lets nobody by who finds null: it leaves, or fills the variable.</summary>
    private static IOperation? InStatement(IOperation statement, Func<IOperation, bool> isSame) => statement switch
    {
        IConditionalOperation choice when Leaves(choice.WhenTrue) => Implied(choice.Condition, false, isSame),
        IConditionalOperation { WhenFalse: { } otherwise } choice when Leaves(otherwise) => Implied(choice.Condition, true, isSame),
        IConditionalOperation { WhenFalse: null } choice when IsFilled(choice.WhenTrue, isSame) => Implied(choice.Condition, false, isSame),
        IExpressionStatementOperation { Operation: ICoalesceAssignmentOperation fill } when !IsNull(fill.Value) => Same(fill.Target, isSame),
        _ => null,
    };

    private static bool Leaves(IOperation statement) => statement is IReturnOperation or IThrowOperation or IBranchOperation or IExpressionStatementOperation { Operation: IThrowOperation } ||
        (statement is IBlockOperation block && block.Operations.LastOrDefault() is { } last && Leaves(last));

    /// <summary>Whether each write in the branch that found null stores something else, and there is one on its straight line.</summary>
    private static bool IsFilled(IOperation branch, Func<IOperation, bool> isSame) =>
        (branch is IBlockOperation block ? block.Operations : ImmutableArray.Create(branch)).Any(s => s is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment } && isSame(assignment.Target) && !IsNull(assignment.Value));

    private static bool Writes(IOperation statement, Func<IOperation, bool> isSame) => Operations.OfFunction(statement).Any(o => isSame(o) && StraightLine.IsTarget(o));

    private static IOperation? Same(IOperation value, Func<IOperation, bool> isSame) => Conversions.WithoutBuiltIn(value) is { } plain && isSame(plain) ? plain : null;

    /// <summary>Whether the value is <c>null</c> or the default of a type by reference.</summary>
    public static bool IsNull(IOperation? value) => Conversions.WithoutBuiltIn(value) is { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation { Type.IsReferenceType: true };
}
