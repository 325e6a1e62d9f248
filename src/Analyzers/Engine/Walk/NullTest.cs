using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// The nearest test that says of a variable that it is not null where it is read: in a condition around the read, in an early exit before it, or by filling it while it is null. A write of the
/// variable in between makes the test one of another value.
/// </summary>
internal static class NullTest
{
    /// <summary>The reference that the test reads, or null.</summary>
    /// <param name="use">The read.</param>
    /// <param name="isSame">Whether an operation is a reference to the same variable.</param>
    public static IOperation? Before(IOperation use, Func<IOperation, bool> isSame) => EarlierTest.Before(
        use, (condition, whenTrue) => OfCondition(condition, whenTrue, isSame), statement => OfFill(statement, isSame), statement => Operations.OfFunction(statement).Any(o => isSame(o) && StraightLine.IsTarget(o)));

    /// <summary>The reference by which a test finds the variable null on the way to where it is filled, or null.</summary>
    public static IOperation? BeforeFill(IOperation fill, Func<IOperation, bool> isSame) => EarlierTest.Before(
        fill, (condition, whenTrue) => OfCondition(condition, !whenTrue, isSame), static _ => null, statement => Operations.OfFunction(statement).Any(o => isSame(o) && StraightLine.IsTarget(o)));

    /// <summary>Whether a read reckons with null: it is compared, asked by a pattern, <c>?.</c> or <c>??</c>, or kept in a local for which that is done.</summary>
    public static bool IsAsked(IOperation read, IOperation function)
    {
        var at = read;
        while (at.Parent is IConversionOperation or IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Read", ContainingType.Name: "Volatile" } } } or IInvocationOperation { TargetMethod: { Name: "Read", ContainingType.Name: "Volatile" } })
        {
            at = at.Parent;
        }

        return at.Parent switch
        {
            IConditionalAccessOperation access => access.Operation == at,
            ICoalesceOperation coalesce => coalesce.Value == at,
            IBinaryOperation compared => IsNull(compared.LeftOperand) || IsNull(compared.RightOperand),
            IIsPatternOperation or IIsTypeOperation => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => Locals.Uses(local, function).Any(use => IsAsked(use, function)),
            _ => false,
        } || Before(read, o => SharedPlace.Of(read) is { } place && place.Equals(SharedPlace.Of(o))) is not null;
    }

    /// <summary>Whether the value is <c>null</c> or the default of a type by reference.</summary>
    public static bool IsNull(IOperation? value) => Conversions.WithoutBuiltIn(value) is { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation { Type.IsReferenceType: true };

    /// <summary>The reference by which the condition, when it is <paramref name="whenTrue"/>, says that the variable is not null.</summary>
    public static IOperation? OfCondition(IOperation condition, bool whenTrue, Func<IOperation, bool> isSame) => condition switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals or BinaryOperatorKind.Equals } compared when whenTrue == (compared.OperatorKind == BinaryOperatorKind.NotEquals) =>
            IsNull(compared.RightOperand) ? Same(compared.LeftOperand, isSame) : IsNull(compared.LeftOperand) ? Same(compared.RightOperand, isSame) : null,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.LessThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThanOrEqual } compared
            when whenTrue && Conversions.WithoutBuiltIn(compared.RightOperand) is { ConstantValue: { HasValue: true, Value: not null } } && Conversions.WithoutBuiltIn(compared.LeftOperand) is IConditionalAccessOperation access =>
            Same(access.Operation, isSame),
        IIsTypeOperation { IsNegated: var isNegated } type when whenTrue != isNegated => Same(type.ValueOperand, isSame),
        IIsPatternOperation pattern when Excludes(pattern.Pattern, whenTrue) => Same(pattern.Value, isSame),
        IPropertyReferenceOperation { Property: { Name: "HasValue", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }, Instance: { } nullable } when whenTrue => Same(nullable, isSame),
        IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace", ContainingType.SpecialType: SpecialType.System_String }, Arguments: { Length: 1 } arguments } when !whenTrue => Same(arguments[0].Value, isSame),
        _ => null,
    };

    /// <summary>Whether a value that the pattern matches, or does not match, is not null.</summary>
    private static bool Excludes(IPatternOperation pattern, bool isMatch) => pattern switch
    {
        INegatedPatternOperation not => Excludes(not.Pattern, !isMatch),
        IConstantPatternOperation constant => isMatch != IsNull(constant.Value),
        IDeclarationPatternOperation { MatchesNull: false } or ITypePatternOperation or IRecursivePatternOperation => isMatch,
        _ => false,
    };

    /// <summary>An earlier statement that fills the variable where it is null.</summary>
    private static IOperation? OfFill(IOperation statement, Func<IOperation, bool> isSame) => statement switch
    {
        IConditionalOperation { WhenFalse: null } choice when IsFilled(choice.WhenTrue, isSame) => EarlierTest.Implied(choice.Condition, false, (condition, whenTrue) => OfCondition(condition, whenTrue, isSame)),
        IExpressionStatementOperation { Operation: ICoalesceAssignmentOperation fill } when !IsNull(fill.Value) => Same(fill.Target, isSame),
        _ => null,
    };

    /// <summary>Whether the branch that found null stores something else on its straight line.</summary>
    private static bool IsFilled(IOperation branch, Func<IOperation, bool> isSame) =>
        (branch is IBlockOperation block ? block.Operations : ImmutableArray.Create(branch)).Any(s => s is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment } && isSame(assignment.Target) && !IsNull(assignment.Value));

    private static IOperation? Same(IOperation value, Func<IOperation, bool> isSame) => Conversions.WithoutBuiltIn(value) is { } plain && isSame(plain) ? plain : null;
}
