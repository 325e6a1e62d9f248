using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.CodeFixes.Editing.State;

/// <summary>Updates that become calls of <c>Interlocked</c>: <c>x++</c>, <c>x--</c>, <c>x += n</c>, <c>x -= n</c>, with the value they had; <c>x |= n</c> and <c>x &amp;= n</c>, whose value nobody takes.</summary>
internal static class AtomicUpdate
{
    /// <summary>The root with each of the variables' updates made atomic; null where one of the places is no such update.</summary>
    public static SyntaxNode? Of(SyntaxNode root, IReadOnlyList<SyntaxNode> variables, SemanticModel model, CancellationToken cancellation)
    {
        var updates = new Dictionary<SyntaxNode, ExpressionSyntax>();
        foreach (var variable in variables.OfType<ExpressionSyntax>())
        {
            if (variable.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 })
            {
                return null;
            }

            if (variable.Parent is not ExpressionSyntax update || update is not (PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax or AssignmentExpressionSyntax) || IsPlainRead(update, variable))
            {
                continue;
            }

            if (Atomic(update, variable, model, cancellation) is not { } atomic || update.HasInnerComments())
            {
                return null;
            }

            updates[update] = atomic.WithTriviaFrom(update);
        }

        return updates.Count == 0 ? null : root.ReplaceNodes(updates.Keys, (old, _) => updates[old]);
    }

    private static bool IsPlainRead(ExpressionSyntax update, ExpressionSyntax variable) => update switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left != variable,
        PrefixUnaryExpressionSyntax prefix => !prefix.IsKind(SyntaxKind.PreIncrementExpression) && !prefix.IsKind(SyntaxKind.PreDecrementExpression),
        _ => update.IsKind(SyntaxKind.SuppressNullableWarningExpression),
    };

    private static ExpressionSyntax? Atomic(ExpressionSyntax update, ExpressionSyntax variable, SemanticModel model, CancellationToken cancellation)
    {
        var isUsed = IsUsed(update, model, cancellation);
        switch (update)
        {
            case PrefixUnaryExpressionSyntax prefix:
                return Call(prefix.IsKind(SyntaxKind.PreIncrementExpression) ? "Increment" : "Decrement", variable, null, model);
            case PostfixUnaryExpressionSyntax postfix:
                var isUp = postfix.IsKind(SyntaxKind.PostIncrementExpression);
                var call = Call(isUp ? "Increment" : "Decrement", variable, null, model);
                return !isUsed ? call : Enclosed(BinaryExpression(isUp ? SyntaxKind.SubtractExpression : SyntaxKind.AddExpression, call, LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(1))), update);
            case AssignmentExpressionSyntax sum when sum.IsKind(SyntaxKind.AddAssignmentExpression):
                return Call("Add", variable, sum.Right, model);
            case AssignmentExpressionSyntax difference when difference.IsKind(SyntaxKind.SubtractAssignmentExpression):
                var value = difference.Right.WithoutTrivia();
                return Call("Add", variable, PrefixUnaryExpression(SyntaxKind.UnaryMinusExpression, value is LiteralExpressionSyntax or IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax ? value : ParenthesizedExpression(value)), model);
            case AssignmentExpressionSyntax bits when !isUsed && (bits.IsKind(SyntaxKind.OrAssignmentExpression) || bits.IsKind(SyntaxKind.AndAssignmentExpression)):
                return Call(bits.IsKind(SyntaxKind.OrAssignmentExpression) ? "Or" : "And", variable, bits.Right, model);
            default:
                return null;
        }
    }

    private static ExpressionSyntax Enclosed(ExpressionSyntax value, ExpressionSyntax place) =>
        place.Parent is ArgumentSyntax or EqualsValueClauseSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax or ParenthesizedExpressionSyntax or AssignmentExpressionSyntax ? value : ParenthesizedExpression(value);

    /// <summary>Whether anybody takes the value of the update.</summary>
    private static bool IsUsed(ExpressionSyntax update, SemanticModel model, CancellationToken cancellation) => update.Parent switch
    {
        ExpressionStatementSyntax or ForStatementSyntax => false,
        LambdaExpressionSyntax lambda => model.GetSymbolInfo(lambda, cancellation).Symbol is IMethodSymbol { ReturnsVoid: false, IsAsync: false } || (model.GetSymbolInfo(lambda, cancellation).Symbol is IMethodSymbol { IsAsync: true, ReturnType: INamedTypeSymbol { Arity: 1 } }),
        ArrowExpressionClauseSyntax { Parent: AccessorDeclarationSyntax accessor } => accessor.IsKind(SyntaxKind.GetAccessorDeclaration),
        ArrowExpressionClauseSyntax { Parent: { } member } => model.GetDeclaredSymbol(member, cancellation) is not IMethodSymbol { ReturnsVoid: true },
        _ => true,
    };

    private static InvocationExpressionSyntax Call(string method, ExpressionSyntax variable, ExpressionSyntax? value, SemanticModel model)
    {
        var target = ParseExpression(Imports.PrefixAt(model, variable.SpanStart, "System.Threading", "Interlocked") + "Interlocked." + method);
        var reference = Argument(null, Token(default, SyntaxKind.RefKeyword, Trivia.Space), variable.WithoutTrivia());
        return InvocationExpression(target, ArgumentList(value is null
            ? SingletonSeparatedList(reference)
            : SeparatedList([reference, Argument(value.WithoutTrivia())], [Token(default, SyntaxKind.CommaToken, Trivia.Space)])));
    }
}
