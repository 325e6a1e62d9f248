using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Queues;

/// <summary>
/// Waits behind the loop for what each round of it starts: for the tasks that are collected, for those that are dropped, which are collected first, and for pool items by a countdown that
/// each of them signals.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW4003WaitForItems() : ThreadwiseFix("TW4003")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || semantics is null || Rounds(site.Target) is not { } loop || Siblings.Around(loop) is not { } list)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        if (site.Properties[FixProperties.Edit] == "WaitForAll")
        {
            return JoinStatement.For(site, loop, semantics, layout) is { } join ? document.WithSyntaxRoot(StatementLists.PutOnLineAfter(root, layout, list, loop, join)) : null;
        }

        if (!layout.StartsLine(loop) || site.Target.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } start)
        {
            return null;
        }

        return site.Properties[FixProperties.Edit] == "Collect" ? await CollectAsync(document, root, layout, list, loop, start, cancellation).ConfigureAwait(false)
            : await CountDownAsync(document, root, layout, list, loop, start, cancellation).ConfigureAwait(false);
    }

    /// <summary>The loop around the start, or the statement of the call whose lambda starts in each round: <c>ForEach</c>, <c>Select</c>.</summary>
    private static StatementSyntax? Rounds(SyntaxNode start) =>
        start.Ancestors().FirstOrDefault(static a => a is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax or LambdaExpressionSyntax) is { } around
            ? around as StatementSyntax ?? around.FirstAncestorOrSelf<StatementSyntax>()
            : null;

    private static Task<Document> CollectAsync(Document document, SyntaxNode root, Layout layout, Siblings list, StatementSyntax loop, ExpressionStatementSyntax start, CancellationToken cancellation)
    {
        var tasks = FreshName.For("tasks", loop);
        var call = start.Expression is AssignmentExpressionSyntax discard ? discard.Right : start.Expression;
        var kept = ((ExpressionStatementSyntax)SyntaxFactory.ParseStatement($"{tasks}.Add(task);")).WithTriviaFrom(start);
        kept = kept.ReplaceNode(((InvocationExpressionSyntax)kept.Expression).ArgumentList.Arguments[0].Expression, call.WithoutTrivia());
        var declared = Declared($"var {tasks} = new global::System.Collections.Generic.List<global::System.Threading.Tasks.Task>();");
        return AroundAsync(document, root, layout, list, loop, declared, loop.ReplaceNode(start, kept), [JoinStatement.OfTasks(tasks, isArray: false, loop)], cancellation);
    }

    /// <summary>The countdown is made with one count of its own, so that it cannot open before all items are started.</summary>
    private static async Task<Document?> CountDownAsync(Document document, SyntaxNode root, Layout layout, Siblings list, StatementSyntax loop, ExpressionStatementSyntax start, CancellationToken cancellation)
    {
        if (start.DescendantNodes().OfType<LambdaExpressionSyntax>().FirstOrDefault() is not { } work || Siblings.Around(start) is null || !layout.StartsLine(start))
        {
            return null;
        }

        var done = FreshName.For("done", loop);
        var counted = SyntaxFactory.ParseStatement($"{done}.AddCount();");
        if (StatementLists.PutOnLineBefore(loop, layout, start, counted, start.ReplaceNode(work, GuardedBody.Of(work, "finally", layout, $"{done}.Signal();"))) is not StatementSyntax repaired)
        {
            return null;
        }

        var declared = Declared($"using var {done} = new global::System.Threading.CountdownEvent(1);");
        return await AroundAsync(document, root, layout, list, loop, declared, repaired, [SyntaxFactory.ParseStatement($"{done}.Signal();"), SyntaxFactory.ParseStatement($"{done}.Wait();")], cancellation).ConfigureAwait(false);
    }

    private static StatementSyntax Declared(string text)
    {
        var declared = SyntaxFactory.ParseStatement(text);
        return declared.ReplaceNodes(declared.DescendantNodes().OfType<QualifiedNameSyntax>(), static (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
    }

    private static Task<Document> AroundAsync(
        Document document, SyntaxNode root, Layout layout, Siblings list, StatementSyntax loop, StatementSyntax declared, StatementSyntax changed, StatementSyntax[] waits, CancellationToken cancellation)
    {
        var indent = Trivia.Indent(layout.IndentOf(loop));
        var behind = waits.Select((wait, i) => wait.WithLeadingTrivia(i == 0 ? indent.Insert(0, layout.NewLine) : indent).WithTrailingTrivia(layout.NewLine));
        StatementSyntax[] all =
        [
            StatementLists.OnLineAbove(layout, loop, declared),
            changed.WithLeadingTrivia(loop.GetLeadingTrivia().WithoutBlankLines()).WithTrailingTrivia(loop.GetTrailingTrivia().EndingLine(layout)),
            .. behind,
        ];
        return Simplifier.ReduceAsync(document.WithSyntaxRoot(list.Replace(root, list.Statements.IndexOf(loop), 1, all)), Simplifier.Annotation, cancellationToken: cancellation);
    }
}
