using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Threads;

/// <summary>Puts the join in the place of the pause that stood for it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1014JoinInsteadOfPause() : ThreadwiseFix("TW1014")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || semantics is null || site.Target.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } pause || pause.HasInnerComments())
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        return JoinStatement.For(site, pause, semantics, layout) is { } join
            ? document.WithSyntaxRoot(root.ReplaceNode(pause, join.WithTriviaFrom(pause)))
            : null;
    }
}
