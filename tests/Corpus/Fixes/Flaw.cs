namespace Threadwise.Corpus.Fixes;

/// <summary>What can be wrong with a repaired document.</summary>
internal enum FlawKind
{
    Threw,
    ChangedNothing,
    NewError,
    StillReported,
    NewReport,
    OtherCodeChanged,
    CommentLost,
}

/// <summary>One thing that is wrong with one fix at one place.</summary>
internal sealed record Flaw(FlawKind Kind, string What);
