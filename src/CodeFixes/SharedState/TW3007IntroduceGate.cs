using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Rules.SharedState;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.SharedState;

/// <summary>Takes a new lock around each access of the value.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW3007IntroduceGate() : ThreadwiseFix(TW3007TornAccess.Id)
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        StateFix.IntroduceGateAsync(document, site, cancellation);
}
