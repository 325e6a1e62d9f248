using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.Threads;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.SharedState;

namespace Threadwise.CodeFixes.Threads;

/// <summary>Makes each update of what the ticks share one call of <c>Interlocked</c>, so that they may overlap.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1015UseInterlocked() : ThreadwiseFix(TW1015OverlappingTimer.Id)
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) => site.Properties[FixProperties.Edit] == TW1015OverlappingTimer.UseInterlocked
        ? StateFix.UseInterlockedAsync(document, site, cancellation, isTarget: false)
        : Task.FromResult<Document?>(null);
}
