using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// A wait that a function makes first of all, for an event that lets all go at once, or for the others at a barrier or countdown. It puts the function behind who opens the gate, and orders nothing among those who wait at it.
/// </summary>
internal static class StartGates
{
    /// <summary>The variable that holds the gate; null for a wait that comes later, may be meant for one at a time, or is answered.</summary>
    public static ISymbol? Of(IInvocationOperation call, IOperation function, TypeFacts type, WellKnownTypes types)
    {
        if (!IsGate(call, types) || HandleUses.VariableOf(call.Instance) is not { } gate || call.Parent is not IExpressionStatementOperation statement || StraightLine.Siblings(statement) is not { IsEmpty: false } list ||
            (statement.Parent != function && statement.Parent!.Parent != function) || !list.TakeWhile(s => s != statement).All(s => IsSignal(s, types)))
        {
            return null;
        }

        return type.AllBodies().SelectMany(static b => b.Root.Descendants()).OfType<IInvocationOperation>().Any(other => SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(other.Instance), gate) && (other.TargetMethod.Name == "Reset" || (other != call && function.IsAround(other) && !SignalModels.IsSignal(other.TargetMethod, types))))
            ? null
            : gate;
    }

    private static bool IsGate(IInvocationOperation call, WellKnownTypes types) => call.TargetMethod switch
    {
        { Name: "Wait" } method => KnownType.Is(method.ContainingType, types.ManualResetEventSlim) || KnownType.Is(method.ContainingType, types.CountdownEvent),
        { Name: "WaitOne" } => KnownType.Is(call.Instance?.Type, types.ManualResetEvent),
        { Name: "SignalAndWait" } method => KnownType.Is(method.ContainingType, types.Barrier),
        _ => false,
    } && WaitModels.LimitOf(call) is null;

    private static bool IsSignal(IOperation statement, WellKnownTypes types) => statement is IExpressionStatementOperation { Operation: IInvocationOperation call } && SignalModels.IsSignal(call.TargetMethod, types);
}
