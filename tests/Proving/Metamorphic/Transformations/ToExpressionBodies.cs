using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.Proving.Metamorphic.Transformations;

/// <summary>Writes every body of one statement as an expression.</summary>
internal static class ToExpressionBodies
{
    public static SyntaxNode? Apply(SemanticModel model, SyntaxNode root)
    {
        var rewriter = new Rewriter(model);
        var changed = root.ContainsDirectives ? root : rewriter.Visit(root);
        return rewriter.HasChanged ? changed : null;
    }

    private sealed class Rewriter(SemanticModel model) : CSharpSyntaxRewriter
    {
        public bool HasChanged { get; private set; }

        public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node) => Arrow(node, base.VisitMethodDeclaration(node)!);

        public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node) => Arrow(node, base.VisitConstructorDeclaration(node)!);

        public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
        {
            var visited = (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!;
            return Only(node.Body) is null ? visited
                : visited.WithBody(null).WithExpressionBody(ArrowExpressionClause(Taken(visited.Body))).WithSemicolonToken(Token(SyntaxKind.SemicolonToken));
        }

        public override SyntaxNode? VisitAccessorDeclaration(AccessorDeclarationSyntax node)
        {
            var visited = (AccessorDeclarationSyntax)base.VisitAccessorDeclaration(node)!;
            return Only(node.Body) is null ? visited
                : visited.WithBody(null).WithExpressionBody(ArrowExpressionClause(Taken(visited.Body))).WithSemicolonToken(Token(SyntaxKind.SemicolonToken));
        }

        public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node)
        {
            var visited = (ParenthesizedLambdaExpressionSyntax)base.VisitParenthesizedLambdaExpression(node)!;
            return MeansTheSame(node) ? visited.WithBlock(null).WithExpressionBody(Taken(visited.Block)) : visited;
        }

        public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node)
        {
            var visited = (SimpleLambdaExpressionSyntax)base.VisitSimpleLambdaExpression(node)!;
            return MeansTheSame(node) ? visited.WithBlock(null).WithExpressionBody(Taken(visited.Block)) : visited;
        }

        private SyntaxNode Arrow(BaseMethodDeclarationSyntax node, SyntaxNode visited) => Only(node.Body) is null ? visited
            : ((BaseMethodDeclarationSyntax)visited).WithBody(null)
                .WithExpressionBody(ArrowExpressionClause(Taken(((BaseMethodDeclarationSyntax)visited).Body))).WithSemicolonToken(Token(SyntaxKind.SemicolonToken));

        /// <summary>A statement whose value a lambda would begin to return may choose another overload for it.</summary>
        private bool MeansTheSame(LambdaExpressionSyntax lambda) => Only(lambda.Block) is { } only &&
            (only.Parent is ReturnStatementSyntax || model.GetTypeInfo(only).Type?.SpecialType == SpecialType.System_Void);

        private static ExpressionSyntax? Only(BlockSyntax? block) => block?.Statements switch
        {
            [ReturnStatementSyntax { Expression: { } value }] => value,
            [ExpressionStatementSyntax statement] => statement.Expression,
            _ => null,
        };

        private ExpressionSyntax Taken(BlockSyntax? block)
        {
            HasChanged = true;
            return Only(block)!;
        }
    }
}
