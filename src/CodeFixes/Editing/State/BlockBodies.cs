using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.CodeFixes.Editing.State;

/// <summary>Members with an expression for a body that get a block instead.</summary>
internal static class BlockBodies
{
    /// <summary>The member, accessor or local function around <paramref name="arrow"/> with <paramref name="block"/> for its body; null for a kind that is not known.</summary>
    public static SyntaxNode? Of(ArrowExpressionClauseSyntax arrow, BlockSyntax block)
    {
        var body = block.WithAdditionalAnnotations(Formatter.Annotation);
        return arrow.Parent switch
        {
            MethodDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body).WithTrailingTrivia(method.GetTrailingTrivia()),
            OperatorDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body).WithTrailingTrivia(method.GetTrailingTrivia()),
            LocalFunctionStatementSyntax function => function.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body).WithTrailingTrivia(function.GetTrailingTrivia()),
            AccessorDeclarationSyntax accessor => accessor.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body).WithTrailingTrivia(accessor.GetTrailingTrivia()),
            PropertyDeclarationSyntax property => property.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(body)).WithTrailingTrivia(property.GetTrailingTrivia()),
            IndexerDeclarationSyntax indexer => indexer.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(body)).WithTrailingTrivia(indexer.GetTrailingTrivia()),
            _ => null,
        };
    }

    private static AccessorListSyntax Getter(BlockSyntax body) =>
        AccessorList(SingletonList(AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, body))).WithAdditionalAnnotations(Formatter.Annotation);
}
