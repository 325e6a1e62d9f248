using System.Collections.Immutable;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>The edit facts that rules of this family share.</summary>
internal static class LockEdits
{
    public static ImmutableDictionary<string, string?> MoveBeforeTry { get; } =
        ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, TW2003ReleaseWithoutAcquire.MoveBeforeTry);
}
