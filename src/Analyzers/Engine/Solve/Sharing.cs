using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>Whether threads of one source meet at a variable, and what keeps them apart.</summary>
internal static class Sharing
{
    /// <summary>Whether all threads of the source mean the same variable: not one for each round of the loop, each run of the function, or each thread.</summary>
    public static bool IsShared(Access access, ThreadSource source)
    {
        var place = access.Place;
        return place.Root switch
        {
            PathRoot.This => IsFixed(place, 0),
            PathRoot.Static => IsFixed(place, 0) && !PerThread.Is(place.Symbol!),
            PathRoot.Local or PathRoot.Parameter => IsOutside(place.Symbol!, source) && (place.Steps.IsEmpty || (IsFixed(place, 0) && IsOneObject(place.Symbol!, source))),
            _ => false,
        };
    }

    /// <summary>Whether the locks, held by each of the threads, keep them apart; a lock that cannot be named may.</summary>
    public static bool IsGuard(LockSet held, ThreadSource source) => held.IsUnknown || held.Locks.Any(l => l.Mode != LockMode.Read &&
        (l.Path.Root is PathRoot.This or PathRoot.Static or PathRoot.TypeOf || IsOutside(l.Path.Symbol!, source)));

    /// <summary>Whether a lock of the one keeps out who holds the locks of the other.</summary>
    public static bool Exclude(LockSet one, LockSet other) => one.IsUnknown || other.IsUnknown ||
        one.Locks.Any(l => other.Locks.Any(o => o.Path.Equals(l.Path) && (o.Mode == LockMode.Exclusive || l.Mode == LockMode.Exclusive || (o.Mode == LockMode.Upgradeable && l.Mode == LockMode.Upgradeable))));

    /// <summary>Whether an access is made by several threads at once, where one function runs on them.</summary>
    public static bool MeetsItself(Access access, CodeFunction function, ThreadSource source) => AllMeet(access, function, source) && !IsForOne(access, function);

    /// <summary>Whether each thread reaches the same element, or the same object by way of an element, where the access goes through arrays or places of a list: no index is its own.</summary>
    private static bool AllMeet(Access access, CodeFunction function, ThreadSource source)
    {
        if (access.At.Parent is IPropertyReferenceOperation { Property.IsIndexer: true } place && place.Instance == access.At && !PlainCollections.IsKeyed(access.Collection) &&
            place.Arguments.Any(a => !MayCollide(a.Value, function, source, 0)))
        {
            return false;
        }

        for (var at = access.At; at is not null; at = Outwards(at))
        {
            if (at is IArrayElementReferenceOperation element && element.Indices.Any(i => !MayCollide(i, function, source, 0)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether two accesses of one place mean the same element, where they go through elements of arrays: only constants are compared.</summary>
    public static bool SameElement(IOperation? one, IOperation? other) => (one, other) switch
    {
        (IArrayElementReferenceOperation a, IArrayElementReferenceOperation b) => a.Indices.Length == b.Indices.Length && SameElement(a.ArrayReference, b.ArrayReference) &&
            a.Indices.Zip(b.Indices, static (x, y) => x.ConstantValue is { HasValue: true, Value: { } value } && y.ConstantValue is { HasValue: true, Value: { } second } && value.Equals(second)).All(static same => same),
        (IArrayElementReferenceOperation, _) or (_, IArrayElementReferenceOperation) => false,
        (null, _) or (_, null) => true,
        _ => SameElement(Outwards(one), Outwards(other)),
    };

    /// <summary>What the variable is a part of: the array of an element, the object of a field.</summary>
    private static IOperation? Outwards(IOperation at) => at switch
    {
        IArrayElementReferenceOperation element => element.ArrayReference,
        IMemberReferenceOperation member => Conversions.WithoutBuiltIn(member.Instance),
        _ => null,
    };

    /// <summary>Whether a test lets one thread through and keeps the others out: it compares the thread's own number, or exchanges a flag.</summary>
    public static bool IsForOne(Access access, CodeFunction function) => IsForOne(access.At, function.Body);

    /// <param name="access">What several threads would reach.</param>
    /// <param name="body">The body it stands in.</param>
    public static bool IsForOne(IOperation access, BodyFacts body)
    {
        for (var at = access; at.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); at = parent)
        {
            var condition = parent switch
            {
                IConditionalOperation choice when choice.Condition != at => choice.Condition,
                IWhileLoopOperation loop when loop.Body == at => loop.Condition,
                ISwitchCaseOperation => parent,
                _ => null,
            };
            if (condition is ISwitchCaseOperation || (condition is not null && condition.DescendantsAndSelf().Any(o => IsSelective(o, body.Model) && !IsOneOfMany(o, body.Model))))
            {
                return true;
            }
        }

        return body.AtomicCalls.Any(call => call.Syntax.SpanStart < access.Syntax.SpanStart && Exposure.IsTryGuard(call, body.Model.Types) && SymbolEqualityComparer.Default.Equals(call.FunctionAround(), access.FunctionAround()));
    }

    private static bool IsSelective(IOperation part, Model model) => part switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equals => IsOwnNumber(equals.LeftOperand) || IsOwnNumber(equals.RightOperand),
        IInvocationOperation call => KnownType.Is(call.TargetMethod.ContainingType, model.Types.Interlocked) || (call.TargetMethod.Name.StartsWith("Try", System.StringComparison.Ordinal) && !PlainCollections.Is(call.TargetMethod.ContainingType)),
        _ => false,
    };

    /// <summary>A loop takes one element after the other from a queue: others get the rest of them. What is put back by the same function may be the only one there is, which is a lock.</summary>
    private static bool IsOneOfMany(IOperation part, Model model)
    {
        if (part is not IInvocationOperation call || !QueueModels.IsTake(call.TargetMethod, model.Types))
        {
            return false;
        }

        var function = part.AncestorsAndSelf().First(static o => o is IAnonymousFunctionOperation or ILocalFunctionOperation || o.Parent is null);
        return part.AncestorsAndSelf().TakeWhile(o => o != function).Any(static o => o is ILoopOperation) && !function.Descendants().Any(o => o is IInvocationOperation other && QueueModels.IsPut(other.TargetMethod, model.Types));
    }

    private static bool IsOwnNumber(IOperation operand) => Conversions.WithoutBuiltIn(operand) is IParameterReferenceOperation or ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 };

    /// <summary>Whether the variable is declared outside of what the source repeats and runs. A function that starts itself has variables of its own each time.</summary>
    public static bool IsOutside(ISymbol variable, ThreadSource source)
    {
        var isAround = source.In.AndOuter().Any(f => SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, (ISymbol?)f.Symbol ?? f.Member));
        return isAround && !source.Functions.Any(f => IsOwn(variable, f)) && (source.Loop is null || variable.DeclaringSyntaxReferences.All(r => r.SyntaxTree != source.Loop.Syntax.SyntaxTree || !source.Loop.Syntax.Span.Contains(r.Span)));
    }

    /// <summary>Whether the variable holds one object all along.</summary>
    private static bool IsOneObject(ISymbol variable, ThreadSource source) => variable switch
    {
        ILocalSymbol local => Locals.OnlyValue(local, source.In.Body.Root) is not null,
        IParameterSymbol parameter => !source.In.Body.Root.Descendants().Any(o => o is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter) && StraightLine.IsTarget(reference)),
        _ => false,
    };

    /// <summary>Whether the objects on the way to the variable never change: every step but the last is readonly, or a struct, which is a part of the variable itself.</summary>
    private static bool IsFixed(AccessPath place, int from) => place.Steps.Skip(from).Take(place.Steps.Length - from - 1).All(static s => IsKept(s.Member)) && (place.Root != PathRoot.Static || place.Steps.IsEmpty || IsKept(place.Symbol));

    private static bool IsKept(ISymbol? member) => member is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null } or IFieldSymbol { Type.IsValueType: true };

    /// <summary>
    /// Whether two threads mean the same element by the index sooner or later: a constant, a variable of all, a remainder, a value of a small range, the length of a text. The thread's own number, and what is counted from
    /// it, is its own; a number that comes with the data may be: a permutation, an identity, a slot given to the thread.
    /// </summary>
    private static bool MayCollide(IOperation index, CodeFunction function, ThreadSource source, int depth)
    {
        index = Conversions.WithoutBuiltIn(index)!;
        switch (index)
        {
            case IParameterReferenceOperation:
                return false;
            case { ConstantValue.HasValue: true }:
            case { Type: { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Char or SpecialType.System_Boolean } }:
                return true;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder or BinaryOperatorKind.Divide or BinaryOperatorKind.RightShift or BinaryOperatorKind.And }:
                return true;
            case IBinaryOperation binary:
                return MayCollide(binary.LeftOperand, function, source, depth) && MayCollide(binary.RightOperand, function, source, depth);
            case IPropertyReferenceOperation { Property: { Name: "Length", ContainingType.SpecialType: SpecialType.System_String } }:
                return true;
            case IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation }:
                return true;
            case ILocalReferenceOperation { Local: var local }:
                if (!IsOwn(local, function))
                {
                    return IsOutside(local, source);
                }

                return depth < Limits.CallDepth && (Locals.OnlyValue(local, function.Body.Root) is { } value ? MayCollide(value, function, source, depth + 1) : CountsForAll(local, function));
            default:
                return false;
        }
    }

    private static bool IsOwn(ISymbol variable, CodeFunction function) => SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, function.Symbol);

    /// <summary><c>for (var j = 0; j &lt; n; j++)</c> with a bound that is no thread's own: each thread goes over the same numbers.</summary>
    private static bool CountsForAll(ILocalSymbol local, CodeFunction function) => function.Root.Descendants().OfType<IForLoopOperation>().Any(loop =>
        loop.Locals.Contains(local, SymbolEqualityComparer.Default) && loop.Before.SelectMany(static b => b.Descendants()).OfType<IVariableDeclaratorOperation>().Any(d => d.GetVariableInitializer()?.Value.ConstantValue is { HasValue: true }) &&
        loop.Condition is { } condition && condition.Descendants().All(o => o is not IParameterReferenceOperation parameter || !IsOwn(parameter.Parameter, function)) &&
        condition.Descendants().OfType<ILocalReferenceOperation>().All(l => SymbolEqualityComparer.Default.Equals(l.Local, local) || !IsOwn(l.Local, function)));
}
