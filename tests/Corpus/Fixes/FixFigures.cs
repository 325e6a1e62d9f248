using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.Corpus.Fixes;

/// <summary>How one fix did over the whole code.</summary>
internal sealed class FixFigures(CodeFixProvider provider)
{
    public CodeFixProvider Provider { get; } = provider;

    public int Applied { get; private set; }

    /// <summary>Applied without a flaw.</summary>
    public int Clean { get; private set; }

    /// <summary>Whether Fix All came out without a flaw; null where it is not offered.</summary>
    public bool? FixAll { get; set; }

    public void Count(ImmutableArray<Flaw> flaws)
    {
        Applied++;
        Clean += flaws.IsEmpty ? 1 : 0;
    }
}
