using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Proving.Metamorphic.Transformations;

/// <summary>
/// Gives every name that the code declares, and no file beside it, a new one without meaning. Names that the framework or the language prescribes
/// stay: overrides, implementations, attributes, what a pattern asks for.
/// </summary>
internal static class Rename
{
    /// <summary>Names by which the language finds members, the entry point, and the discard.</summary>
    private static readonly string[] s_prescribed =
    [
        "Main", "_", "GetAwaiter", "GetResult", "IsCompleted", "OnCompleted", "GetEnumerator", "GetAsyncEnumerator", "MoveNext", "MoveNextAsync",
        "Current", "Dispose", "DisposeAsync", "Deconstruct", "Add", "Count", "Length", "Slice", "Invoke", "Select", "Where", "SelectMany",
    ];

    public static SyntaxNode? Apply(SemanticModel model, SyntaxNode root)
    {
        var declared = root.DescendantTokens().Where(static t => t.IsKind(SyntaxKind.IdentifierToken))
            .Select(token => (Token: token, Symbol: Meant(model, token))).Where(t => t.Symbol is not null && IsOurs(t.Symbol, root.SyntaxTree)).ToList();
        var pinned = declared.Where(static t => IsPrescribed(t.Symbol!)).Select(static t => t.Token.Text).Concat(s_prescribed).ToHashSet();
        var names = new Dictionary<string, string>();
        foreach (var name in declared.Select(static t => t.Token.Text).Where(name => !pinned.Contains(name)))
        {
            names.TryAdd(name, $"N{names.Count}");
        }

        return names.Count == 0 ? null : root.ReplaceTokens(
            declared.Select(static t => t.Token).Where(token => names.ContainsKey(token.Text)), (_, token) => Origins.Renamed(token, names[token.Text]));
    }

    private static ISymbol? Meant(SemanticModel model, SyntaxToken token) => token.Parent switch
    {
        SimpleNameSyntax name => model.GetAliasInfo(name) is null ? model.GetSymbolInfo(name).Symbol : null,
        ConstructorDeclarationSyntax or DestructorDeclarationSyntax => model.GetDeclaredSymbol(token.Parent)?.ContainingType,
        { } parent => model.GetDeclaredSymbol(parent),
        null => null,
    };

    private static bool IsOurs(ISymbol symbol, SyntaxTree tree) =>
        symbol is not INamespaceSymbol && symbol.OriginalDefinition.DeclaringSyntaxReferences is { IsEmpty: false } places && places.All(place => place.SyntaxTree == tree) &&
        !symbol.IsImplicitlyDeclared;

    private static bool IsPrescribed(ISymbol symbol)
    {
        var definition = symbol.OriginalDefinition;
        var type = definition as INamedTypeSymbol ?? definition.ContainingType;
        return StandsForFramework(definition.ContainingNamespace) ||
            (type is not null && Bases(type).Any(static b => b.Name == "Attribute")) ||
            Overridden(definition).Any(static s => s.DeclaringSyntaxReferences.IsEmpty) ||
            (type is not null && type.AllInterfaces.Where(static i => i.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty)
                .SelectMany(static i => i.GetMembers()).Any(member => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), definition)));
    }

    /// <summary>A test may declare a type of the framework, or of a library, under its own name.</summary>
    private static bool StandsForFramework(INamespaceSymbol? space)
    {
        var text = space?.ToDisplayString() ?? "";
        return text.Contains("System") || text.Contains("Microsoft");
    }

    private static IEnumerable<ITypeSymbol> Bases(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    private static IEnumerable<ISymbol> Overridden(ISymbol symbol)
    {
        for (var current = symbol; current is not null; current = Up(current))
        {
            yield return current;
        }

        static ISymbol? Up(ISymbol symbol) => symbol switch
        {
            IMethodSymbol method => method.OverriddenMethod?.OriginalDefinition,
            IPropertySymbol property => property.OverriddenProperty?.OriginalDefinition,
            IEventSymbol raised => raised.OverriddenEvent?.OriginalDefinition,
            _ => null,
        };
    }
}
