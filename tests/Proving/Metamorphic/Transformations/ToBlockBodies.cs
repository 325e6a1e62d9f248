using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.Proving.Metamorphic.Transformations;

/// <summary>Writes every expression body as a block.</summary>
internal static class ToBlockBodies
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

        public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node) => InBlock(node, base.VisitMethodDeclaration(node)!);

        public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node) => InBlock(node, base.VisitConstructorDeclaration(node)!);

        public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
        {
            var visited = (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!;
            return visited.ExpressionBody is not { Expression: var value } ? visited
                : visited.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Body(value, ReturnsNothing(model.GetDeclaredSymbol(node))));
        }

        public override SyntaxNode? VisitAccessorDeclaration(AccessorDeclarationSyntax node)
        {
            var visited = (AccessorDeclarationSyntax)base.VisitAccessorDeclaration(node)!;
            return visited.ExpressionBody is not { Expression: var value } ? visited
                : visited.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Body(value, !node.IsKind(SyntaxKind.GetAccessorDeclaration)));
        }

        public override SyntaxNode? VisitPropertyDeclaration(PropertyDeclarationSyntax node)
        {
            var visited = (PropertyDeclarationSyntax)base.VisitPropertyDeclaration(node)!;
            return visited.ExpressionBody is not { Expression: var value } ? visited
                : visited.WithExpressionBody(null).WithSemicolonToken(default)
                    .WithAccessorList(AccessorList([AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, Body(value, false))]));
        }

        public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node)
        {
            var visited = (ParenthesizedLambdaExpressionSyntax)base.VisitParenthesizedLambdaExpression(node)!;
            return visited.ExpressionBody is not { } value || IsExpressionTree(node) ? visited
                : visited.WithExpressionBody(null).WithBlock(Body(value, ReturnsNothing(model.GetSymbolInfo(node).Symbol)));
        }

        public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node)
        {
            var visited = (SimpleLambdaExpressionSyntax)base.VisitSimpleLambdaExpression(node)!;
            return visited.ExpressionBody is not { } value || IsExpressionTree(node) ? visited
                : visited.WithExpressionBody(null).WithBlock(Body(value, ReturnsNothing(model.GetSymbolInfo(node).Symbol)));
        }

        private SyntaxNode InBlock(BaseMethodDeclarationSyntax node, SyntaxNode visited)
        {
            var method = (BaseMethodDeclarationSyntax)visited;
            return method.ExpressionBody is not { Expression: var value } ? method
                : method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Body(value, ReturnsNothing(model.GetDeclaredSymbol(node) as IMethodSymbol)));
        }

        private BlockSyntax Body(ExpressionSyntax value, bool returnsNothing)
        {
            HasChanged = true;
            return Block(value is ThrowExpressionSyntax thrown ? ThrowStatement(thrown.Expression)
                : returnsNothing ? ExpressionStatement(value)
                : ReturnStatement(value));
        }

        private bool IsExpressionTree(LambdaExpressionSyntax lambda) => model.GetTypeInfo(lambda).ConvertedType?.TypeKind != TypeKind.Delegate;

        private static bool ReturnsNothing(ISymbol? function) => function is IMethodSymbol method &&
            (method.ReturnsVoid || (method.IsAsync && method.ReturnType is INamedTypeSymbol { Arity: 0 }));
    }
}
