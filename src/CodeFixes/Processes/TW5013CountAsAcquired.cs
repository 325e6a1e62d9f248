using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Processes;

/// <summary>Goes on behind the handler as behind a wait that has succeeded.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW5013CountAsAcquired() : ThreadwiseFix("TW5013")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<CatchClauseSyntax>() is not { Filter: null, Parent: TryStatementSyntax tried } handler ||
            site.Others.FirstOrDefault()?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } acquire || !tried.Block.Span.Contains(acquire.Span))
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        return CountedHandler.Of(handler, tried, acquire, layout) is { } counted ? document.WithSyntaxRoot(root.ReplaceNode(handler, counted)) : null;
    }
}
