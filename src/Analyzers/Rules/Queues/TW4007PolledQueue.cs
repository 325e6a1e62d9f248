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

/// <summary>
/// Reports a loop that waits for a queue by looking into it again and again. The queue is one that has no waiting take, or has one that is not used.
/// </summary>
internal sealed class TW4007PolledQueue() : LocalRule(Descriptors.Create(Id, Category.Queues, DiagnosticSeverity.Info))
{
    public const string Id = "TW4007";

    public override BodyContents Needs => BodyContents.Queues;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var poll in QueuePoll.In(body))
        {
            var uses = UsesToConvert(poll, body);
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(poll.Look.Syntax), new Cause(poll.Look.Syntax.Span), uses.IsDefault ? ImmutableArray<Location>.Empty : uses,
                uses.IsDefault ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "Take"), null,
                ImmutableArray.Create<object?>(poll.Queue.Syntax.ToString(), Descriptors.Text(poll.IsPaused ? $"{Id}_Pause" : $"{Id}_Spin"))));
        }
    }

    /// <summary>
    /// The places of a private queue that become those of a blocking collection: its declaration, and where something is put in. Default where one of its uses has no
    /// counterpart, the loop asks a flag, which nobody would wake it for, or the body is async, which would block.
    /// </summary>
    private static ImmutableArray<Location> UsesToConvert(QueuePoll poll, BodyFacts body)
    {
        if (HandleUses.VariableOf(poll.Queue) is not { } queue || !KnownType.Is(poll.Queue.Type, body.Model.Types.ConcurrentQueue) || IsAsync(poll.Loop, body) || HandleUses.Of(queue, body) is not { } uses ||
            poll.Decision is null && poll.Loop is not IWhileLoopOperation { Condition: IUnaryOperation } || poll.Loop is IWhileLoopOperation { Condition: { ConstantValue.HasValue: false } condition } && !condition.Syntax.Span.Contains(poll.Look.Syntax.Span) ||
            queue.DeclaringSyntaxReferences[0].GetSyntax(body.Cancellation) is not VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0, Initializer: null } or ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0, Initializer: null } } declarator ||
            queue is IFieldSymbol { IsReadOnly: false })
        {
            return default;
        }

        var places = ImmutableArray.CreateBuilder<Location>();
        places.Add(declarator.GetLocation());
        foreach (var use in uses.Where(use => use.Syntax != poll.Queue.Syntax))
        {
            switch (use.Parent)
            {
                case IInvocationOperation { TargetMethod.Name: "Enqueue" } call when call.Instance == use && call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } }:
                    places.Add(name.GetLocation());
                    break;
                case IPropertyReferenceOperation { Property.Name: "Count" } or INameOfOperation:
                    break;
                case IInvocationOperation { TargetMethod.Name: "ToArray" } call when call.Instance == use:
                    break;
                default:
                    return default;
            }
        }

        return places.ToImmutable();
    }

    private static bool IsAsync(IOperation loop, BodyFacts body) => loop.FunctionAround() is { } function ? function.IsAsync : body.Owner is IMethodSymbol { IsAsync: true } || loop.Descendants().Any(static o => o is IAwaitOperation);
}
