using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Locks;

/// <summary>Locks a new private object in all places of the class that lock the shared one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2101LockOnPrivateGate() : ThreadwiseFix("TW2101")
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        GateLocks.MoveAsync(document, site.Target, cancellation);
}
