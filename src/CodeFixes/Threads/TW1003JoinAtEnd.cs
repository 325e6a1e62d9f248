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

/// <summary>Joins the thread at the end of the block that starts it, before a <c>return</c> that stands there.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1003JoinAtEnd() : ThreadwiseFix("TW1003")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || !site.Properties.TryGetValue(FixProperties.Handle, out var handle) || site.Target.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } start ||
            Siblings.Around(start) is not { Scope: not SwitchStatementSyntax } list || AsyncContext.Allows(start) || IsIterator(start) || list.Statements.LastOrDefault(static s => s is not LocalFunctionStatementSyntax) is not { } last)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var join = SyntaxFactory.ParseStatement($"{handle}.Join();");
        switch (last)
        {
            case ReturnStatementSyntax { Expression: null or LiteralExpressionSyntax or IdentifierNameSyntax }:
                return StatementLists.PutOnLineBefore(root, layout, last, join) is { } before ? document.WithSyntaxRoot(before) : null;
            case ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax:
                return null;
        }

        return document.WithSyntaxRoot(StatementLists.PutOnLineAfter(root, layout, list, last, join));
    }

    private static bool IsIterator(SyntaxNode node) =>
        node.Ancestors().First(static a => a is MemberDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax).DescendantNodes().Any(static n => n is YieldStatementSyntax);
}
