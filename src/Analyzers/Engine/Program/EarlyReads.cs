using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Solve;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>A result of a forked body that its starter, or who has called a member that starts it, reads before anything may have waited for it.</summary>
/// <param name="In">The function that reads it.</param>
/// <param name="Start">The start, or the call that leads to it.</param>
/// <param name="Cause">What made the thread or task, or the call that does.</param>
/// <param name="Fork">The start.</param>
/// <param name="Place">The variable as that function names it.</param>
/// <param name="Read">The read in the function: itself, or the call that leads to it.</param>
/// <param name="Inner">The read, where a member does it that <paramref name="Read"/> calls.</param>
/// <param name="Write">The write.</param>
internal sealed record EarlyRead(FunctionSummary In, TextSpan Start, TextSpan Cause, ForkSummary Fork, AccessPath Place, Step Read, Site? Inner, Site Write);

/// <summary>
/// Early reads through the types of the compilation. The body is followed up to the first thing that may wait for the starter, and the starter up to the first thing that may wait for
/// anybody, both through calls whose target is certain. At least one call into another type lies on the way: the rest is seen without the whole compilation.
/// </summary>
internal sealed class EarlyReads
{
    private readonly ProgramFacts _facts;
    private readonly FunctionSummary _in;
    private ForkSummary? _fork;
    private readonly List<(AccessPath Place, bool IsContent, Site Site, bool IsCrossed)> _writes = [];
    private readonly HashSet<FunctionSummary> _followed = [];
    private int _stepsLeft = Limits.StepsOfSearch;

    private EarlyReads(FunctionSummary function, ProgramFacts facts)
    {
        _in = function;
        _facts = facts;
    }

    private enum Line
    {
        On,
        Ended,
    }

    /// <summary>The first early read of each start, and behind each call of another type's member that leaves a start open.</summary>
    public static IEnumerable<EarlyRead> Of(ProgramFacts facts)
    {
        foreach (var fork in facts.Forks.Where(static f => !f.Line.IsEmpty))
        {
            facts.Cancellation.ThrowIfCancellationRequested();
            if (new EarlyReads(fork.In, facts).Behind(fork) is { } found)
            {
                yield return found;
            }
        }

        var openers = new HashSet<FunctionSummary>(facts.Forks.Where(static f => f.IsLeftOpen && IsForSure(f)).Select(static f => f.In));
        foreach (var (function, at, opener) in facts.CallsOf(openers).Where(static c => c.Function.IsOutside(c.Callee.Body.Type)))
        {
            facts.Cancellation.ThrowIfCancellationRequested();
            foreach (var fork in facts.ForksOf(opener).Where(static f => f.IsLeftOpen && IsForSure(f)))
            {
                if (new EarlyReads(function, facts).Behind(at, fork) is { } found)
                {
                    yield return found;
                    break;
                }
            }
        }
    }

    /// <summary>Whether each run of the function makes the start, but for exceptions.</summary>
    private static bool IsForSure(ForkSummary fork) => fork.In.Steps.Any(s => s.Kind == StepKind.Fork && s.Span == fork.At && s.IsAlways);

    /// <summary>The first early read behind a call that leaves the start open. A flag may be asked for whether the rest is there.</summary>
    private EarlyRead? Behind(int at, ForkSummary fork)
    {
        var (first, call) = (Frame.Of(_in, _facts), _in.Steps[at]);
        if (first.TargetOf(call.Call!) != fork.In)
        {
            return null;
        }

        var inside = first.Enter(fork.In, call.Call!.Receiver, call.Call.Arguments);
        var (noRead, noWrite) = (default(Site?), default(Site?));
        if (fork.Line.Any(l => l.Step.Kind == StepKind.Call && Read(l.Step.Call!, inside, 1, false, ref noRead, ref noWrite) == Line.Ended))
        {
            return null;
        }

        Writes(fork, inside, true);
        if (_writes.Count == 0)
        {
            return null;
        }

        foreach (var step in _in.Steps.Skip(at + 1))
        {
            var (read, write) = (default(Site?), default(Site?));
            var line = Follow(step, _in, first, 0, true, ref read, ref write);
            if (read is { } found && write is { } site)
            {
                var place = _writes.First(w => w.Site == site).Place;
                return IsFlag(place) ? null : new EarlyRead(_in, call.Span, call.Span, fork, place, step, found.In == _in ? null : found, site);
            }

            if (line == Line.Ended)
            {
                return null;
            }
        }

        return null;
    }

    private static bool IsFlag(AccessPath place) => place.Holder switch
    {
        IFieldSymbol field => field.Type.SpecialType == SpecialType.System_Boolean,
        IPropertySymbol property => property.Type.SpecialType == SpecialType.System_Boolean,
        _ => false,
    };

    private void Writes(ForkSummary fork, Frame frame, bool isCrossed)
    {
        _fork = fork;
        foreach (var target in fork.Targets)
        {
            if (target.Lambda is { } lambda)
            {
                Write(lambda, frame, 0, isCrossed);
            }
            else if (_facts.FunctionOf(target.Method!) is { } method)
            {
                Write(method, frame.Enter(method, target.Receiver, ImmutableArray<Origin?>.Empty), 0, isCrossed || IsOther(method));
            }
        }
    }

    private EarlyRead? Behind(ForkSummary fork)
    {
        var first = Frame.Of(_in, _facts, fork);
        Writes(fork, first, false);
        if (_writes.Count == 0)
        {
            return null;
        }

        foreach (var (step, isPolled) in fork.Line)
        {
            if (step.Kind == StepKind.Access)
            {
                if (Match(step, first, false) is { } write)
                {
                    return step.IsRead && !isPolled ? Result(step, null, write) : null;
                }

                if (step.Changes && IsWritten(step, first))
                {
                    return null;
                }
            }
            else if (step.Kind == StepKind.Call)
            {
                Site? inner = null;
                Site? write = null;
                var line = Read(step.Call!, first, 0, false, ref inner, ref write);
                if (inner is not null && write is not null)
                {
                    return isPolled ? null : Result(step, inner, write.Value);
                }

                if (line == Line.Ended)
                {
                    return null;
                }
            }
        }

        return null;
    }

    private EarlyRead Result(Step read, Site? inner, Site write) => new(_in, _fork!.At, _fork.Creation, _fork, _writes.First(w => w.Site == write).Place, read, inner, write);

    private bool IsOther(FunctionSummary function) => function.IsOutside(_in.Body.Type);

    /// <summary>Collects what the function writes; false when something on the way may wait for the starter.</summary>
    private bool Write(FunctionSummary function, Frame frame, int depth, bool isCrossed)
    {
        if (function.IsDeferred || depth > Limits.CallDepth)
        {
            return false;
        }

        if (!_followed.Add(function))
        {
            return true;
        }

        foreach (var step in function.Steps)
        {
            if (_writes.Count >= Limits.ResultsOfFork)
            {
                return false;
            }

            switch (step.Kind)
            {
                case StepKind.Wait or StepKind.Lock or StepKind.Loop or StepKind.Fork:
                    return false;
                case StepKind.Access when step.Changes && !FillsOnce(step, function) && frame.VariableOf(step.Place!) is { } place:
                    _writes.Add((place, step.IsContent, new Site(function, step), isCrossed));
                    break;
                case StepKind.Call:
                    if (_facts.IsEmpty(step.Call!))
                    {
                        break;
                    }

                    if (frame.TargetOf(step.Call!) is not { } callee ||
                        !Write(callee, frame.Enter(callee, step.Call!.Receiver, step.Call.Arguments), depth + 1, isCrossed |= IsOther(callee)))
                    {
                        return false;
                    }

                    // What comes behind a call into another type is seen only here, too.
                    break;
            }
        }

        return true;
    }

    /// <summary>Whether the function asks for the value before it stores one: whoever comes first makes what all of them use.</summary>
    private static bool FillsOnce(Step write, FunctionSummary function) => write.Access == AccessKind.Fill || (write.Access == AccessKind.Write &&
        function.Steps.TakeWhile(s => s != write).Any(s => s.IsRead && s.Place!.Equals(write.Place)));

    /// <summary>Looks for a read in what the call runs.</summary>
    private Line Read(Call call, Frame frame, int depth, bool isCrossed, ref Site? found, ref Site? write)
    {
        if (_facts.IsEmpty(call))
        {
            return Line.On;
        }

        if (depth > Limits.CallDepth || frame.TargetOf(call) is not { IsDeferred: false } callee || callee.Symbol is { IsAsync: true })
        {
            return Line.Ended;
        }

        isCrossed |= IsOther(callee);
        var inside = frame.Enter(callee, call.Receiver, call.Arguments);
        foreach (var step in callee.Steps)
        {
            if (Follow(step, callee, inside, depth, isCrossed, ref found, ref write) == Line.Ended)
            {
                return Line.Ended;
            }
        }

        return Line.On;
    }

    private Line Follow(Step step, FunctionSummary function, Frame frame, int depth, bool isCrossed, ref Site? found, ref Site? write)
    {
        if (--_stepsLeft < 0)
        {
            return Line.Ended;
        }

        switch (step.Kind)
        {
            case StepKind.Wait or StepKind.Lock or StepKind.Loop or StepKind.Work or StepKind.Order:
            case StepKind.Access when step.Access == AccessKind.Atomic:
                return Line.Ended;
            case StepKind.Access:
                if (Match(step, frame, isCrossed) is { } match)
                {
                    if (step.IsRead && !step.IsPolled)
                    {
                        (found, write) = (new Site(function, step), match);
                    }

                    return Line.Ended;
                }

                return step.Changes && IsWritten(step, frame) ? Line.Ended : Line.On;
            case StepKind.Call:
                return Read(step.Call!, frame, depth + 1, isCrossed, ref found, ref write);
            default:
                return Line.On;
        }
    }

    /// <summary>The write of the variable that the step accesses, where the two meet through another type.</summary>
    private Site? Match(Step step, Frame frame, bool isCrossed)
    {
        if (step.Changes || frame.VariableOf(step.Place!) is not { } place)
        {
            return null;
        }

        foreach (var write in _writes)
        {
            if (write.Place.Equals(place) && (!write.IsContent || step.IsContent) && (isCrossed || write.IsCrossed))
            {
                return write.Site;
            }
        }

        return null;
    }

    private bool IsWritten(Step step, Frame frame) => frame.VariableOf(step.Place!) is { } place && _writes.Any(w => !w.IsContent && w.Place.Equals(place));
}
