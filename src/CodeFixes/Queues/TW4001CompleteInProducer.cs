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

namespace Threadwise.CodeFixes.Queues;

/// <summary>Completes the queue in a <c>finally</c> of the work that fills it, or behind the last statement that puts something in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW4001CompleteInProducer() : ThreadwiseFix("TW4001")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || !site.Properties.TryGetValue(FixProperties.Argument, out var completion) || completion is null || site.Others.Length < 2 || site.Others[1] is not { } producer)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        if (site.Properties[FixProperties.Edit] == "InFinally")
        {
            return producer.FirstAncestorOrSelf<LambdaExpressionSyntax>() is { } work ? document.WithSyntaxRoot(root.ReplaceNode(work, GuardedBody.Of(work, "finally", layout, completion))) : null;
        }

        // The statement beside the declaration: a loop is over when it has put in its last.
        if (site.Target.FirstAncestorOrSelf<StatementSyntax>() is not { } declared || Siblings.Around(declared) is not { Scope: not SwitchStatementSyntax } list || list.Statements.FirstOrDefault(s => s.Span.Contains(producer.Span)) is not { } last)
        {
            return null;
        }

        return document.WithSyntaxRoot(StatementLists.PutOnLineAfter(root, layout, list, last, SyntaxFactory.ParseStatement(completion)));
    }
}
