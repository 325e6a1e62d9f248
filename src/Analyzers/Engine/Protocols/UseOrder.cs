using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>
/// The order of two uses of one process. It is judged in the innermost body that has both, between the uses or the calls of helpers that make them; what a lambda or local
/// function does has no order with what is around it.
/// </summary>
internal static class UseOrder
{
    /// <summary>Whether <paramref name="second"/> is certain not to come before <paramref name="first"/> in a run that has both once.</summary>
    public static bool IsBehind(ProcessUse first, ProcessUse second) =>
        Places(first, second) is { } places && places.First.Syntax.Span.End <= places.Second.Syntax.Span.End;

    /// <summary>Whether a run that comes to <paramref name="first"/> may go on to <paramref name="second"/>, as far as conditions that may hang together let one say.</summary>
    public static bool LeadsTo(ProcessUse first, ProcessUse second)
    {
        if (Places(first, second) is not { } places || places.First.Syntax.Span.End > places.Second.Syntax.Span.End ||
            places.First.AncestorsAndSelf().FirstOrDefault(a => a.IsAround(places.Second)) is not { } common)
        {
            return false;
        }

        var (from, to) = (Branch(common, places.First), Branch(common, places.Second));
        if (IsOtherBranch(common, from, to) || Leaves(places.First, common))
        {
            return false;
        }

        var guards = Guards(places.First, common).Concat(Deeper(first, places.First)).ToList();
        var others = Guards(places.Second, common).Concat(Deeper(second, places.Second)).ToList();
        return guards.Count == 0 || others.Count == 0 || !guards.SelectMany(Variables).Intersect(others.SelectMany(Variables), SymbolEqualityComparer.Default).Any();
    }

    /// <summary>Whether the use comes at each run of the common body that comes to <paramref name="first"/>.</summary>
    public static bool IsUnconditional(ProcessUse first, ProcessUse use) =>
        Places(first, use) is { } places && places.First.AncestorsAndSelf().FirstOrDefault(a => a.IsAround(places.Second)) is { } common && !Guards(places.Second, common).Any();

    /// <summary>The two operations of one body that stand for the uses; null where there is none such.</summary>
    public static (IOperation First, IOperation Second)? Places(ProcessUse first, ProcessUse second)
    {
        for (var i = 0; i < first.Path.Length && i < second.Path.Length; i++)
        {
            if (first.Path[i] != second.Path[i])
            {
                return IsOneFunction(first.Path[i], second.Path[i]) ? (first.Path[i], second.Path[i]) : null;
            }
        }

        return null;
    }

    /// <summary>Whether both stand in one lambda or local function, or both in one member and in none of these.</summary>
    public static bool IsOneFunction(IOperation first, IOperation second) =>
        SymbolEqualityComparer.Default.Equals(first.FunctionAround(), second.FunctionAround()) && first.AncestorsAndSelf().Last().Syntax == second.AncestorsAndSelf().Last().Syntax;

    private static IOperation? Branch(IOperation common, IOperation inner) => inner.AncestorsAndSelf().FirstOrDefault(a => a.Parent == common);

    private static bool IsOtherBranch(IOperation common, IOperation? from, IOperation? to) => common switch
    {
        IConditionalOperation choice => from != choice.Condition && to != choice.Condition,
        ISwitchOperation choice => from != choice.Value && from != to,
        ISwitchExpressionOperation choice => from != choice.Value && from != to,
        ITryOperation => to is ICatchClauseOperation,
        _ => false,
    };

    /// <summary>Whether the statements behind <paramref name="at"/> within <paramref name="common"/> lead out of it.</summary>
    private static bool Leaves(IOperation at, IOperation common)
    {
        foreach (var up in at.AncestorsAndSelf().TakeWhile(a => a != common))
        {
            var list = StraightLine.Siblings(up);
            if (up is IReturnOperation or IThrowOperation || up.Parent != common && !list.IsEmpty && list[list.Length - 1] is IReturnOperation { IsImplicit: false } or IThrowOperation or IBranchOperation && LeavesBy(list[list.Length - 1], common))
            {
                return true;
            }
        }

        return false;
    }

    private static bool LeavesBy(IOperation last, IOperation common) => last is not IBranchOperation branch || branch.BranchKind == BranchKind.GoTo ||
        !last.AncestorsAndSelf().TakeWhile(a => a != common).Any(a => a is ILoopOperation || (a is ISwitchOperation && branch.BranchKind == BranchKind.Break));

    /// <summary>The conditions that decide whether <paramref name="at"/> is come to within <paramref name="common"/>.</summary>
    private static IEnumerable<IOperation> Guards(IOperation at, IOperation? common)
    {
        foreach (var up in at.AncestorsAndSelf().TakeWhile(a => a != common && a.Parent != common))
        {
            switch (up.Parent)
            {
                case IConditionalOperation choice when choice.Condition != up:
                    yield return choice.Condition;
                    break;
                case ISwitchOperation choice when choice.Value != up:
                    yield return choice.Value;
                    break;
                case ISwitchExpressionOperation choice when choice.Value != up:
                    yield return choice.Value;
                    break;
                case IWhileLoopOperation { Condition: { } condition, ConditionIsTop: true } when condition != up:
                    yield return condition;
                    break;
                case IForLoopOperation { Condition: { } condition } when condition != up:
                    yield return condition;
                    break;
                case IForEachLoopOperation loop when loop.Collection != up:
                    yield return loop.Collection;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both when both.LeftOperand != up:
                    yield return both.LeftOperand;
                    break;
                case ICatchClauseOperation clause:
                    yield return clause;
                    break;
            }
        }
    }

    /// <summary>The conditions within the helpers.</summary>
    private static IEnumerable<IOperation> Deeper(ProcessUse use, IOperation place) =>
        use.Path.Skip(use.Path.IndexOf(place) + 1).SelectMany(static inner => Guards(inner, null));

    /// <summary>What a condition asks for. The end of one stream says nothing about another.</summary>
    private static IEnumerable<ISymbol> Variables(IOperation condition)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            switch (operation)
            {
                case ILocalReferenceOperation local when !HoldsProcess(local.Type):
                    yield return local.Local;
                    break;
                case IParameterReferenceOperation parameter when !HoldsProcess(parameter.Type):
                    yield return parameter.Parameter;
                    break;
                case IMemberReferenceOperation { Member.Name: "Count" or "Length", Instance.Type: var group } when HoldsProcess(group):
                    break;
                case IMemberReferenceOperation member when !(member is IFieldReferenceOperation && HoldsProcess(member.Type)) && member.Member is not { Name: "EndOfStream", ContainingType.Name: "StreamReader" }:
                    yield return member.Member;
                    break;
            }
        }
    }

    /// <summary>The process itself, or the list or array that has it, decides nothing about the order.</summary>
    private static bool HoldsProcess(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => HoldsProcess(array.ElementType),
        INamedTypeSymbol named => named.Name == "Process" || named.TypeArguments.Any(HoldsProcess),
        _ => false,
    };
}
