using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Flow;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>A handler of <c>AbandonedMutexException</c> behind which the function goes on as if the mutex were not held.</summary>
/// <param name="Acquire">The wait that throws it.</param>
/// <param name="Handler">The handler.</param>
internal sealed record AbandonedHandler(LockSite Acquire, CatchClauseSyntax Handler);

/// <summary>
/// A wait that throws <c>AbandonedMutexException</c> has taken the mutex. So the paths from the handler are followed with the mutex held, beside those on which the wait returns: a function that
/// gives the mutex back at each end must do so behind the handler; one that leaves it held must not say the opposite to its caller. Who else may give it back makes it silent.
/// </summary>
internal static class AbandonedHandlers
{
    public static IEnumerable<AbandonedHandler> Of(LockFlow flow, BodyFacts body)
    {
        if (body.Model.Types.AbandonedMutexException is not { } abandoned)
        {
            yield break;
        }

        foreach (var acquire in flow.Table.Sites.Where(static s => s.Action is { Kind: LockKind.Mutex, IsAcquire: true, IsMade: false }))
        {
            if (!Expects(acquire.Syntax) || flow.Unfollowed.Contains(acquire.Place) || (acquire.Action.IsThroughHelper && !PassesOn(acquire.Action.Call.TargetMethod)))
            {
                continue;
            }

            foreach (var (clause, node) in Handlers(flow, acquire, abandoned, body))
            {
                if (!Looks(clause, abandoned) && IsMishandled(flow, acquire, clause, node, body))
                {
                    yield return new AbandonedHandler(acquire, (CatchClauseSyntax)clause.Syntax);
                }
            }
        }
    }

    /// <summary>It stands in a <c>try</c> with handlers.</summary>
    private static bool Expects(SyntaxNode acquire) => acquire.Ancestors().OfType<TryStatementSyntax>().Any(tried => tried.Catches.Count > 0 && tried.Block.Span.Contains(acquire.Span));

    /// <summary>It takes the mutex from the exception, and may give it back by that name.</summary>
    private static bool Looks(ICatchClauseOperation clause, INamedTypeSymbol abandoned) => clause.Handler.Descendants()
        .Any(o => o is IPropertyReferenceOperation { Property.Name: "Mutex" } taken && SymbolEqualityComparer.Default.Equals(taken.Property.ContainingType, abandoned));

    /// <summary>A helper that waits itself and handles nothing.</summary>
    private static bool PassesOn(IMethodSymbol helper) => helper.DeclaringSyntaxReferences.Select(static r => r.GetSyntax()).All(static body =>
        !body.DescendantNodes().Any(static n => n is CatchClauseSyntax) && body.DescendantNodes().OfType<SimpleNameSyntax>().Any(static n => n.Identifier.ValueText == "WaitOne"));

    /// <summary>The handlers of the exception around the wait, from the inside out, with the nodes that they begin at.</summary>
    private static IEnumerable<(ICatchClauseOperation Clause, int Node)> Handlers(LockFlow flow, LockSite acquire, INamedTypeSymbol abandoned, BodyFacts body)
    {
        var clauses = body.Root.DescendantsAndSelf().OfType<ITryOperation>()
            .Where(tried => tried.Body.Syntax.Span.Contains(acquire.Syntax.Span)).OrderByDescending(static tried => tried.Syntax.SpanStart)
            .SelectMany(static tried => tried.Catches).Where(clause => SymbolEqualityComparer.Default.Equals(clause.ExceptionType, abandoned)).ToList();
        foreach (var node in flow.NodesOf(acquire))
        {
            var nodes = flow.Graph.HandlersOf(node, abandoned).Where(id => SymbolEqualityComparer.Default.Equals(HandlerRegion(flow.Graph.Nodes[id])?.ExceptionType, abandoned)).ToList();
            for (var i = 0; i < nodes.Count && i < clauses.Count; i++)
            {
                yield return (clauses[i], nodes[i]);
            }
        }
    }

    private static ControlFlowRegion? HandlerRegion(FlowNode node)
    {
        var region = node.Block?.EnclosingRegion;
        while (region is not null && region.Kind is not (ControlFlowRegionKind.Catch or ControlFlowRegionKind.Filter or ControlFlowRegionKind.FilterAndHandler))
        {
            region = region.EnclosingRegion;
        }

        return region;
    }

    private static bool IsMishandled(LockFlow flow, LockSite acquire, ICatchClauseOperation clause, int handler, BodyFacts body)
    {
        var place = acquire.Place;
        if (flow.EndsUnlessAbandoned(body) is not { } usual)
        {
            return false;
        }

        foreach (var before in flow.Acquires.Where(a => a.Site == acquire && !a.State.HasThrown && a.State[place].Phase is not (LockPhase.Held or LockPhase.Unknown)))
        {
            if (flow.EndsFrom(handler, acquire, before.State, body) is { } ends &&
                (IsLeftHeld(flow, acquire, clause, usual, ends, body) || IsDenied(acquire, clause, usual, ends) || IsFlagDenied(acquire, clause, ends)))
            {
                return true;
            }
        }

        return false;

        static bool IsDenied(LockSite acquire, ICatchClauseOperation clause, LockFlow.Ends usual, LockFlow.Ends ends)
        {
            var told = usual.Values.Where(r => r.IsLast && IsHeld(r.State, acquire.Place)).Select(static r => r.Answer).Distinct().ToList();
            return (told.Count == 1 && told[0] is { } answer && ends.Values.Any(r => r.IsLast && IsHeld(r.State, acquire.Place) && r.Answer == !answer)) ||
                (usual.Returned.Any(s => IsHeld(s, acquire.Place)) && !Rethrows(clause) && ends.Thrown.Any(s => IsHeld(s, acquire.Place)));
        }
    }

    /// <summary>The function gives the mutex back at each end but those behind the handler, and nobody else can.</summary>
    private static bool IsLeftHeld(LockFlow flow, LockSite acquire, ICatchClauseOperation clause, LockFlow.Ends usual, LockFlow.Ends ends, BodyFacts body)
    {
        var place = acquire.Place;
        if (!flow.Releases.Any(r => r.Site.Place == place && r.State[place] is { Phase: LockPhase.Held }) || usual.Returned.Any(s => s is { HasThrown: false } && s[place].Phase is LockPhase.Held or LockPhase.Unknown))
        {
            return false;
        }

        var path = flow.Table.Places[place].Path;
        var isOwn = path is { Root: PathRoot.Local, Steps.IsEmpty: true } || (path.IsSharedWithinType && path.Holder is { DeclaredAccessibility: Accessibility.Private });

        // Who reaches the mutex in another way may be told by the result, or by the exception, to give it back.
        var result = (flow.Function.Symbol ?? body.Owner as IMethodSymbol)?.ReturnType;
        var tells = result is not null && result.SpecialType != SpecialType.System_Void && !(result.SpecialType == SpecialType.System_Boolean && acquire.Action.Verb == LockVerb.TryAcquire);
        return ((ends.Returned.Any(s => IsHeld(s, place)) && (isOwn || !tells)) || (ends.Thrown.Any(s => IsHeld(s, place)) && (isOwn || !Rethrows(clause)))) &&
            !HeldExits.MayBeReleasedElsewhere(flow, place, body);
    }

    /// <summary>The field that keeps what the wait answers is set to the opposite, and the mutex stays held.</summary>
    private static bool IsFlagDenied(LockSite acquire, ICatchClauseOperation clause, LockFlow.Ends ends) =>
        ends.Returned.Any(s => IsHeld(s, acquire.Place)) && acquire.Syntax.Parent is AssignmentExpressionSyntax { Left: var kept } &&
        clause.Handler.Operations.Any(statement => statement is IExpressionStatementOperation
            {
                Operation: ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation } target, Value.ConstantValue: { HasValue: true, Value: false } },
            } && target.Syntax.IsEquivalentTo(kept));

    /// <summary>An exception of a plain call is possible and not certain.</summary>
    private static bool IsHeld(PathState state, int place) => !state.HasThrown && state[place].Phase == LockPhase.Held;

    /// <summary>The exception itself goes on to the caller, and tells it that the mutex is held.</summary>
    private static bool Rethrows(ICatchClauseOperation clause) => clause.Handler.Descendants().OfType<IThrowOperation>().Any(thrown => thrown.Exception is null ||
        (Conversions.WithoutAny(thrown.Exception) is ILocalReferenceOperation { Local: var caught } && clause.Locals.Contains(caught, SymbolEqualityComparer.Default)));
}
