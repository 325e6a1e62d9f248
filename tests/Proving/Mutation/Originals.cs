using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Threadwise.Proving.Running;
using Threadwise.Proving.Snippets;

namespace Threadwise.Proving.Mutation;

/// <summary>A file that is broken, in the compilation that it belongs to.</summary>
internal sealed record Original(string Name, Compilation Compilation, SyntaxTree Tree);

/// <summary>Where the correct code comes from.</summary>
internal static class Originals
{
    private static readonly MetadataReference[] s_own =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(static path => Path.GetFileName(path) is not ("Patterns.dll" or "Violations.dll")).Select(static path => MetadataReference.CreateFromFile(path))];

    /// <summary>Each snippet is a compilation of its own; those that do not compile by themselves are left out.</summary>
    public static IEnumerable<Original> Of(Subject subject, IEnumerable<Snippet> snippets)
    {
        foreach (var snippet in snippets)
        {
            var placed = Placed.Alone(snippet);
            var tree = Compiling.Parse(placed.Text, snippet.Name);
            yield return new Original(snippet.Name, Compiling.Of(subject, [tree], placed.Kind), tree);
        }
    }

    /// <summary>
    /// A file, or the C# files of a folder together without those in output folders; a program where there is an entry point. They may refer to what this program runs with: .NET,
    /// ASP.NET, and the packages of the sample.
    /// </summary>
    public static IEnumerable<Original> AtPath(Subject subject, string path)
    {
        IEnumerable<string> files = File.Exists(path) ? [path]
            : Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
                .Where(file => !Path.GetRelativePath(path, file).Split('/', '\\').Any(static part => part is "obj" or "bin")).Order(StringComparer.Ordinal);
        var trees = files.Select(static file => Compiling.Parse(File.ReadAllText(file), file)).ToList();
        var program = Compiling.Of(subject, trees, OutputKind.ConsoleApplication).WithReferences(s_own);
        var compilation = program.GetEntryPoint(CancellationToken.None) is null ? program.WithOptions(Compiling.Options(subject, OutputKind.DynamicallyLinkedLibrary)) : program;
        return trees.Select(tree => new Original(Path.GetRelativePath(path, tree.FilePath), compilation, tree));
    }
}
