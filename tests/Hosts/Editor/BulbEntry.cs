using System;
using System.Collections;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.Hosts.Editor;

/// <summary>One entry of the light bulb's menu.</summary>
/// <param name="Provider">The simple name of the class that offers it.</param>
/// <param name="Ids">The reports that it is offered for.</param>
/// <param name="Nested">The titles of its sub-menu.</param>
/// <param name="Scopes">What "fix all" is offered for.</param>
internal sealed record BulbEntry(
    string Provider, CodeAction Action, ImmutableArray<string> Ids, ImmutableArray<CodeAction> Nested, ImmutableArray<FixAllScope> Scopes)
{
    private object? FixAllState { get; init; }

    private Document Document { get; init; } = null!;

    public string Title => Action.Title;

    public static BulbEntry Of(object collection, object fix, Document document)
    {
        var action = Internals.Get<CodeAction>(fix, "Action");
        return new BulbEntry(
            Internals.Get<object>(collection, "Provider").GetType().Name,
            action,
            [.. Internals.Get<IEnumerable>(fix, "Diagnostics").Cast<Diagnostic>().Select(static d => d.Id).Distinct()],
            Internals.Get<ImmutableArray<CodeAction>>(action, "NestedActions"),
            Internals.Get<ImmutableArray<FixAllScope>>(collection, "SupportedScopes"))
        {
            FixAllState = Internals.Get<object?>(collection, "FixAllState"),
            Document = document,
        };
    }

    /// <summary>The solution after a click on this entry.</summary>
    public Task<Solution> ApplyAsync(CancellationToken cancellation) => ApplyAsync(Action, cancellation);

    /// <summary>The solution after a click on an entry of the sub-menu.</summary>
    public static async Task<Solution> ApplyAsync(CodeAction action, CancellationToken cancellation)
    {
        var operations = await action.GetOperationsAsync(cancellation);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    /// <summary>The solution after "fix all".</summary>
    public async Task<Solution> ApplyAllAsync(FixAllScope scope, CancellationToken cancellation)
    {
        var state = FixAllState ?? throw new InvalidOperationException($"'{Title}' has no fix all.");
        var scoped = Internals.Call(state.GetType(), state, "With", [], Document, Document.Project, scope, Action.EquivalenceKey)!;
        var context = Internals.Construct<FixAllContext>(scoped, new Progress<CodeAnalysisProgress>(), cancellation);
        var action = await Internals.Get<FixAllProvider>(scoped, "FixAllProvider").GetFixAsync(context);
        return await ApplyAsync(action ?? throw new InvalidOperationException($"'{Title}' in the whole {scope} changes nothing."), cancellation);
    }
}
