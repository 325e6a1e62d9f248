namespace Threadwise.Corpus.History;

/// <summary>One line of a pair file: a bug that a repository had and got rid of.</summary>
/// <param name="Repository">Owner and name.</param>
/// <param name="Before">The full hash of a commit that has the bug.</param>
/// <param name="After">The full hash of a commit that no longer has it.</param>
/// <param name="File">The file, relative to the repository.</param>
/// <param name="Member">Where the report belongs: <c>Member</c> or <c>Type.Member</c>; all overloads of it. A constructor is <c>.ctor</c>.
/// One that the repair renamed is <c>Old &gt; New</c>.</param>
/// <param name="Id">The rule that must report it.</param>
/// <param name="Wrong">What was wrong, in one sentence.</param>
/// <param name="KnownMiss">Why the rule is known not to report it; empty when it must.</param>
internal sealed record Pair(string Repository, string Before, string After, string File, string Member, string Id, string Wrong, string KnownMiss)
{
    private const string To = " > ";

    public bool IsRenamed => Member.Contains(To);

    public string MemberAt(string commit) => !IsRenamed ? Member : Member.Split(To)[commit == Before ? 0 : ^1];
}
