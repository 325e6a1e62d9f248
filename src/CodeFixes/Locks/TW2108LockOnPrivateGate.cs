using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Locks;

/// <summary>Locks a new private object in all places of the class that lock its <c>this</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2108LockOnPrivateGate() : ThreadwiseFix("TW2108")
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        GateLocks.MoveAsync(document, site.Target, cancellation);
}
