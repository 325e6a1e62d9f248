using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Placement;

/// <summary>
/// Awaits in the work what it waited for on its thread, where a failure then comes as itself: it was wrapped in an <c>AggregateException</c> by <c>Wait()</c>, <c>Result</c>
/// or the parallel loop, and a <c>catch</c> may ask for that.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW6002AwaitUnwrapped() : ChangingFix("TW6002", "AwaitUnwrapped", "ForEachAsync", "ForAsync")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        if (site.Properties[FixProperties.Edit] is not { } edit || !Edits.Contains(edit) || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root ||
            AwaitedCalls.Of(site.Others.Insert(0, site.Target), site.Properties[FixProperties.Twins]!.Split(',')) is not { } lambda)
        {
            return null;
        }

        if (edit == "AwaitUnwrapped")
        {
            root = root.ReplaceNode(lambda.Old, lambda.New);
        }
        else if (lambda.Old.Parent?.Parent?.Parent is InvocationExpressionSyntax { Parent: ExpressionStatementSyntax } call && AsyncContext.Allows(call) && AwaitedLoop.Of(call.ReplaceNode(lambda.Old, lambda.New)) is { } loop)
        {
            root = root.ReplaceNode(call, loop);
        }
        else
        {
            return null;
        }

        return await Simplifier.ReduceAsync(document.WithSyntaxRoot(root), Simplifier.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }
}
