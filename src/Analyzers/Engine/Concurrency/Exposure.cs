using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// Whether a variable that the code updates atomically can be met by another thread at that point. That several threads use it somewhere is
/// taken from the atomic update itself; what is asked here is whether this place still owns it, or holds it alone.
/// </summary>
internal static class Exposure
{
    /// <summary>Whether another thread may write the variable at <paramref name="place"/> while <paramref name="call"/> runs.</summary>
    public static bool IsExposed(AccessPath place, IOperation call, BodyFacts body)
    {
        var function = FunctionOf(call);
        return place.Root switch
        {
            PathRoot.Static => !PerThread.Is(place.Symbol!) &&
                               !(function is null && body.Owner is IMethodSymbol { MethodKind: MethodKind.StaticConstructor }),
            PathRoot.This => function is not null || body.Owner is IMethodSymbol { MethodKind: not MethodKind.Constructor },
            PathRoot.Parameter => IsForeign(place.Symbol!, function, body) || !place.Steps.IsEmpty,
            PathRoot.Local => IsForeign(place.Symbol!, function, body) || (!place.Steps.IsEmpty && !IsFresh(place.Symbol!, body)),
            _ => false,
        };
    }

    /// <summary>
    /// Whether <paramref name="call"/> may run under an exclusive lock: inside a <c>lock</c>, a scope someone handed out, a synchronized
    /// method, or after an acquire or a tested try-guard of the same function. Where the lock ends is not asked: a lock in sight means silence.
    /// </summary>
    public static bool MayHoldLock(IInvocationOperation call, BodyFacts body)
    {
        for (var up = call.Parent; up is not null; up = up.Parent)
        {
            if (up is ILockOperation || (up is IUsingOperation { Resources: var resources } && HandsOutScope(resources)))
            {
                return true;
            }
        }

        if (body.Owner is IMethodSymbol method && (method.MethodImplementationFlags & MethodImplAttributes.Synchronized) != 0)
        {
            return true;
        }

        var function = FunctionOf(call);
        return body.LockCalls.Any(action => action.IsAcquire && IsBefore(action.Call)) ||
               body.AtomicCalls.Any(other => IsBefore(other) && IsTryGuard(other, body.Model.Types)) ||
               body.Root.Descendants().Any(o => o is IUsingDeclarationOperation { DeclarationGroup: var group } && IsBefore(o) && HandsOutScope(group));

        bool IsBefore(IOperation other) =>
            other.Syntax.SpanStart < call.Syntax.SpanStart && SymbolEqualityComparer.Default.Equals(FunctionOf(other), function);
    }

    /// <summary>A test by exchange: whoever loses it returns or spins, so the code behind it runs alone.</summary>
    public static bool IsTryGuard(IInvocationOperation call, WellKnownTypes types) =>
        AtomicModels.KindOf(call.TargetMethod, types) is AtomicKind.Exchange or AtomicKind.CompareExchange &&
        call.Parent is not (IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation });

    /// <summary>The lambda or local function around <paramref name="operation"/>, or null when it stands in the member itself.</summary>
    private static IMethodSymbol? FunctionOf(IOperation operation)
    {
        for (var up = operation.Parent; up is not null; up = up.Parent)
        {
            switch (up)
            {
                case IAnonymousFunctionOperation { Symbol: var lambda }:
                    return lambda;
                case ILocalFunctionOperation { Symbol: var local }:
                    return local;
            }
        }

        return null;
    }

    /// <summary>Declared outside the function that uses it, so it lives in a closure; or a primary constructor's parameter, which lives in the object.</summary>
    private static bool IsForeign(ISymbol variable, IMethodSymbol? function, BodyFacts body) =>
        !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, (ISymbol?)function ?? body.Owner) &&
        (function is not null || variable is IParameterSymbol);

    /// <summary>What a local was initialized with may be an object no other thread has seen, unless it was read from somewhere.</summary>
    private static bool IsFresh(ISymbol local, BodyFacts body) => body.Root.Descendants().Any(o =>
        o is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) &&
        declarator.Initializer?.Value is not (IFieldReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation));

    /// <summary>A call's result that must be disposed may be a lock's scope; an object the code creates itself is none.</summary>
    private static bool HandsOutScope(IOperation resources) => resources.DescendantsAndSelf().Any(static o => o is IInvocationOperation);
}
