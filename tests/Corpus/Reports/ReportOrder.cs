using System;
using System.Collections.Generic;

namespace Threadwise.Corpus.Reports;

/// <summary>The order of every list that the program prints: by rule, then by place.</summary>
internal sealed class ReportOrder : IComparer<Report>
{
    public static ReportOrder Instance { get; } = new();

    public int Compare(Report? x, Report? y)
    {
        var order = string.CompareOrdinal(x!.Id, y!.Id);
        order = order != 0 ? order : string.CompareOrdinal(x.File, y.File);
        order = order != 0 ? order : x.Line.CompareTo(y.Line);
        return order != 0 ? order : x.Column.CompareTo(y.Column);
    }
}
