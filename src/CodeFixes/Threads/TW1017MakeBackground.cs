using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Threads;

/// <summary>Makes the thread a background thread: by a statement before its start, or in an initializer where it has no name.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1017MakeBackground() : ThreadwiseFix("TW1017")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax access } start)
        {
            return null;
        }

        if (site.Properties[FixProperties.Edit] == "InitializeBackground")
        {
            return access.Expression is ObjectCreationExpressionSyntax { Initializer: null } made
                ? document.WithSyntaxRoot(root.ReplaceNode(made, ((ObjectCreationExpressionSyntax)SyntaxFactory.ParseExpression($"{made.WithoutTrivia().ToFullString()} {{ IsBackground = true }}")).WithTriviaFrom(made)))
                : null;
        }

        if (start.Parent is not ExpressionStatementSyntax statement)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var set = SyntaxFactory.ParseStatement($"{access.Expression.WithoutTrivia().ToFullString()}.IsBackground = true;");
        return StatementLists.PutOnLineBefore(root, layout, statement, set) is { } changed ? document.WithSyntaxRoot(changed) : null;
    }
}
