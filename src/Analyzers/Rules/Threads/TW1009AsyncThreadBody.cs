using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>
/// An async function as the body of a thread, pool item, parallel loop or <c>StartNew</c> task. It returns to the fork at its first
/// <c>await</c>, so the fork takes it for finished there: <c>Join</c>, <c>Parallel.ForEach</c> and <c>Wait</c> come back with the work undone.
/// </summary>
/// <remarks>
/// Reported with certainty: an async function with an <c>await</c> that a void delegate hides, and a <c>Task&lt;Task&gt;</c> whose inner task
/// nothing can reach. Assumed: an <c>await</c> that is not plainly finished does wait. Timers are TW1015's. A body that reports its end by
/// itself (an event, a counter) is reported too: the thread or degree of parallelism it asked for is still lost.
/// </remarks>
internal sealed class TW1009AsyncThreadBody() : LocalRule(Descriptors.Create("TW1009", Category.Threads, DiagnosticSeverity.Warning))
{
    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var fork in body.ForkCalls)
        {
            body.Cancellation.ThrowIfCancellationRequested();
            var (method, arguments) = ForkModels.PartsOf(fork);
            var kind = method is null ? ForkKind.None : ForkModels.KindOf(method, body.Model.Types);
            if (kind is ForkKind.None or ForkKind.Timer)
            {
                continue;
            }

            foreach (var argument in arguments)
            {
                if (DelegateOf(argument.Parameter?.Type)?.DelegateInvokeMethod is { } signature)
                {
                    Examine(new ForkSite(fork, method!, kind, argument, signature), body, sink);
                }
            }
        }
    }

    private void Examine(ForkSite site, BodyFacts body, FindingSink sink)
    {
        InnerTask? fate = site.Signature.ReturnsVoid ? InnerTask.Dropped : null;
        foreach (var function in ForkBodies.Of(site.Argument, body.Root))
        {
            if (!function.Function.IsAsync || (function.Function.ReturnsVoid != site.Signature.ReturnsVoid && !DropsTask(site, function, body.Model.Types)) ||
                FirstAwait.Of(function, body) is not { } wait)
            {
                continue;
            }

            fate ??= IsNested(site, body.Model.Types) ? new InnerTaskFate(body).Of(site.Fork) : InnerTask.Kept;
            if (site.Signature.ReturnsVoid || fate == InnerTask.Lost || (fate == InnerTask.Dropped && site.Kind != ForkKind.Continuation))
            {
                var edit = AsyncBodyEdits.For(site, function, fate.Value, body);
                sink.Add(new Finding(
                    Descriptor,
                    PlaceOf(function.Named),
                    new Cause(site.Fork.Syntax.Span),
                    ImmutableArray.Create(site.Fork.Syntax.GetLocation(), wait),
                    edit is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, edit),
                    null,
                    ImmutableArray.Create<object?>(NameOf(site.Method))));
            }
        }
    }

    /// <summary>A body that does nothing but call an async method and drop its task, given to a thread or parallel loop, which exist to be waited for. A pool item is nobody's to wait for.</summary>
    private static bool DropsTask(ForkSite site, ForkBody function, WellKnownTypes types) => site.Signature.ReturnsVoid && site.Kind is ForkKind.Thread or ForkKind.ColdTask or ForkKind.ParallelLoop &&
        function.Named is IAnonymousFunctionOperation { Symbol.IsAsync: false } && TaskModels.IsTask(function.Function.ReturnType.OriginalDefinition, types);

    /// <summary>
    /// Whether the call's value is the delegate's task within another one. <c>Task.Run</c> of an async lambda that itself returns a task
    /// has that type too, but there the outer task is the lambda's own.
    /// </summary>
    private static bool IsNested(ForkSite site, WellKnownTypes types) =>
        site.Kind != ForkKind.ColdTask && SymbolEqualityComparer.Default.Equals(TaskModels.Inner(site.Fork.Type, types), site.Signature.ReturnType);

    private static INamedTypeSymbol? DelegateOf(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { TypeKind: TypeKind.Delegate } named => named,
        IArrayTypeSymbol array => DelegateOf(array.ElementType),
        _ => null,
    };

    /// <summary>The head of a lambda, for a body may be long: <c>async x =></c>.</summary>
    private static Location PlaceOf(IOperation named) => named.Syntax switch
    {
        LambdaExpressionSyntax lambda => Location.Create(lambda.SyntaxTree, TextSpan.FromBounds(lambda.SpanStart, lambda.ArrowToken.Span.End)),
        AnonymousMethodExpressionSyntax method => Location.Create(
            method.SyntaxTree, TextSpan.FromBounds(method.SpanStart, (method.ParameterList?.Span ?? method.DelegateKeyword.Span).End)),
        var syntax => syntax.GetLocation(),
    };

    private static string NameOf(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : $"{method.ContainingType.Name}.{method.Name}";
}

/// <summary>A delegate argument of a fork.</summary>
internal readonly record struct ForkSite(IOperation Fork, IMethodSymbol Method, ForkKind Kind, IArgumentOperation Argument, IMethodSymbol Signature);
