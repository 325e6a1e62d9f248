using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Locks;

/// <summary>Gives a semaphore of one a maximum of one, so that a release too many throws instead of letting two threads in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2011AddMaximum() : ThreadwiseFix("TW2011")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { ArgumentList.Arguments: { Count: 1 } arguments } creation ||
            arguments[0].Expression is not LiteralExpressionSyntax count)
        {
            return null;
        }

        var name = arguments[0].NameColon is { } colon ? colon.WithName(SyntaxFactory.IdentifierName("maxCount")) : null;
        var maximum = SyntaxFactory.Argument(name, default, count.WithoutTrivia());
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        var both = SyntaxFactory.SeparatedList(
            [arguments[0].WithTrailingTrivia(), maximum.WithTrailingTrivia(arguments[0].GetTrailingTrivia())], [comma]);
        return document.WithSyntaxRoot(root.ReplaceNode(creation, creation.WithArgumentList(creation.ArgumentList.WithArguments(both))));
    }
}
