using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Queues;

/// <summary>Reports a blocking collection or channel that nobody completes, while a consumer takes until it is completed and is waited for: it never ends.</summary>
internal sealed class TW4001ProducerNeverCompletes() : LocalRule(Descriptors.Create(Id, Category.Queues, DiagnosticSeverity.Info))
{
    public const string Id = "TW4001";

    public override BodyContents Needs => BodyContents.Queues | BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var queue in UnfinishedQueue.In(body))
        {
            if (queue.Creation?.Syntax is not { } creation)
            {
                sink.Add(new Finding(
                    Descriptor, Head(queue.Consumer.Syntax), new Cause(queue.Consumer.Syntax.Span), ImmutableArray<Location>.Empty, ImmutableDictionary<string, string?>.Empty, null, ImmutableArray.Create<object?>(queue.Queue.Name)));
                continue;
            }

            if (queue.Queue is IFieldSymbol)
            {
                AddField(queue, creation, body, sink);
                continue;
            }

            var producer = Producer(queue, body);
            var others = ImmutableArray.Create(Head(queue.Consumer.Syntax));
            sink.Add(new Finding(
                Descriptor, creation is InvocationExpressionSyntax ? CallLocation.Of(creation) : CallLocation.OfCreation(creation), new Cause(creation.Span),
                producer is null ? others : others.Add(producer is IAnonymousFunctionOperation ? producer.Syntax.GetLocation() : CallLocation.Of(producer.Syntax)), Edit(queue, producer, body), null,
                ImmutableArray.Create<object?>(queue.Queue.Name)));
        }
    }

    /// <summary>Where the type waits for the consumer at its own end, the queue can be completed right before.</summary>
    private void AddField(UnfinishedQueue queue, SyntaxNode creation, BodyFacts body, FindingSink sink)
    {
        var none = ImmutableDictionary<string, string?>.Empty;
        var others = ImmutableArray.Create(Head(queue.Consumer.Syntax));
        sink.Add(new Finding(
            Descriptor, creation is InvocationExpressionSyntax ? CallLocation.Of(creation) : CallLocation.OfCreation(creation), new Cause(creation.Span),
            queue.Wait is { } wait ? others.Add(wait.Syntax.GetLocation()) : others,
            queue.Wait is null || queue.IsFilledAtWait ? none : none.Add(FixProperties.Edit, "BeforeWait").Add(FixProperties.Argument, Completion(queue.Queue, "TryComplete", body)), null,
            ImmutableArray.Create<object?>(queue.Queue.Name)));
    }

    /// <summary>The call that completes a queue; the end of an object may come twice, where a channel takes <c>Complete</c> once.</summary>
    private static string Completion(ISymbol queue, string ofChannel, BodyFacts body) =>
        BlockingCollectionModels.Is((queue as IFieldSymbol)?.Type ?? ((ILocalSymbol)queue).Type, body.Model.Types) ? $"{queue.Name}.CompleteAdding();" : $"{queue.Name}.Writer.{ofChannel}();";

    private static Location Head(SyntaxNode consumer) => consumer is CommonForEachStatementSyntax loop ? loop.Expression.GetLocation() : consumer is WhileStatementSyntax { Condition: var condition } ? condition.GetLocation() : CallLocation.Of(consumer);

    /// <summary>The one work item that puts everything in, or the last thing that the code itself puts in; null where several do.</summary>
    private static IOperation? Producer(UnfinishedQueue queue, BodyFacts body)
    {
        if (queue.Puts.IsEmpty || !queue.IsInBehindPuts)
        {
            return null;
        }

        var starter = queue.Creation!.FunctionAround();
        var functions = queue.Puts.Select(static p => p.FunctionAround()).Distinct(SymbolEqualityComparer.Default).ToList();
        if (functions.Count != 1)
        {
            return null;
        }

        if (SymbolEqualityComparer.Default.Equals(functions[0], starter))
        {
            return queue.Puts[queue.Puts.Length - 1];
        }

        var starts = body.Forks().Starts.Where(s => s.Bodies.Length == 1 && s.Bodies[0].Named is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, functions[0])).ToList();
        return starts.Count == 1 && SymbolEqualityComparer.Default.Equals(starts[0].Creation.FunctionAround(), starter) && Rounds.Around(starts[0].Creation) is null ? starts[0].Bodies[0].Named : null;
    }

    private static ImmutableDictionary<string, string?> Edit(UnfinishedQueue queue, IOperation? producer, BodyFacts body)
    {
        var none = ImmutableDictionary<string, string?>.Empty;
        var isBehindConsumer = producer is not null && queue.Consumer.Syntax.SpanStart < producer.Syntax.SpanStart && queue.Consumer is not IInvocationOperation { Parent: IVariableInitializerOperation };
        if (producer is null || producer is not IAnonymousFunctionOperation && isBehindConsumer && SymbolEqualityComparer.Default.Equals(queue.Consumer.FunctionAround(), producer.FunctionAround()))
        {
            return none;
        }

        return none.Add(FixProperties.Edit, producer is IAnonymousFunctionOperation ? "InFinally" : "Behind").Add(FixProperties.Argument, Completion(queue.Queue, "Complete", body));
    }
}
