using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.SharedState;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.State;

namespace Threadwise.CodeFixes.SharedState;

/// <summary>Fills an object before it is stored, or makes it known at the end of its constructor.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW3015PublishLast() : ThreadwiseFix(TW3015PublishedBeforeInitialized.Id)
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } statement)
        {
            return null;
        }

        var changed = site.Properties[FixProperties.Edit] == TW3015PublishedBeforeInitialized.PublishLast ? StoredLast.Of(root, statement) : KnownLast(root, statement);
        return changed is null
            ? null
            : await Formatter.FormatAsync(document.WithSyntaxRoot(changed), Formatter.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }

    /// <summary>The statement at the end of the constructor, where all that comes before is told from itself to need nothing of it: assignments and locals without calls.</summary>
    private static SyntaxNode? KnownLast(SyntaxNode root, ExpressionStatementSyntax statement)
    {
        if (statement.Parent is not BlockSyntax { Parent: ConstructorDeclarationSyntax } block || block.ContainsDirectives)
        {
            return null;
        }

        var at = block.Statements.IndexOf(statement);
        var later = block.Statements.Skip(at + 1).ToList();
        var name = (statement.Expression switch
        {
            AssignmentExpressionSyntax { Left: var left } => left,
            var call => call,
        }).DescendantTokens().First(static t => t.IsKind(SyntaxKind.IdentifierToken)).ValueText;
        if (later.Count == 0 || later.Any(s => s is not (ExpressionStatementSyntax or LocalDeclarationStatementSyntax) || s.DescendantNodes().Any(static n => n is InvocationExpressionSyntax) || s.DescendantTokens().Any(t => t.ValueText == name)))
        {
            return null;
        }

        if (at == 0)
        {
            later[0] = later[0].WithLeadingTrivia(later[0].GetLeadingTrivia().WithoutBlankLines());
        }

        return root.ReplaceNode(block, block.WithStatements(SyntaxFactory.List(block.Statements.Take(at).Concat(later).Append(statement))));
    }
}
