using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// What a helper of the type does with a collection that it is given: <c>static void Add(List&lt;int&gt; list, int x) => list.Add(x);</c>. To give it the collection is then to do so on the spot. What the helper does under a lock,
/// behind a test for one thread or to a place of a list is left out, and so is one that keeps the collection for later.
/// </summary>
internal static class GivenCollections
{
    /// <summary>What becomes of the collection at <paramref name="at"/>, which is read; the read itself where it is given to nobody, or it is not known.</summary>
    public static AccessKind KindOf(IOperation at, TypeAccesses accesses, TypeFacts type) => OfArgument(at, accesses, type, 0) ?? AccessKind.Read;

    private static AccessKind? OfArgument(IOperation at, TypeAccesses accesses, TypeFacts type, int depth)
    {
        while (at.Parent is IConversionOperation { OperatorMethod: null })
        {
            at = at.Parent;
        }

        if (depth > Limits.CallDepth || at.Parent is not IArgumentOperation { Parameter: { RefKind: RefKind.None } parameter, Parent: IInvocationOperation { TargetMethod: var method } call } ||
            !(method.MethodKind == MethodKind.LocalFunction || (type.Owns(method) && ValueSource.IsOwn(call.Instance))) || ForkBodies.MayBeOverridden(method) ||
            accesses.FunctionOf(method) is not { Role: FunctionRole.Member or FunctionRole.Local, Symbol: { } helper } function)
        {
            return null;
        }

        AccessKind? found = null;
        var given = helper.Parameters[parameter.Ordinal];
        foreach (var operation in function.Root.Descendants())
        {
            if (operation.Kind is OperationKind.YieldReturn or OperationKind.YieldBreak)
            {
                return null;
            }

            if (operation is not IParameterReferenceOperation use || !SymbolEqualityComparer.Default.Equals(use.Parameter, given))
            {
                continue;
            }

            if (StraightLine.IsTarget(use) || !SymbolEqualityComparer.Default.Equals(use.FunctionAround(), function.Role == FunctionRole.Local ? helper : null))
            {
                return null;
            }

            if (OfUse(use, function, accesses, type, depth) is { } kind && found != AccessKind.Change)
            {
                found = kind;
            }
        }

        return found;
    }

    private static AccessKind? OfUse(IParameterReferenceOperation use, CodeFunction function, TypeAccesses accesses, TypeFacts type, int depth)
    {
        if (use.Parent is IPropertyReferenceOperation { Property.IsIndexer: true } place && StraightLine.IsTarget(place) && !PlainCollections.IsKeyed(use.Type))
        {
            return null;
        }

        var kind = AccessReader.Of(use, function.Body, use.Type)?.Kind;
        kind = kind == AccessKind.Read ? OfArgument(use, accesses, type, depth + 1) : kind;
        return kind is AccessKind.Change or AccessKind.Use && HeldAround.Of(function.Body).At(use).IsEmpty && !Sharing.IsForOne(use, function.Body) ? kind : null;
    }
}
