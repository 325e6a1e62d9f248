using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Processes;

/// <summary>Closes the input in front of the statement that waits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW5005CloseInput() : ThreadwiseFix("TW5005")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } wait || wait.FirstAncestorOrSelf<StatementSyntax>() is not { } statement ||
            site.Others.Length < 2 || site.Others[0] is not { } write || site.Others[1] is not { } start || ProcessOf(wait) is not { } process)
        {
            return null;
        }

        // Neither in each round of a loop, nor where the statement has the write or the start as well.
        var isOnce = !statement.Ancestors().Any(a => a is (WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax) && !a.Span.Contains(start.Span));
        if (!isOnce || statement.Span.Contains(write.Span) || statement.Span.Contains(start.Span))
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        return StatementLists.PutOnLineBefore(root, layout, statement, SyntaxFactory.ParseStatement($"{process}.StandardInput.Close();")) is { } changed ? document.WithSyntaxRoot(changed) : null;
    }

    /// <summary>The local of <c>p.WaitForExit()</c> or <c>p.StandardOutput.ReadToEnd()</c>.</summary>
    private static string? ProcessOf(InvocationExpressionSyntax wait) => wait.Expression is MemberAccessExpressionSyntax { Expression: var at }
        ? at switch
        {
            IdentifierNameSyntax process when wait.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WaitForExit" or "WaitForExitAsync" } => process.Identifier.Text,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "StandardOutput" or "StandardError", Expression: IdentifierNameSyntax process } => process.Identifier.Text,
            _ => null,
        }
        : null;
}
