using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Testing;

namespace Threadwise.Analyzers.Tests.Conventions;

/// <summary>The sources of the package as compilations, against the framework and compiler that the tests run on.</summary>
internal static class OwnSources
{
    private static readonly ImmutableArray<MetadataReference> s_references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("Threadwise.", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path))];

    public static CSharpCompilation Analyzers { get; } = Compile("Threadwise.Analyzers", "Analyzers", []);

    public static CSharpCompilation CodeFixes { get; } = Compile("Threadwise.CodeFixes", "CodeFixes", [Analyzers.ToMetadataReference()]);

    private static CSharpCompilation Compile(string name, string folder, IEnumerable<MetadataReference> more)
    {
        var root = Repository.PathOf("src", folder);
        var trees = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(static file => Parse(File.ReadAllText(file), file))
            .Append(Parse("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Threadwise.CodeFixes\")]", "Friends.cs"));
        return CSharpCompilation.Create(name, trees, s_references.Concat(more), new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview), path);
}
