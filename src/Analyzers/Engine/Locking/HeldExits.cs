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

/// <summary>How a function ends with a lock that it took.</summary>
internal enum HeldExitCause
{
    /// <summary>A written way out (return, throw, a branch) goes past the release.</summary>
    PathWithoutRelease,

    /// <summary>Only an exception out of a call between acquire and release would.</summary>
    CallMayThrow,
}

/// <summary>An acquire whose lock may still be held when its function ends, though the function releases it elsewhere.</summary>
/// <param name="Acquire">The acquire.</param>
/// <param name="Cause">How.</param>
/// <param name="Releases">The releases of the lock in the function, in source order.</param>
/// <param name="Decision">The condition behind which the way out no longer comes to a release; null for an exception.</param>
/// <param name="At">What leaves: a jump, null where there is none and the function just ends; for an exception the first call that may throw.</param>
internal sealed record HeldExit(LockSite Acquire, HeldExitCause Cause, ImmutableArray<LockSite> Releases, SyntaxNode? Decision, SyntaxNode? At);

/// <summary>
/// Judges what one function leaves held. Certain is a way out only where the lock is held on every path to the decision that takes it, so that no
/// condition of the acquire can be the reason; where a flag decides about the release, or another member may release, the lock is meant to be handed on.
/// </summary>
internal static class HeldExits
{
    public static IEnumerable<HeldExit> Of(LockFlow flow, BodyFacts body)
    {
        for (var place = 0; place < flow.Table.Places.Count; place++)
        {
            var releases = ReleasesOf(flow, place);
            if (!IsJudged(flow, place, releases))
            {
                continue;
            }

            foreach (var acquire in flow.Table.Sites.Where(s => s.Place == place && s.Action.IsAcquire))
            {
                // Who else may release takes a look at the whole type, so it is asked last.
                if (Judge(flow, acquire, releases, body) is { } exit && !MayBeHandedOn(flow, exit, body))
                {
                    yield return exit;
                }
            }
        }
    }

    /// <summary>Whether an exception would leave the lock of a try-acquire held whose answer nobody looks at, once what runs behind it runs with the lock alone: now it runs without it as well.</summary>
    public static bool IsLeftByException(LockFlow flow, LockSite acquire, BodyFacts body)
    {
        var releases = ReleasesOf(flow, acquire.Place);
        return IsJudged(flow, acquire.Place, releases) && flow.States[flow.Graph.ThrowExit].States.Concat(flow.States[flow.Graph.Exit].States).Any(s => s.HasThrown && IsHeldBy(s, acquire)) &&
            ThrowerUnder(flow, acquire, releases, body, onOneWay: true) is { } thrower && !MayBeHandedOn(flow, new HeldExit(acquire, HeldExitCause.CallMayThrow, releases, null, thrower.Syntax), body);
    }

    private static ImmutableArray<LockSite> ReleasesOf(LockFlow flow, int place) => flow.Table.ReleasesOf(place).OrderBy(static r => r.Syntax.SpanStart).ToImmutableArray();

    private static bool IsJudged(LockFlow flow, int place, ImmutableArray<LockSite> releases) => !releases.IsEmpty && !flow.Unfollowed.Contains(place) && !flow.TestedPlaces.Contains(place);

    private static HeldExit? Judge(LockFlow flow, LockSite acquire, ImmutableArray<LockSite> releases, BodyFacts body)
    {
        // Without a path on which this function gives back what this acquire took the two do not belong together.
        if (!flow.Releases.Any(r => IsHeldBy(r.State, acquire)) || (acquire.Action.Kind == LockKind.Flag && !releases.Any(r => IsOnTheWay(r.Syntax, acquire.Syntax))))
        {
            return null;
        }

        var ends = flow.States[flow.Graph.Exit].States.Concat(flow.States[flow.Graph.ThrowExit].States).Where(s => IsHeldBy(s, acquire)).ToList();
        var comesBack = ComesBackHeld(flow, acquire);
        if ((ends.Any(static s => !s.HasThrown) || comesBack) && LastDecision(flow, acquire, releases, body, comesBack) is { } decision)
        {
            return new HeldExit(acquire, HeldExitCause.PathWithoutRelease, releases, decision, LeavingJump.Of(decision, releases, Fatal(flow)));
        }

        return ends.Any(static s => s.HasThrown) && ThrowerUnder(flow, acquire, releases, body) is { } thrower
            ? new HeldExit(acquire, HeldExitCause.CallMayThrow, releases, null, thrower.Syntax)
            : null;
    }

    private static HashSet<SyntaxNode> Fatal(LockFlow flow) =>
        [.. flow.Graph.Source.Blocks.SelectMany(static block => block.DescendantOperations()).OfType<IInvocationOperation>().Where(NoReturn.Is).Select(static call => call.Syntax)];

    /// <summary>
    /// In a <c>finally</c>, or in the block that the acquire stands in or opens. A flag that only a failure resets stays set on purpose: what it stands for is done once.
    /// </summary>
    private static bool IsOnTheWay(SyntaxNode release, SyntaxNode acquire)
    {
        if (release.Ancestors().TakeWhile(static a => a is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax)).Any(static a => a is FinallyClauseSyntax))
        {
            return true;
        }

        // A block that merely stands among statements is run as they are.
        var block = release.AncestorsAndSelf().OfType<BlockSyntax>().FirstOrDefault(static b => b.Parent is not BlockSyntax);
        var choice = block?.Parent is ElseClauseSyntax { Parent: var around } ? around : block?.Parent;
        return block?.Span.Contains(acquire.Span) == true || (choice is IfStatementSyntax { Condition: var condition } && condition.Span.Contains(acquire.Span));
    }

    /// <summary>
    /// The first of what may throw where the lock is held whatever way was come there, and whose exception comes to the end with the lock still held; with <paramref name="onOneWay"/> also where only
    /// one way comes there with the lock.
    /// </summary>
    private static IOperation? ThrowerUnder(LockFlow flow, LockSite acquire, ImmutableArray<LockSite> releases, BodyFacts body, bool onOneWay = false)
    {
        var ends = new HashSet<int>(releases.SelectMany(flow.NodesOf).Select(static n => n.Id));
        var own = flow.NodesOf(acquire);
        var leaving = new Dictionary<int, bool>();
        IOperation? first = null;
        foreach (var node in own.SelectMany(node => Reach(flow, node.Id, acquire, ends, own)).Distinct().Select(id => flow.Graph.Nodes[id]))
        {
            if (node.Block is not { } block || !(onOneWay || own.Contains(node) || flow.States[node.Id].States.All(s => s.HasThrown || IsHeldBy(s, acquire))) ||
                !flow.Graph.HandlersOf(node, null).Any(Leaves))
            {
                continue;
            }

            foreach (var operation in block.DescendantOperations())
            {
                if ((first is null || operation.Syntax.SpanStart < first.Syntax.SpanStart) && body.MayThrow(operation) && operation.Syntax != acquire.Syntax && !IsRelease(operation, flow, flow.Table.Places[acquire.Place].Path.Holder) &&
                    (!own.Contains(node) || operation.Syntax.SpanStart > acquire.Syntax.Span.End) && !IsProtected(operation.Syntax, releases) &&
                    (!ends.Contains(node.Id) || releases.Any(r => flow.NodesOf(r).Contains(node) && operation.Syntax.Span.End < r.Syntax.SpanStart)))
                {
                    first = operation;
                }
            }
        }

        return first;

        bool Leaves(int handler)
        {
            if (!leaving.TryGetValue(handler, out var leaves))
            {
                leaving.Add(handler, leaves = Reach(flow, handler, acquire, ends) is var reached && (reached.Contains(flow.Graph.Exit) || reached.Contains(flow.Graph.ThrowExit)));
            }

            return leaves;
        }
    }

    /// <summary>Who holds a lock gives it back, or disposes of it, without an exception.</summary>
    private static bool IsRelease(IOperation operation, LockFlow flow, ISymbol? holder) => operation is IInvocationOperation call &&
        (flow.Table.SiteOf(call) is { Action.Verb: LockVerb.Release } || (holder is not null && NeverReleased.IsEndOf(call, holder)));

    /// <summary>In the release itself, or in a <c>try</c> with a handler that releases; a call in that very handler, before the release, is forgiven.</summary>
    private static bool IsProtected(SyntaxNode thrower, ImmutableArray<LockSite> releases) => releases.Any(r => r.Syntax.Contains(thrower)) ||
        thrower.Ancestors().Any(a =>
            (a is TryStatementSyntax { Finally: { } ending } && releases.Any(r => ending.Contains(r.Syntax))) ||
            (a is CatchClauseSyntax handler && releases.Any(r => handler.Contains(r.Syntax))));

    /// <summary>The condition that decides whether the release is still to come, asked with the lock held; null when it is a flag or there is none.</summary>
    private static SyntaxNode? LastDecision(LockFlow flow, LockSite acquire, ImmutableArray<LockSite> releases, BodyFacts body, bool comesBack)
    {
        // Behind the acquire itself (in the next round of a loop) it is another hold.
        var releaseNodes = new HashSet<int>(releases.SelectMany(flow.NodesOf).Select(static n => n.Id));
        var own = flow.NodesOf(acquire).Select(static n => n.Id).ToList();
        var ends = new HashSet<int>(releaseNodes.Concat(own));
        foreach (var node in flow.Graph.Nodes.Where(n => n.Out.Length == 2 && flow.States[n.Id].IsReachable))
        {
            var skips = node.Out.Where(edge => !Reach(flow, edge.Target, acquire, ends).Overlaps(releaseNodes)).ToList();
            if (skips.Count != 1 || !(Leaves(flow, skips[0].Target, acquire, ends) || (comesBack && Reach(flow, skips[0].Target, acquire, ends).Overlaps(own))) ||
                (IsFlag(node) && !acquire.Action.IsScope && Leaves(flow, skips[0].Target, acquire, ends, flow.Graph.Exit) && !IsNoFlag(flow, node, acquire, releases, body)) ||
                IsAboutRelease(node, acquire, releases, body) || !IsAlwaysHeld(flow, node, acquire) ||
                Reach(flow, skips[0].Target, acquire, ends).Any(id => flow.Graph.Nodes[id].Block?.DescendantOperations().Any(o => GivenLock.IsGiven(o, flow.Table.Places[acquire.Place], body)) == true))
            {
                continue;
            }

            return node.Block!.BranchValue?.Syntax;
        }

        return null;
    }

    /// <summary>
    /// Whether the next round of a loop comes to the acquire with the lock held: who waits for a lock of one then waits for itself, and one that lets its thread in again is never free. What counts permits may be meant to be
    /// used up, and a flag to be found set.
    /// </summary>
    private static bool ComesBackHeld(LockFlow flow, LockSite acquire) => flow.Table.Places[acquire.Place] is { Kind: not LockKind.Flag } place && acquire.Action is { Verb: LockVerb.Acquire, IsScope: false } &&
        (place.Kind is not (LockKind.Semaphore or LockKind.SemaphoreSlim) || SemaphoreCounts.Of(place.Origin) == 1) &&
        flow.NodesOf(acquire).Any(node => flow.States[node.Id].States.Any(s => !s.HasThrown && IsHeldBy(s, acquire)));

    /// <summary>Held by this acquire on every path to the end of the block, where its condition is asked.</summary>
    private static bool IsAlwaysHeld(LockFlow flow, FlowNode node, LockSite acquire) =>
        flow.NodesOf(acquire).Contains(node)
            ? acquire.Action.Verb == LockVerb.Acquire
            : flow.States[node.Id].States.All(s => s.HasThrown || IsHeldBy(s, acquire)) && flow.States[node.Id].States.Any(s => !s.HasThrown && IsHeldBy(s, acquire));

    private static bool Leaves(LockFlow flow, int target, LockSite acquire, HashSet<int> stopAt) =>
        Leaves(flow, target, acquire, stopAt, flow.Graph.Exit) || Leaves(flow, target, acquire, stopAt, flow.Graph.ThrowExit);

    private static bool Leaves(LockFlow flow, int target, LockSite acquire, HashSet<int> stopAt, int exit) =>
        Reach(flow, target, acquire, stopAt).Contains(exit) && flow.States[exit].States.Any(s => !s.HasThrown && IsHeldBy(s, acquire));

    /// <summary>A plain boolean decides: <c>if (!handedOver) Exit</c> is a decision about the release and not one that forgot it. Who throws hands nothing over.</summary>
    private static bool IsFlag(FlowNode node) => ConditionTable.Normalize(node.Block?.BranchValue).Core
        is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IFlowCaptureReferenceOperation;

    /// <summary>
    /// A variable decides, and is no flag about the release all the same (<c>if (_disposed) return;</c>, <c>if (item.IsOff) throw …</c>): the release is not what it decides about or nobody else
    /// knows it, the function does not set it, and the lock is private, so that nobody else who knows the flag could give it back. A flag that is a lock itself may stay set when the object comes to its end.
    /// </summary>
    private static bool IsNoFlag(LockFlow flow, FlowNode node, LockSite acquire, ImmutableArray<LockSite> releases, BodyFacts body)
    {
        var place = flow.Table.Places[acquire.Place];
        var asked = ConditionTable.Normalize(node.Block?.BranchValue).Core;
        return place is { Inner: null, Kind: not LockKind.Flag } && place.Path is { IsSharedWithinType: true, Holder.DeclaredAccessibility: Accessibility.Private } &&
            (place.Kind is not (LockKind.Semaphore or LockKind.SemaphoreSlim) || SemaphoreCounts.Of(place.Origin) == 1) &&
            asked?.Syntax.FirstAncestorOrSelf<StatementSyntax>() is IfStatementSyntax choice && (!releases.Any(r => choice.Span.Contains(r.Syntax.Span)) || IsOwnChoice(asked, flow, place, body)) && IsOnlyAsked(asked, body);
    }

    /// <summary>
    /// Who calls from outside the type knows what a parameter or local says, and cannot give back what it cannot reach; another member of the type could. A mutex may be kept to the end of the process.
    /// </summary>
    private static bool IsOwnChoice(IOperation asked, LockFlow flow, LockPlace place, BodyFacts body) => asked is IParameterReferenceOperation or ILocalReferenceOperation && place.Kind != LockKind.Mutex &&
        flow.Function.Symbol is null && !UnbalancedMembers.Mentions(body.Owner.ContainingType, body.Owner);

    /// <summary>Whether the function does nothing but ask the variable: of a local, its one value comes out of no call, which could be what hands the lock on.</summary>
    private static bool IsOnlyAsked(IOperation asked, BodyFacts body) => asked switch
    {
        ILocalReferenceOperation { Local: var local } => Locals.OnlyValue(local, body.Root) is { } value && !value.DescendantsAndSelf().Any(static o => o is IInvocationOperation or IAwaitOperation),
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } => !body.Root.Descendants().Any(o => IsWriteOf(o, parameter)),
        IMemberReferenceOperation { Member: var member } => !body.Root.Descendants().Any(o => IsWriteOf(o, member)),
        _ => false,
    };

    private static bool IsWriteOf(IOperation operation, ISymbol variable) => operation switch
    {
        IAssignmentOperation { Target: var target } => SymbolEqualityComparer.Default.Equals(Named(target), variable),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: var given } => SymbolEqualityComparer.Default.Equals(Named(given), variable),
        _ => false,
    };

    /// <summary>
    /// The release depends on something that the function changes behind the acquire, or on how many permits the lock has left: a count, an answer that may be missing, a list of those who hold it. Such
    /// a condition is a flag in another form.
    /// </summary>
    private static bool IsAboutRelease(FlowNode node, LockSite acquire, ImmutableArray<LockSite> releases, BodyFacts body)
    {
        if (node.Block?.BranchValue?.Syntax.FirstAncestorOrSelf<SyntaxNode>(static n => n is IfStatementSyntax or ConditionalExpressionSyntax) is not { } choice || !releases.Any(r => choice.Span.Contains(r.Syntax.Span)))
        {
            return false;
        }

        var condition = choice is IfStatementSyntax written ? written.Condition : ((ConditionalExpressionSyntax)choice).Condition;
        var asked = body.Root.Descendants().Where(o => condition.Span.Contains(o.Syntax.Span)).ToList();
        var changed = body.Root.Descendants().Where(o => o.Syntax.SpanStart > acquire.Syntax.Span.End && o.Syntax.Span.End < choice.SpanStart).Select(Changed).OfType<ISymbol>().ToList();
        return asked.Any(o => o is IPropertyReferenceOperation { Property.Name: "CurrentCount" } || (Named(o) is { } symbol && changed.Contains(symbol, SymbolEqualityComparer.Default)));
    }

    private static ISymbol? Changed(IOperation operation) => operation switch
    {
        IAssignmentOperation assignment => Named(assignment.Target),
        IIncrementOrDecrementOperation increment => Named(increment.Target),
        IInvocationOperation { Instance: { } instance } => Named(instance),
        _ => null,
    };

    private static ISymbol? Named(IOperation operation) => Locals.VariableOf(operation) ?? (operation as IMemberReferenceOperation)?.Member;

    private static HashSet<int> Reach(LockFlow flow, int from, LockSite acquire, HashSet<int> stopAt, IReadOnlyList<FlowNode>? always = null)
    {
        var seen = new HashSet<int>();
        var pending = new Stack<int>();
        pending.Push(from);
        while (pending.Count > 0)
        {
            var id = pending.Pop();
            if ((flow.States[id].States.Any(s => IsHeldBy(s, acquire)) || always?.Any(n => n.Id == id) == true) && seen.Add(id) && !stopAt.Contains(id))
            {
                var node = flow.Graph.Nodes[id];
                foreach (var next in Next(flow, node))
                {
                    pending.Push(next);
                }
            }
        }

        return seen;
    }

    /// <summary>Where the node leads to; the graph goes on behind a call that does not come back, and this does not.</summary>
    private static IEnumerable<int> Next(LockFlow flow, FlowNode node)
    {
        var end = node.Block?.Operations.SelectMany(static o => o.DescendantsAndSelf()).OfType<IInvocationOperation>().FirstOrDefault(NoReturn.Is);
        return end is null ? node.Out.Select(static edge => edge.Target)
            : NoReturn.EndsProcess(end) ? Enumerable.Empty<int>()
            : flow.Graph.HandlersOf(node, null);
    }

    /// <summary>Whether the lock is held in the state, and by just this acquire.</summary>
    public static bool IsHeldBy(PathState state, LockSite acquire) => state[acquire.Place] is { Phase: LockPhase.Held } held && held.Site == acquire.Index;

    /// <summary>
    /// Somebody else may release: another member of the type gives back what it did not take, or the function tells its caller by its result
    /// (an exception that nobody catches tells nothing), or by a flag about one that it caught, and the caller can reach the lock. A program may keep its mutex.
    /// </summary>
    private static bool MayBeHandedOn(LockFlow flow, HeldExit exit, BodyFacts body)
    {
        var acquire = exit.Acquire;
        var place = acquire.Place;
        if (acquire.Action is { IsScope: true, Making: { } guard })
        {
            return body.Type is not { } type || DroppedGuard.HolderOf(guard, body, type) is null;
        }

        if (acquire.Action.IsScope)
        {
            return body.Once(LockScopes.Of) is var scopes && scopes.At(acquire.Syntax) is { } scope && scopes.MayBeExited(scope);
        }

        if (MayBeReleasedElsewhere(flow, place, body) || ProgramMutex.MayBeKept(acquire, flow, body))
        {
            return true;
        }

        // Whose exception nobody catches tells nothing.
        if (exit.Cause == HeldExitCause.CallMayThrow && flow.States[flow.Graph.ThrowExit].States.Any(s => s.HasThrown && IsHeldBy(s, acquire)))
        {
            return false;
        }

        var path = flow.Table.Places[place].Path;
        var isPrivate = path.IsSharedWithinType && path.Holder is { DeclaredAccessibility: Accessibility.Private };
        var result = (flow.Function.Symbol ?? body.Owner as IMethodSymbol)?.ReturnType;
        var tellsNothing = !flow.States[flow.Graph.Exit].States.Any(s => s.HasThrown == (exit.Cause == HeldExitCause.CallMayThrow) && IsHeldBy(s, acquire)) || result is null || result.SpecialType == SpecialType.System_Void ||
            (TaskModels.IsTask(result, body.Model.Types) && result is INamedTypeSymbol { IsGenericType: false });
        return !isPrivate && (!tellsNothing || (exit.Cause == HeldExitCause.CallMayThrow && flow.Graph.Nodes.Any(n => n.Out.Length == 2 && IsFlag(n) && flow.States[n.Id].States.Any(s => s.HasThrown && IsHeldBy(s, acquire)))));
    }

    /// <summary>Whether another member of the type may give back a lock that it did not take. A private one that is made for that is not asked, but those that call it.</summary>
    public static bool MayBeReleasedElsewhere(LockFlow flow, int place, BodyFacts body) => flow.Table.Places[place].Path is { IsSharedWithinType: true, Holder: { } holder }
        ? body.UnbalancedOn(holder).Any(name => name != body.Owner.Name && MayRelease(name, holder, body))
        : flow.Table.Places[place].Path is { Root: PathRoot.This or PathRoot.TypeOf, Steps.IsEmpty: true } path && body.Type is { } type && type.Once(LockHelpers.Of).MayReleaseItself(path, body);

    private static bool MayRelease(string name, ISymbol holder, BodyFacts body) =>
        body.Type is not { } type || type.Once(LockHelpers.Of) is var helpers && (body.Owner.ContainingType.GetMembers(name) is { IsEmpty: false } members
            ? members.OfType<IMethodSymbol>().Any(method => helpers.MayRelease(method, holder) && !helpers.IsOnlyCalled(method))
            : !helpers.KeepsInBase(name, holder));
}
