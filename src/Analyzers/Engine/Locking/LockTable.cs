using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Flow;
using Threadwise.Analyzers.Engine.Places;
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
    private readonly List<LockPlace> _places = [];
    private readonly List<LockSite> _sites = [];

    private LockTable()
    {
    }

    public IReadOnlyList<LockPlace> Places => _places;

    public IReadOnlyList<LockSite> Sites => _sites;

    /// <summary>The function has more locks or lock calls than are followed.</summary>
    public bool IsTooLarge => _places.Count > Limits.LocksPerBody || _sites.Count > Limits.LockSitesPerBody;

    /// <summary>Reads the blocks of <paramref name="graph"/>; nested functions are graphs of their own.</summary>
    public static LockTable Read(ControlFlowGraph graph, LockModels models, PlaceResolver places)
    {
        var table = new LockTable();
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.DescendantOperations())
            {
                table.Read(operation, models, places);
            }
        }

        return table;
    }

    /// <summary>The site of a lock call, or null when the call is no lock call or its lock has no path.</summary>
    public LockSite? SiteOf(IInvocationOperation call) => _siteIds.TryGetValue(call.Syntax, out var site) ? site : null;

    public LockSite Site(int index) => _sites[index - 1];

    private void Read(IOperation operation, LockModels models, PlaceResolver places)
    {
        if (operation is IInvocationOperation { IsImplicit: false } call && !_siteIds.ContainsKey(call.Syntax) &&
            models.MeaningOf(call) is { } action && places.PathOf(action.Lock) is { } path)
        {
            var place = new LockPlace(path, action.Kind, action.Mode);
            if (!_placeIds.TryGetValue(place, out var id))
            {
                _placeIds.Add(place, id = _places.Count);
                _places.Add(place);
            }

            var site = new LockSite(_sites.Count + 1, id, action);
            _sites.Add(site);
            _siteIds.Add(call.Syntax, site);
        }
    }
}
