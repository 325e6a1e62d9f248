using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>The loop or query that repeats a fork.</summary>
/// <param name="Loop">The loop; null for a query.</param>
/// <param name="Query">The call of <c>Select</c>; null for a loop.</param>
internal sealed record Rounds(ILoopOperation? Loop, IInvocationOperation? Query)
{
    /// <summary>What is next around <paramref name="fork"/> in its function: a loop, or the <c>Select</c> whose lambda makes it. Null where nothing repeats it.</summary>
    public static Rounds? Around(IOperation fork)
    {
        for (var up = fork.Parent; up is not null; up = up.Parent)
        {
            switch (up)
            {
                case ILoopOperation loop:
                    return new Rounds(loop, null);
                case IAnonymousFunctionOperation { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Select", ContainingType.Name: "Enumerable" } } query } } }:
                    return new Rounds(null, query);
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The data that decides how many rounds there are, or null.</summary>
    public IOperation? Source(BodyFacts body) => Loop is not null ? RoundCount.SourceOf(Loop, body) : RoundCount.Data(Query!.Arguments[0].Value, body, 0);

    /// <summary>
    /// Whether a round may hold the next one up, or end them: it takes a lock or semaphore, waits for something, calls a function of the source or leaves the loop.
    /// What a forked body does is not in the round.
    /// </summary>
    public bool IsThrottled(BodyFacts body) => Loop is not null && Operations.OfFunction(Loop.Body).Any(operation => operation switch
    {
        IInvocationOperation call => body.Model.Locks.MeaningOf(call) is { IsAcquire: true } || WaitModels.ActionOf(call.TargetMethod, body.Model.Types) is HandleAction.Join or HandleAction.TimedJoin ||
            WaitModels.IsPause(call, body.Model.Types) || !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty || call.TargetMethod.Name.StartsWith("Wait", System.StringComparison.Ordinal) || call.TargetMethod.Name is "Take" or "ReadToEnd",
        IAwaitOperation or ILockOperation or IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo } or IReturnOperation => true,
        _ => false,
    });
}
