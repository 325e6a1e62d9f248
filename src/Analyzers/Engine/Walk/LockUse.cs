using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>Whether a use of a variable that holds a lock keeps the lock to itself, so that the uses of the variable are all the uses of the lock.</summary>
internal static class LockUse
{
    /// <summary>Whether a variable of the type may be a lock that is good for nothing else.</summary>
    public static bool IsLockType(ITypeSymbol type, LockModels locks) => type.SpecialType == SpecialType.System_Object || locks.IsLock(type);

    /// <summary>Whether the use acquires, releases, looks at, disposes of or replaces the lock; all else may give it to somebody.</summary>
    public static bool KeepsToItself(IOperation use, Model model)
    {
        var value = use;
        while (value.Parent is IConversionOperation { OperatorMethod: null })
        {
            value = value.Parent;
        }

        return value.Parent switch
        {
            ILockOperation statement => statement.LockedValue == value,
            IArgumentOperation { Parameter.RefKind: RefKind.None, Parent: IInvocationOperation call } => KnownType.Is(call.TargetMethod.ContainingType, model.Types.Monitor),
            IInvocationOperation call => call.Instance == value && IsOwn(call, model),
            IConditionalAccessOperation { WhenNotNull: IInvocationOperation { Instance: IConditionalAccessInstanceOperation } call } access => access.Operation == value && IsOwn(call, model),
            IPropertyReferenceOperation { Property.Type.IsValueType: true } property => property.Instance == value,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } or INameOfOperation => true,
            IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } } => true,
            ISimpleAssignmentOperation { IsRef: false, Parent: IExpressionStatementOperation } assignment => assignment.Target == value,
            ICoalesceAssignmentOperation { Parent: IExpressionStatementOperation } assignment => assignment.Target == value,
            _ => false,
        };
    }

    private static bool IsOwn(IInvocationOperation call, Model model) =>
        model.Locks.MeaningOf(call) is not null || model.Locks.OpensScope(call) || call.TargetMethod.Name is "Dispose" or "Close";
}
