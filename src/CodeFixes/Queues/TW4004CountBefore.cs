using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Queues;

/// <summary>Adds the count before the work that it stands for is started, or makes a written count fit what is started.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW4004CountBefore() : ThreadwiseFix("TW4004")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null)
        {
            return null;
        }

        if (site.Properties.TryGetValue(FixProperties.Argument, out var count) && count is not null)
        {
            return site.Target.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is { ArgumentList.Arguments: { Count: > 0 } arguments } && !arguments[0].Expression.HasInnerComments()
                ? document.WithSyntaxRoot(root.ReplaceNode(arguments[0].Expression, SyntaxFactory.ParseExpression(count).WithTriviaFrom(arguments[0].Expression)))
                : null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        return Moved(root, site, layout) is { } moved ? document.WithSyntaxRoot(moved) : null;
    }

    /// <summary>The call is the first that the work does, so that it can as well be the last before it: nothing of the work is left behind.</summary>
    private static SyntaxNode? Moved(SyntaxNode root, FixSite site, Layout layout)
    {
        if (site.Target.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax } }, Parent: BlockSyntax { Parent: AnonymousFunctionExpressionSyntax, Statements: { Count: > 1 } statements } block } add ||
            statements[0] != add || add.HasComments() || site.Others.FirstOrDefault()?.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } starts || !starts.Span.Contains(add.Span))
        {
            return null;
        }

        var without = starts.ReplaceNode(block, StatementLists.WithoutFirst(layout, block, 1));
        return StatementLists.PutOnLineBefore(root, layout, starts, add.WithoutTrivia(), without);
    }
}
