using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// The nearest test that lets control come to an operation: a condition around it, or an early exit before it. Told by the shape of one function.
/// </summary>
internal static class EarlierTest
{
    /// <summary>The part of a condition that is looked for, or null.</summary>
    /// <param name="place">Where the test counts.</param>
    /// <param name="isTest">What a condition without <c>&amp;&amp;</c>, <c>||</c> and <c>!</c> says when it is true or false: the part of it that is looked for, or null.</param>
    /// <param name="inStatement">Other statements that count as tests.</param>
    /// <param name="ends">Whether a statement before the place makes earlier tests worthless.</param>
    public static IOperation? Before(IOperation place, Func<IOperation, bool, IOperation?> isTest, Func<IOperation, IOperation?> inStatement, Func<IOperation, bool> ends)
    {
        for (var at = place; at.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); at = parent)
        {
            var test = parent switch
            {
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when both.RightOperand == at => Implied(both.LeftOperand, true, isTest),
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when either.RightOperand == at => Implied(either.LeftOperand, false, isTest),
                IConditionalOperation choice when choice.WhenTrue == at => Implied(choice.Condition, true, isTest),
                IConditionalOperation choice when choice.WhenFalse == at => Implied(choice.Condition, false, isTest),
                IWhileLoopOperation { ConditionIsTop: true, ConditionIsUntil: false } loop when loop.Body == at => Implied(loop.Condition, true, isTest),
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
                    if ((InExit(list[i], isTest) ?? inStatement(list[i])) is { } earlier)
                    {
                        return earlier;
                    }

                    if (ends(list[i]))
                    {
                        return null;
                    }
                }
            }

            if (parent is ILoopOperation && ends(parent))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>The part of the condition that decides when the condition is <paramref name="whenTrue"/>.</summary>
    public static IOperation? Implied(IOperation? condition, bool whenTrue, Func<IOperation, bool, IOperation?> isTest) => condition switch
    {
        null => null,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => Implied(not.Operand, !whenTrue, isTest),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } pair => (pair.OperatorKind == BinaryOperatorKind.ConditionalAnd) == whenTrue
            ? Implied(pair.RightOperand, whenTrue, isTest) ?? Implied(pair.LeftOperand, whenTrue, isTest)
            : null,
        _ => isTest(condition, whenTrue),
    };

    private static IOperation? InExit(IOperation statement, Func<IOperation, bool, IOperation?> isTest) => statement switch
    {
        IConditionalOperation choice when WayOut.Leaves(choice.WhenTrue) => Implied(choice.Condition, false, isTest),
        IConditionalOperation { WhenFalse: { } otherwise } choice when WayOut.Leaves(otherwise) => Implied(choice.Condition, true, isTest),
        _ => null,
    };
}
