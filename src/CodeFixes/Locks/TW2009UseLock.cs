using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Locks;

/// <summary>
/// Writes a <c>lock</c> for <c>Enter</c>, <c>try</c>, <c>finally</c> and <c>Exit</c>. Nothing is offered where a comment or a directive stands in what goes away.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2009UseLock() : ThreadwiseFix("TW2009")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call || call.FirstAncestorOrSelf<StatementSyntax>() is not { } acquire ||
            site.Others.FirstOrDefault()?.FirstAncestorOrSelf<FinallyClauseSyntax>() is not { Parent: TryStatementSyntax guarded } ending ||
            OperandOf(call) is not { } operand || Siblings.Around(guarded) is not { } list)
        {
            return null;
        }

        var isInside = acquire.Parent == guarded.Block;
        var first = isInside ? WrittenOutPair.FlagOf(acquire, guarded) : acquire;
        if (first is null || !GoesAway(first, acquire, guarded, ending, isInside).All(IsPlain))
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var block = isInside ? StatementLists.WithoutFirst(layout, guarded.Block, 1) : guarded.Block;
        var hasComment = HasComment(first, isInside);
        var isAbove = hasComment && !layout.StartsLine(guarded.Block.OpenBraceToken);
        var above = isAbove ? first.GetTrailingTrivia().SkipWhile(static t => !t.IsComment()).Concat(Trivia.Indent(layout.IndentOf(first))) : [];
        var locked = SyntaxFactory.LockStatement(
            SyntaxFactory.Token(first.GetLeadingTrivia().AddRange(above), SyntaxKind.LockKeyword, Trivia.Space),
            SyntaxFactory.Token(SyntaxKind.OpenParenToken),
            operand.WithoutTrivia(),
            SyntaxFactory.Token(default, SyntaxKind.CloseParenToken, hasComment && !isAbove ? first.GetTrailingTrivia() : guarded.TryKeyword.TrailingTrivia),
            block.WithTrailingTrivia(guarded.GetTrailingTrivia()));
        var start = list.Statements.IndexOf(first);
        var end = list.Statements.IndexOf(guarded);
        return start < 0 || end < start ? null : document.WithSyntaxRoot(list.Replace(root, start, end - start + 1, locked));
    }

    /// <summary>What a <c>Monitor</c> is given first, or the <c>Lock</c> that is called.</summary>
    private static ExpressionSyntax? OperandOf(InvocationExpressionSyntax call) => call.ArgumentList.Arguments switch
    {
        { Count: 0 } => (call.Expression as MemberAccessExpressionSyntax)?.Expression,
        var arguments => arguments[0] is { NameColon: null, RefKindKeyword.RawKind: 0 } argument ? argument.Expression : null,
    };

    /// <summary>The trivia of what the <c>lock</c> replaces; what stands before the first and behind the last statement stays.</summary>
    private static IEnumerable<SyntaxTrivia> GoesAway(StatementSyntax first, StatementSyntax acquire, TryStatementSyntax guarded, FinallyClauseSyntax ending, bool isInside) =>
        first.DescendantTrivia().Except(first.GetLeadingTrivia()).Except(HasComment(first, isInside) ? first.GetTrailingTrivia() : Enumerable.Empty<SyntaxTrivia>())
            .Concat(HasComment(first, isInside) ? guarded.TryKeyword.TrailingTrivia : Enumerable.Empty<SyntaxTrivia>())
            .Concat(isInside ? acquire.DescendantTrivia() : [])
            .Concat(guarded.GetLeadingTrivia())
            .Concat(guarded.Block.CloseBraceToken.TrailingTrivia)
            .Concat(ending.DescendantTrivia().Except(guarded.GetTrailingTrivia()));

    /// <summary>A comment behind the acquire, on a line of its own with it: it moves behind the head of the <c>lock</c>, or above it where the brace follows the head on its line.</summary>
    private static bool HasComment(StatementSyntax first, bool isInside) =>
        !isInside && first.GetTrailingTrivia() is var behind && behind.Any(static t => t.IsKind(SyntaxKind.SingleLineCommentTrivia)) && behind.Last().IsKind(SyntaxKind.EndOfLineTrivia);

    private static bool IsPlain(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia);
}
