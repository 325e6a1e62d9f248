using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Locks;

/// <summary>Adds <c>readonly</c> to the field. The rule has seen that all its writes are ones that readonly allows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2109AddReadonly() : ThreadwiseFix("TW2109")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return root is null || site.Target.FirstAncestorOrSelf<FieldDeclarationSyntax>() is not { Declaration.Variables.Count: 1 } field ||
            field.Modifiers.Any(static m => m.IsKind(SyntaxKind.ReadOnlyKeyword))
            ? null
            : document.WithSyntaxRoot(root.ReplaceNode(field, WithReadonly(field)));
    }

    private static FieldDeclarationSyntax WithReadonly(FieldDeclarationSyntax field)
    {
        var keyword = SyntaxFactory.Token(SyntaxKind.ReadOnlyKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (field.Modifiers.Any())
        {
            return field.WithModifiers(field.Modifiers.Add(keyword));
        }

        var type = field.Declaration.Type;
        return field.WithDeclaration(field.Declaration.WithType(type.WithLeadingTrivia())).WithModifiers(SyntaxFactory.TokenList(keyword.WithLeadingTrivia(type.GetLeadingTrivia())));
    }
}
