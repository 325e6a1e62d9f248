using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Locks;

/// <summary>Moves an acquire that cannot fail in front of the <c>try</c> whose finally releases, or of an inner one where the <c>try</c> has handlers.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2013AcquireBeforeTry() : ThreadwiseFix("TW2013")
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        PairRepair.ApplyAsync(document, site, cannotFail: true, cancellation);
}
