using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Locks;

/// <summary>
/// Makes a private lock that is held over an <c>await</c> a <c>SemaphoreSlim</c>, in every use of it. It changes behaviour: who holds a semaphore and waits for it again waits for ever.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2007ConvertToSemaphore() : ChangingFix("TW2007", "Convert")
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        SemaphoreConversion.ApplyAsync(document, site, cancellation);
}
