using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.Proving.Metamorphic.Transformations;

/// <summary>Puts the types of the code into something that did not contain them.</summary>
internal static class Wrap
{
    public static SyntaxNode? InNamespace(SemanticModel model, SyntaxNode root) => Around(
        root, static members => NamespaceDeclaration(QualifiedName(IdentifierName("Deep"), IdentifierName("Inside"))).WithMembers(members));

    public static SyntaxNode? InGenericType(SemanticModel model, SyntaxNode root) => Around(
        root, static members => ClassDeclaration("Around").AddModifiers(Token(SyntaxKind.PublicKeyword)).AddTypeParameterListParameters(TypeParameter("TAround")).WithMembers(members));

    private static SyntaxNode? Around(SyntaxNode root, System.Func<SyntaxList<MemberDeclarationSyntax>, MemberDeclarationSyntax> make)
    {
        var unit = (CompilationUnitSyntax)root;
        return unit.Members switch
        {
            [] => null,
            [NamespaceDeclarationSyntax { Members: [not BaseNamespaceDeclarationSyntax, ..] } space] =>
                unit.WithMembers([space.WithMembers([make(space.Members)])]),
            var members when members.All(static m => m is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax) => unit.WithMembers([make(members)]),
            _ => null,
        };
    }
}
