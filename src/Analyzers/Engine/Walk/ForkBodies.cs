using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>One function that a delegate argument of a fork may run.</summary>
/// <param name="Named">The lambda or method group that names it: where a reader would change it.</param>
/// <param name="Function">The lambda's or method's symbol; for a lambda that only calls a method, that method.</param>
/// <param name="IsDirect">The lambda itself is written into the fork call, possibly cast: not a method, not taken from a local.</param>
internal readonly record struct ForkBody(IOperation Named, IMethodSymbol Function, bool IsDirect);

/// <summary>
/// Follows a delegate argument back to the functions it may be: through casts, <c>new ThreadStart(…)</c>, <c>?:</c>, <c>??</c>, arms of a
/// switch expression, elements of a new array, and a local that is written once. A field, a parameter or a returned delegate is unknown.
/// </summary>
internal static class ForkBodies
{
    /// <summary>The functions that the argument may be; <paramref name="root"/> is the body around it, in which its locals are looked up.</summary>
    public static ImmutableArray<ForkBody> Of(IArgumentOperation argument, IOperation root) => Of(argument.Value, root);

    /// <summary>The same for a delegate that is given another way: a handler of an event.</summary>
    public static ImmutableArray<ForkBody> Of(IOperation value, IOperation root)
    {
        var found = ImmutableArray.CreateBuilder<ForkBody>();
        Collect(value, true, root, found);
        return found.ToImmutable();
    }

    private static void Collect(IOperation? value, bool isDirect, IOperation root, ImmutableArray<ForkBody>.Builder found)
    {
        switch (value)
        {
            case IConversionOperation { OperatorMethod: null } conversion:
                Collect(conversion.Operand, isDirect, root, found);
                break;
            case IDelegateCreationOperation creation:
                Collect(creation.Target, isDirect, root, found);
                break;
            case IAnonymousFunctionOperation lambda:
                var called = lambda.Symbol.IsAsync ? null : OnlyCall(lambda);
                found.Add(new ForkBody(lambda, called is null ? lambda.Symbol : Implementation(called), isDirect && called is null));
                break;
            case IMethodReferenceOperation method when !MayBeOverridden(method.Method):
                found.Add(new ForkBody(method, Implementation(method.Method), false));
                break;
            case IConditionalOperation conditional:
                Collect(conditional.WhenTrue, false, root, found);
                Collect(conditional.WhenFalse, false, root, found);
                break;
            case ICoalesceOperation coalesce:
                Collect(coalesce.Value, false, root, found);
                Collect(coalesce.WhenNull, false, root, found);
                break;
            case ISwitchExpressionOperation choice:
                foreach (var arm in choice.Arms)
                {
                    Collect(arm.Value, false, root, found);
                }

                break;
            case IArrayCreationOperation { Initializer: { } initializer }:
                foreach (var element in initializer.ElementValues)
                {
                    Collect(element, false, root, found);
                }

                break;
            case ILocalReferenceOperation local:
                Collect(Locals.OnlyValue(local.Local, root), false, root, found);
                break;
        }
    }

    /// <summary>The method that a lambda does nothing but call (<c>() => Run(x)</c>), when it is certain which one runs.</summary>
    private static IMethodSymbol? OnlyCall(IAnonymousFunctionOperation lambda)
    {
        var statement = lambda.Body.Operations.FirstOrDefault(static o => !(o is IReturnOperation { ReturnedValue: null, IsImplicit: true }));
        var value = statement switch
        {
            IExpressionStatementOperation expression => expression.Operation,
            IReturnOperation { ReturnedValue: { } returned } => returned,
            _ => null,
        };
        var isOnly = lambda.Body.Operations.All(o => o == statement || o is IReturnOperation { ReturnedValue: null, IsImplicit: true });
        return isOnly && Conversions.WithoutBuiltIn(value) is IInvocationOperation call && !MayBeOverridden(call.TargetMethod) ? call.TargetMethod : null;
    }

    /// <summary>The part of a partial method that has the body: older compilers call only that part async.</summary>
    private static IMethodSymbol Implementation(IMethodSymbol method) => method.OriginalDefinition.PartialImplementationPart ?? method;

    /// <summary>Whether a call of the method may run the body of another one.</summary>
    public static bool MayBeOverridden(IMethodSymbol method) =>
        method.IsAbstract || ((method.IsVirtual || (method.IsOverride && !method.IsSealed)) && !method.ContainingType.IsSealed);
}
