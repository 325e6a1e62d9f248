using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Queues;

/// <summary>Gives the signal in a <c>finally</c> behind what may throw.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW4011SignalInFinally() : ThreadwiseFix("TW4011")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (model is null || root is null || site.Target.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } signal || Siblings.Around(signal) is not { } list || site.Others.FirstOrDefault() is not { } throwing)
        {
            return null;
        }

        var first = list.Statements.FindIndex(s => s.Span.Contains(throwing.Span));
        var last = list.Statements.IndexOf(signal);
        return first < 0 || first >= last ? null
            : await TryFinally.WrapAsync(document, root, new TryFinallyRegion(list, list.Statements[first], first, list.Statements.GetRange(first, last - first), signal, []), model, cancellation).ConfigureAwait(false);
    }
}
