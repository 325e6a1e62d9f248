using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Threads;

/// <summary>Puts the join right before the statement that reads the result.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1002JoinBeforeRead() : ThreadwiseFix("TW1002")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || semantics is null || site.Target.FirstAncestorOrSelf<StatementSyntax>() is not { } read)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        return JoinStatement.For(site, read, semantics, layout) is { } join && StatementLists.PutOnLineBefore(root, layout, read, join) is { } repaired
            ? document.WithSyntaxRoot(repaired)
            : null;
    }
}
