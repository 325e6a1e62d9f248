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

/// <summary>Starts the thread or task behind its creation and the statements that set it up.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1001InsertStart() : ThreadwiseFix("TW1001")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || !site.Properties.TryGetValue(FixProperties.Handle, out var handle) || handle is null ||
            site.Target.FirstAncestorOrSelf<StatementSyntax>() is not (LocalDeclarationStatementSyntax or ExpressionStatementSyntax) ||
            site.Target.FirstAncestorOrSelf<StatementSyntax>() is not { } made || Siblings.Around(made) is not { } list)
        {
            return null;
        }

        var last = list.Statements.Skip(list.Statements.IndexOf(made) + 1).TakeWhile(s => SetsUp(s, handle)).LastOrDefault() ?? made;
        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        return document.WithSyntaxRoot(StatementLists.PutOnLineAfter(root, layout, list, last, SyntaxFactory.ParseStatement($"{handle}.Start();")));
    }

    /// <summary><c>t.Name = …;</c> and the like.</summary>
    private static bool SetsUp(StatementSyntax statement, string handle) =>
        statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var target } } } } && target == handle;
}
