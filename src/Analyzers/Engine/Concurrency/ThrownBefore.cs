using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>What may throw before work comes to something that others wait for, and so past it. Calls within the file are followed; output, signals and what only computes do not count.</summary>
internal sealed class ThrownBefore(BodyFacts body)
{
    /// <summary>The first operation of <paramref name="within"/> before <paramref name="last"/>, or in its arguments, that may throw past it; what <paramref name="handlers"/> do or are for is left out.</summary>
    public IOperation? Of(IOperation last, IOperation within, IReadOnlyCollection<ICatchClauseOperation>? handlers = null) => OfFunction(within).FirstOrDefault(o =>
        (o.Syntax.Span.End <= last.Syntax.SpanStart || IsArgument(o, last)) && MayThrow(o, 0) && !IsCaught(o, last, within) && handlers?.Any(handler => handler.IsAround(o) || IsFor(handler, o)) != true);

    /// <summary>What is computed to be told.</summary>
    public static bool IsArgument(IOperation operation, IOperation call) => call is IInvocationOperation { Arguments: var arguments } && arguments.Any(a => a.Value.IsAround(operation));

    /// <summary>Takes whatever comes, and throws nothing on.</summary>
    public static bool Swallows(ICatchClauseOperation clause) => clause.Filter is null && (clause.ExceptionType is not { } type || type.SpecialType == SpecialType.System_Object || type is { Name: "Exception", ContainingNamespace.Name: "System" }) &&
        !clause.Handler.Descendants().Any(static o => o is IThrowOperation);

    /// <summary>The operations of a function, those of a local function in its block.</summary>
    public static IEnumerable<IOperation> OfFunction(IOperation code) => Operations.OfFunction(code is ILocalFunctionOperation { Body: { } block } ? block : code);

    /// <summary>What is thrown there is what the handler takes.</summary>
    private static bool IsFor(ICatchClauseOperation handler, IOperation thrower) => thrower is IThrowOperation { Exception: { } made } && Conversions.WithoutAny(made)?.Type is { } type && KnownType.IsOrDerives(type, handler.ExceptionType);

    private bool MayThrow(IOperation operation, int depth) => operation switch
    {
        IThrowOperation => true,
        IAwaitOperation wait => body.Model.Throws.MayThrow(wait) && !WaitModels.IsPause(wait, body.Model.Types),
        IInvocationOperation call => body.Model.Throws.MayThrow(call) && !IsPlain(call) && (depth >= Limits.CallDepth || ForkWrites.SourceOf(call.TargetMethod, body) is not { } source || OfFunction(source).Any(o => MayThrow(o, depth + 1) && !IsCaught(o, source, source))),
        _ => false,
    };

    private bool IsPlain(IInvocationOperation call)
    {
        var types = body.Model.Types;
        return PlainCalls.Tells(call.TargetMethod, types) || PlainCalls.Keeps(call.TargetMethod, types) || PlainCalls.Computes(call.TargetMethod, types) && call.TargetMethod.Name is not ("Parse" or "ParseExact") || WaitModels.IsPause(call, types) || SignalModels.IsSignal(call.TargetMethod, types) || CountdownModels.Is(call.TargetMethod.ContainingType, types) ||
            call.TargetMethod.Name is "GetAwaiter" or "Wait" or "WaitOne" or "WaitAsync" or "Stop" or "Start" && call.TargetMethod.DeclaringSyntaxReferences.IsEmpty;
    }

    /// <summary>Whether a handler around the operation goes on to what is waited for.</summary>
    private static bool IsCaught(IOperation operation, IOperation last, IOperation within)
    {
        for (var (at, up) = (operation, operation.Parent); up is not null && at != within; (at, up) = (up, up.Parent))
        {
            if (up is ITryOperation attempt && at == attempt.Body && !attempt.Body.Syntax.Span.Contains(last.Syntax.Span) && attempt.Catches.Any(c => Swallows(c) && !c.Descendants().Any(static o => o is IReturnOperation { IsImplicit: false })))
            {
                return true;
            }
        }

        return false;
    }
}
