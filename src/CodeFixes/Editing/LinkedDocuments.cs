using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.CodeFixes.Editing;

/// <summary>
/// Whether an edit still compiles: in the document itself, and in its twins. A multi-targeted project has one document a target, linked to one
/// file. A fix sees one of them, and its edit reaches all: an API that another target lacks, or code under another <c>#if</c>, must not break there.
/// </summary>
internal static class LinkedDocuments
{
    /// <summary>Whether <paramref name="before"/> and its linked twins have no more errors with the text of <paramref name="after"/> than they had.</summary>
    public static async Task<bool> StayWholeAsync(Document before, Document after, CancellationToken cancellation)
    {
        if (await GainsErrorsAsync(before, after, cancellation).ConfigureAwait(false))
        {
            return false;
        }

        var text = await after.GetTextAsync(cancellation).ConfigureAwait(false);
        foreach (var id in before.GetLinkedDocumentIds())
        {
            var twin = before.Project.Solution.GetDocument(id);
            var changed = before.Project.Solution.WithDocumentText(id, text).GetDocument(id);
            if (twin is null || changed is null || await GainsErrorsAsync(twin, changed, cancellation).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<bool> GainsErrorsAsync(Document before, Document after, CancellationToken cancellation)
    {
        var old = await before.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var now = await after.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (old is null || now is null)
        {
            return false;
        }

        var changes = await after.GetTextChangesAsync(before, cancellation).ConfigureAwait(false);
        var oldText = await before.GetTextAsync(cancellation).ConfigureAwait(false);
        var (oldSpan, nowSpan) = ToLookAt(old, now, TextChangeRange.Collapse(changes.Select(static c => (TextChangeRange)c)), oldText.Length);
        var had = await ErrorsAsync(before, oldSpan, cancellation).ConfigureAwait(false);
        return await ErrorsAsync(after, nowSpan, cancellation).ConfigureAwait(false) > had;
    }

    /// <summary>
    /// An edit inside one body can break that body only, so it alone is bound again, which matters while a light bulb is waited for. Any
    /// other edit has the whole document looked at.
    /// </summary>
    private static (TextSpan? Old, TextSpan? Now) ToLookAt(SyntaxNode old, SyntaxNode now, TextChangeRange change, int length)
    {
        var oldBody = BodyAround(old, change.Span);
        var nowBody = BodyAround(now, new TextSpan(change.Span.Start, change.NewLength));
        return oldBody is not null && nowBody is not null && oldBody.SpanStart == nowBody.SpanStart && length - oldBody.Span.End == now.FullSpan.End - nowBody.Span.End
            ? (oldBody.Parent!.Span, nowBody.Parent!.Span)
            : (null, null);
    }

    private static SyntaxNode? BodyAround(SyntaxNode root, TextSpan span) =>
        root.FindNode(span).AncestorsAndSelf().FirstOrDefault(node =>
            node is BlockSyntax block && node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax &&
            block.OpenBraceToken.Span.End <= span.Start && span.End <= block.CloseBraceToken.SpanStart);

    private static async Task<int> ErrorsAsync(Document document, TextSpan? span, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return model?.GetDiagnostics(span, cancellation).Count(static d => d.Severity == DiagnosticSeverity.Error) ?? 0;
    }
}
