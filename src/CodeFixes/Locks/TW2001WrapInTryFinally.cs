using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Locks;

/// <summary>Puts what runs under the lock into a <c>try</c> whose <c>finally</c> releases, so that the path that forgot it does too.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2001WrapInTryFinally() : ThreadwiseFix("TW2001")
{
    // Behind the releases comes the condition that decides.
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        TryFinally.ApplyAsync(document, site, site.Others.Length - 1, cancellation);
}
