using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Threadwise.Corpus.Labels;

/// <summary>The file of judged reports: tab-separated, a line a report, lines that begin with <c>#</c> for people.</summary>
internal static class LabelFile
{
    private const string Head = "# repository\tcommit\tid\tpath:line\tverdict\treason\tanchor";

    /// <summary>The labels; none when the file is not there yet.</summary>
    public static ImmutableArray<Label> Read(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        var labels = ImmutableArray.CreateBuilder<Label>();
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (line.Length > 0 && line[0] != '#')
            {
                labels.Add(Parse(line) ?? throw CorpusException.Usage(
                    $"{file}:{number}: expected {Head[2..].Replace("\t", ", ")}, separated by tabs; the verdict is right, wrong or unsure."));
            }
        }

        return labels.ToImmutable();
    }

    public static void Append(string file, IEnumerable<Label> labels)
    {
        var isNew = !File.Exists(file);
        File.AppendAllLines(file, isNew ? labels.Select(Format).Prepend(Head) : labels.Select(Format));
    }

    /// <summary>The label a line holds, or null when it cannot be read. The anchor may be missing: people write labels by hand.</summary>
    public static Label? Parse(string line)
    {
        var cells = line.Split('\t');
        if (cells.Length is not (6 or 7) || char.IsAsciiDigit(cells[4].FirstOrDefault()) || !Enum.TryParse<Verdict>(cells[4], ignoreCase: true, out var verdict))
        {
            return null;
        }

        var colon = cells[3].LastIndexOf(':');
        return colon > 0 && int.TryParse(cells[3].AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? new Label(cells[0], cells[1], cells[2], cells[3][..colon], at, verdict, cells[5], cells.Length == 7 ? cells[6] : "")
            : null;
    }

    public static string Format(Label label) => string.Join('\t',
        label.Repository, label.Commit, label.Id, string.Create(CultureInfo.InvariantCulture, $"{label.Path}:{label.Line}"),
        label.Verdict.ToString().ToLowerInvariant(), label.Reason.Replace('\t', ' '), label.Anchor);
}
