using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// Releases of a semaphore that is made full, <c>new SemaphoreSlim(4, 4)</c>, and that nothing takes from: the first one throws. The semaphore is in a local or private field, and every use of it is in sight. A release under a condition, and one in a body that takes from another semaphore, may
/// have reasons of their own.
/// </summary>
internal static class FullSemaphores
{
    /// <summary>The first release of each, where it stands in the body.</summary>
    public static IEnumerable<(ISymbol Semaphore, IInvocationOperation Release)> ReleasedIn(BodyFacts body)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var call in body.Root.Descendants().OfType<IInvocationOperation>().Where(static call => call.TargetMethod.Name == "Release"))
        {
            if (IsSemaphore(call.TargetMethod.ContainingType, body) && !ExpectedFailure.Is(call, body.Model.Types.SemaphoreFullException, body) && GateCount.IsCertain(call, FunctionOf(call, body)) && !TakesFromAny(body) && HandleUses.VariableOf(call.Instance) is { } semaphore && seen.Add(semaphore) && IsMadeFull(semaphore, body) &&
                HandleUses.Of(semaphore, body) is { } uses && uses.All(IsNoTake) && call.Instance!.Syntax == uses.First(static use => use.Parent is IInvocationOperation { TargetMethod.Name: "Release" }).Syntax)
            {
                yield return (semaphore, call);
            }
        }
    }

    private static IOperation FunctionOf(IOperation call, BodyFacts body) => call.AncestorsAndSelf().FirstOrDefault(static up => up is IAnonymousFunctionOperation or ILocalFunctionOperation) ?? body.Root;

    private static bool TakesFromAny(BodyFacts body) => body.Root.Descendants().OfType<IInvocationOperation>().Any(call => call.TargetMethod.Name is "Wait" or "WaitAsync" or "WaitOne" && IsSemaphore(call.Instance?.Type, body));

    private static bool IsSemaphore(ITypeSymbol? type, BodyFacts body) => KnownType.Is(type, body.Model.Types.SemaphoreSlim) || KnownType.Is(type, body.Model.Types.Semaphore);

    private static bool IsMadeFull(ISymbol semaphore, BodyFacts body) => Conversions.WithoutBuiltIn(Assignments.OnlyValueOf(semaphore, body)) is IObjectCreationOperation { Arguments: { Length: 2 } counts } creation && IsSemaphore(creation.Type, body) &&
        counts[0].Value.ConstantValue is { HasValue: true, Value: int and > 0 and var initial } && counts[1].Value.ConstantValue is { HasValue: true, Value: int most } && initial == most;

    private static bool IsNoTake(IOperation use) => use.Parent switch
    {
        IInvocationOperation { TargetMethod.Name: "Release" or "Dispose" } call => call.Instance == use,
        IPropertyReferenceOperation { Property.Name: "CurrentCount" } or INameOfOperation => true,
        _ => false,
    };
}
