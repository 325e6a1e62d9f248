using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.State;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.SharedState;

/// <summary>The edits that fixes of shared state have in common, from the places and facts of a report.</summary>
internal static class StateFix
{
    /// <summary>The accesses that the report is about; null where one of them lies in another file.</summary>
    public static IReadOnlyList<SyntaxNode>? Accesses(FixSite site)
    {
        var count = site.Properties.TryGetValue(FixProperties.Accesses, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var others = site.Others.Take(count).ToList();
        return others.Any(static o => o is null) ? null : [site.Target, .. others.Select(static o => o!)];
    }

    /// <summary>Takes a new lock around each access of a field, beside the field: where other types lead to the variable, a lock at the access would be another one for each that comes there.</summary>
    public static async Task<Document?> IntroduceGateBesideAsync(Document document, FixSite site, CancellationToken cancellation) =>
        await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } model && Accesses(site)?.All(a => IsOwnField(a, model, cancellation)) == true
            ? await IntroduceGateAsync(document, site, cancellation).ConfigureAwait(false)
            : null;

    private static bool IsOwnField(SyntaxNode access, SemanticModel model, CancellationToken cancellation) => access switch
    {
        ElementAccessExpressionSyntax element => IsOwnField(element.Expression, model, cancellation),
        MemberAccessExpressionSyntax member => model.GetSymbolInfo(member, cancellation).Symbol is IFieldSymbol or IPropertySymbol && (member.Expression is ThisExpressionSyntax || model.GetSymbolInfo(member.Expression, cancellation).Symbol is INamedTypeSymbol),
        IdentifierNameSyntax => model.GetSymbolInfo(access, cancellation).Symbol is IFieldSymbol or IPropertySymbol,
        _ => false,
    };

    /// <summary>Takes a new lock around each access.</summary>
    public static Task<Document?> IntroduceGateAsync(Document document, FixSite site, CancellationToken cancellation) =>
        Accesses(site) is { } accesses ? NewGate.TakeAsync(document, accesses, cancellation) : Task.FromResult<Document?>(null);

    /// <summary>Takes a new lock around the step of a total, and then only once a thread.</summary>
    public static async Task<Document?> ThreadLocalAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var guarded = Accesses(site) is { } accesses ? await NewGate.TakeAsync(document, accesses, cancellation, mayBeWhole: true).ConfigureAwait(false) : null;
        var root = guarded is null ? null : await guarded.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return guarded is null || root?.GetAnnotatedNodes(GuardedUnit.New).OfType<LockStatementSyntax>().SingleOrDefault() is not { } section
            ? null
            : await ThreadLocalTotal.ApplyAsync(guarded, section, cancellation).ConfigureAwait(false);
    }

    /// <summary>Makes each update atomic; the one at the report itself among them where <paramref name="isTarget"/>.</summary>
    public static async Task<Document?> UseInterlockedAsync(Document document, FixSite site, CancellationToken cancellation, bool isTarget = true)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return root is not null && model is not null && Accesses(site) is { } accesses && AtomicUpdate.Of(root, isTarget ? accesses : accesses.Skip(1).ToList(), model, cancellation) is { } changed ? document.WithSyntaxRoot(changed) : null;
    }

    /// <summary>Takes the lock that the report names around each access.</summary>
    public static async Task<Document?> TakeLockAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return root is not null && model is not null && Accesses(site) is { } accesses && site.Properties.TryGetValue(FixProperties.Gate, out var gate) && gate is not null &&
               GuardedAccesses.Guard(root, accesses, LockName.AsSeen(gate, accesses, model), model, cancellation) is { } changed
            ? await Formatter.FormatAsync(document.WithSyntaxRoot(changed), Formatter.Annotation, cancellationToken: cancellation).ConfigureAwait(false)
            : null;
    }
}
