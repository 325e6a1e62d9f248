using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// The handler of an abandoned mutex that does what the <c>try</c> does behind a wait that has succeeded: nothing, set the flag, or take the same way out. Only where the wait is the last thing in the
/// <c>try</c> but for that way out, and the handler's own way out, its second wait and its denied flag are statements of their own.
/// </summary>
internal static class CountedHandler
{
    /// <summary>What an empty handler says for itself.</summary>
    public const string Remark = "// Its holder died. The mutex is held now as after any other wait.";

    public static CatchClauseSyntax? Of(CatchClauseSyntax handler, TryStatementSyntax tried, InvocationExpressionSyntax acquire, Layout layout)
    {
        if (Continuation(tried, acquire) is not { } next || handler.Block.HasInnerComments() && handler.Block.Statements.Count == 0)
        {
            return null;
        }

        var kept = new List<StatementSyntax>();
        var isChanged = false;
        foreach (var statement in handler.Block.Statements)
        {
            var isLast = statement == handler.Block.Statements.Last();
            if ((IsWayOut(statement) && isLast) || IsDenial(statement, next.Flag) || IsSameWait(statement, acquire))
            {
                // What a comment says about the old way may be wrong now, and is the user's.
                if (statement.HasComments())
                {
                    return null;
                }

                isChanged = true;
            }
            else if (statement.DescendantNodesAndSelf(static n => n is not AnonymousFunctionExpressionSyntax).Any(static n => n is StatementSyntax inner && IsWayOut(inner)) ||
                statement.DescendantTokens().Any(t => next.Flag is not null && t.ValueText == next.Flag.GetLastToken().ValueText))
            {
                return null;
            }
            else
            {
                kept.Add(statement);
            }
        }

        var added = next.Statements;
        if (!isChanged && added.Count == 0)
        {
            return null;
        }

        return Drop(handler.WithBlock(Block(handler.Block, kept, added, layout)));
    }

    /// <summary>What the <c>try</c> does when the wait has succeeded, or null when that is more than a step.</summary>
    private static (ExpressionSyntax? Flag, List<string> Statements)? Continuation(TryStatementSyntax tried, InvocationExpressionSyntax acquire)
    {
        var statements = tried.Block.Statements;
        var at = statements.IndexOf(s => s.Span.Contains(acquire.Span));
        if (at < 0 || statements.Count - at > 2)
        {
            return null;
        }

        var wayOut = statements.Count - at == 2 ? statements[at + 1] : null;
        if (wayOut is not null && !(IsWayOut(wayOut) && wayOut is not ThrowStatementSyntax && (wayOut is not ReturnStatementSyntax { Expression: { } value } || value is LiteralExpressionSyntax)))
        {
            return null;
        }

        ExpressionSyntax? flag = null;
        var added = new List<string>();
        switch (statements[at])
        {
            case ExpressionStatementSyntax { Expression: var wait } when wait == acquire:
                break;
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: var wait, Left: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } } kept } when wait == acquire:
                flag = kept.Left;
                added.Add($"{kept.Left.WithoutTrivia()} = true;");
                break;
            case IfStatementSyntax { Else: null, Condition: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: var wait } } when wait == acquire:
                break;
            case ReturnStatementSyntax { Expression: var wait } when wait == acquire:
                added.Add("return true;");
                break;
            default:
                return null;
        }

        if (wayOut is not null)
        {
            added.Add(wayOut.WithoutTrivia().ToString());
        }

        return (flag, added);
    }

    private static bool IsWayOut(StatementSyntax statement) =>
        statement is ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax or YieldStatementSyntax;

    private static bool IsDenial(StatementSyntax statement, ExpressionSyntax? flag) => flag is not null && statement is ExpressionStatementSyntax
    {
        Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: var target, Right.RawKind: (int)SyntaxKind.FalseLiteralExpression },
    } && target.IsEquivalentTo(flag, topLevel: false);

    private static bool IsSameWait(StatementSyntax statement, InvocationExpressionSyntax acquire) => statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: var waited } } &&
        waited.IsEquivalentTo(acquire.Expression, topLevel: false);

    private static BlockSyntax Block(BlockSyntax block, List<StatementSyntax> kept, List<string> added, Layout layout)
    {
        var isOnOneLine = layout.IsOnOneLine(block);
        var indent = layout.IndentOf(block.CloseBraceToken);
        var inner = block.Statements.Count > 0 && !isOnOneLine ? layout.IndentOf(block.Statements[0]) : indent + "    ";
        var end = isOnOneLine ? SyntaxFactory.Space : layout.NewLine;
        var made = added.Select(text => SyntaxFactory.ParseStatement(text).WithLeadingTrivia(isOnOneLine ? SyntaxFactory.TriviaList() : Trivia.Indent(inner)).WithTrailingTrivia(end));
        var statements = kept.Concat(made).ToList();
        if (statements.Count > 0 || isOnOneLine)
        {
            return block.WithStatements(SyntaxFactory.List(statements));
        }

        return block.WithStatements(default).WithCloseBraceToken(block.CloseBraceToken.WithLeadingTrivia(
            Trivia.Indent(inner).Add(SyntaxFactory.Comment(Remark)).Add(layout.NewLine).AddRange(Trivia.Indent(indent))));
    }

    /// <summary>A name of the exception that nothing speaks of any more would be a warning.</summary>
    private static CatchClauseSyntax Drop(CatchClauseSyntax handler) =>
        handler.Declaration is { Identifier: { RawKind: not 0 } name } declaration && !handler.Block.DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == name.ValueText)
            ? handler.WithDeclaration(declaration.WithIdentifier(default).WithType(declaration.Type.WithTrailingTrivia()))
            : handler;
}
