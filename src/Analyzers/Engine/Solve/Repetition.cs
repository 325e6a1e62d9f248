using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// How often what a start runs is made, and whether several of it run at once. A thread or cold task runs once however often the line that starts it is passed: <c>foreach (var t in threads) t.Start();</c> starts each of
/// the group, so that what makes them says how many run one body, and which variables each has for itself.
/// </summary>
/// <param name="Loop">What makes it again and again, or starts it so where both is one; null where one is made.</param>
/// <param name="IsMany">Several of it run at once.</param>
/// <param name="IsGroup">The start runs over a group, all of which run at once.</param>
internal readonly record struct Repetition(IOperation? Loop, bool IsMany, bool IsGroup)
{
    public static Repetition Of(ForkStart start, BodyFacts body)
    {
        var started = RepeatedBy(start, body);
        if (start.Creation.Syntax == start.At.Syntax)
        {
            return new Repetition(started, started is not null, false);
        }

        if (MadeBy(start.Creation) is not { } made)
        {
            return new Repetition(null, false, started is not null);
        }

        // What is made and started in one round has that round's variables; several of it run at once when the same loop goes on with no wait.
        return Contains(made, start.At)
            ? started is not null && started.Syntax == made.Syntax ? new Repetition(started, true, false) : new Repetition(null, false, started is not null)
            : new Repetition(made, started is not null, started is not null);
    }

    /// <summary>Whether two starts may be of two threads: what is made once runs once, wherever it is started.</summary>
    public static bool IsAnother(ThreadSource one, ThreadSource other) => one.Loop is not null || one.Start!.Creation.Syntax != other.Start!.Creation.Syntax;

    /// <summary>Whether one line starts both, which wait in one group for it: nothing starts the one before the other is made. The first to be made is <paramref name="one"/>.</summary>
    public static bool IsOneGroup(ThreadSource one, ThreadSource other, ImmutableArray<ThreadSource> all) =>
        one is { IsGroup: true, Start.Creation.Syntax: var first } && other is { IsGroup: true, Start.Creation.Syntax: var second } && one.At == other.At &&
        first.SyntaxTree == second.SyntaxTree && first.SpanStart < second.SpanStart && !all.Any(s => s.Start is { } start && start.Creation.Syntax == first && start.At.Syntax is var at &&
            at.SyntaxTree == first.SyntaxTree && at.SpanStart > first.SpanStart && at.SpanStart < second.SpanStart);

    private static bool Contains(IOperation made, IOperation at) => made.Syntax.SyntaxTree == at.Syntax.SyntaxTree && made.Syntax.Span.Contains(at.Syntax.Span);

    /// <summary>The loop, query or <c>ForEach</c> that makes the thread in each of its rounds.</summary>
    private static IOperation? MadeBy(IOperation creation)
    {
        for (var up = creation.Parent; up is not (null or ILocalFunctionOperation); up = up.Parent)
        {
            switch (up)
            {
                case ILoopOperation:
                    return up;
                case IAnonymousFunctionOperation lambda:
                    return lambda.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Select" or "ForEach" } call } } ? call : null;
            }
        }

        return null;
    }

    /// <summary>The loop that goes on to its next round with the body possibly running, or the query whose forks are all made before one is waited for.</summary>
    private static IOperation? RepeatedBy(ForkStart start, BodyFacts body)
    {
        var rounds = Rounds.Around(start.At);
        if (start.Handle.Home == HandleHome.Joined && !(rounds is { Query: not null, Body.Parent: IAnonymousFunctionOperation { Symbol.IsAsync: true } } && !rounds.IsThrottled(start.At, body)))
        {
            // The rounds of an async query go on without each other's waits.
            return null;
        }

        if (rounds is { Query: { } query })
        {
            return Rounds.IsStartedAtOnce(query, body) ? query : null;
        }

        var after = AfterFork.Of(start, ImmutableArray<ForkWrite>.Empty, body);
        return (after.NextRound ?? (IOperation?)after.NextElement) is { } loop && !IsWaitedForNextTime(start, loop, body.Model) ? loop : null;
    }

    /// <summary>Whether the loop keeps the handle in a variable and waits for what that variable holds: <c>await last; last = Task.Run(…);</c></summary>
    private static bool IsWaitedForNextTime(ForkStart start, IOperation loop, Model model)
    {
        var made = start.At;
        while (made.Parent is IConversionOperation)
        {
            made = made.Parent;
        }

        var kept = made.Parent is ISimpleAssignmentOperation assignment && assignment.Value == made ? VariableOf(assignment.Target) : null;
        return kept is not null && loop.Descendants().Any(o =>
            (o is IAwaitOperation || (o is IInvocationOperation call && WaitModels.ActionOf(call.TargetMethod, model.Types) is HandleAction.Join or HandleAction.TimedJoin)) &&
            o.Descendants().Any(part => SymbolEqualityComparer.Default.Equals(VariableOf(part), kept)));
    }

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IMemberReferenceOperation member => member.Member,
        _ => null,
    };
}
