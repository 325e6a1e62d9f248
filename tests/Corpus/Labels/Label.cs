namespace Threadwise.Corpus.Labels;

/// <summary>What a reader said of a report.</summary>
internal enum Verdict
{
    Right,
    Wrong,
    Unsure,
}

/// <summary>One line of a label file: a judged report.</summary>
/// <param name="Repository">The repository that holds the code.</param>
/// <param name="Commit">The commit that was read, or <c>-</c>.</param>
/// <param name="Id">The rule.</param>
/// <param name="Path">The file, relative to the repository.</param>
/// <param name="Line">The line at that commit.</param>
/// <param name="Verdict">The judgement.</param>
/// <param name="Reason">Why.</param>
/// <param name="Anchor">The fingerprint of the line (<see cref="Labels.Anchor"/>), by which the report is found again; empty when unknown.</param>
internal sealed record Label(string Repository, string Commit, string Id, string Path, int Line, Verdict Verdict, string Reason, string Anchor);
