using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// <c>acquire; … release;</c> becomes <c>acquire; try { … } finally { release; }</c>. Releases before an early way out go away, for the <c>finally</c> does
/// their work. Nothing is offered where more code would run under the lock than before.
/// </summary>
internal static class TryFinally
{
    /// <summary>The repaired document, or null; the first <paramref name="count"/> other places of the site are the releases of the lock.</summary>
    public static async Task<Document?> ApplyAsync(Document document, FixSite site, int count, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var releases = site.Others.Take(count).Select(static o => o?.FirstAncestorOrSelf<InvocationExpressionSyntax>()).OfType<InvocationExpressionSyntax>().ToList();
        return model is null || root is null || releases.Count != count || site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } acquire ||
               TryFinallyRegion.Of(acquire, releases, model) is not { } region || !site.OwnReleases().All(region.TakesOver)
            ? null
            : await WrapAsync(document, root, region, model, cancellation).ConfigureAwait(false);
    }

    /// <summary>The repaired document, or null, for an acquire that nothing releases: the hold goes to the end of the statements.</summary>
    public static async Task<Document?> ApplyToTheEndAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return model is null || root is null || site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } acquire || TryFinallyRegion.ToTheEnd(acquire, model) is not { } region
            ? null
            : await WrapAsync(document, root, region, model, cancellation).ConfigureAwait(false);
    }

    /// <summary>The repaired document, or null, for a region that is known.</summary>
    public static async Task<Document?> WrapAsync(Document document, SyntaxNode root, TryFinallyRegion region, SemanticModel model, CancellationToken cancellation)
    {
        if (!MayBeWrapped(region, model) || WidenedLocals.Of(region, model, cancellation) is not { } locals)
        {
            return null;
        }

        var block = new TryBlock(new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false)), region);
        if (!block.Fits)
        {
            return null;
        }

        var body = region.Body.Select(s => locals.Assigned(block.WithoutReleases(s), s)).OfType<StatementSyntax>().ToList();
        return body.Count == 0 ? null : document.WithSyntaxRoot(Replace(root, region, block, locals, body));
    }

    private static SyntaxNode Replace(SyntaxNode root, TryFinallyRegion region, TryBlock block, WidenedLocals locals, IReadOnlyList<StatementSyntax> body)
    {
        var list = region.List;
        var start = list.Statements.IndexOf(region.Opening);
        var first = start < 0 ? region.First : start;
        var before = list.Statements.GetRange(first, region.First - first);
        if (before.Count > 0)
        {
            before[before.Count - 1] = block.Apart(before[before.Count - 1]);
        }

        var wrapped = block.Of(body);
        var declarations = locals.Declarations.Select(block.Line).ToList();
        if (declarations.Count > 0 && before.Count > 0)
        {
            (declarations[0], before[0]) = block.InFrontOf(declarations[0], before[0]);
        }

        return list.Replace(root, first, region.First - first + region.Count, [.. declarations, .. before, wrapped]);
    }

    /// <summary>
    /// A <c>using</c> declaration of the region disposes at the end of the block, behind the release, and would at the end of the <c>try</c>, in front of it: the same only where the source has no
    /// release. Labels stay with all that can jump to them.
    /// </summary>
    private static bool MayBeWrapped(TryFinallyRegion region, SemanticModel model)
    {
        // Where the release is missing, those of the lock elsewhere are known to give back other acquires.
        var start = region.Added is null ? region.Opening : region.Body[0];
        return !ConditionalCode.IsBetween(region.Opening, region.Last) && !OtherLocks.Overlap(start, region.Last, model) &&
            !region.Inner.Append(region.AnyRelease).Any(static r => r.ContainsDirectives) &&
            !region.Body.Any(s => s is LabeledStatementSyntax || (region.Added is null && s is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }));
    }
}
