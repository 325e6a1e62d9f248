using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Testing;

namespace Threadwise.Proving.Snippets;

/// <summary>
/// The snippets of a test project's rule families, read out of its source: each fact, and each row of a theory, is worked out as far as the calls of
/// <c>Verify</c>. Nothing is run, so a test need not know that it is read.
/// </summary>
/// <param name="Snippets">In the order of the source.</param>
/// <param name="Unread">The tests whose text comes about in a way that is not understood.</param>
internal sealed record TestSnippets(ImmutableArray<Snippet> Snippets, ImmutableArray<string> Unread)
{
    public static TestSnippets Read(string testProject)
    {
        var families = Directory.GetDirectories(Repository.PathOf("src", "Analyzers", "Rules")).Select(static family => Path.GetFileName(family));
        var roots = families.Select(family => Repository.PathOf("tests", testProject, family)).Where(Directory.Exists)
            .SelectMany(static folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Order(System.StringComparer.Ordinal)
            .Select(static file => CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot()).ToList();
        var classes = new TestClasses(roots);
        var snippets = ImmutableArray.CreateBuilder<Snippet>();
        var unread = ImmutableArray.CreateBuilder<string>();
        foreach (var (method, row, name) in roots.SelectMany(Tests))
        {
            var reader = new TestReader(classes, name);
            if (reader.TryRead(method, row))
            {
                snippets.AddRange(reader.Snippets);
            }
            else
            {
                unread.Add(name);
            }
        }

        return new TestSnippets(snippets.ToImmutable(), unread.ToImmutable());
    }

    /// <summary>Each test that leads to a verifier, once a row.</summary>
    private static IEnumerable<(MethodDeclarationSyntax Method, ImmutableArray<ExpressionSyntax> Row, string Name)> Tests(SyntaxNode root)
    {
        foreach (var method in root.DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            var attributes = method.AttributeLists.SelectMany(static list => list.Attributes).ToList();
            var name = $"{((TypeDeclarationSyntax)method.Parent!).Identifier.Text}.{method.Identifier.Text}";
            if (attributes.Any(static a => a.Name.ToString() == "Fact"))
            {
                yield return (method, [], name);
            }

            var row = 0;
            foreach (var data in attributes.Where(static a => a.Name.ToString() == "InlineData"))
            {
                yield return (method, [.. data.ArgumentList!.Arguments.Select(static a => a.Expression)], $"{name}({++row})");
            }
        }
    }
}
