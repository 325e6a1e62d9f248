using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace Threadwise.CodeFixes.Editing;

/// <summary>
/// A multi-targeted project has one document a target, linked to one file. A fix sees one of them, and its edit reaches all: an API that
/// another target lacks, or code under another <c>#if</c>, must not break there. Nor may it break the document at hand.
/// </summary>
internal static class LinkedDocuments
{
    /// <summary>Whether <paramref name="before"/> and its linked twins have no more errors with the text of <paramref name="after"/> than they had.</summary>
    public static async Task<bool> StayWholeAsync(Document before, Document after, CancellationToken cancellation)
    {
        if (await ErrorsAsync(after, cancellation).ConfigureAwait(false) > await ErrorsAsync(before, cancellation).ConfigureAwait(false))
        {
            return false;
        }

        var text = await after.GetTextAsync(cancellation).ConfigureAwait(false);
        foreach (var id in before.GetLinkedDocumentIds())
        {
            var twin = before.Project.Solution.GetDocument(id);
            var changed = before.Project.Solution.WithDocumentText(id, text).GetDocument(id);
            if (twin is null || changed is null ||
                await ErrorsAsync(changed, cancellation).ConfigureAwait(false) > await ErrorsAsync(twin, cancellation).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<int> ErrorsAsync(Document document, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return model?.GetDiagnostics(cancellationToken: cancellation).Count(static d => d.Severity == DiagnosticSeverity.Error) ?? 0;
    }
}
