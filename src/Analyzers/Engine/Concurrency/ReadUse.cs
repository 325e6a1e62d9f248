using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// Whether the code takes a value it read for the value its own atomic update made: returns it, indexes with it, builds an object from it,
/// keeps it in a local that is used so, or decides by an exact comparison of it. A value that is only told (a log line, a progress report, an event,
/// an assertion: any argument of a call whose result is unknown) may as well be another thread's.
/// </summary>
internal sealed class ReadUse(AccessPath place, AtomicKind update, BodyFacts body)
{
    // A local may be copied into another one; deeper chains are left alone.
    private const int MaxCopies = 2;

    private readonly Decision _decision = new(place, update, body);

    /// <summary>Whether a wrong value at <paramref name="read"/> is a defect for certain.</summary>
    public bool IsOwn(IOperation read) => IsOwn(read, isCopy: false, 0);

    /// <param name="value">The operation whose value is followed.</param>
    /// <param name="isCopy">The value is in a local of its own: then it was taken to be used, and an argument of unknown code counts.</param>
    /// <param name="copies">How many locals the value went through.</param>
    private bool IsOwn(IOperation value, bool isCopy, int copies)
    {
        var isPlain = true; // nothing was made of the value yet
        var isPeriodic = false;
        for (var parent = value.Parent; parent is not null; value = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation:
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or
                    BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual } comparison:
                    if (!_decision.IsExact(comparison, value))
                    {
                        return false;
                    }

                    isPlain = false;
                    break;
                case IBinaryOperation binary:
                    isPlain = false;
                    isPeriodic |= binary.OperatorKind == BinaryOperatorKind.Remainder;
                    break;
                case IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } }:
                case IUnaryOperation or IInterpolationOperation or IInterpolatedStringOperation or IArrayInitializerOperation or IArrayCreationOperation
                    or ITupleOperation or ISwitchExpressionOperation or ISwitchExpressionArmOperation:
                    isPlain = false;
                    break;
                case IConditionalOperation { Condition: var condition } choice when condition == value:
                    if (choice.Type is null)
                    {
                        return _decision.Acts(choice, isPeriodic);
                    }

                    break;
                case IConditionalOperation { Type: not null }:
                    break;
                case ISwitchOperation or IReturnOperation:
                    return true;
                case IArrayElementReferenceOperation element:
                    return element.ArrayReference != value;
                case IArgumentOperation { Parent: IPropertyReferenceOperation }:
                    return true;
                case IArgumentOperation { Parent: IObjectCreationOperation }:
                    isPlain = false;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation call }:
                    if (!PlainCalls.Computes(call.TargetMethod, body.Model.Types))
                    {
                        return PlainCalls.Keeps(call.TargetMethod, body.Model.Types) || (isCopy && isPlain && !IsTold(call));
                    }

                    isPlain = false;
                    break;
                case IInvocationOperation call when call.Instance == value:
                    if (!PlainCalls.Computes(call.TargetMethod, body.Model.Types))
                    {
                        return false;
                    }

                    isPlain = false;
                    break;
                case IInvocationOperation or IObjectCreationOperation or IObjectOrCollectionInitializerOperation:
                    break;
                case ISimpleAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation } assignment when assignment.Value == value:
                    isPlain = false;
                    break;
                case ISimpleAssignmentOperation { Target: IMemberReferenceOperation member } assignment when assignment.Value == value:
                    return IsBeingBuilt(member.Instance);
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } assignment when assignment.Value == value:
                    return IsLocalOwn(local, assignment, isPlain, copies);
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return IsLocalOwn(declarator.Symbol, declarator, isPlain, copies);
                default:
                    return false;
            }
        }

        return false;
    }

    private bool IsLocalOwn(ILocalSymbol local, IOperation assigned, bool isPlain, int copies)
    {
        if (copies == MaxCopies)
        {
            return false;
        }

        foreach (var operation in body.Root.DescendantsAndSelf())
        {
            if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) &&
                reference.Syntax.SpanStart > assigned.Syntax.Span.End && !StraightLine.IsTarget(reference) && IsOwn(reference, isPlain, copies + 1))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The object of this constructor, or a local that was made by <c>new</c>: what is stored in it is its own, not a gauge.</summary>
    private bool IsBeingBuilt(IOperation? instance) => instance switch
    {
        IInstanceReferenceOperation => body.Owner is IMethodSymbol { MethodKind: MethodKind.Constructor },
        ILocalReferenceOperation { Local: var local } => body.Root.Descendants().Any(o =>
            o is IVariableDeclaratorOperation { Initializer.Value: IObjectCreationOperation } declarator &&
            SymbolEqualityComparer.Default.Equals(declarator.Symbol, local)),
        _ => false,
    };

    /// <summary>A call that is known to tell, or that gets a text beside the value: a message.</summary>
    private bool IsTold(IInvocationOperation call)
    {
        if (PlainCalls.Tells(call.TargetMethod, body.Model.Types) || call.TargetMethod.MethodKind == MethodKind.DelegateInvoke)
        {
            return true;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Value.DescendantsAndSelf().Any(static o => o is ILiteralOperation { Type.SpecialType: SpecialType.System_String } or IInterpolatedStringOperation))
            {
                return true;
            }
        }

        return false;
    }
}
