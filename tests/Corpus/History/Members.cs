using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Corpus.History;

/// <summary>Names of members as a pair writes them. Lines would not do: they move with every commit.</summary>
internal static class Members
{
    /// <summary>Whether the file declares the member.</summary>
    public static bool Declares(SyntaxNode root, string wanted) =>
        root.DescendantNodes().OfType<MemberDeclarationSyntax>().SelectMany(Names).Any(name => Fits(name, wanted));

    /// <summary>Whether the place lies in the member; a lambda or local function counts to the member around it.</summary>
    public static bool Holds(SyntaxNode root, TextSpan place, string wanted) =>
        root.FindToken(place.Start).Parent!.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().Take(1).SelectMany(Names).Any(name => Fits(name, wanted));

    private static bool Fits(string name, string wanted) => name == wanted || name.EndsWith("." + wanted, StringComparison.Ordinal);

    private static IEnumerable<string> Names(MemberDeclarationSyntax member)
    {
        var types = string.Concat(member.Ancestors().OfType<BaseTypeDeclarationSyntax>().Reverse().Select(static t => t.Identifier.ValueText + "."));
        return Own(member).Select(own => types + own);
    }

    private static IEnumerable<string> Own(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => [method.Identifier.ValueText],
        PropertyDeclarationSyntax property => [property.Identifier.ValueText],
        EventDeclarationSyntax @event => [@event.Identifier.ValueText],
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(static v => v.Identifier.ValueText),
        ConstructorDeclarationSyntax => [".ctor"],
        DestructorDeclarationSyntax => ["Finalize"],
        IndexerDeclarationSyntax => ["this"],
        BaseTypeDeclarationSyntax type => [type.Identifier.ValueText],
        _ => [],
    };
}
