using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Placement;

/// <summary>Gives each thread of the loop a total of its own, and adds these up under the lock when a thread has done its rounds.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW6006ThreadLocalTotal() : ThreadwiseFix("TW6006")
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        ThreadLocalTotal.ApplyAsync(document, site.Target.FirstAncestorOrSelf<LockStatementSyntax>(), cancellation);
}
