using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>Which edit fits a report of TW1009. The fixes look at the surroundings of the call and may still decline.</summary>
internal static class AsyncBodyEdits
{
    public static string? For(ForkSite site, ForkBody function, InnerTask fate, BodyFacts body)
    {
        if (!site.Signature.ReturnsVoid)
        {
            // A thread of its own would be waste even for a task that is unwrapped (TW6008).
            var task = site.Fork is IInvocationOperation call ? PoolTask.Of(call, body.Model.Types) : null;
            return !TaskModels.IsReferenceTask(site.Signature.ReturnType, body.Model.Types) ? null
                : site.Kind == ForkKind.StartNew && (IsPlainStartNew(site, body.Model.Types) || task is { IsLongRunning: true, FitsRun: true }) ? "TaskRun"
                : task is { IsLongRunning: true } ? null
                : fate == InnerTask.Lost ? "Unwrap"
                : null;
        }

        // An await brought between the acquire and the release of a lock that a thread owns would be wrong in a new way.
        if (!function.IsDirect || body.LockCalls.Any(static action => action.IsThreadAffine))
        {
            return null;
        }

        return site.Kind switch
        {
            ForkKind.ParallelLoop when site.Method.Name == "ForEach" && IsPlainLoop(site) => "ForEachAsync",
            ForkKind.ParallelLoop when site.Method.Name == "For" && IsPlainLoop(site) => "ForAsync",
            ForkKind.Thread or ForkKind.ColdTask when site.Method.Parameters.Length == 1 => "PoolTask",
            ForkKind.PoolItem when site.Method is { Name: "QueueUserWorkItem", Parameters.Length: 1 } => "PoolTask",
            _ => null,
        };
    }

    /// <summary><c>Task.Factory</c> with a delegate and at most a token: a factory of the user's own, options, a scheduler or a state would be lost.</summary>
    private static bool IsPlainStartNew(ForkSite site, WellKnownTypes types) =>
        site.Fork is IInvocationOperation { Instance: IPropertyReferenceOperation { Property: { Name: "Factory", IsStatic: true } factory }, Syntax: InvocationExpressionSyntax
            { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax } } } &&
        SymbolEqualityComparer.Default.Equals(factory.ContainingType, types.Task) &&
        site.Method.Parameters.All(p => p.Type.TypeKind == TypeKind.Delegate || SymbolEqualityComparer.Default.Equals(p.Type, types.CancellationToken));

    /// <summary>The overloads that <c>ForEachAsync</c> and <c>ForAsync</c> have too: a body that takes the element or index alone.</summary>
    private static bool IsPlainLoop(ForkSite site) =>
        site.Signature.Parameters.Length == 1 && site.Method.Parameters.Count(static p => p.Type.TypeKind == TypeKind.Delegate) == 1;
}
