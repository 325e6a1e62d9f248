using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>The forks of one body: where they start, what they leave, and what the code does after each. Computed once for all rules that ask.</summary>
internal sealed class Forks
{
    private readonly Dictionary<ForkBody, ForkWrites> _writes = [];
    private readonly Dictionary<ForkBody, bool> _cpuBound = [];
    private readonly BodyFacts _body;
    private ImmutableArray<(ForkStart Start, AfterFork After)> _followed;

    private Forks(BodyFacts body)
    {
        _body = body;
        Starts = ForkStart.In(body);
    }

    public ImmutableArray<ForkStart> Starts { get; }

    /// <summary>Each start with what follows it.</summary>
    public ImmutableArray<(ForkStart Start, AfterFork After)> Followed => _followed.IsDefault
        ? _followed = Starts.Select(start => (start, AfterFork.Of(start, start.Bodies.SelectMany(b => WritesOf(b).Writes).ToImmutableArray(), _body))).ToImmutableArray()
        : _followed;

    public static Forks Of(BodyFacts body) => new(body);

    /// <summary>What the forked function leaves in variables of its starter.</summary>
    public ForkWrites WritesOf(ForkBody forked)
    {
        if (!_writes.TryGetValue(forked, out var writes))
        {
            _writes.Add(forked, writes = ForkWrites.Of(forked, _body));
        }

        return writes;
    }

    /// <summary>Whether the forked function only computes, for long.</summary>
    public bool IsCpuBound(ForkBody forked)
    {
        if (!_cpuBound.TryGetValue(forked, out var isBound))
        {
            _cpuBound.Add(forked, isBound = CpuBound.Is(forked, _body));
        }

        return isBound;
    }

    /// <summary>Whether some function of the start may wait for another thread, or is not known to the last call.</summary>
    public bool MayWait(ForkStart start) => start.Bodies.Any(b => WritesOf(b).MayWait);
}
