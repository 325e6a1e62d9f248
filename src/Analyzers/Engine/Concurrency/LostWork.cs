using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Work that a program or test starts, whose effect matters, and behind whose start nothing waits before the end.</summary>
/// <param name="Start">The start, in the body itself or in a helper that it calls.</param>
/// <param name="At">The start, or the call of the helper in the body.</param>
/// <param name="After">What the body does behind <paramref name="At"/>.</param>
/// <param name="Effect">What is lost: the call that shows, saves or sends something, or the check of a test.</param>
internal sealed record LostWork(ForkStart Start, IOperation At, AfterFork After, IOperation Effect);

/// <summary>
/// The lost work of one body, helpers of its file included. A foreground thread keeps the process alive, and so may code that is not seen: then nothing of a
/// program is lost. In a test only the checks are lost, whatever thread makes them, since the process goes on.
/// </summary>
internal sealed class LostWorks(ImmutableArray<LostWork> all)
{
    public ImmutableArray<LostWork> All { get; } = all;

    public static LostWorks Of(BodyFacts body)
    {
        var isProgram = (body.Contents & BodyContents.Program) != 0;
        if (!isProgram && !EntryPoints.IsTest(body.Owner))
        {
            return new LostWorks(ImmutableArray<LostWork>.Empty);
        }

        var lost = OpenStarts.AtEndOf(body).Where(open => !open.IsReturned && open.After is { Read: null, DroppedJoin: null, HasOpenLoop: false } && !IsJoined(open.Start, open.Facts))
            .Select(open => (Open: open, Effect: EffectOf(open.Start, open.Facts, isProgram)))
            .Where(found => found.Effect is not null)
            .Select(found => new LostWork(found.Open.Start, found.Open.At, found.Open.After, found.Effect!)).ToImmutableArray();
        return new LostWorks(isProgram && !lost.IsEmpty && KeptAlive.Is(body) ? ImmutableArray<LostWork>.Empty : lost);
    }

    private static IOperation? EffectOf(ForkStart start, BodyFacts facts, bool isProgram)
    {
        // Another body's end than that of the thread or task would have to be waited for.
        if (start.Bodies.Length != 1 || (start.Kind != ForkKind.TaskRun && start.Bodies[0].Function.IsAsync))
        {
            return null;
        }

        var effects = ForkEffects.Of(start.Bodies[0], facts);
        return isProgram ? (start.Kind != ForkKind.Thread || KeptAlive.IsBackground(start, facts) ? effects?.Effect : null)
            : start.Handle.Variable is IFieldSymbol || facts.Forks().MayWait(start) ? null
            : effects?.Check;
    }

    /// <summary>A join anywhere, also in a handler of the program's end.</summary>
    private static bool IsJoined(ForkStart start, BodyFacts facts) => start.Handle.Variable is { } handle &&
        facts.HandleCalls.Any(call => WaitModels.ActionOf(call.TargetMethod, facts.Model.Types) is HandleAction.Join or HandleAction.TimedJoin &&
            call.Instance is { } receiver && HandleUses.Kept(receiver, facts) is { } kept && SymbolEqualityComparer.Default.Equals(kept.Variable, handle));
}
