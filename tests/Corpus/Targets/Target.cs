using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Threadwise.Corpus.Targets;

/// <summary>What is looked at.</summary>
/// <param name="Buildable">The project or solution, or null when only the folder's sources can be read.</param>
/// <param name="Folder">The folder whose sources are read where nothing builds.</param>
/// <param name="Note">Why sources are read although no one asked; null otherwise.</param>
internal sealed record Target(string? Buildable, string Folder, string? Note = null)
{
    private static readonly string[] s_solutions = [".slnx", ".sln", ".slnf"];

    /// <summary>What <paramref name="path"/> means. A folder means its solution, else its project, else the sources below it.</summary>
    public static Target Resolve(string path, bool sources)
    {
        if (File.Exists(path))
        {
            return IsSolution(path) || path.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)
                ? new Target(sources ? null : path, Path.GetDirectoryName(path)!)
                : throw CorpusException.Usage($"'{path}' is neither a C# project nor a solution nor a folder.");
        }

        if (!Directory.Exists(path))
        {
            throw CorpusException.Usage($"There is no '{path}'.");
        }

        if (sources)
        {
            return new Target(null, path);
        }

        var solutions = Directory.EnumerateFiles(path).Where(IsSolution).Order().ToList();
        var projects = Directory.EnumerateFiles(path, "*.csproj").Order().ToList();
        return (solutions.Count, projects.Count) switch
        {
            ( > 1, _) => throw CorpusException.Usage($"'{path}' holds several solutions; name one: {Names(solutions)}."),
            (1, _) => new Target(solutions[0], path),
            (0, > 1) => throw CorpusException.Usage($"'{path}' holds several projects; name one: {Names(projects)}."),
            (0, 1) => new Target(projects[0], path),
            _ => new Target(null, path, "The folder holds neither a solution nor a project."),
        };
    }

    private static bool IsSolution(string path) => s_solutions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static string Names(IEnumerable<string> paths) => string.Join(", ", paths.Select(Path.GetFileName));
}
