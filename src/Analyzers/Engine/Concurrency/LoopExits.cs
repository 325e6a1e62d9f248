using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>The ways out of a loop that stand in its body.</summary>
internal static class LoopExits
{
    /// <summary>Each <c>return</c>, <c>break</c> and <c>goto</c> that leaves the loop, without those of handlers, which come with a failure.</summary>
    public static IEnumerable<IOperation> Of(ILoopOperation loop) => Operations.OfFunction(loop.Body).Where(operation =>
        (operation is IReturnOperation { IsImplicit: false, Kind: not OperationKind.YieldReturn } || operation is IBranchOperation jump && Leaves(jump, loop)) && !IsInHandler(operation, loop));

    /// <summary>
    /// Whether the loop is left by another way than a stop flag and never waits for anything: then it works off what is there. A loop that waits is left when
    /// somebody sends the word: <c>if (queue.Take() is null) return;</c>.
    /// </summary>
    public static bool EndsByItself(ILoopOperation loop, BodyFacts body) =>
        Of(loop).Any(exit => !EndlessLoop.IsOnStop(exit, loop, body)) && !Waits(loop, body, new HashSet<ISymbol>(SymbolEqualityComparer.Default), 0);

    /// <summary>Whether the operation stands in a <c>catch</c>.</summary>
    public static bool IsInHandler(IOperation operation, IOperation within)
    {
        for (var up = operation.Parent; up is not null && up != within; up = up.Parent)
        {
            if (up is ICatchClauseOperation)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Leaves(IBranchOperation jump, ILoopOperation loop) => jump.BranchKind switch
    {
        BranchKind.Break => SymbolEqualityComparer.Default.Equals(jump.Target, loop.ExitLabel),
        BranchKind.GoTo => true,
        _ => false,
    };

    private static bool Waits(IOperation code, BodyFacts body, HashSet<ISymbol> followed, int depth) => Operations.OfFunction(code).OfType<IInvocationOperation>().Any(call =>
        SignalModels.IsWait(call.TargetMethod, body.Model.Types) || WaitModels.IsPause(call, body.Model.Types) || IsTake(call.TargetMethod, body.Model.Types) ||
        (depth < Limits.CallDepth && followed.Add(call.TargetMethod.OriginalDefinition) && ForkWrites.SourceOf(call.TargetMethod, body) is { } source && Waits(source, body, followed, depth + 1)));

    private static bool IsTake(IMethodSymbol method, WellKnownTypes types) => method.Name switch
    {
        "Take" => KnownType.Is(method.ContainingType, types.BlockingCollection),
        "TryTake" => method.Parameters.Length > 1 && KnownType.Is(method.ContainingType, types.BlockingCollection),
        "Wait" => KnownType.Is(method.ContainingType, types.Monitor),
        "WaitAny" => KnownType.Is(method.ContainingType, types.WaitHandle),
        _ => false,
    };
}
