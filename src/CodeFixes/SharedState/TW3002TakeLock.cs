using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Rules.SharedState;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.SharedState;

/// <summary>Takes the lock that guards the field elsewhere around each access that left it out.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW3002TakeLock() : ThreadwiseFix(TW3002InconsistentlyGuarded.Id)
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        StateFix.TakeLockAsync(document, site, cancellation);
}
