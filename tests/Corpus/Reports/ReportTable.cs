using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Corpus.Targets;

namespace Threadwise.Corpus.Reports;

/// <summary>What the program shows of the reports: each of them, then the counts per rule.</summary>
internal static class ReportTable
{
    public static void Print(IReadOnlyList<Report> reports, Origin origin, bool messages, TextWriter output)
    {
        var grid = new Grid("id", "severity", "place", messages ? "message" : "title", "fix");
        foreach (var report in reports.Order(ReportOrder.Instance))
        {
            grid.Add(
                report.Id,
                Word(report.Severity),
                Place(report, origin),
                messages ? report.Message : report.Title,
                report.Fix switch { FixOffer.Offered => "yes", FixOffer.Unknown => "maybe", _ => "no" });
        }

        if (!grid.IsEmpty)
        {
            grid.Print(output);
            output.WriteLine();
        }
    }

    /// <summary>Counts per rule, and the number that lets two code bases be compared: reports per 10,000 lines.</summary>
    public static void PrintSummary(IReadOnlyList<Report> reports, int files, int lines, TextWriter output)
    {
        if (reports.Count > 0)
        {
            var grid = new Grid("id", "reports", "warnings", "with fix", "per 10,000 lines");
            foreach (var group in reports.GroupBy(static r => r.Id).OrderBy(static g => g.Key, StringComparer.Ordinal))
            {
                AddRow(grid, group.Key, [.. group], lines);
            }

            AddRow(grid, "all", reports, lines);
            grid.Print(output);
            output.WriteLine();
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reports.Count} reports in {lines:N0} lines of C# ({files:N0} files)."));
    }

    public static string Place(Report report, Origin origin) =>
        report.Line == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{origin.PlaceOf(report.File)}:{report.Line}");

    public static string Word(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Info => "info",
        _ => "hidden",
    };

    private static void AddRow(Grid grid, string id, IReadOnlyList<Report> reports, int lines) =>
        grid.Add(
            id,
            reports.Count.ToString(CultureInfo.InvariantCulture),
            reports.Count(static r => r.Severity >= DiagnosticSeverity.Warning).ToString(CultureInfo.InvariantCulture),
            reports.Count(static r => r.Fix == FixOffer.Offered).ToString(CultureInfo.InvariantCulture),
            lines == 0 ? "-" : (reports.Count * 10_000.0 / lines).ToString("0.00", CultureInfo.InvariantCulture));
}
