using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Conventions;

/// <summary>
/// The rooms of the house and who may use whom: downward only. What a file uses is asked of the compiler, so that a name without a
/// <c>using</c> counts too.
/// </summary>
public partial class RoomTests
{
    private const string Root = "Threadwise.Analyzers";

    /// <summary>From the floor up: a room of the engine uses those before it.</summary>
    private static readonly string[] s_engine = ["Engine.Domains", "Engine.Flow", "Engine.Places", "Engine.Walk", "Engine.Protocols", "Engine.Locking", "Engine.Concurrency", "Engine.Solve", "Engine.Program"];

    [Fact]
    public void Use_goes_downward_only()
    {
        var upward = Uses().Where(static use => !MayUse(use.From, use.To)).Select(static use => $"{use.Place}: {use.From} uses {use.What} of {use.To}").Distinct().ToList();
        Assert.True(upward.Count == 0, string.Join("\n", upward));
    }

    [Fact]
    public void The_sources_lie_in_the_folders_of_their_rooms()
    {
        foreach (var tree in OwnSources.Analyzers.SyntaxTrees.Where(static tree => tree.GetRoot().DescendantNodes().Any(static n => n is BaseNamespaceDeclarationSyntax)))
        {
            var space = tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().Single().Name.ToString();
            var folder = Path.GetRelativePath(Repository.PathOf("src", "Analyzers"), Path.GetDirectoryName(tree.FilePath)!);
            Assert.True(
                folder == "Polyfills" || space == (folder == "." ? Root : $"{Root}.{folder.Replace(Path.DirectorySeparatorChar, '.')}"), $"{tree.FilePath}: {space}");
        }
    }

    [Fact]
    public void Every_room_is_known() => Assert.All(OwnSources.Analyzers.SyntaxTrees.SelectMany(Types).Select(static type => Room(type)), static room =>
        Assert.True(room is "" or "Rules" or "Reporting" or "Options" or "Engine" or "Models" or "Suppressors" or "Annotations" || s_engine.Contains(room), room));

    [Fact]
    public void The_engine_knows_no_rule_id_or_descriptor()
    {
        foreach (var tree in OwnSources.Analyzers.SyntaxTrees.Where(static tree => Types(tree).Any(static type => Room(type).StartsWith("Engine", StringComparison.Ordinal))))
        {
            foreach (var token in tree.GetRoot().DescendantTokens())
            {
                Assert.False(token.IsKind(SyntaxKind.StringLiteralToken) && AnId().IsMatch(token.ValueText), $"{tree.FilePath}: the id {token}");
            }
        }

        Assert.All(s_names.Value.Where(static use => use.From.StartsWith("Engine", StringComparison.Ordinal)), static use => Assert.False(
            use.Symbol is INamedTypeSymbol { Name: "Diagnostic" or "DiagnosticDescriptor" or "DiagnosticSeverity" }, $"{use.Place}: {use.Symbol?.Name}"));
    }

    [Fact]
    public void Only_models_look_up_types_by_name_and_options_by_id()
    {
        var lookups = s_names.Value.Where(static use => use.Symbol is IMethodSymbol
        {
            Name: "GetTypeByMetadataName" or "GetTypesByMetadataName" or "GetSymbolsForDeclarationId" or "GetFirstSymbolForDeclarationId" or "GetSymbolsWithName",
        });
        Assert.All(lookups, static use => Assert.Contains(use.From, new[] { "Models", "Options" }));
    }

    private static bool MayUse(string from, string to) => from == to || (from, to) switch
    {
        // The analyzers stand on top and tie everything together.
        ("", _) => true,
        (_, "") => false,
        ("Rules", _) => true,
        ("Reporting", "Options") => true,
        ("Suppressors", "Rules" or "Reporting") => false,
        ("Suppressors", _) => true,
        ("Annotations", "Models" or "Options") => true,
        ("Engine", "Models" or "Options" or "Annotations") => true,
        ("Models", "Options") => true,
        _ => Array.IndexOf(s_engine, from) is var level and >= 0 &&
             (to is "Models" or "Options" or "Annotations" or "Engine" || Array.IndexOf(s_engine, to) is >= 0 and var other && other < level),
    };

    private static IEnumerable<(string From, string To, string What, string Place)> Uses() =>
        from use in s_names.Value
        let type = use.Symbol as INamedTypeSymbol ?? use.Symbol?.ContainingType
        where type is not null && type.ContainingNamespace.ToDisplayString().StartsWith(Root, StringComparison.Ordinal)
        select (use.From, Room(type), type.Name, Path.GetFileName(use.Place));

    private static readonly Lazy<List<(ISymbol? Symbol, string From, string Place)>> s_names = new(static () => [.. Names(OwnSources.Analyzers)]);

    private static IEnumerable<(ISymbol? Symbol, string From, string Place)> Names(Compilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            if (Types(tree).FirstOrDefault() is not { } first || !first.ContainingNamespace.ToDisplayString().StartsWith(Root, StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var name in tree.GetRoot().DescendantNodes(descendIntoTrivia: false).OfType<SimpleNameSyntax>())
            {
                yield return (model.GetSymbolInfo(name).Symbol, Room(first), tree.FilePath);
            }
        }
    }

    private static IEnumerable<INamedTypeSymbol> Types(SyntaxTree tree)
    {
        var model = OwnSources.Analyzers.GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(type => model.GetDeclaredSymbol(type)).OfType<INamedTypeSymbol>()
            .Where(static type => type.ContainingNamespace.ToDisplayString().StartsWith(Root, StringComparison.Ordinal));
    }

    /// <summary>The room of a type: its namespace below the root, the families of the rules taken as one.</summary>
    private static string Room(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace.ToDisplayString();
        var room = space.Length == Root.Length ? "" : space[(Root.Length + 1)..];
        return room.StartsWith("Rules.", StringComparison.Ordinal) ? "Rules" : room;
    }

    [GeneratedRegex(@"\bTW\d{4}\b")]
    private static partial Regex AnId();
}
