using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.Proving.Metamorphic.Transformations;

/// <summary>New methods that a transformation adds to the types of a file.</summary>
internal static class Helpers
{
    /// <summary>The modifiers of a helper for code of <paramref name="member"/>; a member of an interface or a top-level statement has none.</summary>
    public static SyntaxTokenList Modifiers(bool isStatic, bool isAsync, bool isUnsafe)
    {
        var kinds = new List<SyntaxKind> { SyntaxKind.PrivateKeyword };
        if (isStatic)
        {
            kinds.Add(SyntaxKind.StaticKeyword);
        }

        if (isUnsafe)
        {
            kinds.Add(SyntaxKind.UnsafeKeyword);
        }

        if (isAsync)
        {
            kinds.Add(SyntaxKind.AsyncKeyword);
        }

        return TokenList(kinds.Select(static kind => Token(kind)));
    }

    /// <summary>Puts each new member at the end of its type and each new node in the place of the old one.</summary>
    public static SyntaxNode Add(
        SyntaxNode root, IReadOnlyDictionary<SyntaxNode, SyntaxNode> replaced, ILookup<TypeDeclarationSyntax, MemberDeclarationSyntax> added) =>
        root.ReplaceNodes(
            replaced.Keys.Concat(added.Select(static group => group.Key)),
            (old, rewritten) => old is TypeDeclarationSyntax type && added.Contains(type)
                ? ((TypeDeclarationSyntax)rewritten).AddMembers([.. added[type]])
                : replaced[old]);

    /// <summary>The type that can take a helper for code at <paramref name="node"/>.</summary>
    public static TypeDeclarationSyntax? Home(SyntaxNode node) =>
        node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type and not InterfaceDeclarationSyntax && type.Modifiers.All(static m => !m.IsKind(SyntaxKind.RefKeyword)) ? type : null;
}
