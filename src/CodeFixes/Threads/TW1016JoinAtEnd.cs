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

namespace Threadwise.CodeFixes.Threads;

/// <summary>
/// Waits for the work at the end of the block that declares its handle, before a <c>return</c> that stands there. A task that nobody keeps gets a local first.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1016JoinAtEnd() : ThreadwiseFix("TW1016")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<StatementSyntax>() is not { } start)
        {
            return null;
        }

        if (site.Properties[FixProperties.Edit] == "JoinAtEnd")
        {
            var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            return semantics is null || !site.Properties.TryGetValue(FixProperties.Handle, out var handle) || HomeOf(handle, start, semantics, cancellation) is not { } home ? null
                : await JoinAsync(document, root, home, start, (last, layout) => JoinStatement.For(site, last, semantics, layout), cancellation).ConfigureAwait(false);
        }

        if (start is not ExpressionStatementSyntax { Expression: var made })
        {
            return null;
        }

        var call = made is AssignmentExpressionSyntax discard ? discard.Right : made;
        var name = FreshName.For("task", start);
        var mark = new SyntaxAnnotation();
        var declared = SyntaxFactory.ParseStatement($"var {name} = {call.WithoutTrivia().ToFullString()};").WithTriviaFrom(start).WithAdditionalAnnotations(mark);
        root = root.ReplaceNode(start, declared);
        document = document.WithSyntaxRoot(root);
        var kept = (StatementSyntax)root.GetAnnotatedNodes(mark).Single();
        return await JoinAsync(document, root, kept, kept, (last, _) => JoinStatement.OfTask(name, last), cancellation).ConfigureAwait(false);
    }

    /// <summary>A statement of the list at whose end the handle is joined: the declaration of a local; for a field, the statement of the function that the start stands in.</summary>
    private static StatementSyntax? HomeOf(string? handle, StatementSyntax start, SemanticModel semantics, CancellationToken cancellation) => semantics.LookupSymbols(start.SpanStart, name: handle).FirstOrDefault() switch
    {
        ILocalSymbol { DeclaringSyntaxReferences.Length: 1 } local => local.DeclaringSyntaxReferences[0].GetSyntax(cancellation).FirstAncestorOrSelf<StatementSyntax>(),
        IFieldSymbol => start.AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault(static s => s.Parent is GlobalStatementSyntax or BlockSyntax { Parent: MemberDeclarationSyntax or LocalFunctionStatementSyntax }),
        _ => null,
    };

    private static async Task<Document?> JoinAsync(
        Document document, SyntaxNode root, StatementSyntax home, StatementSyntax start, System.Func<StatementSyntax, Layout, StatementSyntax?> join, CancellationToken cancellation)
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
