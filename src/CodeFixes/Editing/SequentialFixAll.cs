using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.CodeFixes.Editing;

/// <summary>
/// Fix All that makes the edits of a document one after the other, each on the result of the one before. The stock batch fixer merges
/// independent edits and drops those that overlap, which nested locks do.
/// </summary>
internal static class SequentialFixAll
{
    public static FixAllProvider For(ThreadwiseFix fix) => FixAllProvider.Create(async (context, document, diagnostics) =>
        await FixAsync(fix, document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    private static async Task<Document> FixAsync(
        ThreadwiseFix fix, Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null)
        {
            return document;
        }

        var marks = new Dictionary<SyntaxNode, SyntaxAnnotation>();
        var sites = new List<(SyntaxAnnotation Target, ImmutableArray<SyntaxAnnotation?> Others, FixSite Site)>();
        foreach (var diagnostic in diagnostics.OrderBy(static d => d.Location.SourceSpan.Start))
        {
            if (diagnostic.Properties.ContainsKey(FixProperties.Edit) && FixSite.Of(diagnostic, root) is { } site)
            {
                sites.Add((Mark(site.Target), ImmutableArray.CreateRange(site.Others.Select(o => o is null ? null : Mark(o))), site));
            }
        }

        document = document.WithSyntaxRoot(root.ReplaceNodes(marks.Keys, (old, now) => now.WithAdditionalAnnotations(marks[old])));
        foreach (var (target, others, site) in sites)
        {
            var now = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            if (now?.GetAnnotatedNodes(target).FirstOrDefault() is not { } node)
            {
                continue;
            }

            var here = new FixSite(
                node, ImmutableArray.CreateRange(others.Select(o => o is null ? null : now.GetAnnotatedNodes(o).FirstOrDefault())), site.Properties);
            var changed = await fix.ApplyHereAsync(document, here, cancellation).ConfigureAwait(false);
            if (changed is not null && await LinkedDocuments.StayWholeAsync(document, changed, cancellation).ConfigureAwait(false))
            {
                document = changed;
            }
        }

        return document;

        SyntaxAnnotation Mark(SyntaxNode node)
        {
            if (!marks.TryGetValue(node, out var mark))
            {
                marks.Add(node, mark = new SyntaxAnnotation());
            }

            return mark;
        }
    }
}
