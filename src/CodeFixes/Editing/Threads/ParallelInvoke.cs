using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Threadwise.CodeFixes.Editing.Threads;

/// <summary><c>Parallel.Invoke</c> in place of a run of statements that make, start and join some threads and do nothing else.</summary>
internal static class ParallelInvoke
{
    public static async Task<Document?> RewriteAsync(Document document, IReadOnlyList<BaseObjectCreationExpressionSyntax> creations, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        if (root is null || creations[0].FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is not { } start || Siblings.Around(start) is not { } list || !layout.StartsLine(start))
        {
            return null;
        }

        var threads = new HashSet<string>();
        var first = list.Statements.IndexOf(start);
        var end = first;
        while (end < list.Statements.Count && IsAboutThreads(list.Statements[end], creations, threads))
        {
            end++;
        }

        var run = list.Statements.GetRange(first, end - first);
        if (threads.Count != creations.Count || run.Last() is not ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Join" } } } ||
            run.Any(s => s.HasInnerComments() || (s != start && s.GetLeadingTrivia().Any(static t => t.IsComment())) || (s != run.Last() && s.GetTrailingTrivia().Any(static t => t.IsComment()))) ||
            ConditionalCode.IsBetween(start, run.Last()) ||
            list.Scope.DescendantNodes(n => !run.Contains(n)).OfType<IdentifierNameSyntax>().Any(n => threads.Contains(n.Identifier.ValueText)))
        {
            return null;
        }

        var indent = layout.IndentOf(start);
        var style = BlockStyle.Of(layout, start, start);
        var works = creations.Select(c => layout.Shift(c.ArgumentList!.Arguments[0].Expression, indent, style.Deeper).WithoutTrivia().ToFullString()).ToList();
        var line = layout.NewLine.ToString();
        var isShort = !works.Any(static w => w.Contains('\n'));
        var text = "global::System.Threading.Tasks.Parallel.Invoke(" + (isShort ? string.Join(", ", works) : string.Concat(works.Select((w, i) => (i == 0 ? "" : ",") + line + style.Deeper + w))) + ");";
        var call = SyntaxFactory.ParseStatement(text);
        call = call.ReplaceNodes(call.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(static n => n.ToString() == "global::System.Threading.Tasks.Parallel.Invoke"), static (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
        call = call.WithLeadingTrivia(start.GetLeadingTrivia()).WithTrailingTrivia(run.Last().GetTrailingTrivia());
        var changed = document.WithSyntaxRoot(list.Replace(root, first, run.Count, call));
        return await Simplifier.ReduceAsync(changed, Simplifier.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }

    private static bool IsAboutThreads(StatementSyntax statement, IReadOnlyList<BaseObjectCreationExpressionSyntax> creations, HashSet<string> threads) => statement switch
    {
        LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } => creations.Contains(variables[0].Initializer?.Value) && threads.Add(variables[0].Identifier.ValueText),
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax thread } } } => threads.Contains(thread.Identifier.ValueText),
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsBackground", Expression: IdentifierNameSyntax thread } } } => threads.Contains(thread.Identifier.ValueText),
        _ => false,
    };
}
