using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.Proving.Metamorphic.Transformations;

/// <summary>Names the types of the framework by aliases.</summary>
internal static class UsingAlias
{
    public static SyntaxNode? Apply(SemanticModel model, SyntaxNode root)
    {
        var aliases = new Dictionary<INamedTypeSymbol, string>(SymbolEqualityComparer.Default);
        var names = new Dictionary<SyntaxToken, string>();
        foreach (var name in root.DescendantNodes(static n => n is not UsingDirectiveSyntax and not AttributeSyntax).OfType<IdentifierNameSyntax>())
        {
            if (StandsAlone(name) && model.GetAliasInfo(name) is null &&
                model.GetSymbolInfo(name).Symbol is INamedTypeSymbol { IsGenericType: false, ContainingType: null, DeclaringSyntaxReferences.IsEmpty: true } type)
            {
                if (!aliases.TryGetValue(type, out var alias))
                {
                    aliases.Add(type, alias = $"Alias{aliases.Count}");
                }

                names.Add(name.Identifier, alias);
            }
        }

        if (names.Count == 0)
        {
            return null;
        }

        var changed = (CompilationUnitSyntax)root.ReplaceTokens(names.Keys, (old, token) => Origins.Renamed(token, names[old]));
        UsingDirectiveSyntax[] usings = [.. aliases.Select(static a => UsingDirective(
            NameEquals(a.Value), ParseName(a.Key.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.None)))))];
        return changed.Members is [NamespaceDeclarationSyntax space] ? changed.ReplaceNode(space, space.AddUsings(usings)) : changed.AddUsings(usings);
    }

    /// <summary>Not the right side of a dotted name, and not <c>var</c>.</summary>
    private static bool StandsAlone(IdentifierNameSyntax name) =>
        !name.IsVar && name.Parent is not QualifiedNameSyntax && !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name);
}
