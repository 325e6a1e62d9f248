using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.CodeFixes.Editing;

/// <summary>Code under <c>#if</c>: another configuration has other statements there.</summary>
internal static class ConditionalCode
{
    public static bool IsBetween(StatementSyntax first, StatementSyntax last) => first.SyntaxTree.GetRoot()
        .DescendantTrivia(TextSpan.FromBounds(first.SpanStart, last.Span.End))
        .Any(static t => t.IsKind(SyntaxKind.IfDirectiveTrivia) || t.IsKind(SyntaxKind.ElifDirectiveTrivia) || t.IsKind(SyntaxKind.ElseDirectiveTrivia) ||
                         t.IsKind(SyntaxKind.EndIfDirectiveTrivia));
}
