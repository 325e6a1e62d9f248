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

/// <summary>Completes the queue in a <c>finally</c> of the work that fills it, behind the last statement that puts something in, or before the end of its object waits for the consumer.</summary>
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

        if (site.Properties[FixProperties.Edit] == "BeforeWait")
        {
            return StatementBefore(producer) is { } wait && StatementLists.PutOnLineBefore(root, new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false)), wait, SyntaxFactory.ParseStatement(completion)) is { } completed
                ? document.WithSyntaxRoot(completed) : null;
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

    /// <summary>The statement of a block that the wait stands in, around the loop that waits for each of many.</summary>
    private static StatementSyntax? StatementBefore(SyntaxNode wait) => wait.AncestorsAndSelf().TakeWhile(static up => up is not (AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax)).OfType<StatementSyntax>()
        .LastOrDefault(up => up is { Parent: BlockSyntax block } && !wait.AncestorsAndSelf().TakeWhile(w => w != up).Any(static w => w is BlockSyntax and not { Parent: CommonForEachStatementSyntax or ForStatementSyntax }));
}
