using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Placement;

/// <summary>Edit facts of the fixes that await in a lambda what it waits for. All of it stands in the lambda itself; the fix looks at the surroundings and may still decline.</summary>
internal static class AwaitedEdits
{
    public static ImmutableDictionary<string, string?> For(IInvocationOperation fork, ForkBody forked, IReadOnlyList<PoolWait> waits, BodyFacts body)
    {
        var types = body.Model.Types;
        if (forked.Named is not IAnonymousFunctionOperation lambda || !IsGiven(lambda) || waits.Any(w => !w.IsOwn) || KeepsPlaces(lambda, waits) || EditOf(fork, lambda, waits, types) is not { } edit)
        {
            return ImmutableDictionary<string, string?>.Empty;
        }

        return ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, edit).Add(FixProperties.Twins, string.Join(",", waits.Select(static w => w.Blocked.Twin)));
    }

    /// <summary>Whether the work of the fork may await something between two of its statements: it stands in the call itself, whose task ends with the work as before.</summary>
    public static bool MayAwait(IInvocationOperation fork, IAnonymousFunctionOperation lambda, WellKnownTypes types) => ForkModels.KindOf(fork, types) == ForkKind.TaskRun && IsGiven(lambda) && !TaskModels.IsTask(lambda.Symbol.ReturnType, types) &&
        !lambda.Descendants().Any(static o => o is { IsImplicit: false, Type.IsRefLikeType: true } or IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None });

    private static bool IsGiven(IAnonymousFunctionOperation lambda) => lambda.Parent?.Parent is IArgumentOperation or IConversionOperation { Parent: IArgumentOperation };

    private static string? EditOf(IInvocationOperation fork, IAnonymousFunctionOperation lambda, IReadOnlyList<PoolWait> waits, WellKnownTypes types)
    {
        switch (ForkModels.KindOf(fork, types))
        {
            // A body that gives a task would give a task of one.
            case ForkKind.TaskRun when lambda.Symbol.IsAsync || !TaskModels.IsTask(lambda.Symbol.ReturnType, types):
                return waits.All(static w => w.Blocked.KeepsFailures) ? "Await" : "AwaitUnwrapped";
            case ForkKind.ParallelLoop when fork.TargetMethod.Name is "For" or "ForEach" && fork.Parent is IExpressionStatementOperation && !lambda.Symbol.IsAsync && lambda.Symbol is { ReturnsVoid: true, Parameters.Length: 1 } &&
                fork.TargetMethod.Parameters.Count(static p => p.Type.TypeKind == TypeKind.Delegate) == 1 && !types.Parallel!.GetMembers(fork.TargetMethod.Name + "Async").IsEmpty:
                return fork.TargetMethod.Name + "Async";
            default:
                return null;
        }
    }

    /// <summary>A span or reference, which may not live over an await; one that the compiler makes of the arguments of a call goes with the call.</summary>
    private static bool KeepsPlaces(IAnonymousFunctionOperation lambda, IReadOnlyList<PoolWait> waits) => lambda.Descendants().Any(o =>
        (o.Type is { IsRefLikeType: true } && !(o.IsImplicit && waits.Any(w => w.Blocked.Call.IsAround(o)))) || o is IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None });
}
