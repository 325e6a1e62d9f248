using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>A try-acquire whose answer nobody looks at, and how to look at it.</summary>
/// <param name="Call">The acquire.</param>
/// <param name="Statement">The statement that drops the answer.</param>
/// <param name="Condition">True when the lock was taken.</param>
/// <param name="IsKept">The statement stays before the <c>if</c>: the answer is in a variable. Else the condition takes its place.</param>
/// <param name="IsStatic">The lock is the first argument (<c>Monitor</c>) and not the receiver.</param>
internal sealed record DroppedAcquire(InvocationExpressionSyntax Call, StatementSyntax Statement, ExpressionSyntax Condition, bool IsKept, bool IsStatic)
{
    /// <summary>
    /// The same acquire for a place outside <paramref name="block"/>: a variable declared there cannot come along, since its name may mean
    /// something else outside. Nobody reads it, so it goes; null when something writes it.
    /// </summary>
    public DroppedAcquire? OutOf(StatementSyntax block)
    {
        if (Statement is not LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } || variables[0].Initializer is not { } initializer)
        {
            return this;
        }

        var isAlone = !block.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == variables[0].Identifier.ValueText);
        return isAlone && !HasCommentBeside(Statement, initializer.Value) ? this with { Condition = initializer.Value, IsKept = false } : null;
    }

    /// <summary>Null when the answer goes a way that is not understood.</summary>
    public static DroppedAcquire? Of(SyntaxNode target, SemanticModel model, CancellationToken cancellation)
    {
        var call = target.FirstAncestorOrSelf<InvocationExpressionSyntax>();
        var statement = call?.FirstAncestorOrSelf<StatementSyntax>();
        if (call is null || statement is null || call.Ancestors().TakeWhile(a => a != statement).Any(static a => a is AnonymousFunctionExpressionSyntax))
        {
            return null;
        }

        var (condition, isKept) = statement switch
        {
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment } =>
                model.GetSymbolInfo(assignment.Left, cancellation).Symbol is IDiscardSymbol ? (assignment.Right, false) : (assignment.Left, true),
            ExpressionStatementSyntax { Expression: var expression } =>
                Taken(call) is { } taken ? (taken, true) : (expression, false),
            LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when variables[0] is { Initializer.Value: { } value } variable =>
                variable.Identifier.ValueText == "_" ? (value, false) : (SyntaxFactory.IdentifierName(variable.Identifier.WithoutTrivia()), true),
            _ => ((ExpressionSyntax?)null, false),
        };
        while (condition is ParenthesizedExpressionSyntax parenthesized)
        {
            condition = parenthesized.Expression;
        }

        return condition is not null && IsPlain(condition, isKept) && IsBoolean() && (isKept || !HasCommentBeside(statement, condition))
            ? new DroppedAcquire(
                call, statement, isKept ? condition.WithoutTrivia() : condition, isKept, model.GetSymbolInfo(call, cancellation).Symbol is { IsStatic: true })
            : null;

        bool IsBoolean() => (statement is LocalDeclarationStatementSyntax { Declaration.Variables: { } variables } && isKept
            ? (model.GetDeclaredSymbol(variables[0], cancellation) as ILocalSymbol)?.Type
            : model.GetTypeInfo(condition, cancellation).Type)?.SpecialType == SpecialType.System_Boolean;
    }

    private static ExpressionSyntax? Taken(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.FirstOrDefault(static a => a.RefKindKeyword.IsKind(SyntaxKind.RefKeyword))?.Expression;

    /// <summary>A variable that is tested after the acquire must be no more than a name.</summary>
    private static bool IsPlain(ExpressionSyntax condition, bool isKept) => !isKept || condition is IdentifierNameSyntax;

    /// <summary>A comment that would be lost with the rest of the statement.</summary>
    private static bool HasCommentBeside(StatementSyntax statement, ExpressionSyntax condition) =>
        statement.DescendantTrivia().Any(t => t.IsComment() && statement.Span.Contains(t.Span) && !condition.FullSpan.Contains(t.Span));
}
