using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.Locks;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Locks;

/// <summary>
/// Puts the code from the dropped acquire to its release under <c>if</c>, so that it runs with the lock or not at all. An acquire that opens
/// its own <c>try</c> moves out of it. Where an exception would leave the lock held, the code goes into a <c>try</c> as well, whose <c>finally</c> releases. Nothing is offered where the end of the protected code cannot be told, where a name it declares
/// is used behind it, where another lock overlaps it, or where a method would then end without a value: what to do without the lock is for the author to say.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2006WrapInIf() : ThreadwiseFix("TW2006")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || DroppedAcquire.Of(site.Target, model, cancellation) is not { } acquire || Siblings.Around(acquire.Statement) is not { } list)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var releases = site.Others.Select(static o => o?.FirstAncestorOrSelf<InvocationExpressionSyntax>()).OfType<InvocationExpressionSyntax>().ToList();
        var start = list.Statements.IndexOf(acquire.Statement);
        if (HeldRegion.EndOf(list, start, acquire, releases) is not { } end)
        {
            return HeldRegion.OwnTry(acquire, releases) is { } own && WrapOwnTry(root, layout, model, own, acquire.OutOf(own)) is { } moved ? document.WithSyntaxRoot(moved) : null;
        }

        // Behind a `finally` the release of a hold that goes on would be one too many; the edit names its own releases where it writes one.
        var mark = new SyntaxAnnotation();
        if (site.OwnReleases().Any(r => r.SpanStart > list.Statements[end].Span.End) || Wrap(root, layout, model, list, start, end, acquire, mark, cancellation) is not { } wrapped)
        {
            return null;
        }

        var changed = document.WithSyntaxRoot(wrapped);
        return site.Properties[FixProperties.Edit] == TW2006AcquireResultIgnored.WrapInIfAndFinally
            ? await ReleasedInFinallyAsync(changed, mark, acquire.Call, releases, cancellation).ConfigureAwait(false)
            : changed;
    }

    /// <summary>The document with a <c>try</c> around what the new <c>if</c> holds; null where its releases cannot go into a <c>finally</c>.</summary>
    private static async Task<Document?> ReleasedInFinallyAsync(
        Document document, SyntaxAnnotation mark, InvocationExpressionSyntax acquire, IReadOnlyCollection<InvocationExpressionSyntax> releases, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root?.GetAnnotatedNodes(mark).FirstOrDefault() is not IfStatementSyntax { Statement: var protectedCode } choice || model is null)
        {
            return null;
        }

        // The nodes of the source are gone; the calls read as they did.
        var opening = root.DescendantNodes().OfType<InvocationExpressionSyntax>().Last(call => call.SpanStart < protectedCode.SpanStart && SyntaxFactory.AreEquivalent(call, acquire));
        var ends = protectedCode.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => releases.Any(r => SyntaxFactory.AreEquivalent(r, call))).ToList();
        return TryFinallyRegion.InBranch(choice, opening, ends, model) is { } region ? await TryFinally.WrapAsync(document, root, region, model, cancellation).ConfigureAwait(false) : null;
    }

    private static SyntaxNode? Wrap(
        SyntaxNode root, Layout layout, SemanticModel model, Siblings list, int start, int end, DroppedAcquire acquire, SyntaxAnnotation mark, CancellationToken cancellation)
    {
        var body = list.Statements.GetRange(start + 1, end - start);
        var last = body[body.Count - 1];
        var first = acquire.IsKept ? start + 1 : start;
        var endsList = list.Statements.Skip(end + 1).All(static s => s is LocalFunctionStatementSyntax);
        if (ConditionalCode.IsBetween(acquire.Statement, last) || OtherLocks.Overlap(acquire.Statement, last, model) || list.IsNeededOutside(first, end - first + 1, model, cancellation) ||
            body.Any(s => s is LabeledStatementSyntax || (!endsList && s is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 })))
        {
            return null;
        }

        var block = new IfBlock(layout, acquire.Statement, last);
        var deeper = block.Deeper(body);
        return acquire.IsKept
            ? list.Replace(root, start, end - start + 1, block.Apart(acquire.Statement), block.Of(acquire.Condition, deeper, block.Start, default).WithAdditionalAnnotations(mark))
            : list.Replace(root, start, end - start + 1, block.Of(acquire.Condition, deeper, acquire.Statement.GetLeadingTrivia(), acquire.Statement.GetTrailingTrivia()).WithAdditionalAnnotations(mark));
    }

    private static SyntaxNode? WrapOwnTry(SyntaxNode root, Layout layout, SemanticModel model, TryStatementSyntax own, DroppedAcquire? acquire)
    {
        if (acquire is null || Siblings.Around(own) is not { } list || ConditionalCode.IsBetween(own, own) || OtherLocks.Overlap(own, own, model) ||
            acquire.Statement.GetLeadingTrivia().Any(static t => t.IsDirective))
        {
            return null;
        }

        var block = new IfBlock(layout, own, own);
        var place = list.Statements.IndexOf(own);
        var before = own.GetLeadingTrivia().AddRange(block.Comments(acquire.Statement.GetLeadingTrivia()));
        var body = new[] { block.WithoutFirst(own) };
        return acquire.IsKept
            ? list.Replace(root, place, 1, block.Apart(acquire.Statement.WithLeadingTrivia(before)), block.Of(acquire.Condition, body, block.Start, default))
            : list.Replace(root, place, 1, block.Of(acquire.Condition, body, before, acquire.Statement.GetTrailingTrivia()));
    }
}
