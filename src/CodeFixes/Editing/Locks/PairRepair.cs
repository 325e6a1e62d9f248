using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>Chooses the form that repairs an acquire inside the <c>try</c> whose finally releases.</summary>
internal static class PairRepair
{
    /// <param name="document">The document as it is now.</param>
    /// <param name="site">The acquire, and the release as the first other place.</param>
    /// <param name="cannotFail">
    /// Nothing throws before the lock is held: then what else the finally does runs as often outside as inside, and a flag would be noise.
    /// </param>
    /// <param name="cancellation">Ends the edit.</param>
    public static async Task<Document?> ApplyAsync(Document document, FixSite site, bool cannotFail, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (model is null || root is null || LockPair.Of(site, model) is not { } pair)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var changed = Repaired(root, pair, cannotFail, layout, model);
        return changed is null ? null : document.WithSyntaxRoot(changed);
    }

    private static SyntaxNode? Repaired(SyntaxNode root, LockPair pair, bool cannotFail, Layout layout, SemanticModel model)
    {
        // An empty rest needs no lock: what was meant is the reader's to say.
        if (pair.Before is not null && pair.UpToUnit == pair.Try.Block.Statements.Count)
        {
            return null;
        }

        SyntaxNode? changed = null;
        if (pair.Before is not null)
        {
            changed = pair.Try.Catches.Count == 0 && (pair.OnlyReleases || cannotFail) ? AcquireBeforeTry.Apply(root, pair, pair.UpToUnit, layout, model) : null;
            changed ??= InnerTry.Apply(root, pair, pair.UpToUnit, layout, model);
        }

        return changed ?? (cannotFail ? null : ReleaseFlag.Apply(root, pair, layout, model));
    }
}
