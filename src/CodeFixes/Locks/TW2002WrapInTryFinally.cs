using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Locks;

/// <summary>Puts what follows the acquire into a <c>try</c> whose <c>finally</c> releases, to the end of the function, the loop's round or the branch.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2002WrapInTryFinally() : ThreadwiseFix("TW2002")
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) => TryFinally.ApplyToTheEndAsync(document, site, cancellation);
}
