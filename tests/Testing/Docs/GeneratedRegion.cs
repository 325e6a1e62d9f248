using System;
using System.IO;

namespace Threadwise.Testing.Docs;

/// <summary>
/// A part of a page, between <c>&lt;!-- name:begin --&gt;</c> and <c>&lt;!-- name:end --&gt;</c>, that follows from the code. A test checks it;
/// with <c>THREADWISE_WRITE=1</c> in the environment the same test writes it.
/// </summary>
public static class GeneratedRegion
{
    public static bool IsWriting => Environment.GetEnvironmentVariable("THREADWISE_WRITE") == "1";

    /// <summary>Null when the region of <paramref name="file"/> holds <paramref name="expected"/>, or now does; else what is wrong and what to do about it.</summary>
    /// <param name="file">The page, by its path in the repository.</param>
    /// <param name="name">The region.</param>
    /// <param name="expected">What must stand between the markers, without the line breaks around it.</param>
    /// <param name="command">The command that writes the region.</param>
    /// <param name="place">Where a page that lacks the region gets it: given the text, the position. At the end when omitted.</param>
    public static string? Check(string file, string name, string expected, string command, Func<string, int>? place = null)
    {
        var path = Repository.PathOf(file.Split('/'));
        if (!File.Exists(path))
        {
            return $"{file} is missing";
        }

        var text = File.ReadAllText(path);
        var changed = Replace(text, name, expected, place ?? (static text => text.Length));
        if (changed == text)
        {
            return null;
        }

        if (IsWriting)
        {
            File.WriteAllText(path, changed);
            return null;
        }

        return $"{file}: the region '{name}' does not follow from the code. To write it: {command}";
    }

    /// <summary><paramref name="text"/> with the region set to <paramref name="content"/>; a missing region is made.</summary>
    public static string Replace(string text, string name, string content, Func<string, int> place)
    {
        var (begin, end) = ($"<!-- {name}:begin -->", $"<!-- {name}:end -->");
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        var to = text.IndexOf(end, Math.Max(from, 0), StringComparison.Ordinal);
        if (from >= 0 && to >= 0)
        {
            return $"{text[..from]}{begin}\n{content}\n{text[to..]}";
        }

        var at = place(text);
        return $"{text[..at].TrimEnd('\n')}\n\n{begin}\n{content}\n{end}\n{(at == text.Length ? "" : "\n")}{text[at..].TrimStart('\n')}";
    }
}
