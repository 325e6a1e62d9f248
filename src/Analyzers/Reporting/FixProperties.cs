namespace Threadwise.Analyzers.Reporting;

/// <summary>
/// Keys of the edit facts that a rule writes into a diagnostic's properties and its fix reads.
/// Everything a fix needs to decide what to offer is here or in the additional locations: a fix binds again but never analyses again.
/// </summary>
internal static class FixProperties
{
    /// <summary>Which edit fits the report; absent when no fix may be offered.</summary>
    public const string Edit = "edit";

    /// <summary>The local or field that keeps the thread or task to join, or the group of them.</summary>
    public const string Handle = "handle";

    /// <summary>What <see cref="Handle"/> keeps: <c>Thread</c>, <c>Threads</c>, <c>Task</c> or <c>Tasks</c>.</summary>
    public const string Kept = "kept";

    /// <summary>The constant index of the element of <see cref="Handle"/> that keeps it; absent where it is kept by the name alone.</summary>
    public const string Slot = "slot";

    /// <summary>The local or parameter to pass.</summary>
    public const string Argument = "argument";

    /// <summary>The properties of the process that read the pipes of the report, with commas between.</summary>
    public const string Pipes = "pipes";

    /// <summary>How many of the additional locations, from the first on, are accesses that the edit is about as well.</summary>
    public const string Accesses = "accesses";

    /// <summary>Which of the additional locations, counted from 0 with commas between, give back what the acquire of the report took.</summary>
    public const string Releases = "releases";

    /// <summary>The lock object to take, as the code of the type writes it.</summary>
    public const string Gate = "gate";

    /// <summary>The properties of the start information to set, with commas between.</summary>
    public const string Flags = "flags";

    /// <summary>The members to await in place of those at the report and its additional locations, in order with commas between; nothing for a task to await itself. Where nothing is waited for yet, the member to await in work that is made async for it.</summary>
    public const string Twins = "twins";
}
