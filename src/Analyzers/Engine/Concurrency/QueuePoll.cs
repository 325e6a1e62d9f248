using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// A loop that does nothing but look into one queue again and again, with pauses or without: it waits for a queue to have something, or takes what there is until other code says stop.
/// A loop that has more to do in a round, waits for something else, or may end because the queue is empty is none.
/// </summary>
/// <param name="Loop">The loop.</param>
/// <param name="Look">The call or property that looks.</param>
/// <param name="Queue">What it looks into.</param>
/// <param name="IsPaused">Whether it lets time pass between two looks.</param>
/// <param name="Decision">The branch on whether there was something, when the loop is nothing else; else null.</param>
internal sealed record QueuePoll(ILoopOperation Loop, IOperation Look, IOperation Queue, bool IsPaused, IConditionalOperation? Decision)
{
    /// <summary>A pause of more milliseconds that comes whether or not there was something makes batches on purpose.</summary>
    private const int LongestPause = 100;

    public static IEnumerable<QueuePoll> In(BodyFacts body)
    {
        foreach (var loop in body.Root.Descendants().OfType<ILoopOperation>())
        {
            body.Cancellation.ThrowIfCancellationRequested();
            if (new Reader(body).Read(loop) is { } poll)
            {
                yield return poll;
            }
        }
    }

    private sealed class Reader(BodyFacts body)
    {
        private readonly WellKnownTypes _types = body.Model.Types;
        private bool _isPaused;
        private (IOperation Look, IOperation Queue)? _look;
        private IConditionalOperation? _decision;

        public QueuePoll? Read(ILoopOperation loop)
        {
            var isPoll = loop switch
            {
                IWhileLoopOperation { Condition: { } condition, ConditionIsUntil: false } waiting => EmptyIn(condition) is { } look ? Sets(look) && IsPauseOnly(waiting.Body) : IsStop(condition) && IsPolling(waiting.Body),
                IForLoopOperation { Condition: null, AtLoopBottom.IsEmpty: true } endless => IsPolling(endless.Body),
                _ => false,
            };
            return isPoll && _look is { } found ? new QueuePoll(loop, found.Look, found.Queue, _isPaused, _decision) : null;
        }

        /// <summary>The look of <c>queue.IsEmpty &amp;&amp; !stop</c>.</summary>
        private (IOperation Look, IOperation Queue)? EmptyIn(IOperation condition) => PolledModels.EmptyOf(condition, _types) ??
            (condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both
                ? IsStop(both.LeftOperand) ? EmptyIn(both.RightOperand) : IsStop(both.RightOperand) ? EmptyIn(both.LeftOperand) : null
                : null);

        private bool IsPolling(IOperation? body)
        {
            var statements = Statements(body);
            foreach (var (statement, i) in statements.Select(static (s, i) => (s, i)))
            {
                if (!(statement is IEmptyOperation || statement is IVariableDeclarationGroupOperation { Declarations: var made } && made.All(static d => d.Declarators.All(static v => v.Initializer is null)) ||
                      statement is IBranchOperation { BranchKind: BranchKind.Continue } || IsStopTest(statement) || IsShortPause(statement) || IsDrain(statement) || statement is IConditionalOperation choice && IsPoll(choice, statements, i)))
                {
                    return false;
                }

                if (statement is IConditionalOperation { WhenTrue: var empty, WhenFalse: null } skipped && PolledModels.EmptyOf(skipped.Condition, _types) is not null && Leaves(empty))
                {
                    // What follows is done with what was taken.
                    return true;
                }
            }

            return _look is not null;
        }

        /// <summary><c>token.ThrowIfCancellationRequested();</c>, <c>if (_stop) break;</c>: what a loop condition could ask.</summary>
        private bool IsStopTest(IOperation statement) => statement switch
        {
            IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { Name: "ThrowIfCancellationRequested", ContainingType.Name: "CancellationToken" } } } => true,
            IConditionalOperation { WhenTrue: var end, WhenFalse: null } test => IsStop(test.Condition) && test.Condition is not { ConstantValue.HasValue: true } && Leaves(end) && Statements(end).Count == 1 && end.DescendantsAndSelf().All(static o => o is not IThrowOperation and not IInvocationOperation),
            _ => false,
        };

        /// <summary><c>if (queue.TryDequeue(out x)) … else pause</c>, or the other way round. The branch of an empty queue does nothing but pause and stays in the loop.</summary>
        private bool IsPoll(IConditionalOperation choice, IReadOnlyList<IOperation> all, int index)
        {
            if (PolledModels.TakeOf(choice.Condition, _types) is { } queue)
            {
                var rest = all.Skip(index + 1).ToList();
                _decision = all.Count == 1 ? choice : null;
                return Sets((choice.Condition, queue)) && (choice.WhenFalse is null ? rest.Count == 0 || !Leaves(choice.WhenTrue) || rest.All(IsPause) : IsPauseOnly(choice.WhenFalse));
            }

            if (PolledModels.EmptyOf(choice.Condition, _types) is { } empty)
            {
                _decision = choice.WhenFalse is null ? choice : null;
                return Sets(empty) && IsPauseOnly(choice.WhenTrue);
            }

            return false;
        }

        /// <summary><c>while (queue.TryDequeue(out x)) …</c>.</summary>
        private bool IsDrain(IOperation statement) => statement is IWhileLoopOperation { Condition: { } condition, ConditionIsTop: true } && PolledModels.TakeOf(condition, _types) is { } queue && Sets((condition, queue));

        /// <summary>One queue a loop: several cannot be waited for at once.</summary>
        private bool Sets((IOperation Look, IOperation Queue) look)
        {
            var isFirst = _look is null;
            _look ??= look;
            return isFirst || _look.Value.Queue.Syntax.IsEquivalentTo(look.Queue.Syntax);
        }

        private bool IsPauseOnly(IOperation? body) => body is null || Statements(body).All(s => s is IEmptyOperation or IBranchOperation { BranchKind: BranchKind.Continue } || IsPause(s));

        private bool IsPause(IOperation statement)
        {
            if (CallOf(statement) is { } call && !WaitModels.IsPause(call, _types) && OnlyStatement(call.TargetMethod) is { } only)
            {
                return IsPause(only);
            }

            if (statement is IExpressionStatementOperation { Operation: var operation } && (WaitModels.IsPause(operation, _types) && !(operation is IInvocationOperation { TargetMethod.Name: "Delay" }) ||
                operation is IAwaitOperation { Operation: IInvocationOperation { TargetMethod: { Name: "Yield", ContainingType: var type } } } && KnownType.Is(type, _types.Task)))
            {
                _isPaused = true;
                return true;
            }

            return false;
        }

        /// <summary>The call of a helper that the statement is.</summary>
        private static IInvocationOperation? CallOf(IOperation statement) => statement is IExpressionStatementOperation { Operation: var operation } ? (operation is IAwaitOperation wait ? wait.Operation : operation) as IInvocationOperation : null;

        /// <summary>All that a helper of the file does: one statement, or in an async one what it awaits.</summary>
        private IOperation? OnlyStatement(IMethodSymbol helper) => ForkWrites.SourceOf(helper, body) switch
        {
            IMethodBodyOperation { BlockBody.Operations: { Length: 1 } only } => only[0],
            IMethodBodyOperation { ExpressionBody.Operations: { Length: 1 } only } => only[0],
            ILocalFunctionOperation { Body.Operations: { Length: 1 } only } => only[0],
            _ => null,
        };

        /// <summary>A pause between two looks, whether or not there was something.</summary>
        private bool IsShortPause(IOperation statement)
        {
            var call = statement is IExpressionStatementOperation { Operation: var operation } ? operation.DescendantsAndSelf().OfType<IInvocationOperation>().LastOrDefault(c => WaitModels.IsPause(c, _types)) : null;
            return call is not null && (call.Arguments.IsEmpty || call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: int and <= LongestPause } || Milliseconds(call.Arguments[0].Value) <= LongestPause) && IsPause(statement);
        }

        private static double? Milliseconds(IOperation time) => time is IInvocationOperation { TargetMethod: { Name: "FromMilliseconds", ContainingType.Name: "TimeSpan" }, Arguments: { Length: > 0 } given } && given[0].Value.ConstantValue is { HasValue: true, Value: { } number }
            ? System.Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture) : null;

        /// <summary>A condition that says stop: nothing, a flag of the function, or fields, properties and tokens. A loop that goes on while there is something ends with it.</summary>
        private bool IsStop(IOperation condition) => (ServiceLoop.IsOpen(condition, _types) || ConditionTable.Normalize(condition).Core is ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean }) && !condition.DescendantsAndSelf().Any(static o => o is IPropertyReferenceOperation { Property.Name: "IsEmpty" or "Count" });

        private static bool Leaves(IOperation? branch) => Statements(branch).LastOrDefault() is IReturnOperation or IThrowOperation or IBranchOperation;

        private static IReadOnlyList<IOperation> Statements(IOperation? body) => body is IBlockOperation block ? block.Operations : body is null ? ImmutableArray<IOperation>.Empty : ImmutableArray.Create(body);
    }
}
