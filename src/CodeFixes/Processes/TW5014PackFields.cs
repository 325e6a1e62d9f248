using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Rules.Processes;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Processes;

/// <summary>
/// Says that no field of a struct is aligned to more than 4 bytes, so that it lies alike everywhere. Where it lies so today, nothing changes; elsewhere other programs that share the memory must do the same.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW5014PackFields() : ChangingFix(TW5014SharedMemoryPlatformLayout.Id, TW5014SharedMemoryPlatformLayout.Pack)
{
    private const string Space = "System.Runtime.InteropServices";

    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var declaration = site.Target as TypeDeclarationSyntax ?? site.Others.FirstOrDefault() as TypeDeclarationSyntax;
        if (root is null || model is null || declaration is not (StructDeclarationSyntax or RecordDeclarationSyntax))
        {
            return null;
        }

        if (declaration.AttributeLists.SelectMany(static list => list.Attributes).FirstOrDefault(a =>
            model.GetTypeInfo(a, cancellation).Type is { Name: "StructLayoutAttribute", ContainingNamespace: var space } && space.ToDisplayString() == Space) is { } said)
        {
            return said.ArgumentList is { Arguments.Count: > 0 } arguments && arguments.Arguments.All(static a => a.NameEquals?.Name.Identifier.ValueText != "Pack")
                ? document.WithSyntaxRoot(root.ReplaceNode(arguments, arguments.AddArguments(PackArgument())))
                : null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var prefix = Imports.PrefixAt(model, declaration.SpanStart, Space, "StructLayoutAttribute");
        var attribute = SyntaxFactory.ParseCompilationUnit($"[{prefix}StructLayout({prefix}LayoutKind.Sequential, Pack = 4)] struct S;").DescendantNodes().OfType<AttributeListSyntax>().First();
        var behind = layout.StartsLine(declaration) ? SyntaxFactory.TriviaList(layout.NewLine, SyntaxFactory.Whitespace(layout.IndentOf(declaration))) : Trivia.Space;
        attribute = attribute.WithLeadingTrivia(declaration.GetLeadingTrivia()).WithTrailingTrivia(behind);
        var bare = declaration.WithLeadingTrivia();
        return document.WithSyntaxRoot(root.ReplaceNode(declaration, bare.WithAttributeLists(bare.AttributeLists.Insert(0, attribute))));
    }

    private static AttributeArgumentSyntax PackArgument() =>
        SyntaxFactory.ParseCompilationUnit("[A(Pack = 4)] struct S;").DescendantNodes().OfType<AttributeArgumentSyntax>().First().WithLeadingTrivia(SyntaxFactory.Space);
}
