using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ScottPlot;
using Spectre.Console;

namespace Patterns;

/// <summary>A bar chart: on the terminal, in plain text, and as a figure.</summary>
internal sealed class Chart(string title, string unit)
{
    private const int Width = 50;

    private readonly List<(string Label, double Value)> _bars = [];

    public Chart Fill(IEnumerable<(string Label, double Value)> bars)
    {
        _bars.AddRange(bars);
        return this;
    }

    public void Print()
    {
        if (Console.IsOutputRedirected)
        {
            Console.WriteLine($"{title} ({unit})");
            var (label, most) = (_bars.Max(static bar => bar.Label.Length), _bars.Max(static bar => bar.Value));
            foreach (var bar in _bars)
            {
                Console.WriteLine($"{bar.Label.PadRight(label)}  {new string('#', (int)Math.Round(Width * bar.Value / most))} {Number(bar.Value)}");
            }
        }
        else
        {
            var chart = new BarChart().Label(Markup.Escape($"{title} ({unit})")).LeftAlignLabel().UseValueFormatter(static value => Number(value));
            chart.Width = 2 * Width;
            foreach (var bar in _bars)
            {
                chart.AddItem(Markup.Escape(bar.Label), bar.Value, Spectre.Console.Color.Teal);
            }

            AnsiConsole.Write(chart);
        }

        Console.WriteLine();
    }

    /// <summary>Writes <c>name.svg</c> and <c>name.png</c>.</summary>
    public void Save(DirectoryInfo folder, string name)
    {
        using var plot = new Plot();
        plot.Title(title);
        plot.XLabel(unit);
        plot.Add.Bars(_bars.Select(static (bar, i) => new Bar
        {
            Position = -i, // From the top down, as it is printed.
            Value = bar.Value,
            ValueLabel = Number(bar.Value),
            Orientation = Orientation.Horizontal,
            FillColor = Colors.Teal,
        }).ToArray()).Horizontal = true;
        plot.Axes.Left.SetTicks([.. _bars.Select(static (_, i) => (double)-i)], [.. _bars.Select(static bar => bar.Label)]);
        plot.Axes.Margins(left: 0, right: 0.15);
        var (width, height) = (800, 80 + (40 * _bars.Count));
        plot.SaveSvg(Path.Combine(folder.FullName, name + ".svg"), width, height);
        plot.SavePng(Path.Combine(folder.FullName, name + ".png"), width, height);
        Console.WriteLine($"Drawn: {name}.svg, {name}.png");
        Console.WriteLine();
    }

    private static string Number(double value) => value.ToString(value < 100 ? "0.0" : "N0", CultureInfo.InvariantCulture);
}
