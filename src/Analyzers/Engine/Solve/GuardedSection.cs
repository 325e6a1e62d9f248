using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// A stretch of code that is written as one under a lock: a <c>lock</c>, a <c>using</c> of a scope, what follows a <c>using</c> declaration of one, or a <c>try</c> behind the statement that takes the lock.
/// </summary>
/// <param name="First">The statement that takes the lock.</param>
/// <param name="Last">The statement behind which the lock is free again; the same where one statement does both.</param>
/// <param name="Body">What holds all that is done under the lock; behind a declaration, the list that it stands in.</param>
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
                IUsingDeclarationOperation { IsAsynchronous: false, Parent: IBlockOperation block } scope => new GuardedSection(scope, block.Operations[block.Operations.Length - 1], block),
                ITryOperation { Finally: not null } attempt when Before(attempt) is { } taken && body.LockCalls.Any(c => c.Verb == LockVerb.Acquire && taken.IsAround(c.Call)) => new GuardedSection(taken, attempt, attempt.Body),
                _ => null,
            };
            if (found is not null)
            {
                yield return found;
            }
        }
    }

    /// <summary>The operations under the lock, each before what it is made of.</summary>
    public IEnumerable<IOperation> Operations() => First is IUsingDeclarationOperation ? Body.Descendants().Where(o => o.Syntax.SpanStart >= First.Syntax.Span.End) : Body.Descendants();

    /// <summary>Whether a statement of the list that the section begins in belongs to it.</summary>
    public bool Holds(IOperation statement) => statement.Syntax.SpanStart >= First.Syntax.SpanStart && statement.Syntax.SpanStart <= Last.Syntax.SpanStart;

    /// <summary>Whether the section keeps other threads from what it does at <paramref name="place"/>.</summary>
    public bool IsExclusive(IOperation place, BodyFacts body) => First is ILockOperation || HeldAround.Of(body).At(place).Locks.Any(static l => l.Mode == LockMode.Exclusive);

    public static GuardedSection Of(ILockOperation statement) => new(statement, statement, statement.Body);

    private static IOperation? Before(ITryOperation attempt) => StraightLine.Siblings(attempt) is { IsEmpty: false } list && list.IndexOf(attempt) is > 0 and var index && list[index - 1] is IExpressionStatementOperation statement ? statement : null;
}
