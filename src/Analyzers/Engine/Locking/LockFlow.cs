using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Flow;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// What the explicit locks of one function do on every path: solved states and the events of interest. One for the body and one for each
/// lambda and local function that holds a lock call.
/// </summary>
internal sealed partial class LockFlow : ILockObserver
{
    private readonly List<LockEvent> _releases = [];
    private readonly List<LockEvent> _acquires = [];
    private readonly List<Suspension> _suspensions = [];
    private readonly List<Return> _returns = [];
    private readonly List<CallEvent> _calls = [];
    private readonly PlaceResolver _places;
    private readonly LockHelpers? _helpers;
    private readonly LockTransfer _transfer;
    private readonly LockEffects _effects;
    private readonly Dictionary<SyntaxNode, List<FlowNode>> _nodes;
    private readonly Dictionary<SyntaxNode, ImmutableArray<PathState>> _before = [];

    private LockFlow(ISymbol member, NestedFunction function, FlowGraph graph, LockTable table, IReadOnlyList<PathSet> states, LockTransfer transfer, LockEffects effects, PlaceResolver places, LockHelpers? helpers, ImmutableHashSet<int> unfollowed)
    {
        Member = member;
        Function = function;
        Graph = graph;
        Table = table;
        States = states;
        _transfer = transfer;
        _effects = effects;
        _places = places;
        _helpers = helpers;
        Unfollowed = unfollowed;
        _nodes = NodesByCall(graph, table);
    }

    /// <summary>The member that the function is, or stands in.</summary>
    public ISymbol Member { get; }

    public NestedFunction Function { get; }

    public FlowGraph Graph { get; }

    public LockTable Table { get; }

    /// <summary>The paths that reach each node of the graph.</summary>
    public IReadOnlyList<PathSet> States { get; }

    /// <summary>Places of which nothing is said: a nested function acquires or releases them on its own, and when that runs is unknown; or a member of the lock object does what is not followed.</summary>
    public ImmutableHashSet<int> Unfollowed { get; }

    /// <summary>Locks whose state the function asks for (<c>Monitor.IsEntered</c>, <c>IsWriteLockHeld</c>).</summary>
    public ImmutableHashSet<int> TestedPlaces { get; private set; } = ImmutableHashSet<int>.Empty;

    /// <inheritdoc cref="LockEffects.MayBeHeldByCaller"/>
    public bool MayBeHeldByCaller(int place) => _effects.MayBeHeldByCaller(Table.Places[place].Path, Member, isNested: Function.Symbol is not null);

    /// <summary>Each release with each state that reaches it.</summary>
    public IReadOnlyList<LockEvent> Releases => _releases;

    /// <summary>Each acquire with each state that it begins in.</summary>
    public IReadOnlyList<LockEvent> Acquires => _acquires;

    /// <summary>Each place where the thread may change, with each state that reaches it.</summary>
    public IReadOnlyList<Suspension> Suspensions => _suspensions;

    /// <summary>Each <c>return</c> of a value with each state that reaches it.</summary>
    public IReadOnlyList<Return> Returns => _returns;

    /// <summary>The acquire whose task is all that the function returns, or null.</summary>
    public LockSite? Forwarded
    {
        get
        {
            var values = Graph.Source.Blocks.Where(static b => b.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return).ToList();
            return values.Count == 1 && values[0].BranchValue is { } value && LockTransfer.AwaitedCall(value) is { } call && Table.SiteOf(call) is { Action: { IsAwaited: true, IsAcquire: true } } site
                ? site
                : null;
        }
    }

    /// <summary>The paths that reach each node when the function begins in <paramref name="entry"/>, or null when a bound is hit.</summary>
    public IReadOnlyList<PathSet>? SolvedFrom(PathState entry, BodyFacts body) => PathSolver.Solve(Graph, _transfer, entry, body.Cancellation);

    /// <summary>The states in which each acquire begins on the paths that have not come past an acquire that waits for itself, or null when a bound is hit.</summary>
    public ILookup<SyntaxNode, PathState>? AcquiresUntil(Func<int, int, bool> excludes, BodyFacts body)
    {
        _transfer.Excludes = excludes;
        var heard = PathSolver.Solve(Graph, _transfer, PathState.Entry, body.Cancellation) is { } states ? new Heard(_transfer, Graph, states) : null;
        _transfer.Excludes = null;
        return heard?.Acquires.ToLookup(static a => a.Site.Syntax, static a => a.State);
    }

    /// <summary>How the function ends where no wait finds its mutex abandoned, or null when a bound is hit.</summary>
    public Ends? EndsUnlessAbandoned(BodyFacts body) => EndsOf(Graph.Entry, PathState.Entry, body);

    /// <summary>The same once the acquire, begun in <paramref name="before"/>, has come to <paramref name="handler"/> with the lock held.</summary>
    public Ends? EndsFrom(int handler, LockSite acquire, PathState before, BodyFacts body) => EndsOf(handler, _transfer.Acquired(acquire, before), body);

    private Ends? EndsOf(int start, PathState state, BodyFacts body)
    {
        _transfer.IsNeverAbandoned = true;
        var ends = PathSolver.Solve(Graph, _transfer, start, state, body.Cancellation) is { } states
            ? new Ends(ImmutableArray.CreateRange(states[Graph.Exit].States), ImmutableArray.CreateRange(states[Graph.ThrowExit].States), ImmutableArray.CreateRange(new Heard(_transfer, Graph, states).Returns))
            : null;
        _transfer.IsNeverAbandoned = false;
        return ends;
    }

    /// <summary>Where the paths that reach the node in one of the states <paramref name="from"/> go on in one of the states <paramref name="to"/>.</summary>
    public IReadOnlyCollection<int> Next(FlowNode node, Func<PathState, bool> from, Func<PathState, bool> to, bool withHandlers)
    {
        var step = new Successors(Graph, node, to, withHandlers);
        foreach (var state in States[node.Id].States.Where(from))
        {
            _transfer.Run(node, state, step);
        }

        return step.Found;
    }

    /// <summary>Uses of members of the type that have to do with locks, each with each state that reaches it.</summary>
    public IReadOnlyList<CallEvent> Calls => _calls;

    /// <summary>The path of an operation of this function.</summary>
    public AccessPath? PathOf(IOperation? operation) => _places.PathOf(operation);

    /// <summary>Whether the call is known to come back whatever it is given: it only tells somebody, or is a member of the type that does no more than that.</summary>
    public bool ComesBack(IInvocationOperation call) => _effects.ComesBack(call);

    /// <summary>Whether the call is output for a human.</summary>
    public bool Tells(IInvocationOperation call) => _effects.Tells(call);

    /// <summary>A member used in a state.</summary>
    internal readonly record struct CallEvent(MemberUse Use, PathState State);

    /// <summary>A value returned in a state.</summary>
    /// <param name="State">The state.</param>
    /// <param name="Answer">The value, where it is a boolean that is known.</param>
    /// <param name="IsLast">No <c>finally</c> comes after it.</param>
    internal readonly record struct Return(PathState State, bool? Answer, bool IsLast);

    /// <summary>How a function ends.</summary>
    /// <param name="Returned">The states in which it returns.</param>
    /// <param name="Thrown">The states in which an exception leaves it.</param>
    /// <param name="Values">What it returns.</param>
    internal sealed record Ends(ImmutableArray<PathState> Returned, ImmutableArray<PathState> Thrown, ImmutableArray<Return> Values);

    /// <summary>An acquire or release reached in a state.</summary>
    internal readonly record struct LockEvent(LockSite Site, PathState State, FlowNode Node);

    /// <summary>An await or yield reached in a state.</summary>
    internal readonly record struct Suspension(IOperation Operation, PathState State, FlowNode Node);

    /// <summary>Nodes that hold the call; a call in a finally has one for each way in.</summary>
    public IReadOnlyList<FlowNode> NodesOf(LockSite site) => _nodes.TryGetValue(site.Syntax, out var nodes) ? nodes : [];

    /// <summary>The locks that are held on every path right before the statement or condition around <paramref name="place"/>; null where a path is not known, or none leads there.</summary>
    public ImmutableArray<int>? HeldBefore(SyntaxNode place) => StatesBefore(place) is { } states ? HeldIn(states) : null;

    /// <summary>The states in which the statement or condition around <paramref name="place"/> begins; null where no path leads there.</summary>
    public ImmutableArray<PathState>? StatesBefore(SyntaxNode place)
    {
        for (var at = place; at is not null; at = at.Parent)
        {
            if (_before.TryGetValue(at, out var states))
            {
                return states;
            }
        }

        return null;
    }

    /// <summary>Whether the lock is held by just this acquire on every path right before the statement.</summary>
    public bool IsHeldBefore(LockSite acquire, SyntaxNode statement) => _before.TryGetValue(statement, out var states) && states.Any(static s => !s.HasThrown) &&
        states.All(s => s.HasThrown || (s[acquire.Place] is { Phase: LockPhase.Held } held && held.Site == acquire.Index));

    /// <summary>The locks that are held on every path before the one place and on every path before the later one, and that nothing in between takes or gives back.</summary>
    public IEnumerable<int> HeldBetween(SyntaxNode start, SyntaxNode end) => HeldBefore(start) is { } before && HeldBefore(end) is { } after
        ? before.Where(place => after.Contains(place) && !Table.Sites.Any(site => site.Place == place && site.Syntax.SpanStart >= start.Span.End && site.Syntax.SpanStart < end.SpanStart))
        : [];

    /// <summary>A path on which an acquire is imagined to have thrown, behind a handler (<c>catch (AbandonedMutexException)</c>), says nothing against the others.</summary>
    private ImmutableArray<int>? HeldIn(ImmutableArray<PathState> states)
    {
        var held = ImmutableArray.CreateBuilder<int>();
        for (var i = 0; i < Table.Places.Count; i++)
        {
            var isHeld = states.Any(state => state[i].Phase == LockPhase.Held);
            foreach (var state in states)
            {
                if (state[i].Phase == LockPhase.Unknown)
                {
                    return null;
                }

                isHeld &= state[i].Phase is LockPhase.Held or LockPhase.AcquireMightThrow;
            }

            if (isHeld)
            {
                held.Add(i);
            }
        }

        return held.ToImmutable();
    }

    /// <summary>The graph with its states, for tests and documentation.</summary>
    public string Dump()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Table.Places.Count; i++)
        {
            text.Append('L').Append(i).Append(" = ").Append(Table.Places[i]).Append('\n');
        }

        foreach (var node in Graph.Nodes.Where(n => States[n.Id].IsReachable))
        {
            var name = node.Id == Graph.Entry ? "entry" : node.Id == Graph.Exit ? "exit" : node.Id == Graph.ThrowExit ? "throw" : $"n{node.Id}";
            text.Append(name).Append("  ").Append(States[node.Id]).Append('\n');
            foreach (var operation in node.Block?.Operations ?? ImmutableArray<IOperation>.Empty)
            {
                text.Append("    ").Append(FirstLine(operation.Syntax)).Append('\n');
            }

            if (node.Block?.BranchValue is { } value)
            {
                text.Append("    if ").Append(FirstLine(value.Syntax)).Append('\n');
            }

            foreach (var edge in node.Out)
            {
                text.Append("    ").Append(edge.Kind).Append(" -> n").Append(edge.Target).Append('\n');
            }
        }

        return text.ToString();
    }

    void ILockObserver.Reaching(IOperation operation, PathState state)
    {
        // One in a `finally` has the states of each way in.
        _before[operation.Syntax] = _before.TryGetValue(operation.Syntax, out var reaching) ? reaching.Add(state) : ImmutableArray.Create(state);
    }

    void ILockObserver.Releasing(LockSite site, PathState state, FlowNode node) => _releases.Add(new LockEvent(site, state, node));

    void ILockObserver.Acquiring(LockSite site, PathState state, FlowNode node) => _acquires.Add(new LockEvent(site, state, node));

    void ILockObserver.Calling(IOperation use, PathState state)
    {
        if (_helpers is null)
        {
            return;
        }

        foreach (var member in MemberUse.Of(use))
        {
            if (_helpers.IsFollowed(member.Method))
            {
                _calls.Add(new CallEvent(member, state));
            }
        }
    }

    void ILockObserver.Returning(PathState state, bool? answer, FlowNode node) =>
        _returns.Add(new Return(state, answer, IsLast(Graph, node)));

    void ILockObserver.Suspending(IOperation operation, PathState state, FlowNode node) => _suspensions.Add(new Suspension(operation, state, node));

    private static bool IsLast(FlowGraph graph, FlowNode node) => node.Out.All(edge => edge.Target == graph.Exit);

    private static string FirstLine(SyntaxNode syntax) => syntax.ToString().Split('\n')[0].Trim();
}
