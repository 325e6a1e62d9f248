using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// Finds a test under a lock and an act under the next one: <c>lock (g) { if (_free == 0) return; } … lock (g) { _free--; }</c>. The lock keeps each whole and not the two together. An act that tests again, or whose
/// claim was set down with the test, is right; so is one of the only thread that ever changes the state.
/// </summary>
internal static class SplitSections
{
    public static IEnumerable<CheckThenAct> Of(TypeFacts type)
    {
        var accesses = TypeAccesses.Of(type);
        var changes = accesses.Functions.Where(static f => f.Body.LockStatements.Length > 1).SelectMany(static f => f.Accesses).Where(static a => a.Changes).ToList();
        if (changes.Count == 0 || ConfinedTypes.Is(type.Type))
        {
            yield break;
        }

        var entry = EntryLocks.Of(type);
        foreach (var act in changes.Where(a => !entry.IsOwned(a) && Guards.FieldOf(a.Place, type) is not null))
        {
            if (SectionOf(act.At) is { } section && HeldAround.Of(act.In.Body) is var locks && entry.At(locks.At(section), act.In).IsEmpty && LockNames.Of(section.LockedValue, act.In.Body) is { } gate &&
                IsFirst(act, section) && !IsOfOneThread(act.In, entry) && Judge(act, section, gate) is var (kind, check))
            {
                yield return new CheckThenAct(kind, act.Place, check, act.At.Parent is IInvocationOperation or IPropertyReferenceOperation ? act.At.Parent : act.At, act.In) { IsOfCollection = false };
            }
        }
    }

    /// <summary>The section under a lock that the place lies in; null for one in a loop of the section.</summary>
    public static ILockOperation? SectionOf(IOperation place)
    {
        for (var at = place; at.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); at = parent)
        {
            if (parent is ILockOperation section && section.Body == at)
            {
                return section;
            }

            if (parent is ILoopOperation)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Whether nothing in the section looks at the variable before the act: no test is made again.</summary>
    public static bool IsFirst(Access act, ILockOperation section) =>
        !act.In.Accesses.Any(a => a.Place.Equals(act.Place) && a.At.Syntax.SpanStart < act.At.Syntax.SpanStart && section.Body.Syntax.Span.Contains(a.At.Syntax.Span)) && !act.At.AncestorsAndSelf().TakeWhile(o => o != section).Any(static o => o is IConditionalOperation or ICoalesceOperation);

    /// <summary>Whether one body that the type starts is all that leads to the function.</summary>
    public static bool IsOfOneThread(CodeFunction function, EntryLocks entry)
    {
        var roots = new HashSet<CodeFunction>(entry.RootsOf(function));
        return roots.Count == 1 && roots.First() is var root && (root.Role is FunctionRole.Forked or FunctionRole.Stored || entry.IsGivenToFork(root));
    }

    private static (LateAct Kind, IOperation Check)? Judge(Access act, ILockOperation section, AccessPath gate)
    {
        for (IOperation at = section; at.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation or ILoopOperation); at = parent)
        {
            var list = StraightLine.Siblings(at);
            foreach (var first in list.Take(Math.Max(list.IndexOf(at), 0)).OfType<ILockOperation>().Where(l => gate.Equals(LockNames.Of(l.LockedValue, act.In.Body))))
            {
                if (act.In.Accesses.Any(a => a.Changes && a.Place.Equals(act.Place) && first.Syntax.Span.Contains(a.At.Syntax.Span)))
                {
                    return null;
                }

                if ((ByExit(act, first) ?? ByLocal(act, first, section) ?? ByValue(act, first)) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    /// <summary>A way out of the first section, which was not taken.</summary>
    private static (LateAct, IOperation)? ByExit(Access act, ILockOperation first) => Statements(first).OfType<IConditionalOperation>().Where(static c => c.WhenFalse is null && WayOut.Leaves(c.WhenTrue))
        .Select(c => Finds(act, c.Condition, false)).FirstOrDefault(static f => f is not null);

    /// <summary>A local that keeps the answer, and decides whether the second section is entered.</summary>
    private static (LateAct, IOperation)? ByLocal(Access act, ILockOperation first, ILockOperation section)
    {
        (LateAct, IOperation)? found = null;
        EarlierTest.Before(section, Answer, static _ => null, static _ => false);
        return found;

        IOperation? Answer(IOperation condition, bool whenTrue)
        {
            foreach (var (local, value) in Statements(first).OfType<IExpressionStatementOperation>().Select(static s => s.Operation).OfType<ISimpleAssignmentOperation>().Where(static a => a.Target is ILocalReferenceOperation).Select(static a => (((ILocalReferenceOperation)a.Target).Local, a.Value)))
            {
                found ??= condition is ILocalReferenceOperation { Local: var asked } && SymbolEqualityComparer.Default.Equals(asked, local) ? Finds(act, value, whenTrue)
                    : IsNullTest(condition, whenTrue, o => o is ILocalReferenceOperation { Local: var other } && SymbolEqualityComparer.Default.Equals(other, local)) && act.Place.Equals(SharedPlace.Of(Conversions.WithoutBuiltIn(value))) && Makes(act) ? (LateAct.Create, value)
                    : null;
            }

            return found?.Item2;
        }
    }

    /// <summary>A local that keeps what was there, and from which the act computes what it stores.</summary>
    private static (LateAct, IOperation)? ByValue(Access act, ILockOperation first)
    {
        var store = StoreOf(act);
        return store is { Value.ConstantValue.HasValue: false } && OldValues.In(store.Value, o => Takes(o) && first.IsAround(o)) is { } old && !LooksAgain(store.Value) ? (LateAct.Update, old) : null;

        // `_end = Math.Max(_end, end)` takes what is there by then into account.
        bool LooksAgain(IOperation value) => act.In.Accesses.Any(a => a.Place.Equals(act.Place) && value.IsAround(a.At));

        bool Takes(IOperation operation) => operation switch
        {
            IInvocationOperation { TargetMethod.Name: "TryGetValue", Instance: { } collection, Arguments.Length: > 0 } call => act.Place.Equals(SharedPlace.Of(collection)) && KeyOf(act)?.Syntax.IsEquivalentTo(call.Arguments[0].Value.Syntax) == true,
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection, Arguments: { Length: 1 } arguments } => act.Place.Equals(SharedPlace.Of(collection)) && KeyOf(act)?.Syntax.IsEquivalentTo(arguments[0].Value.Syntax) == true,
            _ => store!.Target == act.At && act.Place.Equals(SharedPlace.Of(operation)),
        };
    }

    /// <summary>What goes wrong with the act when the condition, which was once as told, is no longer so.</summary>
    private static (LateAct, IOperation)? Finds(Access act, IOperation condition, bool whenTrue)
    {
        LateAct? kind = null;
        var check = EarlierTest.Implied(condition, whenTrue, (part, isTrue) => (kind = KindOf(act, part, isTrue, static o => o, static (key, look) => key.Syntax.IsEquivalentTo(look.Syntax))) is not null ? part : null);
        return check is null ? null : (kind!.Value, check);
    }

    /// <summary>What goes wrong with the act when the part of a condition, which was once <paramref name="isTrue"/>, is no longer so.</summary>
    /// <param name="act">The act.</param>
    /// <param name="part">The part of the condition.</param>
    /// <param name="isTrue">What it was.</param>
    /// <param name="seen">What an operand stands for.</param>
    /// <param name="isSameKey">Whether the key of the act is the one that was looked for.</param>
    public static LateAct? KindOf(Access act, IOperation part, bool isTrue, Func<IOperation, IOperation> seen, Func<IOperation, IOperation, bool> isSameKey)
    {
        switch (part)
        {
            case IInvocationOperation { TargetMethod.Name: "ContainsKey" or "TryGetValue", Instance: { } collection, Arguments.Length: > 0 } look when !isTrue && act.Place.Equals(SharedPlace.Of(collection)) && KeyOf(act) is { } key && isSameKey(key, look.Arguments[0].Value):
                return act.At.Parent is IInvocationOperation { TargetMethod.Name: "Add" } ? LateAct.Add : Makes(act) ? LateAct.Create : null;
            case IBinaryOperation { LeftOperand: { } left, RightOperand.ConstantValue: { HasValue: true, Value: int number } } compared when seen(left) is IPropertyReferenceOperation { Property.Name: "Count", Instance: { } counted } && act.Place.Equals(SharedPlace.Of(counted)):
                return (isTrue ? (compared.OperatorKind, number) is (BinaryOperatorKind.GreaterThan or BinaryOperatorKind.NotEquals, 0) or (BinaryOperatorKind.GreaterThanOrEqual, 1)
                        : (compared.OperatorKind, number) is (BinaryOperatorKind.Equals or BinaryOperatorKind.LessThanOrEqual, 0) or (BinaryOperatorKind.LessThan, 1)) &&
                    act.At.Parent is IInvocationOperation { TargetMethod.Name: "Dequeue" or "Pop" or "RemoveAt" or "RemoveFirst" or "RemoveLast" } ? LateAct.Take : null;
            case var test when IsNullTest(test, isTrue, o => act.Place.Equals(SharedPlace.Of(seen(o)))):
                return Makes(act) ? LateAct.Create : null;
            case IBinaryOperation { OperatorKind: not (BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr) } compared when act.Kind == AccessKind.Update && (act.Place.Equals(SharedPlace.Of(seen(compared.LeftOperand))) || act.Place.Equals(SharedPlace.Of(seen(compared.RightOperand)))):
                return LateAct.Limit;
            default:
                return null;
        }
    }

    private static bool IsNullTest(IOperation condition, bool isTrue, Func<IOperation, bool> isVariable) => condition switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } compared => (compared.OperatorKind == BinaryOperatorKind.Equals) == isTrue && NullTest.IsNull(compared.RightOperand) && isVariable(Conversions.WithoutBuiltIn(compared.LeftOperand)!),
        IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var value } } pattern => isTrue && NullTest.IsNull(value) && isVariable(Conversions.WithoutBuiltIn(pattern.Value)!),
        IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var value } } } pattern => !isTrue && NullTest.IsNull(value) && isVariable(Conversions.WithoutBuiltIn(pattern.Value)!),
        _ => false,
    };

    /// <summary>The key under which the act stores.</summary>
    private static IOperation? KeyOf(Access act) => act.At.Parent switch
    {
        IInvocationOperation { TargetMethod.Name: "Add", Arguments: { Length: 2 } arguments } => arguments[0].Value,
        IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: { Length: 1 } arguments } => arguments[0].Value,
        _ => null,
    };

    /// <summary>Whether the act stores a new object that is changed later, or owned.</summary>
    private static bool Makes(Access act) => StoreOf(act) is { } store && NewObjects.IsKept(store.Value, act);

    /// <summary>The assignment that stores into the variable, or into the element of the collection in it.</summary>
    private static ISimpleAssignmentOperation? StoreOf(Access act)
    {
        var target = act.At.Parent is IPropertyReferenceOperation element ? element : act.At;
        return target.Parent is ISimpleAssignmentOperation assignment && assignment.Target == target ? assignment : null;
    }

    private static ImmutableArray<IOperation> Statements(ILockOperation section) => section.Body is IBlockOperation block ? block.Operations : ImmutableArray.Create(section.Body);
}
