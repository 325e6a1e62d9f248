using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Locks;

/// <summary>
/// Takes the acquire out of the <c>try</c> whose finally releases: in front of it, in front of an inner one where handlers must keep seeing what the
/// acquire throws, or, where neither keeps the behaviour, by a flag that the release asks.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2003ReleaseOnlyAcquired() : ThreadwiseFix("TW2003")
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        PairRepair.ApplyAsync(document, site, cannotFail: false, cancellation);
}
