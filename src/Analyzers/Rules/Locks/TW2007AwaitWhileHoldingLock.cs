using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports an <c>await</c> or <c>yield return</c> between the acquire and the release of a lock that belongs to a thread: what follows
/// may run on another one, whose release throws while the lock stays held. One report an acquire, at the first such place.
/// <c>await</c> in a <c>lock</c> statement or a <c>Lock.EnterScope</c> is the compiler's ground (CS1996, CS4007), <c>yield return</c> in a
/// <c>lock</c> statement is not. So is a lock that a continuation or another fork gives back. A lock that the function never releases (a mutex held to the end of the process) is left alone.
/// </summary>
internal sealed class TW2007AwaitWhileHoldingLock() : LocalRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2007";

    private static readonly ImmutableDictionary<string, string?> s_none = ImmutableDictionary<string, string?>.Empty;

    /// <summary>The lock becomes a semaphore, in every use of it.</summary>
    private static readonly ImmutableDictionary<string, string?> s_convert = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "Convert");

    public override BodyContents Needs => BodyContents.ExplicitLocks | BodyContents.LockStatements | BodyContents.Guards;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var statement in body.LockStatements)
        {
            InLockStatement(statement, sink);
        }

        foreach (var scope in GuardScope.Of(body).Where(static s => s.Place.Kind is not (LockKind.Semaphore or LockKind.SemaphoreSlim)))
        {
            UnderGuard(scope, body, sink);
        }

        foreach (var flow in body.LockFlows())
        {
            ReleasedElsewhere(flow, body, sink);
            for (var place = 0; place < flow.Table.Places.Count; place++)
            {
                var isReleased = flow.Table.ReleasesOf(place).Any();
                if (isReleased && flow.Table.Places[place].Kind is not (LockKind.Semaphore or LockKind.SemaphoreSlim or LockKind.Named or LockKind.Flag) && !flow.Unfollowed.Contains(place))
                {
                    OnPlace(flow, place, sink);
                }
            }
        }
    }

    private void OnPlace(LockFlow flow, int place, FindingSink sink)
    {
        var suspensions = flow.Suspensions.GroupBy(static s => s.Operation.Syntax).Where(s => IsCertain(flow, place, s.ToList()));
        var held = suspensions.SelectMany(static s => s).Where(s => s.State[place].Phase == LockPhase.Held).GroupBy(s => s.State[place].Site);
        foreach (var acquire in held)
        {
            Report(
                flow.Table.Site(acquire.Key).Syntax, LockFindings.PlaceOf(flow.Table.Site(acquire.Key)), LockFindings.NameOf(flow.Table.Site(acquire.Key), flow), flow.Table.Places[place].Kind,
                acquire.Select(static s => s.Operation.Syntax), IsConvertible(flow.Table.Places[place]) && acquire.All(static s => s.Operation is IAwaitOperation) ? s_convert : s_none, sink);
        }
    }

    /// <summary>A helper that runs a lambda of this kind awaits it under its own lock, and is told of itself.</summary>
    private void UnderGuard(GuardScope scope, BodyFacts body, FindingSink sink)
    {
        var suspensions = body.Root.Descendants().Where(operation => operation.Syntax != scope.Opening.Syntax && Suspends(operation, body.Model) && scope.Covers(operation)).Select(static o => o.Syntax).ToList();
        if (suspensions.Count > 0 && SymbolEqualityComparer.Default.Equals(scope.Opening.FunctionAround(), scope.Function))
        {
            Report(scope.Opening.Syntax, CallLocation.Of(scope.Opening.Syntax), scope.Place.Path.Display(), scope.Place.Kind, suspensions, s_none, sink);
        }
    }

    private static bool Suspends(IOperation operation, Model model) => operation switch
    {
        IAwaitOperation wait => !TaskModels.IsFinished(wait.Operation, model.Types),
        IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true } => true,
        _ => operation.Kind == OperationKind.YieldReturn,
    };

    /// <summary>A mutex may be shared with other processes, and a mode has no counterpart in a semaphore.</summary>
    private static bool IsConvertible(LockPlace place) =>
        place is { Kind: LockKind.Monitor or LockKind.Lock, Inner: null } && place.Path.Holder is IFieldSymbol { IsReadOnly: true, DeclaredAccessibility: Accessibility.Private };

    /// <summary>
    /// Held on every path to the suspension, or suspended on every path from the acquire. Otherwise two conditions decide, which may
    /// exclude each other in a way that is not followed.
    /// </summary>
    private static bool IsCertain(LockFlow flow, int place, IReadOnlyList<LockFlow.Suspension> suspension)
    {
        var paths = new ReleasePaths(flow, place, static _ => true);
        var nodes = suspension.Select(static s => s.Node.Id).Distinct().ToList();
        return suspension.All(s => s.State[place].Phase == LockPhase.Held) ||
            suspension.Where(s => s.State[place].Phase == LockPhase.Held).All(s => paths.AlwaysComesTo(flow.Table.Site(s.State[place].Site), nodes));
    }

    /// <summary>The function takes the lock, and what gives it back is a continuation or other fork that it starts.</summary>
    private void ReleasedElsewhere(LockFlow flow, BodyFacts body, FindingSink sink)
    {
        foreach (var elsewhere in body.LockFlows().Where(other => flow.Function.Nested.Contains(other.Function)))
        {
            if (elsewhere.Function.Lambda?.Parent?.Parent?.Parent is not IInvocationOperation fork || !ForkModels.IsFork(fork.TargetMethod, body.Model.Types))
            {
                continue;
            }

            foreach (var release in elsewhere.Table.Sites.Where(s => s.Action is { Verb: LockVerb.Release, IsThreadAffine: true }))
            {
                var path = elsewhere.Table.Places[release.Place].Path;
                var own = flow.Table.Sites.Where(s => flow.Table.Places[s.Place].Path.Equals(path)).ToList();
                if (own.Count > 0 && own.All(static s => s.Action.IsAcquire) && !elsewhere.Table.Sites.Any(s => s.Place == release.Place && s.Action.IsAcquire))
                {
                    sink.Add(new Finding(
                        Descriptor, CallLocation.Of(fork.Syntax), new Cause(own[0].Syntax.Span),
                        ImmutableArray.Create(CallLocation.Of(own[0].Syntax), CallLocation.Of(release.Syntax)), s_none, null,
                        ImmutableArray.Create<object?>(path.Display(), release.Action.Kind.ToString())));
                }
            }
        }
    }

    private void InLockStatement(ILockOperation statement, FindingSink sink)
    {
        var yields = Operations.OfFunction(statement.Body).OfType<IReturnOperation>().Where(static o => o.Kind == OperationKind.YieldReturn).ToList();

        // The innermost of nested ones speaks.
        if (yields.Any(yield => yield.Syntax.FirstAncestorOrSelf<LockStatementSyntax>() == statement.Syntax))
        {
            var locked = (LockStatementSyntax)statement.Syntax;
            Report(locked.Expression, CallLocation.Of(locked.Expression), locked.Expression.ToString(), LockKind.Monitor, yields.Select(static y => y.Syntax), s_none, sink);
        }
    }

    private void Report(SyntaxNode acquire, Location place, string name, LockKind kind, IEnumerable<SyntaxNode> suspensions, ImmutableDictionary<string, string?> edit, FindingSink sink)
    {
        var places = suspensions.Select(CallLocation.OfSuspension).Distinct().OrderBy(static l => l.SourceSpan.Start).ToImmutableArray();
        sink.Add(new Finding(
            Descriptor, places[0], new Cause(acquire.Span), places.RemoveAt(0).Insert(0, place),
            edit, null, ImmutableArray.Create<object?>(name, kind.ToString())));
    }
}
