using Microsoft.CodeAnalysis;

namespace Threadwise.Corpus.Reports;

/// <summary>Whether the light bulb has something for a report.</summary>
internal enum FixOffer
{
    /// <summary>No provider for the id, or it declined this place.</summary>
    None,

    /// <summary>A provider registered an edit for this very place.</summary>
    Offered,

    /// <summary>A provider for the id exists; whether it takes this place was not found out.</summary>
    Unknown,
}

/// <summary>One report as the user sees it, once for all target frameworks that agree on it.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Severity">The severity in force.</param>
/// <param name="File">The file's full path, empty for a report without a place.</param>
/// <param name="Line">From 1; 0 without a place.</param>
/// <param name="Column">From 1; 0 without a place.</param>
/// <param name="Title">The rule's title.</param>
/// <param name="Message">What this report says.</param>
internal sealed record Report(string Id, DiagnosticSeverity Severity, string File, int Line, int Column, string Title, string Message)
{
    public FixOffer Fix { get; init; }

    /// <summary>Two target frameworks that report this report one thing.</summary>
    public (string, string, int, int) Key => (Id, File, Line, Column);
}
