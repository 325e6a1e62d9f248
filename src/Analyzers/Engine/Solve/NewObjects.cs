using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>Whether a value is a new object each time, of which it matters which one is kept: it is changed later, locked or waited for, or has to be disposed of.</summary>
internal static class NewObjects
{
    /// <summary>Made right there, or by a helper of the type that gives nothing else.</summary>
    public static bool Is(IOperation? value, CodeFunction function) => Is(value, TypeAccesses.Of(function.Body.Type!), 0);

    /// <summary>The same by way of a local, and what a call gives that is to be disposed of.</summary>
    public static bool IsKept(IOperation value, Access store)
    {
        var plain = Conversions.WithoutBuiltIn(value);
        if (plain is ILocalReferenceOperation { Local: var local })
        {
            plain = Conversions.WithoutBuiltIn(CheckThenActs.LastValue(local, store.At));
        }

        return plain is not null && (Is(plain, store.In) || plain is (IObjectCreationOperation or IInvocationOperation) and { Type: { } type } && type.AllInterfaces.Any(static i => i.SpecialType == SpecialType.System_IDisposable) && type.Name is not ("Task" or "ValueTask"));
    }

    private static bool Is(IOperation? value, TypeAccesses accesses, int depth) => Conversions.WithoutBuiltIn(value) switch
    {
        IObjectCreationOperation or IArrayCreationOperation => ConcurrentCollections.IsMutable(Conversions.WithoutBuiltIn(value)!.Type),
        IInvocationOperation { Type: { IsReferenceType: true, SpecialType: SpecialType.None or SpecialType.System_Object } } call => depth < Limits.CallDepth && !ForkBodies.MayBeOverridden(call.TargetMethod) && accesses.FunctionOf(call.TargetMethod) is { } helper && Gives(helper, accesses, depth + 1),
        _ => false,
    };

    private static bool Gives(CodeFunction helper, TypeAccesses accesses, int depth)
    {
        var isAny = false;
        foreach (var returned in Operations.OfFunction(helper.Root).OfType<IReturnOperation>())
        {
            if (returned.ReturnedValue is not { } value)
            {
                continue;
            }

            if (!Is(Conversions.WithoutBuiltIn(value) is ILocalReferenceOperation { Local: var local } ? Locals.OnlyValue(local, helper.Body.Root) : value, accesses, depth))
            {
                return false;
            }

            isAny = true;
        }

        return isAny;
    }
}
