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

/// <summary>
/// <c>Task.Run</c> in place of a thread, pool item or cold task with an async lambda. It changes behaviour: the first part runs on the pool
/// too, and an exception of the body stays in the task, where it ended the process before. So it is offered where nothing else is known of
/// the thread: started in one breath, or a local that is started at once and then at most joined.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1009RunOnThePool() : ChangingFix("TW1009", "PoolTask")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        if (site.Properties[FixProperties.Edit] is not { } edit || !Edits.Contains(edit) || site.Others.FirstOrDefault() is not ExpressionSyntax fork ||
            await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root ||
            await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model)
        {
            return null;
        }

        var arguments = fork is InvocationExpressionSyntax call ? call.ArgumentList : ((BaseObjectCreationExpressionSyntax)fork).ArgumentList;
        if (arguments?.Arguments is not { Count: 1 } only || Lambdas.WithoutDelegateType(only[0].Expression) is not { } lambda ||
            Lambdas.WithoutParameters(lambda) is not { } body)
        {
            return null;
        }

        var run = SyntaxFactory.InvocationExpression(
            SyntaxFactory.ParseExpression("Task.Run"),
            arguments.WithArguments(SyntaxFactory.SingletonSeparatedList(only[0].WithNameColon(null).WithExpression(body.WithTriviaFrom(only[0].Expression)))));
        var changed = StartedAtOnce(fork) is { } started
            ? root.ReplaceNode(started, Dropped(run).WithTriviaFrom(started))
            : SetsOnlyBackground(fork) ? HeldThread.Rewrite(fork, run, root, model, cancellation)
            : null;
        return changed is null ? null : document.WithSyntaxRoot(changed);
    }

    /// <summary>The whole expression of <c>new Thread(…).Start();</c> or <c>ThreadPool.QueueUserWorkItem(…);</c>.</summary>
    private static ExpressionSyntax? StartedAtOnce(ExpressionSyntax fork)
    {
        if (fork is InvocationExpressionSyntax)
        {
            return IsStatement(fork) ? fork : null;
        }

        var receiver = fork;
        while (receiver.Parent is ParenthesizedExpressionSyntax parenthesized)
        {
            receiver = parenthesized;
        }

        return receiver.Parent?.Parent is InvocationExpressionSyntax start && HeldThread.IsStart(start, receiver) && IsStatement(start) &&
            SetsOnlyBackground(fork) ? start : null;
    }

    private static bool IsStatement(SyntaxNode expression) => expression.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax;

    private static ExpressionSyntax Dropped(ExpressionSyntax run) => SyntaxFactory.AssignmentExpression(
        SyntaxKind.SimpleAssignmentExpression,
        SyntaxFactory.ParseExpression("_ "), // parsed, because only the parser makes the name a discard
        SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space),
        run);

    /// <summary>A pool thread is a background thread and takes no name, culture or apartment.</summary>
    private static bool SetsOnlyBackground(ExpressionSyntax fork) =>
        fork is BaseObjectCreationExpressionSyntax creation && (creation.Initializer is not { } initializer || initializer.Expressions.All(static e =>
            e is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "IsBackground" }, Right: { } right } &&
            right.IsKind(SyntaxKind.TrueLiteralExpression)));
}
