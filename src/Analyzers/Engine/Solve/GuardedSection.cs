using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>A stretch of code that is written as one under a lock: a <c>lock</c>, a <c>using</c> of a scope, or a <c>try</c> behind the statement that takes the lock.</summary>
/// <param name="First">The statement that takes the lock.</param>
/// <param name="Last">The statement behind which the lock is free again; the same where one statement does both.</param>
/// <param name="Body">What is done under the lock.</param>
internal sealed record GuardedSection(IOperation First, IOperation Last, IOperation Body)
{
    /// <summary>What may be a section of the body: who asks for more sees at <see cref="IsExclusive"/> whether a lock is held.</summary>
    public static IEnumerable<GuardedSection> In(BodyFacts body)
    {
        foreach (var statement in body.LockStatements)
        {
            yield return Of(statement);
        }

        if (body.LockCalls.IsEmpty && !body.Contents.HasFlag(BodyContents.Scopes))
        {
            yield break;
        }

        foreach (var operation in body.Root.Descendants())
        {
            var found = operation switch
            {
                IUsingOperation { IsAsynchronous: false } scope => new GuardedSection(scope, scope, scope.Body),
                ITryOperation { Finally: not null } attempt when Before(attempt) is { } taken && body.LockCalls.Any(c => c.Verb == LockVerb.Acquire && taken.IsAround(c.Call)) => new GuardedSection(taken, attempt, attempt.Body),
                _ => null,
            };
            if (found is not null)
            {
                yield return found;
            }
        }
    }

    /// <summary>Whether the section keeps other threads from what it does at <paramref name="place"/>.</summary>
    public bool IsExclusive(IOperation place, BodyFacts body) => First is ILockOperation || HeldAround.Of(body).At(place).Locks.Any(static l => l.Mode == LockMode.Exclusive);

    public static GuardedSection Of(ILockOperation statement) => new(statement, statement, statement.Body);

    private static IOperation? Before(ITryOperation attempt) => StraightLine.Siblings(attempt) is { IsEmpty: false } list && list.IndexOf(attempt) is > 0 and var index && list[index - 1] is IExpressionStatementOperation statement ? statement : null;
}
