using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Threads;

/// <summary>Copies the variable into a local of the round, right before the statement that makes the body, which then reads the copy.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1006CopyInLoop() : ThreadwiseFix("TW1006")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || semantics is null || site.Target is not IdentifierNameSyntax read || site.Others.FirstOrDefault()?.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is not { } lambda ||
            lambda.FirstAncestorOrSelf<StatementSyntax>() is not { } made || semantics.GetSymbolInfo(read, cancellation).Symbol is not ILocalSymbol variable)
        {
            return null;
        }

        var name = FreshName.For(variable.Name + "Copy", made);
        var reads = lambda.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(n => n.Identifier.ValueText == variable.Name && SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(n, cancellation).Symbol, variable)).ToList();
        var changed = made.ReplaceNodes(reads, (old, _) => old.WithIdentifier(SyntaxFactory.Identifier(name)).WithTriviaFrom(old));
        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var copy = SyntaxFactory.ParseStatement($"var {name} = {variable.Name};");
        if (made.Parent is BlockSyntax)
        {
            return StatementLists.PutOnLineBefore(root, layout, made, copy, changed) is { } repaired ? document.WithSyntaxRoot(repaired) : null;
        }

        return made.Parent is ForStatementSyntax or WhileStatementSyntax && !made.GetLeadingTrivia().Any(static t => t.IsComment())
            ? document.WithSyntaxRoot(root.ReplaceNode(made, Block(copy, changed, made, layout)))
            : null;
    }

    /// <summary>A body without braces gets them.</summary>
    private static BlockSyntax Block(StatementSyntax copy, StatementSyntax changed, StatementSyntax made, Layout layout)
    {
        var loop = (StatementSyntax)made.Parent!;
        var style = BlockStyle.Of(layout, loop, made);
        if (style.IsOneLine)
        {
            return SyntaxFactory.Block(
                SyntaxFactory.Token(default, SyntaxKind.OpenBraceToken, Trivia.Space),
                SyntaxFactory.List(new[] { copy.WithTrailingTrivia(Trivia.Space), changed.WithoutLeadingTrivia().WithTrailingTrivia(Trivia.Space) }),
                SyntaxFactory.Token(default, SyntaxKind.CloseBraceToken, made.GetTrailingTrivia()));
        }

        var indent = Trivia.Indent(style.Indent);
        var deeper = Trivia.Indent(style.Deeper);
        var line = SyntaxFactory.TriviaList(layout.NewLine);
        return SyntaxFactory.Block(
            SyntaxFactory.Token(indent, SyntaxKind.OpenBraceToken, line),
            SyntaxFactory.List(new[] { copy.WithLeadingTrivia(deeper).WithTrailingTrivia(line), changed.WithLeadingTrivia(deeper).WithTrailingTrivia(made.GetTrailingTrivia().EndingLine(layout)) }),
            SyntaxFactory.Token(indent, SyntaxKind.CloseBraceToken, line));
    }
}
