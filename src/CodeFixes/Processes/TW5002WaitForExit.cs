using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Processes;

/// <summary>Waits for the exit in front of the statement that reads the exit code, or tests the answer of the timed wait that is there.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW5002WaitForExit() : ThreadwiseFix("TW5002")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        if (site.Properties[FixProperties.Edit] == "ThrowOnTimeout")
        {
            return await TimeoutTest.ApplyAsync(document, site.Others.FirstOrDefault(), cancellation).ConfigureAwait(false);
        }

        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<MemberAccessExpressionSyntax>() is not { Expression: IdentifierNameSyntax process } read ||
            read.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || !IsAlwaysRead(read, statement))
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var hasTwin = model?.GetTypeInfo(process, cancellation).Type?.GetMembers("WaitForExitAsync").IsEmpty == false;
        var isAsync = AsyncContext.Allows(read) && hasTwin;

        // Work of the pool: the rule has found that it may be made async, unless another edit has done it by now.
        var work = !isAsync && site.Properties.ContainsKey(FixProperties.Twins) ? read.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() : null;
        if (work is not null && (!hasTwin || work is not { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax } } or ParenthesizedLambdaExpressionSyntax { ReturnType: not null }))
        {
            return null;
        }

        var wait = SyntaxFactory.ParseStatement(isAsync || work is not null ? $"await {process.Identifier.Text}.WaitForExitAsync();" : $"{process.Identifier.Text}.WaitForExit();");
        if (StatementLists.PutOnLineBefore(root, layout, statement, wait) is not { } changed)
        {
            return null;
        }

        if (work is not null)
        {
            var waiting = changed.FindToken(work.SpanStart).Parent!.AncestorsAndSelf().OfType<AnonymousFunctionExpressionSyntax>().First(lambda => lambda.SpanStart == work.SpanStart);
            changed = changed.ReplaceNode(waiting, Lambdas.Async(waiting));
        }

        return document.WithSyntaxRoot(changed);
    }

    /// <summary>Whether the statement comes to the read whatever it finds before: a wait in front of it would else be one too many.</summary>
    private static bool IsAlwaysRead(SyntaxNode read, StatementSyntax statement) => read.Ancestors().TakeWhile(a => a != statement).All(a => a is not (
        AnonymousFunctionExpressionSyntax or ConditionalAccessExpressionSyntax or ConditionalExpressionSyntax or SwitchExpressionSyntax or ForStatementSyntax or QueryExpressionSyntax) &&
        !(a is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } both && !both.Left.Span.Contains(read.Span)));
}
