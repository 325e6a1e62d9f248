using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>
/// Reports a thread, pool item or parallel loop whose body does nothing but compute a value that it drops. That the body changes nothing is seen to the last call; a value that is
/// discarded with <c>_ =</c> is not wanted.
/// </summary>
internal sealed class TW1008ThreadReturnValueLost() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Info))
{
    public const string Id = "TW1008";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var fork in body.ForkCalls.Where(fork => ForkModels.KindOf(fork, body.Model.Types) is ForkKind.Thread or ForkKind.PoolItem or ForkKind.ParallelLoop))
        {
            var bodies = ForkModels.PartsOf(fork).Arguments.Where(static a => a.Parameter?.Type.TypeKind == TypeKind.Delegate).SelectMany(a => ForkBodies.Of(a, body.Root)).ToList();
            if (bodies.Count == 1 && FunctionOf(bodies[0], body) is { } function && DroppedCall(function) is { } call && PureBody.Is(function, body) && !ServiceLoop.IsIn(bodies[0], body))
            {
                var named = bodies[0].Named;
                var location = named.Syntax.GetLocation().GetLineSpan() is var lines && lines.StartLinePosition.Line == lines.EndLinePosition.Line ? named.Syntax.GetLocation() : CallLocation.Of(call.Syntax);
                sink.Add(new Finding(
                    Descriptor, location, new Cause(fork.Syntax.Span), ImmutableArray.Create(call.Syntax.GetLocation(), fork.Syntax.GetLocation()),
                    CanKeep(fork, named, call) ? ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "KeepResult") : ImmutableDictionary<string, string?>.Empty, null,
                    ImmutableArray.Create<object?>(call.TargetMethod.Name)));
            }
        }
    }

    private static IOperation? FunctionOf(ForkBody forked, BodyFacts body) => forked.Named switch
    {
        IAnonymousFunctionOperation { Symbol.IsAsync: false } lambda => lambda,
        IMethodReferenceOperation { Method: { IsAsync: false, ReturnsVoid: true } method } => ForkWrites.SourceOf(method, body),
        _ => null,
    };

    /// <summary>The last statement of the function where it is a call whose value is dropped, or goes into a local that ends there.</summary>
    private static IInvocationOperation? DroppedCall(IOperation function)
    {
        var block = function switch
        {
            IAnonymousFunctionOperation lambda => lambda.Body,
            ILocalFunctionOperation local => local.Body,
            IMethodBodyOperation method => method.BlockBody ?? method.ExpressionBody,
            _ => null,
        };
        var value = block?.Operations.LastOrDefault(static o => !(o is IReturnOperation { ReturnedValue: null })) switch
        {
            IExpressionStatementOperation statement => statement.Operation,
            IVariableDeclarationGroupOperation { Declarations: { Length: 1 } only } when only[0].Declarators is { Length: 1 } one => one[0].GetVariableInitializer()?.Value,
            _ => null,
        };
        return value is IInvocationOperation { TargetMethod.ReturnsVoid: false } call &&
               call.Type is { } type && type.Name is not ("Task" or "ValueTask") ? call : null;
    }

    /// <summary>A local in front of the declaration of the thread is seen by the lambda and by all that comes behind it.</summary>
    private static bool CanKeep(IOperation fork, IOperation named, IInvocationOperation call) => named is IAnonymousFunctionOperation && fork.Syntax.Span.Contains(named.Syntax.Span) && call.Type is { IsAnonymousType: false, IsRefLikeType: false } &&
        fork.Parent is IVariableInitializerOperation && call.Parent is IExpressionStatementOperation && !Loops(fork);

    private static bool Loops(IOperation fork)
    {
        for (var up = fork.Parent; up is not null; up = up.Parent)
        {
            if (up is ILoopOperation)
            {
                return true;
            }
        }

        return false;
    }
}
