using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>Edit facts of the fixes that insert a join: which handle, and how it is waited for. None where the handle has no name at the place.</summary>
internal static class JoinEdits
{
    /// <summary>Insert the join before the statement of the read.</summary>
    public static ImmutableDictionary<string, string?> BeforeRead(ForkStart start, IOperation read, BodyFacts body) => Of(start, read, body, "JoinBeforeRead");

    /// <summary>Put the join in the place of the pause.</summary>
    public static ImmutableDictionary<string, string?> InsteadOfPause(ForkStart start, IOperation pause, BodyFacts body) => Of(start, pause, body, "JoinInsteadOfPause");

    private static ImmutableDictionary<string, string?> Of(ForkStart start, IOperation place, BodyFacts body, string edit)
    {
        var variable = start.At is IInvocationOperation { Instance: { } receiver } && start.Kind is ForkKind.Thread or ForkKind.ColdTask
            ? HandleUses.Kept(receiver, body) ?? default
            : (start.Handle.Variable, start.Handle.Home == HandleHome.Group);
        if (variable is not ({ } named, var isGroup) || !IsInScope(named, place) || body.Forks().MayWait(start))
        {
            return ImmutableDictionary<string, string?>.Empty;
        }

        // A body that may wait for its starter could wait for ever once its starter waits for it.
        var kept = (start.Kind == ForkKind.Thread ? "Thread" : "Task") + (isGroup ? "s" : "");
        return ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, edit).Add(FixProperties.Handle, named.Name).Add(FixProperties.Kept, kept);
    }

    /// <summary>A local that is declared in a block around the place; a field always.</summary>
    private static bool IsInScope(ISymbol variable, IOperation place)
    {
        if (variable is not ILocalSymbol local)
        {
            return true;
        }

        for (var up = place; up is not null; up = up.Parent)
        {
            if (up is IBlockOperation block && block.Locals.Any(l => SymbolEqualityComparer.Default.Equals(l, local)))
            {
                return true;
            }
        }

        return false;
    }
}
