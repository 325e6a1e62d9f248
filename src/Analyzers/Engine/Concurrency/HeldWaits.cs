using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// Work that is started under a lock and waited for under it, and that needs the lock itself: a task or thread of its own, an asynchronous member whose task is kept, a local function.
/// Only where the lock is held from the start to the wait, and the work waits for it whatever way it goes.
/// </summary>
internal static class HeldWaits
{
    public static IEnumerable<Reacquire> Of(BodyFacts body)
    {
        if ((body.Contents & (BodyContents.Forks | BodyContents.OwnCalls)) == 0 || body.Type?.Once(LockHelpers.Of) is not { } helpers || (body.LockFlows().IsEmpty && GuardScope.Of(body).IsEmpty))
        {
            yield break;
        }

        var found = new HashSet<SyntaxNode>();
        foreach (var (start, wait, needs) in Works(helpers, body))
        {
            foreach (var (wanted, at) in needs)
            {
                if (Holders(start, wait, body).FirstOrDefault(held => KeepsOut(held.Place, wanted, body)) is { Place: { } place, First: { } first } && found.Add(at))
                {
                    yield return new Reacquire(first, at, place, wanted.Mode, IsByWork: true);
                }
            }
        }
    }

    /// <summary>What is started and waited for in the body, with the locks that it needs, where it says so.</summary>
    private static IEnumerable<(IOperation Start, IOperation Wait, List<(LockPlace Wanted, SyntaxNode At)> Needs)> Works(LockHelpers helpers, BodyFacts body)
    {
        foreach (var start in body.Once(Forks.Of).Starts.Where(start => start.Bodies.Length == 1 && !EndsEarly(start, body.Model)))
        {
            if (WaitOf(start.At, start.Creation, body) is { } wait && NeedsOf(start.Bodies[0].Named, helpers, body) is { Count: > 0 } needs)
            {
                yield return (start.At, wait, needs);
            }
        }

        foreach (var call in body.Root.Descendants().OfType<IInvocationOperation>().Where(call => call.TargetMethod.MethodKind == MethodKind.LocalFunction || helpers.IsFollowed(call.TargetMethod)))
        {
            if ((LockHelpers.IsWaitedFor(call, body.Model) ? call : TaskModels.IsTask(call.TargetMethod.ReturnType, body.Model.Types) ? WaitOf(call, call, body) : null) is { } wait &&
                NeedsOf(call, wait, helpers, body).Select(place => (place, call.Syntax)).ToList() is { Count: > 0 } needs)
            {
                yield return (call, wait, needs);
            }
        }
    }

    /// <summary>What a member needs whose task is kept, and a local function. A member that is waited for on the spot is a call that the flow knows.</summary>
    private static IEnumerable<LockPlace> NeedsOf(IInvocationOperation call, IOperation wait, LockHelpers helpers, BodyFacts body) =>
        call.TargetMethod.MethodKind == MethodKind.LocalFunction ? helpers.AcquiresIn(call.TargetMethod, body).Select(static needed => needed.Place)
        : wait != call ? MemberUse.Of(call).SelectMany(use => helpers.AcquiresToItsEnd(use, PathOf))
        : [];

    /// <summary>The first wait without a limit for the end of the work in the function that starts it.</summary>
    private static IOperation? WaitOf(IOperation start, IOperation creation, BodyFacts body) => ForkHandle.Of(creation) switch
    {
        { Home: HandleHome.Joined } => EndlessWait.Of(creation),
        { Home: HandleHome.Variable, Variable: ILocalSymbol local } when HandleUses.HoldsOnly(local, creation, body) => Locals.Uses(local, body.Root).Select(EndlessWait.Of)
            .FirstOrDefault(wait => wait is not null && wait.Syntax.SpanStart >= start.Syntax.Span.End && SymbolEqualityComparer.Default.Equals(wait.FunctionAround(), start.FunctionAround())),
        _ => null,
    };

    /// <summary>Whether the end of the handle comes before that of the work: an <c>async</c> body that nothing unwraps.</summary>
    private static bool EndsEarly(ForkStart start, Model model) => start.Kind != ForkKind.TaskRun && start.Bodies[0].Function is var function &&
        (function.IsAsync || TaskModels.IsTask(function.ReturnType, model.Types));

    private static List<(LockPlace Wanted, SyntaxNode At)>? NeedsOf(IOperation work, LockHelpers helpers, BodyFacts body) => work switch
    {
        IAnonymousFunctionOperation lambda => helpers.AcquiresIn(lambda.Symbol, body).ToList(),
        IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } local } => helpers.AcquiresIn(local, body).ToList(),
        IMethodReferenceOperation reference => helpers.AcquiresToItsEnd(new MemberUse(reference.Method, reference, reference.Instance, ImmutableArray<IArgumentOperation>.Empty), PathOf)
            .Select(place => (place, reference.Syntax)).ToList(),
        _ => null,
    };

    /// <summary>The locks that the starter holds from the start to the wait, with what took them.</summary>
    private static IEnumerable<(LockPlace? Place, SyntaxNode? First)> Holders(IOperation start, IOperation wait, BodyFacts body)
    {
        foreach (var flow in body.LockFlows().Where(flow => SymbolEqualityComparer.Default.Equals(flow.Function.Symbol, start.FunctionAround())))
        {
            foreach (var held in flow.HeldBetween(start.Syntax, wait.Syntax).Where(place => !flow.Unfollowed.Contains(place) && !flow.TestedPlaces.Contains(place)))
            {
                yield return (flow.Table.Places[held], flow.Table.Sites.LastOrDefault(site => site.Place == held && site.Action.IsAcquire && site.Syntax.SpanStart < start.Syntax.SpanStart)?.Syntax);
            }
        }

        foreach (var scope in GuardScope.Of(body).Where(scope => scope.Covers(start) && scope.Covers(wait)))
        {
            yield return (scope.Place, scope.Opening.Syntax);
        }
    }

    /// <summary>Whether the work cannot get it on whatever thread it runs: readers come in beside a reader.</summary>
    private static bool KeepsOut(LockPlace? held, LockPlace wanted, BodyFacts body) => held is not null && Reacquires.Excludes(held, wanted, body) &&
        (held.Kind != LockKind.ReaderWriterLockSlim || held.Mode == LockMode.Exclusive || wanted.Mode == LockMode.Exclusive);

    private static AccessPath? PathOf(IOperation? operation) => VariablePath.Of(Conversions.WithoutBuiltIn(operation));
}
