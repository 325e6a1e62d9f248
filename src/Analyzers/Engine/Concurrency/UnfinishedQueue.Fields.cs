using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// Queues that a private field keeps. Their consumer may run for as long as the object lives; so either a member that ends the object waits for it, or the one member that puts everything in
/// does.
/// </summary>
internal sealed partial record UnfinishedQueue
{
    /// <summary>Where the type waits for the consumer of a field; null where it is the consumer that is waited in, and for a local.</summary>
    public IOperation? Wait { get; init; }

    private sealed partial class Search
    {
        public UnfinishedQueue? Of(IFieldSymbol queue, IOperation creation)
        {
            body.Cancellation.ThrowIfCancellationRequested();
            if (HandleUses.Of(queue, body) is not { } uses || !uses.All(use => FieldCreations.Is(use, creation) || Take(use, null, 0)) || _isCompleted)
            {
                return null;
            }

            var waiting = _consumers.FirstOrDefault(c => !MayBreakOff(c.Consuming) && (TakesWhatItPuts(c.At) || WaitFor(c.At, queue) is not null));
            return waiting.At is null ? null : new UnfinishedQueue(queue, creation, waiting.At, _puts.ToImmutableArray()) { Wait = WaitFor(waiting.At, queue) };
        }

        /// <summary>The consumer and all that puts something in stand in one member, and none of it is called by others.</summary>
        private bool TakesWhatItPuts(IOperation consumer) => consumer is not IPropertyReferenceOperation && consumer.FunctionAround() is null && ArePutBy(consumer);

        private bool ArePutBy(IOperation waiting) => _puts.Count > 0 && _puts.TrueForAll(put => Member(put) == Member(waiting) && ComesToAnEnd(put, null));

        private static SyntaxNode Member(IOperation operation) => operation.AncestorsAndSelf().Last().Syntax;

        /// <summary>Where the type waits for the thread or task that the consumer runs on: it comes to its own end there, or has put in all that there is.</summary>
        private IOperation? WaitFor(IOperation consumer, IFieldSymbol queue) => OwnRuns.Of(consumer, body).SelectMany(run => run.Keepers(body)).Select(handle => HandleUses.Of(handle, body) is { } uses && !uses.Any(IsBrokenInto)
            ? uses.Select(EndlessWait.Of).FirstOrDefault(wait => wait is not null && (MemberEnds.IsEnd(wait, queue, body) || ArePutBy(wait)))
            : null).FirstOrDefault(static wait => wait is not null);

        private static bool IsBrokenInto(IOperation handle) => handle.Parent is IInvocationOperation { TargetMethod.Name: "Interrupt" or "Abort" } ||
            handle.Parent is IConditionalAccessOperation { WhenNotNull: IInvocationOperation { TargetMethod.Name: "Interrupt" or "Abort" } };
    }
}
