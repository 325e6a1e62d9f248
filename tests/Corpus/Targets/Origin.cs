using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Threadwise.Corpus.Targets;

/// <summary>Where the code under analysis comes from, in the words of a label.</summary>
/// <param name="Root">The folder that places are relative to.</param>
/// <param name="Repository">The repository's name.</param>
/// <param name="Commit">The commit, or <c>-</c> when nothing tells.</param>
internal sealed record Origin(string Root, string Repository, string Commit)
{
    public static async Task<Origin> OfAsync(Request request, Target target, CancellationToken cancellation)
    {
        var root = Path.TrimEndingDirectorySeparator(request.Root ?? RepositoryAround(target.Folder) ?? target.Folder);
        return new Origin(root, request.Repository ?? Path.GetFileName(root), request.Commit ?? await HeadAsync(root, cancellation));
    }

    /// <summary>The path as labels and tables show it; one outside the root stays as it is seen from there.</summary>
    public string PlaceOf(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string? RepositoryAround(string folder)
    {
        for (var here = new DirectoryInfo(folder); here is not null; here = here.Parent)
        {
            // A work tree's .git is a file.
            if (Path.Exists(Path.Combine(here.FullName, ".git")))
            {
                return here.FullName;
            }
        }

        return null;
    }

    /// <summary>The commit checked out, read from git's own files: the program needs no git.</summary>
    private static async Task<string> HeadAsync(string root, CancellationToken cancellation)
    {
        var git = Path.Combine(root, ".git");
        if (File.Exists(git))
        {
            var link = (await File.ReadAllTextAsync(git, cancellation)).Trim();
            git = Path.GetFullPath(link.StartsWith("gitdir: ", StringComparison.Ordinal) ? link[8..] : link, root);
        }

        var head = Path.Combine(git, "HEAD");
        if (!File.Exists(head))
        {
            return "-";
        }

        var name = (await File.ReadAllTextAsync(head, cancellation)).Trim();
        if (!name.StartsWith("ref: ", StringComparison.Ordinal))
        {
            return name;
        }

        name = name[5..];
        var common = Path.Combine(git, "commondir");
        var shared = File.Exists(common) ? Path.GetFullPath((await File.ReadAllTextAsync(common, cancellation)).Trim(), git) : git;
        foreach (var folder in new[] { git, shared })
        {
            if (File.Exists(Path.Combine(folder, name)))
            {
                return (await File.ReadAllTextAsync(Path.Combine(folder, name), cancellation)).Trim();
            }
        }

        var packed = Path.Combine(shared, "packed-refs");
        return File.Exists(packed)
            ? (await File.ReadAllLinesAsync(packed, cancellation)).FirstOrDefault(l => l.EndsWith(" " + name, StringComparison.Ordinal))?.Split(' ')[0] ?? "-"
            : "-";
    }
}
