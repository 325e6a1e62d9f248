using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;

namespace Patterns;

/// <summary>A table: drawn on a terminal, in plain aligned columns where the output goes elsewhere.</summary>
internal sealed class Grid(params string[] heads)
{
    private readonly List<string[]> _rows = [];

    public Grid Fill(IEnumerable<string[]> rows)
    {
        _rows.AddRange(rows);
        return this;
    }

    public void Print()
    {
        if (Console.IsOutputRedirected)
        {
            var widths = heads.Select((head, i) => Math.Max(head.Length, _rows.Select(row => row[i].Length).DefaultIfEmpty().Max())).ToArray();
            foreach (var row in _rows.Prepend(heads))
            {
                Console.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
            }
        }
        else
        {
            var table = new Table().AddColumns(heads.Select(static (head, i) => new TableColumn(new Text(head)) { NoWrap = i == 0 }).ToArray());
            foreach (var row in _rows)
            {
                table.AddRow(row.Select(static cell => new Text(cell)));
            }

            AnsiConsole.Write(table);
        }

        Console.WriteLine();
    }
}
