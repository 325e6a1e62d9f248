using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>What becomes of the answer of a try-acquire. Operations here are those of the bound tree, not the graph's clones.</summary>
internal static class AcquireAnswer
{
    /// <summary>Whether nothing in <paramref name="root"/> can learn if the lock was taken.</summary>
    public static bool IsDropped(LockAction action, IOperation root) => Target(action) is var (isDropped, keeper) && (keeper is null ? isDropped : Readers(keeper, root, action.Call).Count == 0);

    /// <summary>Whether nobody keeps the answer, and the local that keeps it, if one does.</summary>
    private static (bool IsDropped, ILocalSymbol? Keeper) Target(LockAction action)
    {
        if (action.Taken is not null)
        {
            return (false, (action.Taken as ILocalReferenceOperation)?.Local);
        }

        IOperation value = action.Call;
        while (IsSameValue(value))
        {
            value = value.Parent!;
        }

        // A task that is not waited for holds no lock yet: another defect.
        if (action.IsAwaited && value == action.Call)
        {
            return (false, null);
        }

        return value.Parent switch
        {
            IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation } => (true, null),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Parent: IExpressionStatementOperation } => (false, target.Local),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => (false, declarator.Symbol),
            _ => (false, null),
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

    /// <summary>
    /// Whether nothing but the release asks for the answer, and what is changed under the lock (a count, a collection) is changed as well when the lock was refused. Who ends the object may have no time to
    /// wait, and who holds another lock may need none.
    /// </summary>
    public static bool DecidesReleaseOnly(LockFlow flow, LockSite site, BodyFacts body)
    {
        if (site.Action is not { Verb: LockVerb.TryAcquire, IsThroughHelper: false, Timeout: null or TimeoutLength.Zero or TimeoutLength.Finite } || IsEnd(body.Owner) || flow.TestedPlaces.Contains(site.Place) ||
            (!site.Action.IsThreadAffine && SemaphoreCounts.Of(flow.Table.Places[site.Place].Origin) != 1) || body.LockCalls.FirstOrDefault(call => call.Call.Syntax == site.Syntax) is not { } written ||
            Target(written).Keeper is not { } keeper || IsSetElsewhere(keeper, written.Call, body.Root))
        {
            return false;
        }

        var readers = Readers(keeper, body.Root, written.Call);
        return readers.Count > 0 && readers.TrueForAll(read => DecidesRelease(read, flow, site.Place)) && IsChangeUnprotected(flow, site, written, readers.Max(static read => read.Syntax.SpanStart));
    }

    private static bool IsEnd(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Destructor } or { Name: "Dispose" or "DisposeAsync" };

    /// <summary>The condition of an <c>if</c> that does nothing but release the lock.</summary>
    private static bool DecidesRelease(IOperation read, LockFlow flow, int place) => read.Parent is IConditionalOperation { WhenFalse: null } choice && choice.Condition == read &&
        (choice.WhenTrue is IBlockOperation block ? block.Operations : ImmutableArray.Create(choice.WhenTrue)).All(statement => statement is IExpressionStatementOperation { Operation: IInvocationOperation call } && flow.Table.SiteOf(call) is { Action.IsAcquire: false } release && release.Place == place);

    /// <summary>Whether a change before the last release is made with the lock and without it, no other lock being held.</summary>
    private static bool IsChangeUnprotected(LockFlow flow, LockSite site, LockAction written, int end) => Operations.OfFunction(Function(written.Call)).OfType<IFieldReferenceOperation>().Any(field =>
        field.Syntax.SpanStart > site.Syntax.Span.End && field.Syntax.SpanStart < end && !field.Field.IsVolatile && StaticChange.IsChange(field) &&
        !field.AncestorsAndSelf().Any(static around => around is ILockOperation) && flow.StatesBefore(field.Syntax) is { } states &&
        states.Any(state => state[site.Place] is { Phase: LockPhase.AcquireRefused } refused && refused.Site == site.Index) && states.Any(state => state[site.Place].Phase == LockPhase.Held) &&
        states.All(state => Enumerable.Range(0, flow.Table.Places.Count).All(other => other == site.Place || state[other].Phase is not (LockPhase.Held or LockPhase.Unknown))));

    private static IOperation Function(IOperation operation) => operation.AncestorsAndSelf().FirstOrDefault(static up => up is IAnonymousFunctionOperation or ILocalFunctionOperation) ?? operation.AncestorsAndSelf().Last();

    /// <summary>Whether the local gets anything but the answer and a <c>false</c> before.</summary>
    private static bool IsSetElsewhere(ILocalSymbol local, IInvocationOperation acquire, IOperation root) => root.Descendants().Any(operation => operation switch
    {
        IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) => declarator.GetVariableInitializer() is { Value: { } value } && !IsAnswer(value, acquire),
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when SymbolEqualityComparer.Default.Equals(target.Local, local) => !IsAnswer(assignment.Value, acquire),
        ICompoundAssignmentOperation { Target: ILocalReferenceOperation target } => SymbolEqualityComparer.Default.Equals(target.Local, local),
        _ => false,
    });

    private static bool IsAnswer(IOperation value, IInvocationOperation acquire) => value.ConstantValue is { HasValue: true, Value: false } || value.DescendantsAndSelf().Contains(acquire);


    /// <summary>Passing it by <c>ref</c> to the acquire itself is no read.</summary>
    private static List<IOperation> Readers(ILocalSymbol local, IOperation root, IInvocationOperation acquire) => Locals.Uses(local, root)
        .Where(reference => !(reference.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Ref } argument && argument.Parent == acquire) &&
            !(reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference)).ToList<IOperation>();
}
