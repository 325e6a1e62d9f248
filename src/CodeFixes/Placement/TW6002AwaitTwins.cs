using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Simplification;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Placement;

/// <summary>Makes the work of a <c>Task.Run</c> async, so that it awaits what it waited for on its thread. The task ends with the work as before.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW6002AwaitTwins() : ThreadwiseFix("TW6002")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        if (site.Properties[FixProperties.Edit] != "Await" || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root ||
            AwaitedCalls.Of(site.Others.Insert(0, site.Target), site.Properties[FixProperties.Twins]!.Split(',')) is not { } lambda)
        {
            return null;
        }

        var changed = document.WithSyntaxRoot(root.ReplaceNode(lambda.Old, lambda.New));
        return await Simplifier.ReduceAsync(changed, Simplifier.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }
}
