using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// A countdown of a local or private field of which only one half is there: it is waited for, and nothing signals it; or it is signalled, and nobody waits for it or looks at it. Every use must be in sight.
/// </summary>
/// <param name="Gate">The variable.</param>
/// <param name="At">The first wait, or the first signal.</param>
/// <param name="IsWaitedFor">Whether it is the signals that are missing.</param>
internal sealed record HalfCountdown(ISymbol Gate, IInvocationOperation At, bool IsWaitedFor)
{
    /// <summary>Those whose first use of the kind stands in the body.</summary>
    public static IEnumerable<HalfCountdown> In(BodyFacts body)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var call in body.Root.Descendants().OfType<IInvocationOperation>().Where(call => CountdownModels.Is(call.TargetMethod.ContainingType, body.Model.Types)))
        {
            if (HandleUses.VariableOf(call.Instance) is { } gate && seen.Add(gate) && Of(gate, body) is { } half && body.Root.Syntax.Span.Contains(half.At.Syntax.Span))
            {
                yield return half;
            }
        }
    }

    private static HalfCountdown? Of(ISymbol gate, BodyFacts body)
    {
        if (Conversions.WithoutBuiltIn(Assignments.OnlyValueOf(gate, body)) is not IObjectCreationOperation { Arguments: { Length: 1 } count } || HandleUses.Of(gate, body) is not { } uses)
        {
            return null;
        }

        IInvocationOperation? signal = null, wait = null;
        var isAsked = false;

        // Who disposes of it while others signal has that to repair first.
        var isDisposed = gate is ILocalSymbol { IsUsing: true };
        foreach (var use in uses)
        {
            switch (use.Parent)
            {
                case IInvocationOperation { TargetMethod.Name: "Signal" } call when call.Instance == use:
                    signal ??= call;

                    // Whoever is told to be the last may go on instead of a waiter.
                    isAsked |= call.Parent is not IExpressionStatementOperation;
                    break;
                case IInvocationOperation { TargetMethod.Name: "Wait" } call when call.Instance == use:
                    wait = wait ?? (call.Arguments.IsEmpty ? call : null);
                    isAsked = true;
                    break;
                case IInvocationOperation { TargetMethod.Name: "Dispose" } call when call.Instance == use:
                    isDisposed = true;
                    break;
                case IInvocationOperation { TargetMethod.Name: "AddCount" } call when call.Instance == use:
                case IPropertyReferenceOperation { Property.Name: "InitialCount" } property when property.Instance == use:
                    break;
                case IPropertyReferenceOperation { Property.Name: "CurrentCount" or "IsSet" } property when property.Instance == use:
                    isAsked = true;
                    break;
                default:
                    return null;
            }
        }

        return signal is null && wait is not null && count[0].Value.ConstantValue is { HasValue: true, Value: > 0 } ? new HalfCountdown(gate, wait, true)
            : signal is not null && !isAsked && !isDisposed ? new HalfCountdown(gate, signal, false)
            : null;
    }
}
