using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Threads;

/// <summary>Tests the answer of a timed join: <c>if (!t.Join(timeout)) throw new TimeoutException();</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1013ThrowOnTimeout() : ThreadwiseFix("TW1013")
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) => TimeoutTest.ApplyAsync(document, site.Target, cancellation);
}
