using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Protocols;
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

    /// <summary>Work that puts something in may still run at that wait, so that nobody can complete the queue right before.</summary>
    public bool IsFilledAtWait { get; init; }

    private sealed partial class Search
    {
        public UnfinishedQueue? Of(IFieldSymbol queue, IOperation creation)
        {
            body.Cancellation.ThrowIfCancellationRequested();
            if (HandleUses.Of(queue, body) is not { } uses || !uses.All(use => FieldCreations.Is(use, creation) || Take(use, null)) || _isCompleted)
            {
                return null;
            }

            var waiting = _consumers.FirstOrDefault(c => !MayBreakOff(c.Consuming) && (TakesWhatItPuts(c.At) || WaitFor(c.At, queue) is not null));
            var wait = waiting.At is null ? null : WaitFor(waiting.At, queue);
            return waiting.At is null ? null : new UnfinishedQueue(queue, creation, waiting.At, _puts.ToImmutableArray(), _isInBehindPuts)
            {
                Wait = wait,
                IsFilledAtWait = wait is not null && _puts.Exists(put => OwnRuns.Of(put, body).Any(run => WaitIn(run, wait) is { } own && own.Syntax.Span.End > wait.Syntax.SpanStart)),
            };
        }

        /// <summary>The consumer and all that puts something in stand in one member, and none of it is called by others.</summary>
        private bool TakesWhatItPuts(IOperation consumer) => consumer is not IPropertyReferenceOperation && consumer.FunctionAround() is null && ArePutBy(consumer);

        private bool ArePutBy(IOperation waiting) => _puts.Count > 0 && _puts.TrueForAll(put => Member(put) == Member(waiting) && ComesToAnEnd(put, null));

        private static SyntaxNode Member(IOperation operation) => operation.AncestorsAndSelf().Last().Syntax;

        /// <summary>Where the type waits for the thread or task that the consumer runs on: it comes to its own end there, or has put in all that there is.</summary>
        private IOperation? WaitFor(IOperation consumer, IFieldSymbol queue) => OwnRuns.Of(consumer, body).SelectMany(run => run.Keepers(body)).Select(handle => HandleUses.Of(handle, body) is { } uses && !uses.Any(IsBrokenInto)
            ? uses.Select(EndlessWait.Of).FirstOrDefault(wait => wait is not null && (MemberEnds.IsEnd(wait, queue, body) || ArePutBy(wait) || PutWaits(wait) is not null))
            : null).FirstOrDefault(static wait => wait is not null);

        /// <summary>Where the member that waits for the consumer waits for each thread or task that puts something in too; null where something may be put in by anybody else, or for ever.</summary>
        private List<IOperation>? PutWaits(IOperation wait)
        {
            var waits = _puts.ConvertAll(put => HasEnd(put, 0) && OwnRuns.Only(put, body) is { } runs ? runs.Select(run => WaitIn(run, wait)).ToList() : null);
            return waits.Count > 0 && waits.TrueForAll(static w => w?.TrueForAll(static at => at is not null) == true) ? waits.SelectMany(static w => w!).OfType<IOperation>().ToList() : null;
        }

        private IOperation? WaitIn(OwnRun run, IOperation wait) => run.Keepers(body).SelectMany(handle => HandleUses.Of(handle, body) ?? []).Select(EndlessWait.Of)
            .FirstOrDefault(w => w is not null && UseOrder.IsOneFunction(w, wait) && !w.IsAlternativeTo(wait));

        /// <summary>Whether the work comes to an end by itself, in the functions of the type that lead to it as well.</summary>
        private bool HasEnd(IOperation put, int depth) => ComesToAnEnd(put, null) && !put.AncestorsAndSelf().OfType<ILoopOperation>().Any(loop => ServiceLoop.IsService(loop, body)) &&
            (OwnRuns.MethodOf(put.AncestorsAndSelf().Last(), body) is not { DeclaredAccessibility: Accessibility.Private } method ||
             depth < Limits.CallDepth && VariableUses.All(method, body.Root.SemanticModel!, body.Cancellation)?.All(use => HasEnd(use, depth + 1)) == true);

        private static bool IsBrokenInto(IOperation handle) => handle.Parent is IInvocationOperation { TargetMethod.Name: "Interrupt" or "Abort" } ||
            handle.Parent is IConditionalAccessOperation { WhenNotNull: IInvocationOperation { TargetMethod.Name: "Interrupt" or "Abort" } };
    }
}
