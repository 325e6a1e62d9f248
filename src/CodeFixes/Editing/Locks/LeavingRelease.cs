using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>A release that a <c>finally</c> around the code can take over, because the code is left right behind it.</summary>
internal static class LeavingRelease
{
    /// <param name="release">The release.</param>
    /// <param name="region">The code that will stand in the <c>try</c>.</param>
    /// <param name="isEndOfHold">The code releases on its own on each path, so running to its end is a way to leave it.</param>
    /// <param name="model">The semantic model.</param>
    public static bool IsOne(StatementSyntax release, IReadOnlyList<StatementSyntax> region, bool isEndOfHold, SemanticModel model)
    {
        // Handlers of an inner try would see the lock in another state; a lambda runs at another time.
        var between = release.Ancestors().TakeWhile(a => a != region[0].Parent).ToList();
        if (between.Any(static a => a is TryStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) || Siblings.Around(release) is not { } list)
        {
            return false;
        }

        if (between.Prepend(release).Any(node => node is UsingStatementSyntax || IsBehindUsing(node, region)))
        {
            return false;
        }

        var next = list.Statements.ElementAtOrDefault(list.Statements.IndexOf(release) + 1);
        return next is null ? isEndOfHold && list.Statements.Count > 1 && IsTail(release.Parent, region) : Leaves(next, region, model);
    }

    /// <summary>Who leaves disposes of something behind the release, and would in front of the <c>finally</c>.</summary>
    private static bool IsBehindUsing(SyntaxNode node, IReadOnlyList<StatementSyntax> region) => node is StatementSyntax statement && Siblings.Around(statement) is { } list &&
        list.Statements.TakeWhile(s => s != statement).Any(s => s is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } && s.SpanStart >= region[0].SpanStart);

    private static bool Leaves(StatementSyntax next, IReadOnlyList<StatementSyntax> region, SemanticModel model) => next switch
    {
        ReturnStatementSyntax back => IsQuick(back.Expression, model),
        ThrowStatementSyntax { Expression: { } thrown } => IsQuick(thrown, model),
        YieldStatementSyntax { RawKind: (int)SyntaxKind.YieldBreakStatement } => true,
        BreakStatementSyntax => IsAround(region, next.Ancestors().First(static a => a is SwitchStatementSyntax || IsLoop(a))),
        ContinueStatementSyntax => IsAround(region, next.Ancestors().First(IsLoop)),
        GotoStatementSyntax { RawKind: (int)SyntaxKind.GotoStatement, Expression: { } label } =>
            model.GetSymbolInfo(label).Symbol?.DeclaringSyntaxReferences.FirstOrDefault() is { } place && !region.Any(s => s.Span.Contains(place.Span)),
        GotoStatementSyntax => IsAround(region, next.Ancestors().First(static a => a is SwitchStatementSyntax)),
        _ => false,
    };

    /// <summary>What now runs before the release and ran behind it may take no time and wait for nobody.</summary>
    private static bool IsQuick(ExpressionSyntax? value, SemanticModel model) => value is null ||
        !value.DescendantNodesAndSelf(static n => n is not AnonymousFunctionExpressionSyntax).Any(node => node is AwaitExpressionSyntax ||
            (node is InvocationExpressionSyntax call && model.GetSymbolInfo(call).Symbol is var method &&
             method is not (null or { Name: "FromResult" or "FromException" or "FromCanceled", ContainingType.Name: "Task" or "ValueTask" })));

    private static bool IsAround(IReadOnlyList<StatementSyntax> region, SyntaxNode target) => target.Span.Contains(region[0].Span) && target != region[0];

    private static bool IsLoop(SyntaxNode node) => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax;

    /// <summary>Whether behind the node nothing of the region comes any more.</summary>
    private static bool IsTail(SyntaxNode? node, IReadOnlyList<StatementSyntax> region)
    {
        for (; node is BlockSyntax or IfStatementSyntax or ElseClauseSyntax; node = node.Parent)
        {
            if (node == region[region.Count - 1])
            {
                return true;
            }

            if (node is StatementSyntax statement && Siblings.Around(statement) is { } list && list.Statements[list.Statements.Count - 1] != statement)
            {
                return false;
            }
        }

        return false;
    }
}
