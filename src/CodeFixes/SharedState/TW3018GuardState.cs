using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.SharedState;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.SharedState;

/// <summary>Makes each update atomic where <c>Interlocked</c> can, else takes a new lock around each access.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW3018GuardState() : ThreadwiseFix(TW3018StateProbablyShared.Id)
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) => site.Properties[FixProperties.Edit] == TW3018StateProbablyShared.UseInterlocked
        ? StateFix.UseInterlockedAsync(document, site, cancellation)
        : StateFix.IntroduceGateAsync(document, site, cancellation);
}
