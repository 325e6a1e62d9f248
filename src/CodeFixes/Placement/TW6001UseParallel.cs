using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Placement;

/// <summary>Lets <c>Parallel</c> share the work out over the processors: <c>Parallel.ForEach</c>, <c>Parallel.For</c> or <c>Parallel.Invoke</c>, joins included.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW6001UseParallel() : ThreadwiseFix("TW6001")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        if (site.Target.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { } creation)
        {
            return null;
        }

        if (site.Properties[FixProperties.Edit] == "ParallelLoop")
        {
            return await ParallelLoop.RewriteAsync(document, creation, isBounded: false, cancellation).ConfigureAwait(false);
        }

        var all = site.Others.Select(static o => o?.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>()).OfType<BaseObjectCreationExpressionSyntax>().Prepend(creation).ToList();
        return all.Count == site.Others.Length + 1 ? await ParallelInvoke.RewriteAsync(document, all, cancellation).ConfigureAwait(false) : null;
    }
}
