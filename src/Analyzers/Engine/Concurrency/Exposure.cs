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
    /// <summary>Whether another thread may write the variable of <paramref name="place"/> while <paramref name="call"/> runs.</summary>
    public static bool IsExposed(IOperation place, IOperation call, BodyFacts body)
    {
        var function = FunctionOf(call);
        switch (Place.Root(place))
        {
            case IFieldReferenceOperation { Field: var field }:
                return !IsThreadStatic(field, body.Model.Types) &&
                       !(function is null && body.Owner is IMethodSymbol { MethodKind: MethodKind.StaticConstructor });
            case IInstanceReferenceOperation:
                return function is not null || body.Owner is IMethodSymbol { MethodKind: not MethodKind.Constructor };
            case IParameterReferenceOperation { Parameter: var parameter } root:
                return IsForeign(parameter, function, body) || root != place;
            case ILocalReferenceOperation { Local: var local } root:
                return IsForeign(local, function, body) || (root != place && !IsFresh(local, body));
            default:
                return false;
        }
    }

    /// <summary>
    /// Whether <paramref name="call"/> may run under an exclusive lock: inside a <c>lock</c>, a scope someone handed out, a synchronized
    /// method, or after an acquire or a tested try-guard of the same body. Where the lock ends is not asked: a lock in sight means silence.
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

        if (body.Owner is IMethodSymbol method && (method.MethodImplementationFlags & System.Reflection.MethodImplAttributes.Synchronized) != 0)
        {
            return true;
        }

        var function = FunctionOf(call);
        foreach (var operation in body.Root.DescendantsAndSelf())
        {
            if (operation.Syntax.SpanStart < call.Syntax.SpanStart &&
                operation switch
                {
                    IInvocationOperation other => GuardModels.MayAcquire(other.TargetMethod, body.Model.Types) || IsTryGuard(other, body.Model.Types),
                    IUsingDeclarationOperation { DeclarationGroup: var group } => HandsOutScope(group),
                    _ => false,
                } &&
                SymbolEqualityComparer.Default.Equals(FunctionOf(operation), function))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The lambda or local function around <paramref name="operation"/>, or null when it stands in the member itself.</summary>
    public static IMethodSymbol? FunctionOf(IOperation operation)
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

    /// <summary>A test of another variable by exchange: whoever lost it returns or spins, so the code behind it runs alone.</summary>
    public static bool IsTryGuard(IInvocationOperation call, WellKnownTypes types) =>
        AtomicModels.KindOf(call.TargetMethod, types) is AtomicKind.Exchange or AtomicKind.CompareExchange &&
        call.Parent is not (IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation });

    /// <summary>Declared outside the function that uses it, so it lives in a closure (or, a primary constructor's parameter, in the object).</summary>
    private static bool IsForeign(ISymbol variable, IMethodSymbol? function, BodyFacts body) =>
        !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, (ISymbol?)function ?? body.Owner) &&
        (function is not null || variable is IParameterSymbol);

    /// <summary>What a local was initialized with may be an object no other thread has seen, unless it was read from somewhere.</summary>
    private static bool IsFresh(ILocalSymbol local, BodyFacts body)
    {
        foreach (var operation in body.Root.DescendantsAndSelf())
        {
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
            {
                return declarator.Initializer?.Value is not (IFieldReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation);
            }
        }

        return false;
    }

    private static bool IsThreadStatic(IFieldSymbol field, WellKnownTypes types)
    {
        foreach (var attribute in field.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, types.ThreadStatic))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A call's result that must be disposed may be a lock's scope; an object the code creates itself is none.</summary>
    private static bool HandsOutScope(IOperation resources)
    {
        foreach (var operation in resources.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation)
            {
                return true;
            }
        }

        return false;
    }
}
