using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Corpus.History;

/// <summary>A clone, bare or with files, of which nothing but its objects is read: no checkout, no fetch.</summary>
internal sealed class GitRepository(string folder)
{
    /// <summary>Which of the commits are here.</summary>
    public async Task<HashSet<string>> WithAsync(IEnumerable<string> commits, CancellationToken cancellation)
    {
        var answer = await RunAsync(["cat-file", "--batch-check"], commits, cancellation);
        return [.. Encoding.UTF8.GetString(answer).Split('\n').Select(static l => l.Split(' ')).Where(static l => l is [_, "commit", _]).Select(static l => l[0])];
    }

    /// <summary>The C# files of a commit, or one of them; without text where this clone does not hold it.</summary>
    public async Task<IReadOnlyList<(string Path, SourceText? Text)>> SourcesAsync(string commit, string? only, CancellationToken cancellation)
    {
        // <mode> <type> <hash>\t<path>\0; a symbolic link has mode 120000.
        string[] paths = only is null ? [] : ["--", only];
        var tree = Encoding.UTF8.GetString(await RunAsync(["ls-tree", "-r", "-z", "--full-tree", commit, .. paths], [], cancellation));
        var entries = tree.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(static e => e.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) && e.StartsWith("100", StringComparison.Ordinal))
            .Select(static e => e.Split('\t', 2))
            .Select(static e => (Hash: e[0].Split(' ')[2], Path: e[1]))
            .ToList();
        var contents = await RunAsync(["cat-file", "--batch"], entries.Select(static e => e.Hash), cancellation);
        var sources = new List<(string, SourceText?)>(entries.Count);
        var at = 0;
        foreach (var (_, path) in entries)
        {
            // <hash> blob <size>\n<content>\n, or <hash> missing\n
            var end = Array.IndexOf(contents, (byte)'\n', at);
            var head = Encoding.ASCII.GetString(contents, at, end - at).Split(' ');
            at = end + 1;
            if (head is not [_, "blob", var length])
            {
                sources.Add((path, null));
                continue;
            }

            var size = int.Parse(length, CultureInfo.InvariantCulture);
            sources.Add((path, SourceText.From(new MemoryStream(contents, at, size))));
            at += size + 1;
        }

        return sources;
    }

    private async Task<byte[]> RunAsync(IEnumerable<string> arguments, IEnumerable<string> input, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // What is missing from a partial clone stays missing.
            Environment = { ["GIT_NO_LAZY_FETCH"] = "1" },
        };
        using var git = Start(start);

        // All three pipes at once: git writes while it still reads, and blocks when nobody takes what it writes.
        var errors = git.StandardError.ReadToEndAsync(cancellation);
        var output = new MemoryStream();
        var copied = git.StandardOutput.BaseStream.CopyToAsync(output, cancellation);
        try
        {
            foreach (var line in input)
            {
                await git.StandardInput.WriteAsync((line + "\n").AsMemory(), cancellation);
            }

            git.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read all: its exit code and its words tell why.
        }

        await copied;
        await git.WaitForExitAsync(cancellation);
        return git.ExitCode == 0 ? output.ToArray() : throw CorpusException.Failed($"git cannot read '{folder}': {(await errors).Trim()}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw CorpusException.Failed($"git cannot be started: {problem.Message}");
        }
    }
}
