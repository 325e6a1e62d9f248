using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.SharedState;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.State;

namespace Threadwise.CodeFixes.SharedState;

/// <summary>Goes through a copy, made under the lock of those that change the collection or before the first of them starts; or takes their lock, or a new one, around each access.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW3011EnumerateCopy() : ThreadwiseFix(TW3011ModifiedWhileEnumerated.Id)
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) => site.Properties[FixProperties.Edit] switch
    {
        TW3011ModifiedWhileEnumerated.Snapshot when site.Properties.TryGetValue(FixProperties.Gate, out var gate) && gate is not null => Snapshots.UnderLockAsync(document, site.Target, gate, cancellation),
        TW3011ModifiedWhileEnumerated.CopyFirst when site.Others.FirstOrDefault() is { } enumerated => Snapshots.InPlaceAsync(document, enumerated, cancellation),
        TW3011ModifiedWhileEnumerated.TakeLock => StateFix.TakeLockAsync(document, site, cancellation),
        TW3011ModifiedWhileEnumerated.IntroduceGate => StateFix.IntroduceGateAsync(document, site, cancellation),
        _ => Task.FromResult<Document?>(null),
    };
}
