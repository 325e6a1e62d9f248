using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Placement;

/// <summary>A parallel loop with a bound, joins included, in the place of a thread for each element.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW6003BoundedLoop() : ThreadwiseFix("TW6003")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        site.Target.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is { } creation ? await ParallelLoop.RewriteAsync(document, creation, isBounded: true, cancellation).ConfigureAwait(false) : null;
}
