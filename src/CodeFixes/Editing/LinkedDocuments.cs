using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace Threadwise.CodeFixes.Editing;

/// <summary>
/// A multi-targeted project has one document a target, linked to one file. A fix sees one of them, and its edit reaches all: an API that
/// another target lacks, or code under another <c>#if</c>, must not break there.
/// </summary>
internal static class LinkedDocuments
{
    /// <summary>Whether the linked twins of <paramref name="before"/> have no more errors with the text of <paramref name="after"/> than they had.</summary>
    public static async Task<bool> StayWholeAsync(Document before, Document after, CancellationToken cancellation)
    {
        var text = await after.GetTextAsync(cancellation).ConfigureAwait(false);
        foreach (var id in before.GetLinkedDocumentIds())
        {
            var twin = before.Project.Solution.GetDocument(id);
            var changed = before.Project.Solution.WithDocumentText(id, text).GetDocument(id);
            if (twin is null || changed is null ||
                !await Errors.NoneNewAsync(twin, changed, cancellation).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }
}
