using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Locks;

/// <summary>
/// Removes a lock around nothing. It changes behaviour, for the section waited for whoever held the lock, so each is removed by a decision of its own. Nothing is
/// offered where the lock is found by a call or stands where a statement is needed.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2010RemoveSection() : ChangingFix("TW2010", "Remove")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<StatementSyntax>() is not { } first)
        {
            return null;
        }

        var release = site.Others.FirstOrDefault()?.FirstAncestorOrSelf<StatementSyntax>();
        var last = (StatementSyntax?)release?.FirstAncestorOrSelf<FinallyClauseSyntax>()?.Parent ?? release ?? first;
        if (WrittenOutPair.FlagOf(first, last) is { } flag)
        {
            first = flag;
        }

        var operand = first switch
        {
            LockStatementSyntax statement => statement.Expression,
            UsingStatementSyntax statement => (SyntaxNode?)statement.Expression ?? statement.Declaration,
            _ => null,
        };
        if (Siblings.Around(first) is not { } list || list.Statements.IndexOf(last) is var end && end < 0 || (operand is not null && DoesSomething(operand)) || IsWholeProgram(list, first, last))
        {
            return null;
        }

        var start = list.Statements.IndexOf(first);
        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var next = list.Statements.ElementAtOrDefault(end + 1);
        return document.WithSyntaxRoot(next is not null && layout.StartsLine(first) && layout.IsOnOneLine(last, next) && !layout.StartsLine(next)
            ? list.Replace(root, start, end - start + 2, next.WithLeadingTrivia(Trivia.Indent(layout.IndentOf(first)).AddRange(next.GetLeadingTrivia())))
            : list.Replace(root, start, end - start + 1));
    }

    /// <summary>Without its last top-level statement a program has no entry point.</summary>
    private static bool IsWholeProgram(Siblings list, StatementSyntax first, StatementSyntax last) =>
        first.Parent is GlobalStatementSyntax && list.Statements[0] == first && list.Statements[list.Statements.Count - 1] == last;

    /// <summary>The call that opens the scope of a lock is not meant.</summary>
    private static bool DoesSomething(SyntaxNode operand) => operand.DescendantNodesAndSelf().Any(static node => node is
        InvocationExpressionSyntax { Expression: not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "EnterScope" } } or
        BaseObjectCreationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax);
}
