using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Processes;

/// <summary>Puts the wait into a <c>try</c> whose handler counts the abandoned mutex as acquired.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW5007HandleAbandoned() : ThreadwiseFix("TW5007")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } wait)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        return AbandonedTry.Around(root, wait, layout) is { } changed ? document.WithSyntaxRoot(changed) : null;
    }
}
