using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// Whether an access comes before the starts or after the joins of the threads that make the others. All of them run in bodies that the member of the access itself starts, so that its own order tells.
/// Read in source order, on the side of silence: one wait behind the last start is taken for a wait for all.
/// </summary>
internal static class AfterJoin
{
    public static bool Is(Access access, IReadOnlyList<Access> others, EntryLocks entry)
    {
        var body = access.In.Body;
        if (others.Count == 0 || access.In.Role != FunctionRole.Member || !others.All(other => entry.RootsOf(other.In).All(root => root != access.In && IsStartedBy(root, access.In, entry))))
        {
            return false;
        }

        var before = body.Starts.Where(s => s.Syntax.SpanStart < access.At.Syntax.SpanStart).OrderBy(static s => s.Syntax.SpanStart).LastOrDefault();
        return before is null || (before is IInvocationOperation call && ForkModels.KindOf(call, body.Model.Types) is ForkKind.ParallelLoop or ForkKind.ParallelQuery) ||
            body.Root.Descendants().Any(o => o.Syntax.Span.End > before.Syntax.Span.End - 1 && o.Syntax.Span.End <= access.At.Syntax.SpanStart && o.FunctionAround() is null &&
                (o is IAwaitOperation || (o is IInvocationOperation wait && TypeAccesses.MayWait(wait.TargetMethod, body.Model))));
    }

    /// <summary>A lambda of the member, or a method that it alone gives to a fork.</summary>
    private static bool IsStartedBy(CodeFunction root, CodeFunction member, EntryLocks entry) =>
        (root.Role == FunctionRole.Forked && root.Body == member.Body) || entry.IsGivenOnlyBy(root, member);
}
