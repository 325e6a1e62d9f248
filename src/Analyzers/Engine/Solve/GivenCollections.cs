using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// What a helper of the type does with a collection that it is given: <c>static void Add(List&lt;int&gt; list, int x) => list.Add(x);</c>. To give it the collection is then to do so on the spot. What the helper does under a lock,
/// behind a test for one thread or to a place of a list is left out, and so is one that keeps the collection for later.
/// </summary>
internal sealed class GivenCollections(TypeAccesses accesses, TypeFacts type)
{
    /// <summary>What helpers do with a parameter. Null too while it is being found out: a helper that calls itself with the collection does no more with it for that.</summary>
    private readonly Dictionary<IParameterSymbol, AccessKind?> _known = new(SymbolEqualityComparer.Default);

    /// <summary>What becomes of the collection at <paramref name="at"/>, which is read; the read itself where it is given to nobody, or it is not known.</summary>
    public AccessKind KindOf(IOperation at) => OfArgument(at) ?? AccessKind.Read;

    private AccessKind? OfArgument(IOperation at)
    {
        while (at.Parent is IConversionOperation { OperatorMethod: null })
        {
            at = at.Parent;
        }

        if (at.Parent is not IArgumentOperation { Parameter: { RefKind: RefKind.None } parameter, Parent: IInvocationOperation { TargetMethod: var method } call } ||
            !(method.MethodKind == MethodKind.LocalFunction || (type.Owns(method) && ValueSource.IsOwn(call.Instance))) || ForkBodies.MayBeOverridden(method) ||
            accesses.FunctionOf(method) is not { Role: FunctionRole.Member or FunctionRole.Local, Symbol: { } helper } function)
        {
            return null;
        }

        var given = helper.Parameters[parameter.Ordinal];
        if (!_known.TryGetValue(given, out var kind))
        {
            _known.Add(given, null);
            _known[given] = kind = OfParameter(given, helper, function);
        }

        return kind;
    }

    private AccessKind? OfParameter(IParameterSymbol given, IMethodSymbol helper, CodeFunction function)
    {
        AccessKind? found = null;
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

            if (OfUse(use, function) is { } kind && found != AccessKind.Change)
            {
                found = kind;
            }
        }

        return found;
    }

    private AccessKind? OfUse(IParameterReferenceOperation use, CodeFunction function)
    {
        if (use.Parent is IPropertyReferenceOperation { Property.IsIndexer: true } place && StraightLine.IsTarget(place) && !PlainCollections.IsKeyed(use.Type))
        {
            return null;
        }

        var kind = AccessReader.Of(use, function.Body, use.Type)?.Kind;
        kind = kind == AccessKind.Read ? OfArgument(use) : kind;
        return kind is AccessKind.Change or AccessKind.Use && HeldAround.Of(function.Body).At(use).IsEmpty && !Sharing.IsForOne(use, function.Body) ? kind : null;
    }
}
