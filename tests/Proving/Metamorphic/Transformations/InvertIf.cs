using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.Proving.Metamorphic.Transformations;

/// <summary>Negates the condition of every <c>if</c> and swaps its branches.</summary>
internal static class InvertIf
{
    public static SyntaxNode? Apply(SemanticModel model, SyntaxNode root)
    {
        var rewriter = new Rewriter();
        var changed = rewriter.Visit(root);
        return rewriter.HasChanged ? changed : null;
    }

    private sealed class Rewriter : CSharpSyntaxRewriter
    {
        public bool HasChanged { get; private set; }

        public override SyntaxNode? VisitIfStatement(IfStatementSyntax node)
        {
            HasChanged = true;
            var visited = (IfStatementSyntax)base.VisitIfStatement(node)!;
            return visited
                .WithCondition(PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, ParenthesizedExpression(visited.Condition)))
                .WithStatement(visited.Else?.Statement is { } other ? InBlock(other) : Block())
                .WithElse(ElseClause(InBlock(visited.Statement)));
        }

        private static BlockSyntax InBlock(StatementSyntax statement) => statement as BlockSyntax ?? Block(statement);
    }
}
