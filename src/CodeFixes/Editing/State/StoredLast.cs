using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.CodeFixes.Editing.State;

/// <summary>A new object that is stored in a field and filled afterwards: filled in a local first, and stored last.</summary>
internal static class StoredLast
{
    /// <summary>A local is filled, and stored behind the last statement that fills it.</summary>
    public static SyntaxNode? Of(SyntaxNode root, ExpressionStatementSyntax statement)
    {
        if (statement.Parent is not BlockSyntax block || statement.Expression is not AssignmentExpressionSyntax { Left: var target, Right: var value } || value is ImplicitObjectCreationExpressionSyntax or InitializerExpressionSyntax ||
            value is LiteralExpressionSyntax || Name(target) is not { } field)
        {
            return null;
        }

        var at = block.Statements.IndexOf(statement);
        var filling = block.Statements.Skip(at + 1).TakeWhile(s => s is ExpressionStatementSyntax or ForStatementSyntax or ForEachStatementSyntax && s.DescendantTokens().Any(t => t.ValueText == field)).ToList();
        if (filling.Count == 0 || block.Statements.Skip(at + 1 + filling.Count).Any(s => s.DescendantTokens().Any(t => t.ValueText == field) && s is not ReturnStatementSyntax))
        {
            return null;
        }

        var wanted = FreshName.After(field);
        var name = FreshName.For(wanted.Length == 0 || wanted == field ? "made" : wanted, statement);
        var local = LocalDeclarationStatement(VariableDeclaration(
                IdentifierName(Identifier(TriviaList(), SyntaxKind.VarKeyword, "var", "var", TriviaList(Space))), SingletonSeparatedList(VariableDeclarator(Identifier(name).WithTrailingTrivia(Space), null, EqualsValueClause(Token(default, SyntaxKind.EqualsToken, TriviaList(Space)), value)))))
            .WithTriviaFrom(statement);
        var filled = filling.Select(s => s.ReplaceNodes(s.DescendantNodes().OfType<ExpressionSyntax>().Where(e => IsField(e, field)), (old, _) => IdentifierName(name).WithTriviaFrom(old)));
        var stored = ExpressionStatement(AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, target.WithoutTrivia(), IdentifierName(name))).WithTrailingTrivia(filling[filling.Count - 1].GetTrailingTrivia()).WithAdditionalAnnotations(Formatter.Annotation);
        IEnumerable<StatementSyntax> all = [.. block.Statements.Take(at), local, .. filled, stored, .. block.Statements.Skip(at + 1 + filling.Count)];
        return root.ReplaceNode(block, block.WithStatements(List(all)));
    }

    private static bool IsField(ExpressionSyntax expression, string field) => expression switch
    {
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var name } => name == field,
        IdentifierNameSyntax { Identifier.ValueText: var name, Parent: not (MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } or NameColonSyntax) } => name == field,
        _ => false,
    };

    /// <summary>The field that the target names, of the object at hand or static; else null.</summary>
    public static string? Name(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var name } => name,
        _ => null,
    };
}
