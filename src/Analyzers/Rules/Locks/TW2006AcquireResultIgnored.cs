using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports a try-acquire whose answer nobody looks at, so that the protected code runs with or without the lock. A semaphore must also be
/// released in the same function: <c>signal.Wait(0)</c> that drains a signal is no lock.
/// </summary>
internal sealed class TW2006AcquireResultIgnored() : LocalRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2006";

    /// <summary>The edit that puts the rest of the block under <c>if</c>; the last release is the first additional location, if there is one.</summary>
    public const string WrapInIf = "WrapInIf";

    private static readonly ImmutableDictionary<string, string?> s_edit =
        ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, WrapInIf);

    public override BodyContents Needs => BodyContents.ExplicitLocks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var action in body.LockCalls)
        {
            if (action.Verb != LockVerb.TryAcquire || action.MayBeInfinite || !IsDropped(action, body.Root))
            {
                continue;
            }

            var releases = ReleasesOf(action, body);
            if (releases is null || (releases.Value.IsEmpty && !action.IsThreadAffine))
            {
                continue;
            }

            sink.Add(new Finding(
                Descriptor, CallLocation.Of(action.Call.Syntax), new Cause(action.Call.Syntax.Span), releases.Value, s_edit, null,
                ImmutableArray.Create<object?>(action.Lock.Syntax.ToString(), action.Call.TargetMethod.Name)));
        }
    }

    /// <summary>The releases of the same lock in the same function, the last one first; null when the lock is a signal or unknown.</summary>
    private static ImmutableArray<Location>? ReleasesOf(LockAction action, BodyFacts body)
    {
        foreach (var flow in body.LockFlows())
        {
            if (flow.Table.Sites.FirstOrDefault(s => s.Syntax == action.Call.Syntax) is { } site)
            {
                // `Monitor.IsEntered` and its kind ask for the answer in another way.
                return flow.TestedPlaces.Contains(site.Place) ? null : !action.IsThreadAffine && SemaphoreCounts.Of(flow.Table.Places[site.Place].Path.Holder) == 0
                    ? null
                    : flow.Table.Sites.Where(s => s.Place == site.Place && s.Action.Verb == LockVerb.Release)
                        .OrderByDescending(static s => s.Syntax.SpanStart).Select(static s => CallLocation.Of(s.Syntax)).ToImmutableArray();
            }
        }

        return null;
    }

    private static bool IsDropped(LockAction action, IOperation root)
    {
        if (action.Taken is not null)
        {
            return action.Taken is ILocalReferenceOperation taken && IsNeverRead(taken.Local, root);
        }

        IOperation value = action.Call;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or IAwaitOperation or
               IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "GetResult" })
        {
            value = value.Parent;
        }

        // A task that is not awaited holds no lock yet: another defect.
        if (action.IsAwaited && value == action.Call)
        {
            return false;
        }

        return value.Parent switch
        {
            IExpressionStatementOperation => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Parent: IExpressionStatementOperation } => IsNeverRead(target.Local, root),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => IsNeverRead(declarator.Symbol, root),
            _ => false,
        };
    }

    /// <summary>Passing it by <c>ref</c> to the acquire itself is no read.</summary>
    private static bool IsNeverRead(ILocalSymbol local, IOperation root) => root.DescendantsAndSelf().All(operation =>
        operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, local) ||
        reference.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Ref } ||
        (reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference));
}
