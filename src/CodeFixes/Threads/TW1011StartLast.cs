using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Threads;

/// <summary>Moves the start to the end of the constructor, with the comments that stand at it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1011StartLast() : ThreadwiseFix("TW1011")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Parent: BlockSyntax { Parent: ConstructorDeclarationSyntax } block } start || block.Statements.Last() is not { } last || last == start ||
            ConditionalCode.IsBetween(start, last))
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var index = block.Statements.IndexOf(start);
        var behind = block.Statements.Skip(index + 1).ToList();
        StatementSyntax moved = start;
        if (behind.Prepend(start).All(layout.StartsLine))
        {
            behind[0] = index == 0 ? behind[0].WithLeadingTrivia(behind[0].GetLeadingTrivia().WithoutBlankLines()) : behind[0];
            behind[behind.Count - 1] = behind[behind.Count - 1].WithTrailingTrivia(last.GetTrailingTrivia().EndingLine(layout));
            moved = start.WithLeadingTrivia(start.GetLeadingTrivia().WithoutBlankLines()).WithTrailingTrivia(start.GetTrailingTrivia().EndingLine(layout));
        }
        else if (!behind.Prepend(start).Any(static s => s.HasComments()))
        {
            behind[0] = behind[0].WithLeadingTrivia(start.GetLeadingTrivia());
            behind[behind.Count - 1] = behind[behind.Count - 1].WithTrailingTrivia(SyntaxFactory.Space);
            moved = start.WithLeadingTrivia().WithTrailingTrivia(last.GetTrailingTrivia());
        }
        else
        {
            return null;
        }

        return document.WithSyntaxRoot(root.ReplaceNode(block, block.WithStatements(SyntaxFactory.List(block.Statements.Take(index).Concat(behind).Append(moved)))));
    }
}
