using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary>What is known of a cancellation token.</summary>
internal static class Tokens
{
    /// <summary>Whether the token is plainly one that is never cancelled, by its expression or by the one where the variable is declared.</summary>
    public static bool IsNone(IOperation token) => Conversions.WithoutAny(token) switch
    {
        IDefaultValueOperation or IObjectCreationOperation { Arguments.IsEmpty: true } => true,
        IPropertyReferenceOperation { Property: { Name: "None", ContainingType.Name: "CancellationToken" } } => true,
        ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } => IsNone(DeclaredValue.Of(local)),
        IFieldReferenceOperation { Field: { IsReadOnly: true } field } => IsNone(DeclaredValue.Of(field)),
        _ => false,
    };

    /// <summary>The variable is a token, so the text can mean little else.</summary>
    private static bool IsNone(ExpressionSyntax? declared) => declared switch
    {
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "CancellationToken" }, Name.Identifier.ValueText: "None" } => true,
        BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: null } => true,
        DefaultExpressionSyntax => true,
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.DefaultLiteralExpression),
        _ => false,
    };
}
