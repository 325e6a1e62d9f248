using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>The loop or query that repeats a fork.</summary>
/// <param name="Loop">The loop; null for a query.</param>
/// <param name="Query">The call of <c>Select</c>; null for a loop.</param>
/// <param name="Body">What is done in each round.</param>
internal sealed record Rounds(ILoopOperation? Loop, IInvocationOperation? Query, IOperation Body)
{
    /// <summary>What is next around <paramref name="fork"/> in its function: a loop, or the <c>Select</c> whose lambda makes it. Null where nothing repeats it.</summary>
    public static Rounds? Around(IOperation fork)
    {
        for (var up = fork.Parent; up is not null; up = up.Parent)
        {
            switch (up)
            {
                case ILoopOperation loop:
                    return new Rounds(loop, null, loop.Body);
                case IAnonymousFunctionOperation { Body: var body, Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Select", ContainingType.Name: "Enumerable" } } query } } }:
                    return new Rounds(null, query, body);
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The function that makes <paramref name="fork"/>; a lambda of <c>Select</c> runs within its caller.</summary>
    public static IMethodSymbol? MakerOf(IOperation fork) => Around(fork) is { Query: { } query } ? query.FunctionAround() : fork.FunctionAround();

    /// <summary>The data that decides how many rounds there are, or null.</summary>
    public IOperation? Source(BodyFacts body) => Loop is not null ? RoundCount.SourceOf(Loop, body) : RoundCount.Data(Query!.Arguments[0].Value, body, 0);

    /// <summary>
    /// Whether a round may hold the next one up, or end them: it takes a lock or semaphore, waits for something, calls a function of the source or leaves the loop.
    /// What a forked body does is not in the round. The rounds of an async query all begin at once; there it is asked what stands before <paramref name="fork"/>.
    /// </summary>
    public bool IsThrottled(IOperation fork, BodyFacts body)
    {
        var isAsync = Query is not null && Body.Parent is IAnonymousFunctionOperation { Symbol.IsAsync: true };
        return Operations.OfFunction(Body).Any(operation => (!isAsync || operation.Syntax.Span.End <= fork.Syntax.SpanStart) && (HoldsUp(operation, body) || Loop is not null && Leaves(operation) ||
            !isAsync && operation is IAwaitOperation));
    }

    /// <summary>Whether the rounds go on without each other's results: those of a query that is gone through one by one begin when somebody asks for the next element.</summary>
    public bool AreStartedAtOnce(BodyFacts body) => Query is null || IsStartedAtOnce(Query, body);

    /// <summary>Whether all that a query makes is made before one of its elements is waited for.</summary>
    public static bool IsStartedAtOnce(IInvocationOperation query, BodyFacts body)
    {
        IOperation at = query;
        while (at.Parent is IConversionOperation or ITranslatedQueryOperation)
        {
            at = at.Parent;
        }

        return IsEnumerated(at) || (at.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } && Locals.Uses(local, body.Root).Any(IsEnumerated));
    }

    /// <summary>Whether a sequence is gone through at once, before one of its elements is waited for.</summary>
    private static bool IsEnumerated(IOperation sequence) => (sequence.Parent is IConversionOperation { Parent: { } outer } ? outer : sequence.Parent) is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ToArray" or "ToList" or "ToHashSet" or "WhenAll" or "WaitAll" } } ||
        sequence.Syntax.Parent is SpreadElementSyntax;

    /// <summary>Whether each round starts a clock: how long it takes by itself is the question then.</summary>
    public static bool IsMeasured(ILoopOperation loop, BodyFacts body) => Operations.OfFunction(loop.Body).OfType<IInvocationOperation>().Any(call =>
        KnownType.Is(call.TargetMethod.ContainingType, body.Model.Types.Stopwatch) && call.TargetMethod.Name is "StartNew" or "Start" or "Restart" or "GetTimestamp");

    private static bool HoldsUp(IOperation operation, BodyFacts body) => operation switch
    {
        IInvocationOperation call => body.Model.Locks.MeaningOf(call) is { IsAcquire: true } || WaitModels.ActionOf(call.TargetMethod, body.Model.Types) is HandleAction.Join or HandleAction.TimedJoin ||
            WaitModels.IsPause(call, body.Model.Types) || !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty || call.TargetMethod.Name.StartsWith("Wait", System.StringComparison.Ordinal) || call.TargetMethod.Name is "Take" or "ReadToEnd" || WaitModels.IsSpin(call.TargetMethod, body.Model.Types) ||
            !ForkModels.IsFork(call.TargetMethod, body.Model.Types) && call.Arguments.Any(a => IsGiven(a.Value, body)),
        ILockOperation => true,
        _ => false,
    };

    /// <summary><c>threads.ForEach(t => t.Join())</c>.</summary>
    private static bool IsGiven(IOperation argument, BodyFacts body) => argument is IDelegateCreationOperation { Target: var target } && target switch
    {
        IAnonymousFunctionOperation lambda => Operations.OfFunction(lambda.Body).Any(o => HoldsUp(o, body)),
        IMethodReferenceOperation { Method: var method } => !method.DeclaringSyntaxReferences.IsEmpty || WaitModels.ActionOf(method, body.Model.Types) is HandleAction.Join or HandleAction.TimedJoin,
        _ => false,
    };

    private static bool Leaves(IOperation operation) => operation is IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo } or IReturnOperation;
}
