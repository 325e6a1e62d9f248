using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Locks;

/// <summary>Puts what runs under the lock into a <c>try</c> whose <c>finally</c> releases, so that an exception does not leave it held. A scope of <c>Lock</c> goes into a <c>using</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2012WrapInTryFinally() : ThreadwiseFix("TW2012")
{
    // Behind the releases comes what may throw.
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        site.Properties[FixProperties.Edit] == "UseUsing"
            ? ScopeUsing.ApplyAsync(document, site, cancellation)
            : TryFinally.ApplyAsync(document, site, site.Others.Length - 1, cancellation);
}
