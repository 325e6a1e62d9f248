using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Flow;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// The locks and lock calls of one function (a body, lambda or local function, nested ones apart). A finally is several nodes of the flow
/// graph and one piece of syntax, so a site is found by its syntax.
/// </summary>
internal sealed class LockTable
{
    private readonly Dictionary<LockPlace, int> _placeIds = [];
    private readonly Dictionary<SyntaxNode, LockSite> _siteIds = [];
    private readonly Dictionary<SyntaxNode, ImmutableArray<LockSite>> _further = [];
    private readonly List<LockPlace> _places = [];
    private readonly List<LockSite> _sites = [];
    private readonly List<AccessPath> _unclear = [];

    private LockTable()
    {
    }

    public IReadOnlyList<LockPlace> Places => _places;

    public IReadOnlyList<LockSite> Sites => _sites;

    /// <summary>The function has more locks or lock calls than are followed.</summary>
    public bool IsTooLarge => _places.Count > Limits.LocksPerBody || _sites.Count > Limits.LockSitesPerBody;

    /// <summary>Reads the blocks of <paramref name="graph"/>, a function of <paramref name="body"/>; nested functions are graphs of their own.</summary>
    public static LockTable Read(ControlFlowGraph graph, BodyFacts body, PlaceResolver places)
    {
        var table = new LockTable();
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.DescendantOperations())
            {
                table.Read(operation, body, places);
            }
        }

        return table;
    }

    /// <summary>The other sites of the same call: a member may take or give back several locks.</summary>
    public ImmutableArray<LockSite> Beside(LockSite site) => _further.TryGetValue(site.Syntax, out var further) ? further : ImmutableArray<LockSite>.Empty;

    /// <summary>The site of a lock call, the first where it has several, or null when the call is no lock call or its lock has no path.</summary>
    public LockSite? SiteOf(IInvocationOperation call) => _siteIds.TryGetValue(call.Syntax, out var site) ? site : null;

    public IEnumerable<LockSite> ReleasesOf(int place) => _sites.Where(s => s.Place == place && s.Action.Verb == LockVerb.Release);

    public LockSite Site(int index) => _sites[index - 1];

    /// <summary>Whether the function also calls a member of the lock object that may do anything to the lock.</summary>
    public bool IsUnclear(int place) => _places[place].Inner is not null && _unclear.Contains(_places[place].Path);

    /// <summary>The site of an assignment that releases a flag or gives a local its owned mutex, or null.</summary>
    public LockSite? SiteOf(ISimpleAssignmentOperation assignment) => _siteIds.TryGetValue(assignment.Syntax, out var site) ? site : null;

    private void Read(IOperation operation, BodyFacts body, PlaceResolver places)
    {
        if (operation is IInvocationOperation { IsImplicit: false } call && !_siteIds.ContainsKey(call.Syntax) && MeaningsOf(call, body, places) is { IsEmpty: false } meanings)
        {
            var written = body.LockCalls.FirstOrDefault(c => c.Call.Syntax == call.Syntax);
            foreach (var (action, path) in meanings)
            {
                Add(call.Syntax, new LockSite(
                    _sites.Count + 1, PlaceOf(path, action), action,
                    IsUnderLock: written is not null && IsUnderLock(written.Call, path, places),
                    IsAnswerDropped: action is { Verb: LockVerb.TryAcquire, Kind: not LockKind.Flag } && (written ?? InTree(action, body)) is { } asked && AcquireAnswer.IsDropped(asked, body.Root)));
            }
        }
        else if (operation is ISimpleAssignmentOperation assignment && !_siteIds.ContainsKey(assignment.Syntax) && MeaningOf(assignment, body, places) is (var assigned, var holder))
        {
            Add(assignment.Syntax, new LockSite(_sites.Count + 1, PlaceOf(holder, assigned), assigned, Assignment: assignment.Syntax));
        }
        else if (LockWrappers.Unclear(operation, body) is { } receiver && places.PathOf(receiver) is { } locked)
        {
            _unclear.Add(locked);
        }
    }

    private int PlaceOf(AccessPath path, LockAction action)
    {
        var place = new LockPlace(path, action.Kind, action.Mode, action.Pair, action.Inner);
        if (!_placeIds.TryGetValue(place, out var id))
        {
            _placeIds.Add(place, id = _places.Count);
            _places.Add(place);
        }

        return id;
    }

    private void Add(SyntaxNode syntax, LockSite site)
    {
        _sites.Add(site);
        if (!_siteIds.ContainsKey(syntax))
        {
            _siteIds.Add(syntax, site);
        }
        else
        {
            _further[syntax] = Beside(site).Add(site);
        }
    }

    private static ImmutableArray<(LockAction Action, AccessPath Path)> MeaningsOf(IInvocationOperation call, BodyFacts body, PlaceResolver places)
    {
        if (body.Model.Locks.MeaningOf(call) is { } action)
        {
            return places.PathOf(action.Lock) is { } path ? ImmutableArray.Create((action, path)) : ImmutableArray<(LockAction, AccessPath)>.Empty;
        }

        if ((body.Once(LockScopes.Of).MeaningOf(call) ?? body.Once(GuardLocals.Of).At(call.Syntax) ?? TryGuards.At(call.Syntax, body)) is { } own)
        {
            return ImmutableArray.Create(own);
        }

        return body.Type?.Once(LockHelpers.Of).MeaningsOf(call, places) ?? ImmutableArray<(LockAction, AccessPath)>.Empty;
    }

    private static (LockAction Action, AccessPath Path)? MeaningOf(ISimpleAssignmentOperation assignment, BodyFacts body, PlaceResolver places) =>
        TryGuards.At(assignment.Syntax, body) ?? body.Once(GuardLocals.Of).At(assignment.Syntax) ?? (OwnedMutex.MadeBy(assignment, body) is { } made && places.PathOf(made.Lock) is { } path ? (made, path) : null);

    /// <summary>The call of a helper, as it stands in the bound tree.</summary>
    private static LockAction? InTree(LockAction action, BodyFacts body) =>
        body.Root.Descendants().OfType<IInvocationOperation>().FirstOrDefault(call => call.Syntax == action.Call.Syntax) is { } call ? action with { Call = call } : null;

    /// <summary>Whether a <c>lock</c> statement of the same function around the call is on the same object.</summary>
    private static bool IsUnderLock(IOperation call, AccessPath path, PlaceResolver places)
    {
        for (var around = call.Parent; around is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); around = around.Parent)
        {
            if (around is ILockOperation locked && path.Equals(places.PathOf(locked.LockedValue)))
            {
                return true;
            }
        }

        return false;
    }
}
