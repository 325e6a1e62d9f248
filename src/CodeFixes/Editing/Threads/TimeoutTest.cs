using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Threadwise.CodeFixes.Editing.Threads;

/// <summary>Tests the answer of a timed wait that is dropped: <c>if (!t.Join(timeout)) throw new TimeoutException();</c>.</summary>
internal static class TimeoutTest
{
    public static async Task<Document?> ApplyAsync(Document document, SyntaxNode? target, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || target?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Parent: ExpressionStatementSyntax statement } wait || statement.HasInnerComments())
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        if (Tested(statement, wait, layout) is not { } tested)
        {
            return null;
        }

        tested = tested.ReplaceNodes(tested.DescendantNodes().OfType<QualifiedNameSyntax>(), static (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
        var changed = document.WithSyntaxRoot(root.ReplaceNode(statement, tested));
        return await Simplifier.ReduceAsync(changed, Simplifier.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }

    /// <summary>The statement with its trivia: a comment behind the wait speaks of it and stays on its line. One that an <c>if</c> or the like governs gets a block, lest an <c>else</c> goes to the new test.</summary>
    private static StatementSyntax? Tested(ExpressionStatementSyntax statement, InvocationExpressionSyntax wait, Layout layout)
    {
        const string Throw = "throw new global::System.TimeoutException();";
        var test = $"if (!{wait.WithoutTrivia().ToFullString()})";
        var isGoverned = statement.Parent is not (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax or LabeledStatementSyntax);
        var behind = statement.GetTrailingTrivia();
        if (isGoverned ? !layout.StartsLine(statement) : layout.IsOnOneLine(statement.Parent!))
        {
            return SyntaxFactory.ParseStatement(isGoverned ? $"{{ {test} {Throw} }}" : $"{test} {Throw}").WithTriviaFrom(statement);
        }

        var style = BlockStyle.Of(layout, statement, statement);
        var isRemark = behind.EndsLine() && behind.Any(static t => t.IsComment());
        var tested = SyntaxFactory.ParseStatement(test + style.Braced(Throw, layout, isRemark ? behind.RemoveAt(behind.Count - 1).ToFullString().TrimEnd() : ""))
            .WithLeadingTrivia(statement.GetLeadingTrivia()).WithTrailingTrivia(isRemark ? SyntaxFactory.TriviaList(behind.Last()) : behind);
        if (!isGoverned)
        {
            return tested;
        }

        // Where braces stand on the line of the head, which is not the statement's, nothing is offered.
        var indent = Trivia.Indent(layout.IndentOf(statement.Parent!));
        return !style.BracesHaveOwnLine ? null : SyntaxFactory.Block(
            SyntaxFactory.Token(indent, SyntaxKind.OpenBraceToken, SyntaxFactory.TriviaList(layout.NewLine)),
            SyntaxFactory.SingletonList(tested.WithTrailingTrivia(tested.GetTrailingTrivia().EndingLine(layout))),
            SyntaxFactory.Token(indent, SyntaxKind.CloseBraceToken, behind.EndsLine() ? SyntaxFactory.TriviaList(behind.Last()) : default));
    }
}
