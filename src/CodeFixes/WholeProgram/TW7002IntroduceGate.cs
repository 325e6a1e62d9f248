using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Rules.WholeProgram;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.SharedState;

namespace Threadwise.CodeFixes.WholeProgram;

/// <summary>Takes a new lock around each access of the collection.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW7002IntroduceGate() : ThreadwiseFix(TW7002UnsafeCollectionAcrossTypes.Id)
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        StateFix.IntroduceGateBesideAsync(document, site, cancellation);
}
