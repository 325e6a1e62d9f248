using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>What becomes of the answer of a try-acquire. Operations here are those of the bound tree, not the graph's clones.</summary>
internal static class AcquireAnswer
{
    /// <summary>Whether nothing in <paramref name="root"/> can learn if the lock was taken.</summary>
    public static bool IsDropped(LockAction action, IOperation root)
    {
        if (action.Taken is not null)
        {
            return action.Taken is ILocalReferenceOperation taken && IsNeverRead(taken.Local, root, action.Call);
        }

        IOperation value = action.Call;
        while (IsSameValue(value))
        {
            value = value.Parent!;
        }

        // A task that is not waited for holds no lock yet: another defect.
        if (action.IsAwaited && value == action.Call)
        {
            return false;
        }

        return value.Parent switch
        {
            IExpressionStatementOperation => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Parent: IExpressionStatementOperation } => IsNeverRead(target.Local, root, action.Call),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => IsNeverRead(declarator.Symbol, root, action.Call),
            _ => false,
        };
    }

    /// <summary>Whether the parent is the same answer in another form: converted, awaited, waited for.</summary>
    private static bool IsSameValue(IOperation value) => value.Parent switch
    {
        IConversionOperation or IParenthesizedOperation or IAwaitOperation => true,
        IConditionalAccessOperation access => access.WhenNotNull == value,
        IInvocationOperation { TargetMethod: { Name: "ConfigureAwait" or "GetAwaiter" or "GetResult" } } call => call.Instance == value,
        IInvocationOperation { TargetMethod: { Name: "Wait", ContainingType.Name: "Task" } } call => call.Instance == value && call.Arguments.IsEmpty,
        IPropertyReferenceOperation { Property: { Name: "Result", ContainingType.Name: "Task" } } result => result.Instance == value,
        _ => false,
    };

    /// <summary>
    /// Whether the code that the lock is there for certainly runs when the try-acquire at <paramref name="site"/> says no: the answer is dropped, the
    /// wait ends, the lock is not held anyway. A semaphore must also be released on every path: one that only drains a signal is no lock.
    /// </summary>
    public static bool RunsUnprotected(LockFlow flow, LockSite site)
    {
        // `Monitor.IsEntered` and its kind ask for the answer in another way; who holds a recursive lock already is never refused.
        if (!site.IsAnswerDropped || site.MayBeInfinite || flow.TestedPlaces.Contains(site.Place) || (site.Action.IsRecursive && IsHeldAnyway(flow, site)))
        {
            return false;
        }

        var releases = flow.Table.ReleasesOf(site.Place).ToList();
        var paths = new ReleasePaths(flow, site.Place, s => s[site.Place] is { Phase: LockPhase.AcquireRefused } refused && refused.Site == site.Index);
        return site.Action.IsThreadAffine
            ? releases.Count == 0 ? paths.MayReturnAfter(site) : flow.Releases.Any(r => r.State[site.Place] is { Phase: LockPhase.AcquireRefused } refused && refused.Site == site.Index)
            : releases.Count > 0 && IsUsedAsLock(flow, site, releases) && paths.AlwaysAfter(site);
    }

    private static bool IsHeldAnyway(LockFlow flow, LockSite site) =>
        site.IsUnderLock || flow.Acquires.Where(a => a.Site == site).All(a => a.State[site.Place].Phase == LockPhase.Held);

    /// <summary>
    /// A semaphore that starts at 0, or that is taken without waiting and given back at once (so that it holds one permit and no more), is a signal.
    /// </summary>
    private static bool IsUsedAsLock(LockFlow flow, LockSite site, List<LockSite> releases)
    {
        var count = SemaphoreCounts.Of(flow.Table.Places[site.Place].Origin);
        return count != 0 && (site.Action.Timeout != TimeoutLength.Zero ||
            (count == 1 && !releases.Any(release => Statement(release)?.GetFirstToken().GetPreviousToken() == Statement(site)?.GetLastToken())));
    }

    private static StatementSyntax? Statement(LockSite site) => site.Syntax.FirstAncestorOrSelf<StatementSyntax>();

    /// <summary>Passing it by <c>ref</c> to the acquire itself is no read.</summary>
    private static bool IsNeverRead(ILocalSymbol local, IOperation root, IInvocationOperation acquire) =>
        root.DescendantsAndSelf().All(operation =>
            operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, local) ||
            (reference.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Ref } argument && argument.Parent == acquire) ||
            (reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference));
}
