using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Processes;

namespace Threadwise.CodeFixes.Processes;

/// <summary>Waits for the exit in front of the statement that uses the child's file; right at the start where no local keeps the process.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW5001WaitForExit() : ThreadwiseFix("TW5001")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } start || start.FirstAncestorOrSelf<StatementSyntax>() is not { } starts || Siblings.Around(starts) is not { } list)
        {
            return null;
        }

        if (starts is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } dropped } && dropped == start)
        {
            return AsyncContext.Allows(start) || start.HasInnerComments() ? null : document.WithSyntaxRoot(root.ReplaceNode(start, SyntaxFactory.ParseExpression($"{start.WithoutTrivia().ToFullString()}?.WaitForExit()").WithTriviaFrom(start)));
        }

        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (AfterStart.NameOf(start, starts, model, cancellation) is not { } name || list.Statements.Find(s => site.Others.FirstOrDefault() is { } use && s.Span.Contains(use.Span)) is not { } uses || uses == starts || ConditionalCode.IsBetween(starts, uses))
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var isAsync = AsyncContext.Allows(start) && model?.GetSymbolInfo(start, cancellation).Symbol?.ContainingType.GetMembers("WaitForExitAsync").IsEmpty == false;
        var wait = SyntaxFactory.ParseStatement(isAsync ? $"await {name}.WaitForExitAsync();" : $"{name}.WaitForExit();");
        return StatementLists.PutOnLineBefore(root, layout, uses, wait) is { } changed ? document.WithSyntaxRoot(changed) : null;
    }
}
