using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// <c>try { wait } catch (AbandonedMutexException) { }</c> around the statement of a wait, where what comes behind it is what comes behind a wait that has succeeded: the bare call, one whose answer goes
/// into a variable, which the handler sets, and one whose refusal leaves. A local that gets the answer is declared in front.
/// </summary>
internal static class AbandonedTry
{
    public static SyntaxNode? Around(SyntaxNode root, InvocationExpressionSyntax wait, Layout layout)
    {
        if (wait.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || statement.HasInnerComments() || Parts(statement, wait) is not var (declared, tried, handled))
        {
            return null;
        }

        var style = BlockStyle.Of(layout, statement, statement);
        var line = layout.NewLine.ToString();
        var behind = statement.GetTrailingTrivia();
        string text;
        if (!layout.StartsLine(statement))
        {
            if (!style.IsOneLine)
            {
                return null;
            }

            text = $"try {{ {tried.WithoutTrivia()} }} catch (AbandonedMutexException) {{ {(handled.Length > 0 ? handled + " " : "")}}}";
        }
        else
        {
            var body = (tried == statement ? layout.Shift(statement, style.Indent, style.Deeper) : tried).WithoutTrivia().ToString();
            if (behind.EndsLine())
            {
                // A remark stays on the line of the wait.
                body += behind.RemoveAt(behind.Count - 1).ToFullString().TrimEnd();
                behind = SyntaxFactory.TriviaList(behind.Last());
            }

            var head = style.BracesHaveOwnLine ? line + style.Indent : " ";
            text = "try" + style.Braced(body, layout) + head + "catch (AbandonedMutexException)" + style.Braced(handled.Length > 0 ? handled : CountedHandler.Remark, layout);
        }

        var guarded = SyntaxFactory.ParseStatement(text).WithTrailingTrivia(behind);
        if (declared is null)
        {
            return root.ReplaceNode(statement, guarded.WithLeadingTrivia(statement.GetLeadingTrivia()));
        }

        return StatementLists.PutOnLineBefore(root, layout, statement, SyntaxFactory.ParseStatement(declared), guarded.WithLeadingTrivia(statement.GetLeadingTrivia()));
    }

    /// <summary>What is declared in front, what is tried, and what the handler does.</summary>
    private static (string? Declared, StatementSyntax Tried, string Handled)? Parts(StatementSyntax statement, InvocationExpressionSyntax wait)
    {
        switch (statement)
        {
            case ExpressionStatementSyntax { Expression: var value } when value == wait:
                return (null, statement, "");
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: var value, Left: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } } kept } when value == wait:
                return (null, statement, $"{kept.Left.WithoutTrivia()} = true;");
            case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: { Count: 1 } variables } when variables[0].Initializer?.Value == wait:
                var name = variables[0].Identifier.Text;
                return ($"bool {name};", SyntaxFactory.ParseStatement($"{name} = {wait.WithoutTrivia()};"), $"{name} = true;");
            case IfStatementSyntax { Else: null, Condition: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: var value } } refused
                when value == wait && Last(refused.Statement) is ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax:
                return (null, statement, "");
            default:
                return null;
        }
    }

    private static StatementSyntax? Last(StatementSyntax statement) => statement is BlockSyntax block ? block.Statements.LastOrDefault() : statement;
}
