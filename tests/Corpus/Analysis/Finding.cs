using Microsoft.CodeAnalysis;
using Threadwise.Corpus.Reports;

namespace Threadwise.Corpus.Analysis;

/// <summary>A diagnostic of this process's run and the document it lies in.</summary>
/// <param name="Document">Null for a diagnostic without a place.</param>
internal sealed record Finding(Diagnostic Diagnostic, Document? Document)
{
    public Report ToReport()
    {
        // The place that the compiler's error log gives: mapped where a #line maps it.
        var span = Diagnostic.Location.GetMappedLineSpan();
        var line = span.IsValid ? span.StartLinePosition.Line + 1 : 0;
        return new Report(
            Diagnostic.Id,
            Diagnostic.Severity,
            span.Path ?? "",
            line,
            span.IsValid ? span.StartLinePosition.Character + 1 : 0,
            Diagnostic.Descriptor.Title.ToString(),
            Diagnostic.GetMessage());
    }
}
