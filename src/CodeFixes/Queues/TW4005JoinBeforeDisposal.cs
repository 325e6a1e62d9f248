using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Queues;

/// <summary>Waits for the work before the object is disposed of: at the end of the block of a <c>using</c>, or before the call. A task that nobody keeps gets a local first.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW4005JoinBeforeDisposal() : ThreadwiseFix("TW4005")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || semantics is null || site.Target.FirstAncestorOrSelf<StatementSyntax>() is not { } disposal || site.Others.FirstOrDefault()?.FirstAncestorOrSelf<StatementSyntax>() is not { } start)
        {
            return null;
        }

        if (site.Properties[FixProperties.Edit] == "KeepAndJoin")
        {
            return start is ExpressionStatementSyntax dropped ? await JoinAtEnd.KeepAsync(document, root, dropped, cancellation).ConfigureAwait(false) : null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        if (site.Properties[FixProperties.Edit] == "JoinBefore")
        {
            return JoinStatement.For(site, disposal, semantics, layout) is { } join && StatementLists.PutOnLineBefore(root, layout, disposal, join) is { } repaired ? document.WithSyntaxRoot(repaired) : null;
        }

        var home = disposal is UsingStatementSyntax scope ? (scope.Statement as BlockSyntax)?.Statements.FirstOrDefault() : disposal;
        return home is null ? null : await JoinAtEnd.Async(document, root, home, start, (last, lines) => JoinStatement.For(site, last, semantics, lines), cancellation).ConfigureAwait(false);
    }
}
