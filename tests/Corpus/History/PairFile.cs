using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;

namespace Threadwise.Corpus.History;

/// <summary>The list of pairs: tab-separated, a line a pair, lines that begin with <c>#</c> for people.</summary>
internal static class PairFile
{
    private const string Columns = "repository, before, after, file, member, id, what was wrong and, if it is known to be missed, why";

    public static ImmutableArray<Pair> Read(string file)
    {
        if (!File.Exists(file))
        {
            throw CorpusException.Usage($"There is no '{file}'.");
        }

        return [.. File.ReadLines(file).Select(static (line, index) => (Line: line, Number: index + 1))
            .Where(static l => l.Line.Length > 0 && l.Line[0] != '#')
            .Select(l => Parse(l.Line) ?? throw CorpusException.Usage($"{file}:{l.Number}: expected {Columns}, separated by tabs; both commits as full hashes."))];
    }

    /// <summary>The pair a line holds, or null when it cannot be read. Short hashes are refused: they can mean another commit tomorrow.</summary>
    public static Pair? Parse(string line) =>
        line.Split('\t') is [var repository, var before, var after, var file, var member, var id, var wrong, .. var rest]
        && rest.Length < 2 && IsHash(before) && IsHash(after) && repository.Length > 0 && file.Length > 0 && member.Length > 0
        && id.StartsWith("TW", StringComparison.Ordinal)
            ? new Pair(repository, before, after, file, member, id, wrong, rest.Length == 0 ? "" : rest[0])
            : null;

    private static bool IsHash(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigitLower);
}
