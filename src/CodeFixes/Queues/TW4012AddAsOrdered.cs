using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Queues;

/// <summary>Makes a parallel query keep the order of its source: <c>.AsOrdered()</c> right behind what makes it parallel. Makes an array with a slot for each input of a collection that a parallel loop fills.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW4012AddAsOrdered() : ThreadwiseFix("TW4012")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var sources = site.Others.Select(static o => o?.FirstAncestorOrSelf<InvocationExpressionSyntax>()).ToList();
        if (root is not null && site.Properties[FixProperties.Edit] == "Slots")
        {
            return sources.Count == 1 && sources[0] is { } add && site.Properties.TryGetValue(FixProperties.Argument, out var count) && SlotArray.Of(root, add, count!) is { } filled ? document.WithSyntaxRoot(filled) : null;
        }

        if (root is null || sources.Count == 0 || sources.Any(static s => s is not { Expression: MemberAccessExpressionSyntax }))
        {
            return null;
        }

        return document.WithSyntaxRoot(root.ReplaceNodes(sources.Select(static s => s!), static (_, now) => SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, now.WithoutTrailingTrivia(), SyntaxFactory.IdentifierName("AsOrdered"))).WithTrailingTrivia(now.GetTrailingTrivia())));
    }
}
