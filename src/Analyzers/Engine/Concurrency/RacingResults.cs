using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// A call that gives a <c>TaskCompletionSource</c> its result and throws when another function has done so before: work that is started, what follows a task, a timer or a delay, or what runs when a token is cancelled.
/// Callbacks for success and failure of one operation exclude each other, so one of the two functions at least must come whenever it likes.
/// </summary>
/// <param name="Call">The call that throws.</param>
/// <param name="Other">The other one.</param>
/// <param name="Source">The local or field that holds the source.</param>
internal sealed partial record RacingResults(IInvocationOperation Call, IInvocationOperation Other, ISymbol Source)
{
    public static IEnumerable<RacingResults> In(BodyFacts body)
    {
        foreach (var source in body.Root.Descendants().OfType<IVariableDeclaratorOperation>().Select(static d => d.Symbol).Where(s => ResultModels.Is(s.Type, body.Model.Types) && Locals.OnlyValue(s, body.Root) is not null))
        {
            body.Cancellation.ThrowIfCancellationRequested();
            var calls = Locals.Uses(source, body.Root).Select(static use => use.Parent).OfType<IInvocationOperation>()
                .Where(call => call.Instance is ILocalReferenceOperation && ResultModels.ActionOf(call.TargetMethod, body.Model.Types) != ResultAction.None)
                .Select(call => (Call: call, Function: FunctionOf(call))).Where(static c => c.Function is not null).ToImmutableArray();
            foreach (var (call, function) in calls.Where(c => ResultModels.ActionOf(c.Call.TargetMethod, body.Model.Types) == ResultAction.Set && !IsReady(c.Call)))
            {
                var other = calls.FirstOrDefault(c => c.Function != function && (ComesAnyTime(c.Function!, body) || ComesAnyTime(function!, body)) && (ComesOnItsOwn(c.Function!, body) && ComesOnItsOwn(function!, body)) && !c.Function!.IsAlternativeTo(function!));
                if (other.Call is not null)
                {
                    yield return new RacingResults(call, other.Call, source);
                }
            }
        }

        foreach (var race in OfFields(body))
        {
            yield return race;
        }
    }

    private static IAnonymousFunctionOperation? FunctionOf(IOperation operation) => operation.AncestorsAndSelf().FirstOrDefault(static up => up is IAnonymousFunctionOperation or ILocalFunctionOperation) as IAnonymousFunctionOperation;

    /// <summary>A timer, a delay, a token: nothing says when.</summary>
    private static bool ComesAnyTime(IAnonymousFunctionOperation function, BodyFacts body) => OwnRuns.Taker(function) is { } taker && IsClock(taker, body);

    private static bool IsClock(IOperation taker, BodyFacts body) => ForkModels.KindOf(taker, body.Model.Types) is ForkKind.Timer ||
        taker is IInvocationOperation { TargetMethod.Name: "ContinueWith", Instance: { } followed } && WaitModels.IsPause(followed, body.Model.Types) ||
        taker is IInvocationOperation { TargetMethod: { Name: "Register" or "UnsafeRegister", ContainingType: var type } } && KnownType.Is(type, body.Model.Types.CancellationToken) ||
        taker is IEventAssignmentOperation assignment && EventModels.KindOf(assignment, body.Model.Types) == BackgroundEvent.Tick;

    /// <summary>Started, registered or added to an event: it runs beside whoever else does.</summary>
    private static bool ComesOnItsOwn(IAnonymousFunctionOperation function, BodyFacts body) => ComesAnyTime(function, body) || OwnRuns.Taker(function) switch
    {
        IEventAssignmentOperation { Adds: true } => true,
        { } taker => ForkModels.KindOf(taker, body.Model.Types) is ForkKind.TaskRun or ForkKind.StartNew or ForkKind.PoolItem or ForkKind.Thread or ForkKind.Continuation,
        null => false,
    };

    /// <summary>Asked before, under a lock, or in a <c>try</c> that takes the exception.</summary>
    private static bool IsReady(IOperation call) => call.AncestorsAndSelf().TakeWhile(static up => up is not IAnonymousFunctionOperation).Any(static up => up is IConditionalOperation or ILockOperation || up is ITryOperation { Catches.IsEmpty: false }) || ReturnsIfLate(call);

    /// <summary>The function may return before the call because of anything but its own values: a flag that whoever comes first sets.</summary>
    private static bool ReturnsIfLate(IOperation call) => FunctionOf(call) is { } function && Operations.OfFunction(function).Any(o => o is IReturnOperation { IsImplicit: false } && o.Syntax.SpanStart < call.Syntax.SpanStart && !o.IsAround(call) &&
        o.AncestorsAndSelf().TakeWhile(up => up != function).Any(up => up is IConditionalOperation { Condition: var asked } && !IsOfOwn(asked, function)));
}
