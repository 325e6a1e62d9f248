using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.Proving.Metamorphic.Transformations;

/// <summary>Splits every type with two members or more into two parts, every other member in the second.</summary>
internal static class PartialParts
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
            return typeof(TNode) == typeof(MemberDeclarationSyntax) ? List(visited.SelectMany(Parts).Cast<TNode>()) : visited;
        }

        private IEnumerable<SyntaxNode> Parts(SyntaxNode member)
        {
            if (member is not TypeDeclarationSyntax { Members.Count: > 1 } type)
            {
                return [member];
            }

            HasChanged = true;
            var whole = type.Modifiers.Any(SyntaxKind.PartialKeyword) ? type : type.AddModifiers(Token(SyntaxKind.PartialKeyword));
            return [whole.WithMembers(Every(type, 0)), Rest(whole).WithMembers(Every(type, 1))];
        }

        private static SyntaxList<MemberDeclarationSyntax> Every(TypeDeclarationSyntax type, int half) => List(type.Members.Where((_, i) => i % 2 == half));

        /// <summary>The header of the second part: what must be said in one part only is left out.</summary>
        private static TypeDeclarationSyntax Rest(TypeDeclarationSyntax type) =>
            type.WithAttributeLists([]).WithBaseList(null).WithConstraintClauses([]).WithParameterList(null);
    }
}
