using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>Whether something is certain to run once its function does, told from the shape of the code alone.</summary>
internal static class StraightRun
{
    /// <summary>Whether no way through <paramref name="root"/>, save by an exception out of a call, goes past the operation: no condition, loop or handler is around it, and nothing before it leaves.</summary>
    public static bool IsAlwaysReached(IOperation operation, IOperation root)
    {
        for (var inner = operation; inner != root; inner = inner.Parent)
        {
            switch (inner.Parent)
            {
                case null or ILoopOperation or ISwitchOperation or ISwitchCaseOperation or ISwitchExpressionOperation or ISwitchExpressionArmOperation or ICatchClauseOperation or IConditionalAccessOperation or
                    ICoalesceOperation or ICoalesceAssignmentOperation or IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return false;
                case IConditionalOperation choice when choice.Condition != inner:
                    return false;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary when binary.RightOperand == inner:
                    return false;
                case ITryOperation guarded when guarded.Finally == inner:
                    return false;
                case IBlockOperation block when block.Operations.TakeWhile(statement => statement != inner).Any(MayLeave):
                    return false;
            }
        }

        return true;
    }

    private static bool MayLeave(IOperation statement) => Leaves(statement) || Operations.OfFunction(statement).Any(Leaves);

    private static bool Leaves(IOperation operation) => operation is IReturnOperation or IThrowOperation or IBranchOperation { BranchKind: BranchKind.GoTo };
}
