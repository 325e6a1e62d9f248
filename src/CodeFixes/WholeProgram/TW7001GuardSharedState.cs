using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Rules.WholeProgram;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.SharedState;

namespace Threadwise.CodeFixes.WholeProgram;

/// <summary>Makes each update atomic where <c>Interlocked</c> can, else takes a new lock around each access.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW7001GuardSharedState() : ThreadwiseFix(TW7001SharedStateAcrossTypes.Id)
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        site.Properties[Analyzers.Reporting.FixProperties.Edit] == TW7001SharedStateAcrossTypes.UseInterlocked
            ? StateFix.UseInterlockedAsync(document, site, cancellation)
            : StateFix.IntroduceGateBesideAsync(document, site, cancellation);
}
