using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// Has a <c>using</c> take the scope of <c>Lock.EnterScope</c>, or a guard object: <c>using (gate.EnterScope()) { … }</c> around the rest of the list for one that is dropped, <c>using var</c> for
/// one in a local that is closed where its list is left anyway, and a block up to the call that closes it otherwise. The calls that close it go away: the <c>using</c> works on a
/// copy of its own, which would release a second time.
/// </summary>
internal static class ScopeUsing
{
    public static async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (model is null || root is null || site.Target.FirstAncestorOrSelf<ExpressionSyntax>(static e => e is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax) is not { } made || Awaited(made) is not { } opening ||
            opening.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || Siblings.Around(statement) is not { } list)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var start = list.Statements.IndexOf(statement);
        var changed = statement switch
        {
            ExpressionStatementSyntax dropping => IsDropped(dropping, opening, model) ? Block(root, layout, model, list, start, list.Statements.Count - 1, opening, [], cancellation) : null,
            LocalDeclarationStatementSyntax declaration => ClosesOf(declaration, opening, list, model, cancellation) is { } closes
                ? Declared(root, layout, declaration, list, start, closes, model) ?? Closed(root, layout, model, list, start, opening, closes, cancellation)
                : null,
            _ => null,
        };
        return changed is null ? null : document.WithSyntaxRoot(changed);
    }

    /// <summary>The expression with the wait for its task.</summary>
    private static ExpressionSyntax Awaited(ExpressionSyntax made) => made.Parent switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured } => Awaited(configured),
        AwaitExpressionSyntax wait => wait,
        _ => made,
    };

    private static bool IsDropped(ExpressionStatementSyntax statement, ExpressionSyntax opening, SemanticModel model) =>
        statement.Expression == opening ||
        (statement.Expression is AssignmentExpressionSyntax assignment && assignment.Right == opening && model.GetSymbolInfo(assignment.Left).Symbol is IDiscardSymbol);

    /// <summary>The statements that close the scope of the declared local; null where something else is done with it.</summary>
    private static List<ExpressionStatementSyntax>? ClosesOf(
        LocalDeclarationStatementSyntax declaration, ExpressionSyntax opening, Siblings list, SemanticModel model, CancellationToken cancellation)
    {
        if (declaration.Declaration.Variables is not { Count: 1 } variables || variables[0].Initializer?.Value != opening || model.GetDeclaredSymbol(variables[0], cancellation) is not { } local)
        {
            return null;
        }

        var closes = list.Scope.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(local, model.GetSymbolInfo(name, cancellation).Symbol))
            .Select(static name => name.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax close } } ? close : null)
            .ToList();
        return closes.Any(static close => close is null || close.HasComments() || close.ContainsDirectives) ? null : [.. closes.OfType<ExpressionStatementSyntax>()];
    }

    /// <summary><c>using var scope = …;</c>: each call that closes is the last thing before the list is left.</summary>
    private static SyntaxNode? Declared(
        SyntaxNode root, Layout layout, LocalDeclarationStatementSyntax declaration, Siblings list, int start, IReadOnlyList<ExpressionStatementSyntax> closes, SemanticModel model)
    {
        var rest = list.Statements.Skip(start + 1).ToList();
        if (rest.Count <= closes.Count(rest.Contains) || declaration.Parent is SwitchSectionSyntax || rest.Any(s => s is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } && closes.Contains(rest[rest.Count - 1])) ||
            !closes.All(close => close == rest[rest.Count - 1] || LeavingRelease.IsOne(close, rest, isEndOfHold: true, model)))
        {
            return null;
        }

        var keyword = SyntaxFactory.Token(declaration.GetLeadingTrivia(), SyntaxKind.UsingKeyword, Trivia.Space);
        root = root.TrackNodes(closes.Prepend<SyntaxNode>(declaration));
        root = root.ReplaceNode(root.GetCurrentNode(declaration)!, declaration.WithoutLeadingTrivia().WithUsingKeyword(keyword));
        return closes.Aggregate(root, (current, close) => Without(current, current.GetCurrentNode(close)!, Options(close, layout)));
    }

    private static SyntaxNode Without(SyntaxNode root, ExpressionStatementSyntax close, SyntaxRemoveOptions options) =>
        root.RemoveNode(close.Parent is GlobalStatementSyntax global ? global : close, options)!;

    /// <summary>What shares its line with code before it leaves the end of the line behind.</summary>
    private static SyntaxRemoveOptions Options(ExpressionStatementSyntax close, Layout layout) =>
        close.GetTrailingTrivia().EndsLine() && !layout.StartsLine(close) ? SyntaxRemoveOptions.KeepTrailingTrivia : SyntaxRemoveOptions.KeepNoTrivia;

    /// <summary><c>using (…) { … }</c> up to the statement of the list that closes the scope.</summary>
    private static SyntaxNode? Closed(
        SyntaxNode root, Layout layout, SemanticModel model, Siblings list, int start, ExpressionSyntax opening, IReadOnlyList<ExpressionStatementSyntax> closes, CancellationToken cancellation)
    {
        var end = list.Statements.FindIndex(start + 1, s => closes.Contains(s));
        var inner = closes.Where(close => end >= 0 && close != list.Statements[end]).ToList();
        return end < 0 || inner.Any(close => close.SpanStart > list.Statements[end].SpanStart)
            ? null
            : Block(root, layout, model, list, start, end, opening, inner, cancellation);
    }

    /// <param name="root">The root of the document.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="model">Its semantic model.</param>
    /// <param name="list">The list that the scope is opened in.</param>
    /// <param name="start">Where it is opened.</param>
    /// <param name="last">The last statement that goes under the <c>using</c>, or the one that closes the scope.</param>
    /// <param name="opening">The call that opens it.</param>
    /// <param name="inner">The calls before the last statement that close it.</param>
    /// <param name="cancellation">Ends the edit.</param>
    private static SyntaxNode? Block(
        SyntaxNode root, Layout layout, SemanticModel model, Siblings list, int start, int last, ExpressionSyntax opening, IReadOnlyList<ExpressionStatementSyntax> inner,
        CancellationToken cancellation)
    {
        var (first, end) = (list.Statements[start], list.Statements[last]);
        var closing = IsCloseOf(first, end) ? end : null;
        var body = list.Statements.GetRange(start + 1, last - start - (closing is null ? 0 : 1));
        if (body.Count == 0 || ConditionalCode.IsBetween(first, end) || OtherLocks.Overlap(first, end, model) || first.DescendantTrivia().Any(t => t.IsComment() && first.Span.Contains(t.Span)) ||
            list.IsNeededOutside(start + 1, body.Count, model, cancellation) || body.Any(s => s is LabeledStatementSyntax || (closing is not null && s is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 })) ||
            !inner.All(close => LeavingRelease.IsOne(close, body, isEndOfHold: false, model)))
        {
            return null;
        }

        var block = new IfBlock(layout, first, end);
        var deeper = block.Deeper(body).ToArray();
        for (var i = 0; i < deeper.Length; i++)
        {
            deeper[i] = Without(deeper[i], body[i], inner);
        }

        if (closing is not null)
        {
            deeper[deeper.Length - 1] = deeper[deeper.Length - 1].WithTrailingTrivia(closing.GetTrailingTrivia());
        }

        return list.Replace(root, start, last - start + 1, block.Using(opening, deeper, first.GetLeadingTrivia(), first.GetTrailingTrivia()));
    }

    private static bool IsCloseOf(StatementSyntax first, StatementSyntax end) => first is LocalDeclarationStatementSyntax declaration &&
        end is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Expression: IdentifierNameSyntax name } } } &&
        name.Identifier.ValueText == declaration.Declaration.Variables[0].Identifier.ValueText;

    /// <summary>The statement without the calls that close; other white space does not change which node is the how-manieth.</summary>
    private static StatementSyntax Without(StatementSyntax now, StatementSyntax old, IReadOnlyList<ExpressionStatementSyntax> closes)
    {
        var (before, after) = (old.DescendantNodes().ToList(), now.DescendantNodes().ToList());
        return now.RemoveNodes(closes.Select(close => before.IndexOf(close)).Where(static i => i >= 0).Select(i => after[i]), SyntaxRemoveOptions.KeepNoTrivia)!;
    }
}
