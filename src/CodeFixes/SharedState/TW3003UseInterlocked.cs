using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Rules.SharedState;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.SharedState;

/// <summary>Makes each update in two steps one call of <c>Interlocked</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW3003UseInterlocked() : ThreadwiseFix(TW3003NonAtomicVolatileUpdate.Id)
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        StateFix.UseInterlockedAsync(document, site, cancellation);
}
