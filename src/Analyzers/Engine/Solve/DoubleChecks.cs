using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>How a double-checked initialization is broken.</summary>
internal enum BrokenCheck
{
    /// <summary>The test is not made again under the lock.</summary>
    NoSecondCheck,

    /// <summary>The object is stored and filled afterwards.</summary>
    FilledAfterwards,

    /// <summary>The flag is set and what it stands for afterwards.</summary>
    FlagFirst,

    /// <summary>The value is more than a word, so that the test outside the lock may see half of it.</summary>
    Torn,
}

/// <summary>A broken initialization that is tested without a lock first.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Field">The field that is tested.</param>
/// <param name="Assignment">The assignment of the field under the lock.</param>
/// <param name="Test">The statement with the test outside the lock.</param>
/// <param name="After">What comes too late; null where nothing does.</param>
internal sealed record DoubleCheck(BrokenCheck Kind, IFieldSymbol Field, IAssignmentOperation Assignment, IConditionalOperation Test, IOperation? After);

/// <summary>
/// Finds initializations of the form <c>if (x == null) lock (gate) …</c>, or with an early return in front of the lock, and with a flag instead of the value, that go wrong on some interleaving. The plain form with
/// both tests is right for references: the memory model of .NET publishes an object only after it is built.
/// </summary>
internal static class DoubleChecks
{
    public static IEnumerable<DoubleCheck> In(BodyFacts body)
    {
        foreach (var section in GuardedSection.In(body))
        {
            if (OuterTest(section) is not ({ } test, { } field, var isFlag) || HasLockAround(section.First))
            {
                continue;
            }

            foreach (var assignment in section.Operations().OfType<IAssignmentOperation>().Where(a => Field(a.Target) is { } target && Same(target, field) && IsFilling(a, isFlag)))
            {
                if (section.IsExclusive(assignment, body) && Judge(assignment, field, isFlag, test, section, body) is { } broken)
                {
                    yield return broken;
                    break;
                }
            }
        }
    }

    /// <summary>The field that a test without the lock asks for before the lock is taken, to make what is missing or to end what is there; null where there is none.</summary>
    public static IFieldReferenceOperation? TestedOutside(ILockOperation section) => (OuterTest(GuardedSection.Of(section)) ?? OuterTest(GuardedSection.Of(section), makes: false))?.Field;

    private static DoubleCheck? Judge(IAssignmentOperation assignment, IFieldReferenceOperation field, bool isFlag, IConditionalOperation test, GuardedSection section, BodyFacts body)
    {
        if (!AsksItself(assignment) && !IsTestedAgain(assignment, field, section))
        {
            return isFlag ? DoesMore(section, assignment) ? Broken(BrokenCheck.NoSecondCheck, null) : null : IsSameTwice(assignment, section, body) ? null : Broken(BrokenCheck.NoSecondCheck, null);
        }

        if (IsNullable(field))
        {
            return Broken(BrokenCheck.Torn, null);
        }

        var later = Later(assignment).ToList();
        if (isFlag)
        {
            return LatePayload.Of(assignment, later, test, section, body) is { } late ? Broken(BrokenCheck.FlagFirst, late) : null;
        }

        return later.FirstOrDefault(o => Fills(o, holder => Field(holder) is { } target && Same(target, field))) is { } filling ? Broken(BrokenCheck.FilledAfterwards, filling) : null;

        DoubleCheck Broken(BrokenCheck kind, IOperation? after) => new(kind, field.Field, assignment, test, after);
    }

    /// <summary>Whether the value has a part of its own that says that there is one.</summary>
    private static bool IsNullable(IFieldReferenceOperation field) =>
        field.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: { Length: 1 } arguments } && arguments[0] is { IsValueType: true, TypeKind: not TypeKind.Error };

    /// <summary>The test without the lock that leads to it: an <c>if</c> around it, or an early exit right before it.</summary>
    private static (IConditionalOperation Test, IFieldReferenceOperation Field, bool IsFlag)? OuterTest(GuardedSection section, bool makes = true)
    {
        var around = StraightLine.Siblings(section.First);
        var index = around.IndexOf(section.First);
        IOperation at = section.First;
        if (at.Parent is IBlockOperation { Parent: IConditionalOperation or IBlockOperation } inner && around.All(o => o.IsImplicit || section.Holds(o)))
        {
            at = inner;
        }

        if (at.Parent is IConditionalOperation choice && choice.WhenTrue == at)
        {
            return Tested(choice.Condition, isMissing: makes) is var (field, isFlag) ? (choice, field, isFlag) : null;
        }

        if (index > 0 && around[index - 1] is IConditionalOperation { WhenFalse: null } exit && WayOut.Returns(exit.WhenTrue))
        {
            return Tested(exit.Condition, isMissing: !makes) is var (field, isFlag) ? (exit, field, isFlag) : null;
        }

        return null;
    }

    /// <summary>The field that the condition finds missing (null, or a flag that is not set), or present.</summary>
    private static (IFieldReferenceOperation Field, bool IsFlag)? Tested(IOperation condition, bool isMissing)
    {
        for (; condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not; condition = not.Operand)
        {
            isMissing = !isMissing;
        }

        return NullTest.OfCondition(condition, !isMissing, static o => Field(o) is not null) is { } value ? (Field(value)!, false)
            : condition.Type?.SpecialType == SpecialType.System_Boolean && !isMissing && Field(condition) is { } flag ? (flag, true)
            : null;
    }

    /// <summary>The field of the object at hand, or the static one, that the operation names or reads by <c>Volatile</c>.</summary>
    public static IFieldReferenceOperation? Field(IOperation? operation) => Conversions.WithoutBuiltIn(operation) switch
    {
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } field => PerThread.Is(field.Field) ? null : field,
        IInvocationOperation { TargetMethod: { Name: "Read", ContainingType: { Name: "Volatile", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } } }, Arguments: { Length: 1 } read } => Field(read[0].Value),
        _ => null,
    };

    /// <summary>Whether the assignment makes the value, or sets the flag. What asks for the field itself makes it once, and can only be too much for one step.</summary>
    private static bool IsFilling(IAssignmentOperation assignment, bool isFlag) => assignment.FunctionAround() is null && assignment is ISimpleAssignmentOperation or ICoalesceAssignmentOperation && (isFlag
        ? assignment.Value.ConstantValue is { HasValue: true, Value: true } && assignment.Parent is IExpressionStatementOperation
        : !NullTest.IsNull(assignment.Value) && (!AsksItself(assignment) || (Field(assignment.Target) is { } field && IsNullable(field))));

    /// <summary><c>x ??= y</c>, <c>x = x ?? y</c>, <c>x = x == null ? y : x</c>.</summary>
    private static bool AsksItself(IAssignmentOperation assignment) => assignment is ICoalesceAssignmentOperation || Conversions.WithoutBuiltIn(assignment.Value) is ICoalesceOperation or IConditionalOperation;

    /// <summary>Whether something under the lock asks for the field before the assignment: an <c>if</c>, a <c>??=</c>, or a condition that a helper of the source answers.</summary>
    private static bool IsTestedAgain(IAssignmentOperation assignment, IFieldReferenceOperation field, GuardedSection section)
    {
        for (IOperation at = assignment; at != section.Body; at = at.Parent!)
        {
            if (at.Parent is IConditionalOperation choice && choice.Condition.DescendantsAndSelf().Any(static o => o is IInvocationOperation or ILocalReferenceOperation or IPropertyReferenceOperation))
            {
                return true;
            }
        }

        return section.Operations().Any(o => o.Syntax.SpanStart < assignment.Syntax.SpanStart && Field(o) is { } read && Same(read, field));
    }

    /// <summary>Whether the lock holds no more than a text that is computed again to the same: who makes it twice only wastes time.</summary>
    private static bool IsSameTwice(IAssignmentOperation assignment, GuardedSection section, BodyFacts body) => assignment.Target.Type?.SpecialType == SpecialType.System_String &&
        section.Operations().All(o => o is not (IObjectCreationOperation or IAwaitOperation or IAnonymousFunctionOperation) && (o is not IAssignmentOperation || o == assignment) && (o is not IInvocationOperation call || PlainCalls.Computes(call.TargetMethod, body.Model.Types)));

    /// <summary>Whether the lock holds more than the flag: work that is done twice.</summary>
    private static bool DoesMore(GuardedSection section, IOperation assignment) => section.Operations().Any(o => o is IInvocationOperation or ISimpleAssignmentOperation && o != assignment);

    /// <summary>The statements behind the assignment in its own list, up to another assignment of the same field.</summary>
    private static IEnumerable<IOperation> Later(IAssignmentOperation assignment) => assignment.Parent is IExpressionStatementOperation { Parent: IBlockOperation block } statement
        ? block.Operations.Skip(block.Operations.IndexOf(statement) + 1).TakeWhile(static o => o is IExpressionStatementOperation or ILoopOperation)
        : ImmutableArray<IOperation>.Empty;

    /// <summary>Whether the statement sets a member or an element of the object, or adds to it.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="isObject">Whether an operation names the object.</param>
    public static bool Fills(IOperation statement, Func<IOperation, bool> isObject) => statement.DescendantsAndSelf().Any(o => o switch
    {
        IAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } holder } } => isObject(holder),
        IAssignmentOperation { Target: IArrayElementReferenceOperation element } => isObject(element.ArrayReference),
        IInvocationOperation { Instance: { } collection } call => PlainCollections.IsMutation(call) && isObject(collection),
        _ => false,
    });

    private static bool HasLockAround(IOperation section)
    {
        for (var up = section.Parent; up is not null; up = up.Parent)
        {
            if (up is ILockOperation or IUsingOperation)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Same(IFieldReferenceOperation one, IFieldReferenceOperation other) => SymbolEqualityComparer.Default.Equals(one.Field, other.Field);
}
