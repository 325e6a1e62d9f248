using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
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

/// <summary>A start that is still open at the end of a function.</summary>
/// <param name="Start">The start.</param>
/// <param name="Facts">The body that it stands in.</param>
/// <param name="At">The start or the call that leads to it, in the function itself.</param>
/// <param name="After">What the function does behind that.</param>
/// <param name="IsReturned">The function gives the thread or task to its caller.</param>
internal sealed record OpenStart(ForkStart Start, BodyFacts Facts, IOperation At, AfterFork After, bool IsReturned);

/// <summary>The starts of a function that it does not wait for, those of what it calls within the file included.</summary>
internal static class OpenStarts
{
    public static IEnumerable<OpenStart> AtEndOf(BodyFacts body) => AtEndOf(body, null, ImmutableArray.Create(body.Owner));

    private static IEnumerable<OpenStart> AtEndOf(BodyFacts facts, IMethodSymbol? function, ImmutableArray<ISymbol> callers)
    {
        foreach (var start in facts.Forks().Starts.Where(s => IsIn(s.At, function)))
        {
            if (Behind(start.At, start, facts, facts) is { } open)
            {
                yield return open;
            }
        }

        if (callers.Length > Limits.CallDepth)
        {
            yield break;
        }

        foreach (var call in facts.Root.Descendants().OfType<IInvocationOperation>().Where(c => IsIn(c, function) && !callers.Contains(c.TargetMethod.OriginalDefinition, SymbolEqualityComparer.Default)))
        {
            facts.Cancellation.ThrowIfCancellationRequested();
            if (call.TargetMethod.DeclaringSyntaxReferences.IsEmpty || ForkWrites.SourceOf(call.TargetMethod, facts) is not { } source)
            {
                continue;
            }

            var called = call.TargetMethod.OriginalDefinition;
            var inside = source is ILocalFunctionOperation ? facts : BodyFacts.Collect(source, called, facts.Model, facts.GraphOf, facts.Cancellation);
            foreach (var inner in AtEndOf(inside, source is ILocalFunctionOperation ? called : null, callers.Add(called)))
            {
                if (Behind(call, inner.Start, facts, inner.Facts) is { } open)
                {
                    yield return open;
                }
            }
        }
    }

    private static OpenStart? Behind(IOperation at, ForkStart start, BodyFacts facts, BodyFacts startFacts)
    {
        if (IsReturned(at))
        {
            return new OpenStart(start, startFacts, at, AfterFork.Behind(at, start, ImmutableArray<ForkWrite>.Empty, facts), IsReturned: true);
        }

        var after = at == start.At ? facts.Forks().Followed.First(f => f.Start == start).After : AfterFork.Behind(at, start, ImmutableArray<ForkWrite>.Empty, facts);
        return after.ReachesEnd ? new OpenStart(start, startFacts, at, after, IsReturned: false) : null;
    }

    private static bool IsReturned(IOperation value)
    {
        while (value.Parent is IConversionOperation)
        {
            value = value.Parent;
        }

        return value.Parent is IReturnOperation && value.Parent.Parent?.Parent is not IAnonymousFunctionOperation;
    }

    /// <summary>Whether the operation stands in the function itself, or in a lambda of it, which may run on the spot.</summary>
    private static bool IsIn(IOperation operation, IMethodSymbol? function)
    {
        var around = operation.Parent;
        while (around is not null and not ILocalFunctionOperation)
        {
            around = around.Parent;
        }

        return SymbolEqualityComparer.Default.Equals((around as ILocalFunctionOperation)?.Symbol, function);
    }
}
