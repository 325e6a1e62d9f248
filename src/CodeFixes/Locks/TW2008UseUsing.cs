using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Locks;

/// <summary>Has a <c>using</c> take the scope, so that every way out releases the lock.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2008UseUsing() : ThreadwiseFix("TW2008")
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) => ScopeUsing.ApplyAsync(document, site, cancellation);
}
