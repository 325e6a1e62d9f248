using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// A change of a static field that goes wrong when two threads make it at once: an update from the value it had, a flag that says that something was done once, a collection that
/// is made on first use, or a change of a collection. A value that is simply stored is none: the last one stands, with a lock or without.
/// </summary>
/// <param name="Field">The field's original definition.</param>
/// <param name="Place">The reference to the field.</param>
/// <param name="Owner">The member around.</param>
internal sealed record StaticChange(IFieldSymbol Field, IFieldReferenceOperation Place, ISymbol Owner)
{
    /// <summary>The change that a reference to a field is part of, or null.</summary>
    public static StaticChange? Of(IFieldReferenceOperation reference, ISymbol owner) =>
        reference.Field is { IsStatic: true, IsConst: false, IsVolatile: false } && IsChange(reference) ? new StaticChange(reference.Field.OriginalDefinition, reference, owner) : null;

    /// <summary>Whether the reference to a field, static or not, is part of such a change.</summary>
    public static bool IsChange(IFieldReferenceOperation reference) => reference.Parent switch
    {
        IIncrementOrDecrementOperation => true,
        ICompoundAssignmentOperation assignment => assignment.Target == reference,
        ICoalesceAssignmentOperation assignment => assignment.Target == reference && IsNewCollection(assignment.Value),
        ISimpleAssignmentOperation { IsRef: false } assignment => assignment.Target == reference && (IsUpdate(assignment, reference) || IsOnce(assignment, reference) || IsFirstUse(assignment, reference)),
        IInvocationOperation call => call.Instance == reference && PlainCollections.IsMutation(call),
        IConditionalAccessOperation { WhenNotNull: IInvocationOperation call } access => access.Operation == reference && PlainCollections.IsMutation(call),
        IPropertyReferenceOperation { Property.IsIndexer: true } element => element.Instance == reference && PlainCollections.IsKeyed(reference.Type) && IsWritten(element),
        _ => false,
    };

    private static bool IsWritten(IPropertyReferenceOperation element) =>
        element.Parent is IIncrementOrDecrementOperation || (element.Parent is IAssignmentOperation assignment && assignment.Target == element);

    /// <summary>The new value comes from the old one, at once or by way of a local. A value that is made when there was none does not.</summary>
    private static bool IsUpdate(ISimpleAssignmentOperation assignment, IFieldReferenceOperation field)
    {
        var value = Conversions.WithoutBuiltIn(assignment.Value)!;
        if (value is ICoalesceOperation || (value is IConditionalOperation && field.Type is not { IsValueType: true }))
        {
            return false;
        }

        return value.DescendantsAndSelf().Any(part => Reads(part, field) ||
            (part is ILocalReferenceOperation local && Locals.OnlyValue(local.Local, Root(assignment)) is { } only &&
             SymbolEqualityComparer.Default.Equals(only.FunctionAround(), assignment.FunctionAround()) && only.DescendantsAndSelf().Any(o => Reads(o, field))));
    }

    /// <summary><c>if (!s_done) { Do(); s_done = true; }</c>, or with an early return.</summary>
    private static bool IsOnce(ISimpleAssignmentOperation assignment, IFieldReferenceOperation field)
    {
        if (field.Type?.SpecialType != SpecialType.System_Boolean || assignment.Value.ConstantValue is not { HasValue: true, Value: bool becomes } ||
            assignment.Parent is not IExpressionStatementOperation)
        {
            return false;
        }

        for (IOperation at = assignment; at.Parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); at = at.Parent)
        {
            if (at.Parent is IConditionalOperation choice && choice.WhenTrue == at && IsTest(choice.Condition, field, !becomes) && at is IBlockOperation { Operations.Length: > 1 })
            {
                return true;
            }

            if (at.Parent is IBlockOperation block && block.Operations.TakeWhile(o => o != at).ToList() is { Count: > 0 } before && block.Operations.Length > 2 && before.Any(o =>
                o is IConditionalOperation { WhenFalse: null } exit && IsTest(exit.Condition, field, becomes) && WayOut.Returns(exit.WhenTrue)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>if (s_list == null) s_list = new List…</c>: what the one thread puts into its own is lost.</summary>
    private static bool IsFirstUse(ISimpleAssignmentOperation assignment, IFieldReferenceOperation field)
    {
        if (!IsNewCollection(assignment.Value))
        {
            return false;
        }

        for (IOperation at = assignment; at.Parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); at = at.Parent)
        {
            if (at.Parent is IConditionalOperation choice && choice.WhenTrue == at && IsNullTest(choice.Condition, field))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNewCollection(IOperation value) => Conversions.WithoutBuiltIn(value) is IObjectCreationOperation creation && PlainCollections.Is(creation.Type);

    private static bool IsNullTest(IOperation condition, IFieldReferenceOperation field) => condition switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equals => IsNull(equals.RightOperand) && Reads(Conversions.WithoutBuiltIn(equals.LeftOperand), field),
        IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var tested } } pattern => IsNull(tested) && Reads(Conversions.WithoutBuiltIn(pattern.Value), field),
        _ => false,
    };

    private static bool IsNull(IOperation value) => Conversions.WithoutBuiltIn(value) is { ConstantValue: { HasValue: true, Value: null } };

    /// <summary>Whether the condition holds when the field has the value.</summary>
    private static bool IsTest(IOperation condition, IFieldReferenceOperation field, bool value) => condition switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => IsTest(not.Operand, field, !value),
        _ => value && Reads(condition, field),
    };

    private static bool Reads(IOperation? part, IFieldReferenceOperation field) =>
        part is IFieldReferenceOperation reference && reference.Parent is not INameOfOperation && SymbolEqualityComparer.Default.Equals(reference.Field, field.Field);

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is not null)
        {
            operation = operation.Parent;
        }

        return operation;
    }
}
