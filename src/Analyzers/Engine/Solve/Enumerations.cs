using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>Which uses of a collection go through its elements one by one, so that a change in between breaks them. A copy (<c>ToArray</c>, <c>ToList</c>, <c>[.. list]</c>) and a look at one end are none.</summary>
internal static class Enumerations
{
    public static bool Is(Access access, Model model) => access.Kind == AccessKind.Use && access.At.Parent switch
    {
        IInvocationOperation { TargetMethod.Name: "ForEach" } call when call.Instance == access.At => true,
        IPropertyReferenceOperation { Property.Name: "Keys" or "Values" } view when view.Instance == access.At => IsGoneThrough(view, model),
        _ => IsGoneThrough(access.At, model),
    };

    /// <summary>The <c>foreach</c> over the collection, its keys or its values themselves; null for another use.</summary>
    public static IForEachLoopOperation? LoopOf(Access access)
    {
        var at = Converted(access.At.Parent is IPropertyReferenceOperation { Property.Name: "Keys" or "Values" } view ? view : access.At);
        return at.Parent is IForEachLoopOperation loop && loop.Collection == at ? loop : null;
    }

    /// <summary>Whether the sequence is consumed on the spot, by a loop or by a call that is done with it when it returns, or by way of a query that is.</summary>
    public static bool IsConsumed(IOperation sequence, Model model) => Consumer(sequence) switch
    {
        IForEachLoopOperation => true,
        IInvocationOperation call when IsQuery(call, model) => IsConsumed(call, model),
        IInvocationOperation call => KnownType.Is(call.TargetMethod.ContainingType, model.Types.Enumerable) || IsText(call.TargetMethod),
        _ => false,
    };

    private static bool IsGoneThrough(IOperation sequence, Model model) => Consumer(sequence) switch
    {
        IForEachLoopOperation => true,
        IInvocationOperation call when IsQuery(call, model) => IsConsumed(call, model),
        IInvocationOperation call => IsText(call.TargetMethod) || (KnownType.Is(call.TargetMethod.ContainingType, model.Types.Enumerable) &&
            (call.TargetMethod.Name is "Sum" or "Min" or "Max" or "Average" or "ToDictionary" or "ToHashSet" or "ToLookup" || call.Arguments.Any(static a => a.Parameter?.Type.TypeKind == TypeKind.Delegate))),
        _ => false,
    };

    /// <summary>The loop over the sequence, or the call that it is an argument of.</summary>
    private static IOperation? Consumer(IOperation sequence) => Converted(sequence) is var at && at.Parent is IForEachLoopOperation loop && loop.Collection == at ? loop
        : at.Parent is IArgumentOperation { Parent: IInvocationOperation call } ? call
        : null;

    private static IOperation Converted(IOperation at)
    {
        while (at.Parent is IConversionOperation { OperatorMethod: null })
        {
            at = at.Parent;
        }

        return at;
    }

    /// <summary>A call that gives a sequence which is not computed before somebody goes through it.</summary>
    private static bool IsQuery(IInvocationOperation call, Model model) => KnownType.Is(call.TargetMethod.ContainingType, model.Types.Enumerable) &&
        (call.TargetMethod.ReturnType.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T || call.TargetMethod.ReturnType.Name == "IOrderedEnumerable");

    private static bool IsText(IMethodSymbol method) => method.ContainingType?.SpecialType == SpecialType.System_String && method.Name is "Join" or "Concat";
}
