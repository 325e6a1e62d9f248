using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes;

/// <summary>
/// The base of every fix that changes behaviour in a case which its title names. It ranks below the safe ones and has no Fix All, so that
/// each use is a decision of its own and no batch tool makes it.
/// </summary>
public abstract class ChangingFix : ThreadwiseFix
{
    private protected ChangingFix(string id, params string[] edits)
        : base(id) => Edits = ImmutableArray.Create(edits);

    /// <summary>The edits of the rule that change behaviour; its page keeps them apart from the safe ones.</summary>
    internal ImmutableArray<string> Edits { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider? GetFixAllProvider() => null;

    private protected sealed override CodeActionPriority Priority => CodeActionPriority.Low;
}
