using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>Values that are copied in more than one step: whether an access takes or stores all of it, and whether another access can come in between.</summary>
internal static class Tearing
{
    public static bool IsWide(Access access) => WideValues.Is(access.At.Type);

    /// <summary>
    /// Whether <paramref name="second"/> can meet the value that <paramref name="write"/> is half-way through: it takes all of it, or stores another one over it. A test for "none" or "empty" takes no half that matters, and
    /// one field is a word of its own. Two writes of what may be one value leave that value.
    /// </summary>
    public static bool IsTorn(Access write, Access second, ThreadSource? source) => IsWide(write) && second.Kind switch
    {
        AccessKind.Read => TakesAll(second.At),
        AccessKind.Fill => write.Kind is AccessKind.Write or AccessKind.Update || (write == second && IsTaken(second.At)),
        AccessKind.Update => write.Kind is AccessKind.Write or AccessKind.Fill,
        AccessKind.Write => write.Kind is AccessKind.Write or AccessKind.Fill && (write == second ? IsOwnValue(write, source) : !IsSameValue(write, second)) && IsReadSomewhere(write),
        _ => false,
    };

    /// <summary>
    /// Whether something else that both use may put the two in order: the reader tests what the writer sets, or both go through one concurrent collection or channel.
    /// </summary>
    public static bool MayBeOrdered(Side writer, Access write, Side reader, Access read) =>
        reader.Accesses.Any(c => !c.Access.Place.Equals(write.Place) && (IsTested(c.Access.At) || HandsOver(c.Access.At.Type)) &&
            writer.Accesses.Any(w => w.Access.Place.Equals(c.Access.Place) && (w.Access.Changes || w.Access.Kind is AccessKind.Atomic or AccessKind.ByReference || w.Access.At.Parent is IInvocationOperation call && call.Instance == w.Access.At)));

    /// <summary>Whether the value of the reference is copied, and not only asked for one part, compared with "none", or dropped.</summary>
    private static bool TakesAll(IOperation at)
    {
        while (at.Parent is IConversionOperation { IsImplicit: true, OperatorMethod: null })
        {
            at = at.Parent;
        }

        switch (at.Parent)
        {
            case IFieldReferenceOperation part when part.Instance == at:
                return WideValues.Is(part.Type) && TakesAll(part);
            case IPropertyReferenceOperation { Property: var property } part when part.Instance == at:
                return property is { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } || (WideValues.Is(part.Type) && Places.SharedPlace.IsAuto(property) && TakesAll(part));
            case IInvocationOperation { TargetMethod: { Name: "GetValueOrDefault", Parameters.IsEmpty: var isValueAlone } } call when call.Instance == at:
                return !isValueAlone || WideValues.Is(call.Type);
            case IInvocationOperation { TargetMethod: var method } call when call.Instance == at:
                return method.Name is "ToString" or "Equals" or "GetHashCode" or "CompareTo" && method.ContainingType.DeclaringSyntaxReferences.IsEmpty;
            case IArgumentOperation { Parameter.RefKind: not RefKind.None }:
            case IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation }:
                return false;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } test:
                return !IsNone(test.LeftOperand == at ? test.RightOperand : test.LeftOperand);
            case IIsPatternOperation { Pattern: var pattern }:
                return pattern is not INegatedPatternOperation and not IConstantPatternOperation and not IRecursivePatternOperation { DeclaredSymbol: null, PropertySubpatterns.IsEmpty: true, DeconstructionSubpatterns.IsEmpty: true };
            case IIsTypeOperation:
                return false;
            default:
                return true;
        }
    }

    /// <summary>Null, a default, or a value of the type with a name of its own: <c>Guid.Empty</c>, <c>decimal.Zero</c>.</summary>
    private static bool IsNone(IOperation operand) => Conversions.WithoutBuiltIn(operand) is { } value &&
        (value.ConstantValue.HasValue || value is IDefaultValueOperation or IFieldReferenceOperation { Field.IsStatic: true } or IPropertyReferenceOperation { Property.IsStatic: true });

    /// <summary>Whether each thread stores a value of its own: made from variables that are not the same for all.</summary>
    private static bool IsOwnValue(Access write, ThreadSource? source) => source is null || (ValueOf(write) is { } value && value.DescendantsAndSelf().Any(o =>
        (o is ILocalReferenceOperation { Local: var local } && !Sharing.IsOutside(local, source)) || (o is IParameterReferenceOperation { Parameter: var parameter } && !Sharing.IsOutside(parameter, source))));

    private static bool IsSameValue(Access one, Access other) => ValueOf(one) is not { } value || ValueOf(other) is not { } second || value.Syntax.IsEquivalentTo(second.Syntax);

    private static IOperation? ValueOf(Access write) => write.At.Parent switch
    {
        ISimpleAssignmentOperation assignment when assignment.Target == write.At => assignment.Value,
        ICoalesceAssignmentOperation assignment when assignment.Target == write.At => assignment.Value,
        _ => null,
    };

    /// <summary>Whether the bodies of the function's member, or of its type for a field, read the value; one that is only written may be nobody's.</summary>
    private static bool IsReadSomewhere(Access write) => write.In.Body.Type is { } type && (write.Place.Symbol is ILocalSymbol local
        ? write.In.Body.Root.Descendants().Any(o => o is ILocalReferenceOperation use && SymbolEqualityComparer.Default.Equals(use.Local, local) && AccessReader.Of(use, write.In.Body) is { Kind: AccessKind.Read })
        : TypeAccesses.Of(type).Functions.SelectMany(static f => f.Accesses).Any(a => a.Kind == AccessKind.Read && a.Place.Equals(write.Place)));

    private static bool IsTaken(IOperation at) => at.Parent is { Parent: not IExpressionStatementOperation };

    /// <summary>Whether the reference stands in the condition of a branch, loop or choice.</summary>
    private static bool IsTested(IOperation at)
    {
        for (var inner = at; inner.Parent is { } outer and not (IAnonymousFunctionOperation or ILocalFunctionOperation or IBlockOperation); inner = outer)
        {
            if ((outer is IConditionalOperation choice && choice.Condition == inner) || (outer is IWhileLoopOperation loop && loop.Condition == inner) || (outer is IForLoopOperation count && count.Condition == inner) ||
                (outer is ISwitchOperation or ISwitchExpressionOperation && outer.ChildOperations.First() == inner) || outer is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr })
            {
                return true;
            }
        }

        return false;
    }

    private static bool HandsOver(ITypeSymbol? type) => type?.ContainingNamespace?.ToDisplayString() is "System.Collections.Concurrent" or "System.Threading.Channels";
}
