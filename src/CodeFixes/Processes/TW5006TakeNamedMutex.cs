using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.Processes;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Processes;

/// <summary>
/// Takes a new mutex with a name, which other processes know, around each update of some shared memory. Nothing is offered where the update goes over an <c>await</c>, or where a part of it is not a statement beside the rest.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW5006TakeNamedMutex() : ThreadwiseFix(TW5006SharedMemoryWithoutProcessLock.Id)
{
    private protected override string Title(Diagnostic diagnostic, string edit) => FixTexts.Title($"{TW5006SharedMemoryWithoutProcessLock.Id}_{edit}", diagnostic.Properties[FixProperties.Gate] ?? "");

    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || site.Properties[FixProperties.Gate] is not { } mutex || !int.TryParse(site.Properties[FixProperties.Accesses], out var count) ||
            site.Target.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not ClassDeclarationSyntax { OpenBraceToken.IsMissing: false, Members.Count: > 0 } part || model.GetDeclaredSymbol(part, cancellation) is not { } type)
        {
            return null;
        }

        var places = site.Others.Take(count).Prepend(site.Target).ToList();
        if (places.Any(place => place?.FirstAncestorOrSelf<TypeDeclarationSyntax>() != part))
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var name = GateField.NameFor(type, isStatic: true, model, part.OpenBraceToken.Span.End, cancellation, "mutex");
        var space = Imports.PrefixAt(model, part.OpenBraceToken.SpanStart, "System.Threading", "Mutex");
        var at = root.DescendantNodes().OfType<ClassDeclarationSyntax>().ToList().IndexOf(part);
        var changed = root;

        // From the last on, so that what stands before keeps its place.
        foreach (var (first, last) in Enumerable.Range(0, places.Count / 2).Select(i => (First: places[(2 * i) + 1]!, Last: places[2 * i]!)).OrderByDescending(static update => update.First.SpanStart))
        {
            if (changed.FindNode(first.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<StatementSyntax>() is not { } read || changed.FindNode(last.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<StatementSyntax>() is not { } write ||
                Guard(changed, read, write, first, last, name, space, model, layout, cancellation) is not { } guarded)
            {
                return null;
            }

            changed = guarded;
        }

        var now = changed.DescendantNodes().OfType<ClassDeclarationSyntax>().ElementAt(at);
        return document.WithSyntaxRoot(changed.ReplaceNode(now, GateField.AddTo(now, part, $"private static readonly {space}Mutex {name} = new {space}Mutex(false, {NamedMutexText.Of(mutex)});", layout)));
    }

    private static SyntaxNode? Guard(SyntaxNode root, StatementSyntax read, StatementSyntax write, SyntaxNode first, SyntaxNode last, string mutex, string space, SemanticModel model, Layout layout, CancellationToken cancellation)
    {
        // The statements as they were tell what they declare; the edits so far stand behind them.
        var (was, wasLast) = (first.FirstAncestorOrSelf<StatementSyntax>(), last.FirstAncestorOrSelf<StatementSyntax>());
        if (was is null || wasLast is null || Siblings.Around(was) is not { } old || Siblings.Around(read) is not { } list || old.Statements.IndexOf(wasLast) is var end && end < old.Statements.IndexOf(was) || !list.Statements.Contains(write))
        {
            return null;
        }

        var from = old.Statements.IndexOf(was);
        var body = old.Statements.GetRange(from, end - from + 1);
        if (old.IsNeededOutside(from, body.Count, model, cancellation) || !body.All(layout.StartsLine) ||
            body.SelectMany(static s => s.DescendantNodesAndSelf(static n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))).Any(static n => n is AwaitExpressionSyntax or YieldStatementSyntax))
        {
            return null;
        }

        var style = BlockStyle.Of(layout, was, wasLast);
        var line = layout.NewLine.ToString();
        var head = style.BracesHaveOwnLine ? line + style.Indent : " ";
        var wait = "try" + style.Braced($"{mutex}.WaitOne();", layout) + head + $"catch ({space}AbandonedMutexException)" + style.Braced(CountedHandler.Remark, layout) + line;
        var inner = string.Concat(body.Select((s, i) => i == 0 ? layout.Shift(s, style.Indent, style.Deeper).WithoutLeadingTrivia().ToFullString() : layout.Shift(s, style.Indent, style.Deeper).ToFullString())).TrimEnd();
        var update = "try" + style.Braced(inner, layout) + head + "finally" + style.Braced($"{mutex}.ReleaseMutex();", layout);
        return list.Replace(
            root, list.Statements.IndexOf(read), body.Count,
            SyntaxFactory.ParseStatement(wait).WithLeadingTrivia(was.GetLeadingTrivia()).WithTrailingTrivia(layout.NewLine, layout.NewLine),
            SyntaxFactory.ParseStatement(update).WithLeadingTrivia(Trivia.Indent(style.Indent)).WithTrailingTrivia(layout.NewLine));
    }
}
