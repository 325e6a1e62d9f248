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
        const string Throw = "throw new global::System.TimeoutException();";
        var tested = SyntaxFactory.ParseStatement(
            $"if (!{wait.WithoutTrivia().ToFullString()}){(layout.IsOnOneLine(statement.Parent!) ? " " + Throw : BlockStyle.Of(layout, statement, statement).Braced(Throw, layout))}");
        tested = tested.ReplaceNodes(tested.DescendantNodes().OfType<QualifiedNameSyntax>(), static (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
        var changed = document.WithSyntaxRoot(root.ReplaceNode(statement, tested.WithTriviaFrom(statement)));
        return await Simplifier.ReduceAsync(changed, Simplifier.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }
}
