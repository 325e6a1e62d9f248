using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Work that only computes and that a body splits over raw threads, which it starts and joins itself.</summary>
/// <param name="Creations">One creation that a loop or query repeats, or several.</param>
/// <param name="Handle">The local that keeps the thread or threads of the first one.</param>
/// <param name="Loop">The loop around the one creation; null for a query or for several creations.</param>
/// <param name="IsPerItem">One thread for each round or element.</param>
internal sealed record SplitWork(ImmutableArray<ForkStart> Creations, ISymbol Handle, ILoopOperation? Loop, bool IsPerItem)
{
    /// <summary>How many threads a constant of the loop or query makes of it; null where something else decides, or where a round may make none.</summary>
    public int? Constant { get; private init; }

    public static IEnumerable<SplitWork> In(BodyFacts body)
    {
        var single = new List<(ForkStart Start, RawThread Thread)>();
        foreach (var start in body.Forks().Starts.GroupBy(static s => s.Creation).Select(static g => g.First()))
        {
            if (start.Kind != ForkKind.Thread || start.Creation is not IObjectCreationOperation creation || !start.Bodies.All(body.Forks().IsCpuBound) ||
                start.Bodies.Any(b => ServiceLoop.IsIn(b, body)) || RawThread.Of(creation, body) is not { Joins.Count: > 0 } thread)
            {
                continue;
            }

            var loop = LoopAround(creation);
            if (loop is not null || IsSelected(creation))
            {
                yield return new SplitWork(ImmutableArray.Create(start), start.Handle.Variable!, loop, true) { Constant = ConstantOf(creation, body) };
            }
            else
            {
                single.Add((start, thread));
            }
        }

        // One that is started when the first one is joined already is the next step, and not another share.
        var side = single.Where(s => s == single[0] || s.Start.At.Syntax.SpanStart < single[0].Thread.Joins.Min(static j => j.Syntax.SpanStart)).Select(static s => s.Start).ToImmutableArray();
        if (side.Length > 1)
        {
            yield return new SplitWork(side, side[0].Handle.Variable!, null, false);
        }
    }

    private static int? ConstantOf(IOperation creation, BodyFacts body)
    {
        if (Rounds.Around(creation) is not { } rounds || !GateCount.IsCertain(creation, rounds.Body) || LoopAround((IOperation?)rounds.Loop ?? rounds.Query!) is not null ||
            Operations.OfFunction(rounds.Body).Any(o => o is IBranchOperation or IThrowOperation || rounds.Loop is not null && o is IReturnOperation))
        {
            return null;
        }

        var count = rounds.Loop is { } loop ? CountForm.Rounds(loop, body) : CountForm.Length(rounds.Query!.Arguments[0].Value, null, body, 0);
        return count is { IsConstant: true, Offset: > 1 and var number } ? number : null;
    }

    private static ILoopOperation? LoopAround(IOperation creation)
    {
        for (var up = creation.Parent; up is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); up = up.Parent)
        {
            if (up is ILoopOperation loop)
            {
                return loop;
            }
        }

        return null;
    }

    /// <summary><c>xs.Select(x => new Thread(…))</c>: what keeps them is a group.</summary>
    private static bool IsSelected(IOperation creation) => creation.FunctionAround() is { MethodKind: MethodKind.LambdaMethod } && ForkHandle.Of(creation).Home == HandleHome.Group &&
        creation.Parent is IReturnOperation or IConversionOperation { Parent: IReturnOperation };
}
