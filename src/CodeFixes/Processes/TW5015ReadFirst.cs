using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Processes;

namespace Threadwise.CodeFixes.Processes;

/// <summary>Begins to read each pipe in front of the write, and takes the text where it was read.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW5015ReadFirst() : ThreadwiseFix("TW5015")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var places = site.Others.Select(static o => o?.FirstAncestorOrSelf<InvocationExpressionSyntax>()).ToList();
        if (root is null || places.Count < 2 || places.Contains(null) || site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } write)
        {
            return null;
        }

        // The start comes last.
        var reads = places.GetRange(0, places.Count - 1);
        var start = places[reads.Count]!;
        if (write.Ancestors().OfType<StatementSyntax>().Any(s => s.Span.Contains(start.Span) && !reads.TrueForAll(read => s.Span.Contains(read!.Span))))
        {
            return null;
        }

        SyntaxNode? changed = root.TrackNodes(places.Append(write)!);
        foreach (var read in reads)
        {
            var layout = new Layout(changed.GetText());
            changed = BegunRead.Before(changed, layout, changed.GetCurrentNode(write)!, changed.GetCurrentNode(read!)!);
            if (changed is null)
            {
                return null;
            }
        }

        return document.WithSyntaxRoot(changed);
    }
}
