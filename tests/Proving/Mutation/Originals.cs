using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Proving.Running;
using Threadwise.Proving.Snippets;

namespace Threadwise.Proving.Mutation;

/// <summary>A file that is broken, in the compilation that it belongs to.</summary>
internal sealed record Original(string Name, Compilation Compilation, SyntaxTree Tree);

/// <summary>Where the correct code comes from.</summary>
internal static class Originals
{
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

    /// <summary>A file, or the C# files of a folder together without those in output folders.</summary>
    public static IEnumerable<Original> AtPath(Subject subject, string path)
    {
        IEnumerable<string> files = File.Exists(path) ? [path]
            : Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
                .Where(file => !Path.GetRelativePath(path, file).Split('/', '\\').Any(static part => part is "obj" or "bin")).Order(StringComparer.Ordinal);
        var trees = files.Select(static file => Compiling.Parse(File.ReadAllText(file), file)).ToList();
        var compilation = Compiling.Of(subject, trees);
        return trees.Select(tree => new Original(Path.GetRelativePath(path, tree.FilePath), compilation, tree));
    }
}
