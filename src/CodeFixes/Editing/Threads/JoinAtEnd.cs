using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Threads;

/// <summary>Waits for work at the end of a list of statements, before a <c>return</c> that stands there. Null where a way out goes by, or nothing may stand behind the last statement.</summary>
internal static class JoinAtEnd
{
    /// <summary>Gives the task that <paramref name="start"/> drops a local, and waits for it at the end of the list that the statement stands in.</summary>
    public static async Task<Document?> KeepAsync(Document document, SyntaxNode root, ExpressionStatementSyntax start, CancellationToken cancellation)
    {
        var call = start.Expression is AssignmentExpressionSyntax discard ? discard.Right : start.Expression;
        var name = FreshName.For("task", start);
        var mark = new SyntaxAnnotation();
        var declared = SyntaxFactory.ParseStatement($"var {name} = {call.WithoutTrivia().ToFullString()};").WithTriviaFrom(start).WithAdditionalAnnotations(mark);
        root = root.ReplaceNode(start, declared);
        document = document.WithSyntaxRoot(root);
        var kept = (StatementSyntax)root.GetAnnotatedNodes(mark).Single();
        return await Async(document, root, kept, kept, (last, _) => JoinStatement.OfTask(name, last), cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts what <paramref name="join"/> makes for the place of the last statement at the end of the list that <paramref name="home"/> stands in.</summary>
    public static async Task<Document?> Async(
        Document document, SyntaxNode root, StatementSyntax home, StatementSyntax start, Func<StatementSyntax, Layout, StatementSyntax?> join, CancellationToken cancellation)
    {
        if (Siblings.Around(home) is not { Scope: not SwitchStatementSyntax } list || list.Statements.LastOrDefault(static s => s is not LocalFunctionStatementSyntax) is not { } last || ReturnsBefore(last, start, list))
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        if (join(last, layout) is not { } joined)
        {
            return null;
        }

        switch (last)
        {
            case ReturnStatementSyntax { Expression: null or LiteralExpressionSyntax or IdentifierNameSyntax }:
                return StatementLists.PutOnLineBefore(root, layout, last, joined) is { } before ? document.WithSyntaxRoot(before) : null;
            case ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax:
                return null;
        }

        return document.WithSyntaxRoot(StatementLists.PutOnLineAfter(root, layout, list, last, joined));
    }

    /// <summary>Whether a way out between the start and the end would go by the join.</summary>
    private static bool ReturnsBefore(StatementSyntax last, StatementSyntax start, Siblings list) => list.Statements
        .SelectMany(static s => s.DescendantNodesAndSelf(static n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        .Any(s => s is ReturnStatementSyntax && s != last && s.SpanStart > start.SpanStart);
}
