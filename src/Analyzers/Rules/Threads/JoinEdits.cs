using System.Collections.Immutable;
using System.Globalization;
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
    public static ImmutableDictionary<string, string?> BeforeRead(ForkStart start, IOperation read, BodyFacts body)
    {
        // What is started by its slot is waited for by its slot: the others may not be started yet.
        const string Edit = "JoinBeforeRead";
        var edit = Of(start, read, body, Edit);
        return !edit.IsEmpty && start.At is IInvocationOperation { Instance: { } receiver } && Slots.Named(receiver) is int slot && KeptBy(start, body) is ({ } group, true)
            ? Of(start, group, isGroup: false, Edit).Add(FixProperties.Slot, slot.ToString(CultureInfo.InvariantCulture))
            : edit;
    }

    /// <summary>Put the join in the place of the pause.</summary>
    public static ImmutableDictionary<string, string?> InsteadOfPause(ForkStart start, IOperation pause, BodyFacts body) => Of(start, pause, body, "JoinInsteadOfPause");

    /// <summary>Insert the join at the end of the block, or before the statement, that disposes of what the work uses.</summary>
    public static ImmutableDictionary<string, string?> BeforeDisposal(ForkStart start, IOperation disposal, BodyFacts body)
    {
        var list = disposal switch
        {
            IUsingOperation scope => scope.Body as IBlockOperation,
            IUsingDeclarationOperation => disposal.Parent as IBlockOperation,
            _ => null,
        };
        if (list is null && disposal.Parent is not IExpressionStatementOperation)
        {
            return ImmutableDictionary<string, string?>.Empty;
        }

        if (start is { Handle.Home: HandleHome.Dropped, Kind: ForkKind.TaskRun or ForkKind.StartNew })
        {
            return list is not null && StatementOf(start.At).Parent == list && IsCertain(start.At, null, isGroup: false) && !body.Forks().MayWait(start)
                ? ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "KeepAndJoin")
                : ImmutableDictionary<string, string?>.Empty;
        }

        return KeptBy(start, body) is ({ } variable, var isGroup) && IsCertain(start.At, variable, isGroup) ? Of(start, list ?? disposal, body, list is null ? "JoinBefore" : "JoinAtEnd") : ImmutableDictionary<string, string?>.Empty;
    }

    /// <summary>The variable that keeps the thread or task of the start, or its group.</summary>
    public static (ISymbol? Variable, bool IsGroup) KeptBy(ForkStart start, BodyFacts body) => start.At is IInvocationOperation { Instance: { } receiver } && start.Kind is ForkKind.Thread or ForkKind.ColdTask
        ? HandleUses.Kept(receiver, body) ?? default
        : (start.Handle.Variable, start.Handle.Home == HandleHome.Group);

    public static ImmutableDictionary<string, string?> Of(ForkStart start, ISymbol variable, bool isGroup, string edit) => ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, edit)
        .Add(FixProperties.Handle, variable.Name).Add(FixProperties.Kept, (start.Kind == ForkKind.Thread ? "Thread" : "Task") + (isGroup ? "s" : ""));

    /// <summary>
    /// Whether each way to the end of the block that declares the variable (that of the start itself for none) goes by the start, and the block runs once. What fills
    /// or starts a group may go round.
    /// </summary>
    public static bool IsCertain(IOperation start, ISymbol? variable, bool isGroup)
    {
        var isInside = true;
        for (var up = start.Parent; up is not null; up = up.Parent)
        {
            switch (up)
            {
                case IBlockOperation block:
                    isInside &= variable is not null && !block.Locals.Contains(variable, SymbolEqualityComparer.Default);
                    break;
                case ILoopOperation or IAnonymousFunctionOperation when !isInside || !isGroup:
                case IConditionalOperation or ISwitchOperation or ITryOperation or IConditionalAccessOperation or ICoalesceOperation when isInside:
                case ILockOperation or ISwitchCaseOperation:
                    return false;
            }
        }

        return true;
    }

    /// <summary>A body that may wait for its starter could wait for ever once its starter waits for it.</summary>
    private static ImmutableDictionary<string, string?> Of(ForkStart start, IOperation place, BodyFacts body, string edit) =>
        KeptBy(start, body) is ({ } named, var isGroup) && IsInScope(named, place) && !body.Forks().MayWait(start) ? Of(start, named, isGroup, edit) : ImmutableDictionary<string, string?>.Empty;

    private static IOperation StatementOf(IOperation operation) => operation.AncestorsAndSelf().First(static up => up.Parent is null or IBlockOperation or ISwitchCaseOperation);

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
