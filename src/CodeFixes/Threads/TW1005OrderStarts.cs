using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Threads;

/// <summary>Takes away a start that is one too many, or puts the start before the join that comes too early.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1005OrderStarts() : ThreadwiseFix("TW1005")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } bad)
        {
            return null;
        }

        return site.Properties[FixProperties.Edit] == "RemoveStart"
            ? Remove(document, root, bad)
            : StartFirst(document, root, bad, site.Others.FirstOrDefault()?.FirstAncestorOrSelf<ExpressionStatementSyntax>());
    }

    private static Document? Remove(Document document, SyntaxNode root, ExpressionStatementSyntax start) =>
        start.HasComments() || start.ContainsDirectives || start.Parent is not BlockSyntax || root.RemoveNode(start, SyntaxRemoveOptions.KeepNoTrivia) is not { } changed ? null : document.WithSyntaxRoot(changed);

    /// <summary>The two statements change places where nothing stands between them, each with the comment behind it.</summary>
    private static Document? StartFirst(Document document, SyntaxNode root, ExpressionStatementSyntax join, ExpressionStatementSyntax? start)
    {
        if (start is null || Siblings.Around(join) is not { } list || list.Statements.IndexOf(start) != list.Statements.IndexOf(join) + 1 ||
            join.GetLeadingTrivia().Concat(start.GetLeadingTrivia()).Any(static t => !t.IsKind(SyntaxKind.WhitespaceTrivia) && !t.IsKind(SyntaxKind.EndOfLineTrivia)))
        {
            return null;
        }

        return document.WithSyntaxRoot(root.ReplaceNodes(
            new[] { join, start }, (old, _) => old == join ? start.WithLeadingTrivia(join.GetLeadingTrivia()) : join.WithLeadingTrivia(start.GetLeadingTrivia())));
    }
}
