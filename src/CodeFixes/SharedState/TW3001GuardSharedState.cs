using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Rules.SharedState;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.SharedState;

/// <summary>Makes each update atomic where <c>Interlocked</c> can, else takes a new lock around each access.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW3001GuardSharedState() : ThreadwiseFix(TW3001UnguardedSharedState.Id)
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) => site.Properties[Analyzers.Reporting.FixProperties.Edit] switch
    {
        TW3001UnguardedSharedState.UseInterlocked => StateFix.UseInterlockedAsync(document, site, cancellation),
        TW3001UnguardedSharedState.ThreadLocal => StateFix.ThreadLocalAsync(document, site, cancellation),
        _ => StateFix.IntroduceGateAsync(document, site, cancellation),
    };
}
