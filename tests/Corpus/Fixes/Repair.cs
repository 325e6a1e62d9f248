using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;

namespace Threadwise.Corpus.Fixes;

/// <summary>Carries out a code action as an editor does.</summary>
internal static class Repair
{
    /// <summary>The solution after the action; a document that is linked into other targets changes in all of them.</summary>
    public static async Task<Solution> ApplyAsync(Solution before, CodeAction action, CancellationToken cancellation)
    {
        var operations = await action.GetOperationsAsync(cancellation);
        if (operations.OfType<ApplyChangesOperation>().SingleOrDefault() is not { } apply)
        {
            return before;
        }

        var after = apply.ChangedSolution;
        foreach (var id in await ChangedAsync(before, after, cancellation))
        {
            var text = await after.GetDocument(id)!.GetTextAsync(cancellation);
            foreach (var twin in after.GetDocument(id)!.GetLinkedDocumentIds())
            {
                after = after.WithDocumentText(twin, text);
            }
        }

        return after;
    }

    /// <summary>The documents whose text differs, linked twins included. A new text with the old content is no difference.</summary>
    public static async Task<IReadOnlyList<DocumentId>> ChangedAsync(Solution before, Solution after, CancellationToken cancellation)
    {
        var changed = new List<DocumentId>();
        foreach (var id in after.GetChanges(before).GetProjectChanges().SelectMany(static p => p.GetChangedDocuments(onlyGetDocumentsWithTextChanges: true)))
        {
            var old = await before.GetDocument(id)!.GetTextAsync(cancellation);
            if (!old.ContentEquals(await after.GetDocument(id)!.GetTextAsync(cancellation)))
            {
                changed.Add(id);
            }
        }

        return changed;
    }
}
