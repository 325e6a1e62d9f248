using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Engine.Places;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>An object that is disposed of with nothing before it that may wait for work which is certain to use it in a way that throws then.</summary>
/// <param name="In">The function that disposes of it.</param>
/// <param name="At">The <c>using</c> or the call.</param>
/// <param name="Name">What it is called there.</param>
/// <param name="Cause">The start, or the call that leads to it.</param>
/// <param name="Fork">The start.</param>
/// <param name="Use">The use.</param>
/// <param name="Inner">The disposal, where a member does it that is run there.</param>
/// <param name="IsLive">The code of one file shows it.</param>
internal sealed record EarlyDisposal(FunctionSummary In, TextSpan At, string Name, TextSpan Cause, ForkSummary Fork, Site Use, Site? Inner, bool IsLive);

/// <summary>
/// Early disposals through the types of the compilation: the work, its start or what disposes of the object lies in another type. The work is followed through calls that each run of it makes, whatever it waits
/// for, since nobody waits for it; the one who disposes of the object up to the first thing that may wait for anybody.
/// </summary>
internal sealed class EarlyDisposals
{
    private readonly ProgramFacts _facts;
    private readonly FunctionSummary _in;
    private readonly List<(AccessPath Place, Site Site, bool IsCrossed, ForkSummary Fork)> _uses = [];
    private readonly HashSet<FunctionSummary> _followed = [];
    private int _stepsLeft = Limits.StepsOfSearch;

    private EarlyDisposals(FunctionSummary function, ProgramFacts facts)
    {
        _in = function;
        _facts = facts;
    }

    /// <summary>The first one behind each start, and behind each call that leaves starts open.</summary>
    public static IEnumerable<EarlyDisposal> Of(ProgramFacts facts)
    {
        foreach (var fork in facts.Forks.Where(static f => !f.Disposals.IsEmpty || !f.Line.IsEmpty))
        {
            facts.Cancellation.ThrowIfCancellationRequested();
            var search = new EarlyDisposals(fork.In, facts);
            search.Uses(fork, Frame.Of(fork.In, facts), false);
            if (search.Find(fork.Line, fork.Disposals, fork.Creation) is { } found)
            {
                yield return found;
            }
        }

        foreach (var call in facts.HandOvers())
        {
            facts.Cancellation.ThrowIfCancellationRequested();
            var search = new EarlyDisposals(call.In, facts);
            search.Opens(call.Step.Call!, Frame.Of(call.In, facts), 0);
            if (search.Find(call.Line, call.Disposals, call.Step.Span) is { } found)
            {
                yield return found;
            }
        }
    }

    private bool IsOther(FunctionSummary function) => function.IsOutside(_in.Body.Type);

    /// <summary>Goes through what comes next in the order of the source.</summary>
    private EarlyDisposal? Find(ImmutableArray<(Step Step, bool IsPolled)> line, ImmutableArray<DisposalSummary> disposals, TextSpan cause)
    {
        if (_uses.Count == 0)
        {
            return null;
        }

        var first = Frame.Of(_in, _facts);
        var calls = line.Where(static l => l.Step.Kind == StepKind.Call).Select(static l => l.Step).ToList();
        var passed = 0;
        foreach (var disposal in disposals)
        {
            if (!Pass(disposal.Position, out var before))
            {
                return before;
            }

            if (disposal.Dispose is null)
            {
                if (first.ThingOf(new Origin(disposal.Place, null))?.Path is { } place && UseOf(place, false) is { } use)
                {
                    return new EarlyDisposal(_in, disposal.At, disposal.Name, cause, use.Fork, use.Site, null, disposal.IsLive);
                }
            }
            else if (MayWait(disposal.Dispose, first, 0, out var inner, out var used))
            {
                return inner is null ? null : new EarlyDisposal(_in, disposal.At, disposal.Name, cause, used.Fork, used.Site, inner, disposal.IsLive);
            }
        }

        Pass(int.MaxValue, out var last);
        return last;

        // False at the first call that may wait, or that disposes of what the work uses.
        bool Pass(int position, out EarlyDisposal? found)
        {
            found = null;
            for (; passed < calls.Count && calls[passed].Span.Start < position; passed++)
            {
                var call = calls[passed];
                if (MayWait(call.Call!, first, 0, out var inner, out var used))
                {
                    found = inner is null || !call.IsAlways ? null : new EarlyDisposal(_in, call.Span, (call.Call!.Receiver?.Path ?? used.Place).Display(), cause, used.Fork, used.Site, inner, false);
                    return false;
                }
            }

            return true;
        }
    }

    private (AccessPath Place, Site Site, bool IsCrossed, ForkSummary Fork)? UseOf(AccessPath place, bool isCrossed)
    {
        foreach (var use in _uses)
        {
            if (use.Place.Equals(place) && (isCrossed || use.IsCrossed))
            {
                return use;
            }
        }

        return null;
    }

    /// <summary>Follows a call to the first thing that may wait, or that disposes of what the work uses.</summary>
    private bool MayWait(Call call, Frame frame, int depth, out Site? disposal, out (AccessPath Place, Site Site, bool IsCrossed, ForkSummary Fork) used)
    {
        (disposal, used) = (null, default);
        if (_facts.IsEmpty(call))
        {
            return false;
        }

        if (depth > Limits.CallDepth || frame.TargetOf(call) is not { IsDeferred: false } callee || callee.Symbol is { IsAsync: true })
        {
            return true;
        }

        var inside = frame.Enter(callee, call.Receiver, call.Arguments);
        foreach (var step in callee.Steps)
        {
            if (--_stepsLeft < 0)
            {
                return true;
            }

            switch (step.Kind)
            {
                case StepKind.Wait or StepKind.Lock or StepKind.Loop or StepKind.Work:
                    return true;
                case StepKind.Disposal when inside.ThingOf(new Origin(step.Place!, null))?.Path is { } place && UseOf(place, IsOther(callee)) is { } use:
                    (disposal, used) = (new Site(callee, step), use);
                    return true;
                case StepKind.Call when MayWait(step.Call!, inside, depth + 1, out disposal, out used):
                    disposal = step.IsAlways ? disposal : null;
                    return true;
            }
        }

        return false;
    }

    /// <summary>The starts that the call leaves open.</summary>
    private void Opens(Call call, Frame frame, int depth)
    {
        if (depth > Limits.CallDepth || frame.TargetOf(call) is not { IsDeferred: false } callee)
        {
            return;
        }

        var inside = frame.Enter(callee, call.Receiver, call.Arguments);
        foreach (var fork in _facts.ForksOf(callee).Where(static f => f.IsLeftOpen))
        {
            if (!fork.Line.Any(l => l.Step.Kind == StepKind.Call && MayWait(l.Step.Call!, inside, depth + 1, out _, out _)))
            {
                Uses(fork, inside, IsOther(callee));
            }
        }

        // Behind an inner call, nothing may wait in the order of the source: from the end, up to the first thing that may.
        for (var i = callee.Steps.Count - 1; i >= 0; i--)
        {
            var step = callee.Steps[i];
            if (step.Kind == StepKind.Call)
            {
                Opens(step.Call!, inside, depth + 1);
            }

            if (step.Kind is not (StepKind.Access or StepKind.Fork or StepKind.Use or StepKind.Order) && (step.Kind != StepKind.Call || MayWait(step.Call!, inside, depth + 1, out _, out _)))
            {
                return;
            }
        }
    }

    /// <summary>What the work of a start is certain to use.</summary>
    private void Uses(ForkSummary fork, Frame frame, bool isCrossed)
    {
        _followed.Clear();
        if (fork.Targets.Length == 1 && fork.Targets[0] is var target)
        {
            if (target.Lambda is { } lambda)
            {
                Uses(lambda, frame, 0, isCrossed, fork);
            }
            else if (_facts.FunctionOf(target.Method!) is { } method)
            {
                Uses(method, frame.Enter(method, target.Receiver, ImmutableArray<Origin?>.Empty), 0, isCrossed || IsOther(method), fork);
            }
        }
    }

    private void Uses(FunctionSummary function, Frame frame, int depth, bool isCrossed, ForkSummary fork)
    {
        if (function.IsDeferred || depth > Limits.CallDepth || !_followed.Add(function))
        {
            return;
        }

        foreach (var step in function.Steps.Where(static s => s.IsAlways))
        {
            if (step.Kind == StepKind.Use && frame.ThingOf(new Origin(step.Place!, null))?.Path is { } place)
            {
                _uses.Add((place, new Site(function, step), isCrossed, fork));
            }
            else if (step.Kind == StepKind.Call && frame.TargetOf(step.Call!) is { } callee)
            {
                Uses(callee, frame.Enter(callee, step.Call!.Receiver, step.Call.Arguments), depth + 1, isCrossed || IsOther(callee), fork);
            }
        }
    }
}
