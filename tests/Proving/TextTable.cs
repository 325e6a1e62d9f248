using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Threadwise.Proving;

/// <summary>A table as Markdown, with columns of equal width: it can be read in a terminal and put on a page.</summary>
internal static class TextTable
{
    public static void Write(TextWriter output, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.Prepend([.. head.Select(static _ => "---")]).Prepend(head).ToList();
        var widths = head.Select((_, column) => all.Max(row => row[column].Length)).ToList();
        foreach (var row in all)
        {
            output.WriteLine($"| {string.Join(" | ", row.Select((cell, column) => cell == "---" ? new string('-', widths[column]) : cell.PadRight(widths[column])))} |");
        }
    }
}
