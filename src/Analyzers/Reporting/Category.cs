namespace Threadwise.Analyzers.Reporting;

/// <summary>
/// The categories of the rules. A category is one word, because an <c>.editorconfig</c> line
/// (<c>dotnet_analyzer_diagnostic.category-ThreadwiseLocks.severity = error</c>) names it.
/// </summary>
internal static class Category
{
    public const string Threads = "ThreadwiseThreads";
    public const string Locks = "ThreadwiseLocks";
    public const string SharedState = "ThreadwiseSharedState";
    public const string Queues = "ThreadwiseQueues";
    public const string Processes = "ThreadwiseProcesses";
    public const string Placement = "ThreadwisePlacement";
    public const string Program = "ThreadwiseProgram";

    /// <summary>Threadwise's own trouble: options it cannot read, members it did not judge.</summary>
    public const string Own = "Threadwise";
}
