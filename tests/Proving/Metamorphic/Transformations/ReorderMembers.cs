using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Proving.Metamorphic.Transformations;

/// <summary>Turns the order of members, nested types and top-level types around.</summary>
internal static class ReorderMembers
{
    public static SyntaxNode? Apply(SemanticModel model, SyntaxNode root)
    {
        var rewriter = new Rewriter();
        var changed = root.ContainsDirectives ? root : rewriter.Visit(root);
        return rewriter.HasChanged ? changed : null;
    }

    private sealed class Rewriter : CSharpSyntaxRewriter
    {
        public bool HasChanged { get; private set; }

        public override SyntaxList<TNode> VisitList<TNode>(SyntaxList<TNode> list)
        {
            var visited = base.VisitList(list);
            if (typeof(TNode) != typeof(MemberDeclarationSyntax) || list.Count < 2)
            {
                return visited;
            }

            HasChanged = true;
            var first = visited.TakeWhile(static member => member is GlobalStatementSyntax).ToList();
            return SyntaxFactory.List(first.Concat(visited.Skip(first.Count).Reverse()));
        }
    }
}
