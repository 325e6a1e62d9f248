using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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
            if (!PassedWait.Expects(acquire.Syntax) || flow.Unfollowed.Contains(acquire.Place) || PassedWait.Of(acquire.Action, body) is null)
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

    /// <summary>It takes the mutex from the exception, and may give it back by that name.</summary>
    private static bool Looks(ICatchClauseOperation clause, INamedTypeSymbol abandoned) => clause.Handler.Descendants()
        .Any(o => o is IPropertyReferenceOperation { Property.Name: "Mutex" } taken && SymbolEqualityComparer.Default.Equals(taken.Property.ContainingType, abandoned));

    /// <summary>The handlers of the exception around the wait, from the inside out, with the nodes that they begin at.</summary>
    private static IEnumerable<(ICatchClauseOperation Clause, int Node)> Handlers(LockFlow flow, LockSite acquire, INamedTypeSymbol abandoned, BodyFacts body)
    {
        var clauses = body.Root.DescendantsAndSelf().OfType<ITryOperation>()
            .Where(tried => tried.Body.Syntax.Span.Contains(acquire.Syntax.Span)).OrderByDescending(static tried => tried.Syntax.SpanStart)
            .SelectMany(static tried => tried.Catches).Where(clause => MayTake(clause.ExceptionType, abandoned)).ToList();
        foreach (var node in flow.NodesOf(acquire))
        {
            var nodes = flow.Graph.HandlersOf(node, abandoned).Where(id => IsHandler(flow.Graph.Nodes[id])).ToList();
            for (var i = 0; i < nodes.Count && i < clauses.Count; i++)
            {
                if (IsOf(clauses[i], abandoned) && BeginOf(clauses[i], flow.Graph, flow.Graph.Nodes[nodes[i]]) is { } begin)
                {
                    yield return (clauses[i], begin);
                }
            }
        }
    }

    /// <summary>Where the handler itself begins, behind its filter.</summary>
    private static int? BeginOf(ICatchClauseOperation clause, FlowGraph graph, FlowNode first)
    {
        if (clause.Filter is null)
        {
            return first.Id;
        }

        var whole = first.Block!.EnclosingRegion;
        while (whole is { Kind: not ControlFlowRegionKind.FilterAndHandler })
        {
            whole = whole.EnclosingRegion;
        }

        return whole?.NestedRegions.FirstOrDefault(static r => r.Kind == ControlFlowRegionKind.Catch) is { } handler
            ? graph.Nodes.FirstOrDefault(n => n.Block?.Ordinal == handler.FirstBlockOrdinal && n.Frame == first.Frame)?.Id
            : null;
    }

    private static bool MayTake(ITypeSymbol? caught, INamedTypeSymbol abandoned) =>
        caught is null || caught.SpecialType == SpecialType.System_Object || KnownType.IsOrDerives(abandoned, caught) || KnownType.IsOrDerives(caught, abandoned);

    /// <summary>A handler begins with the node, or the filter of one; no <c>finally</c> does.</summary>
    private static bool IsHandler(FlowNode node)
    {
        var region = node.Block?.EnclosingRegion;
        while (region is { Kind: ControlFlowRegionKind.LocalLifetime })
        {
            region = region.EnclosingRegion;
        }

        return region?.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.Filter or ControlFlowRegionKind.FilterAndHandler;
    }

    /// <summary>The handler is for this exception: by its type, or by a filter that asks for it (<c>catch (Exception e) when (e is AbandonedMutexException)</c>).</summary>
    private static bool IsOf(ICatchClauseOperation clause, INamedTypeSymbol abandoned) =>
        SymbolEqualityComparer.Default.Equals(clause.ExceptionType, abandoned) || (clause.Filter is { } filter && Asks(filter, clause, abandoned));

    private static bool Asks(IOperation filter, ICatchClauseOperation clause, INamedTypeSymbol abandoned) => filter switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both => Asks(both.LeftOperand, clause, abandoned) || Asks(both.RightOperand, clause, abandoned),
        IIsTypeOperation { IsNegated: false } test => IsCaught(test.ValueOperand, clause) && SymbolEqualityComparer.Default.Equals(test.TypeOperand, abandoned),
        IIsPatternOperation test => IsCaught(test.Value, clause) && Matches(test.Pattern, abandoned),
        _ => false,
    };

    private static bool Matches(IPatternOperation pattern, INamedTypeSymbol abandoned) => pattern switch
    {
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either => Matches(either.LeftPattern, abandoned) || Matches(either.RightPattern, abandoned),
        ITypePatternOperation or IDeclarationPatternOperation => SymbolEqualityComparer.Default.Equals(pattern.NarrowedType, abandoned),
        _ => false,
    };

    private static bool IsCaught(IOperation value, ICatchClauseOperation clause) =>
        Conversions.WithoutAny(value) is ILocalReferenceOperation { Local: var caught } && clause.Locals.Contains(caught, SymbolEqualityComparer.Default);

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
                (IsLeftHeld(flow, acquire, clause, usual, ends, body) || IsDenied(acquire, clause, usual, ends) || IsFlagDenied(acquire, clause, ends) || IsTakenForRefusal(acquire, clause, ends)))
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

    /// <summary>The variable that keeps what the wait answers is set to the opposite, and the mutex stays held.</summary>
    private static bool IsFlagDenied(LockSite acquire, ICatchClauseOperation clause, LockFlow.Ends ends) =>
        ends.Returned.Any(s => IsHeld(s, acquire.Place)) && acquire.Syntax.Parent is AssignmentExpressionSyntax { Left: var kept } &&
        clause.Handler.Operations.Any(statement => statement is IExpressionStatementOperation
            {
                Operation: ISimpleAssignmentOperation { Target: ILocalReferenceOperation or IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation }, Value.ConstantValue: { HasValue: true, Value: false } } assigned,
            } && assigned.Target.Syntax.IsEquivalentTo(kept));

    /// <summary>The handler does to the letter what is done where the wait is refused, which leaves out what comes behind it, and the mutex stays held.</summary>
    private static bool IsTakenForRefusal(LockSite acquire, ICatchClauseOperation clause, LockFlow.Ends ends)
    {
        var refusal = acquire.Syntax.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Parent: IfStatementSyntax { Else: null } choice } ? Statements(choice.Statement) : [];
        return refusal.LastOrDefault() is ReturnStatementSyntax or ThrowStatementSyntax && clause.Handler.Syntax is BlockSyntax { Statements: var done } && done.Count == refusal.Length &&
            done.Zip(refusal, static (a, b) => a.IsEquivalentTo(b)).All(static same => same) && (ends.Returned.Any(s => IsHeld(s, acquire.Place)) || ends.Thrown.Any(s => IsHeld(s, acquire.Place))) &&
            (IsFollowed(acquire.Syntax.FirstAncestorOrSelf<StatementSyntax>()) || IsFollowed(clause.Syntax.Parent as StatementSyntax));

        static StatementSyntax[] Statements(StatementSyntax statement) => statement is BlockSyntax block ? [.. block.Statements] : [statement];

        static bool IsFollowed(StatementSyntax? statement) => statement?.Parent switch
        {
            BlockSyntax block => block.Statements.Last() != statement,
            GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global => unit.Members.Last() != global,
            _ => false,
        };
    }

    /// <summary>An exception of a plain call, or of the acquire of another lock, is possible and not certain.</summary>
    private static bool IsHeld(PathState state, int place) => !state.HasThrown && state[place].Phase == LockPhase.Held &&
        !state.HasAny(LockPhase.AcquireThrew) && !state.HasAny(LockPhase.AcquireMightThrow);

    /// <summary>The exception itself goes on to the caller, and tells it that the mutex is held.</summary>
    private static bool Rethrows(ICatchClauseOperation clause) => clause.Handler.Descendants().OfType<IThrowOperation>().Any(thrown => thrown.Exception is null ||
        (Conversions.WithoutAny(thrown.Exception) is ILocalReferenceOperation { Local: var caught } && clause.Locals.Contains(caught, SymbolEqualityComparer.Default)));
}
