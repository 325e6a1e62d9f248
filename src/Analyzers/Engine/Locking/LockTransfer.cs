using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Flow;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>What a <see cref="LockTransfer"/> tells about while it runs; the last run over the solved states listens.</summary>
internal interface ILockObserver
{
    /// <summary>A statement or condition is about to run in <paramref name="state"/>.</summary>
    void Reaching(IOperation operation, PathState state);

    /// <summary>A release is about to run in <paramref name="state"/>.</summary>
    void Releasing(LockSite site, PathState state, FlowNode node);

    /// <summary>An acquire is about to run in <paramref name="state"/>.</summary>
    void Acquiring(LockSite site, PathState state, FlowNode node);

    /// <summary>A call that is no lock call itself, or an accessor, is about to run in <paramref name="state"/>.</summary>
    void Calling(IOperation use, PathState state);

    /// <summary>The function returns a value in <paramref name="state"/>.</summary>
    void Returning(PathState state, bool? answer, FlowNode node);

    /// <summary>Control may leave the thread here (await, yield) in <paramref name="state"/>.</summary>
    void Suspending(IOperation operation, PathState state, FlowNode node);
}

/// <summary>
/// Runs a block over one path: acquires and releases change the lock's status, tests of what an acquire answered split the path, and
/// whatever may throw sends the state before it to the handlers. Evaluates expressions in the order of the language.
/// </summary>
internal sealed partial class LockTransfer(LockTable table, ConditionTable conditions, LockEffects effects, Model model) : IPathTransfer
{
    private readonly LockTable _table = table;
    private readonly ConditionTable _conditions = conditions;
    private readonly LockEffects _effects = effects;
    private readonly Model _model = model;

    /// <summary>Listens to one run after the states are solved; null while solving.</summary>
    public ILockObserver? Observer { get; set; }

    /// <summary>Whether an acquire of the second place by who holds the first waits for itself: then no path goes on behind it. Null while all paths are followed.</summary>
    public Func<int, int, bool>? Excludes { get; set; }

    /// <summary>No wait for a mutex throws, for it finds none abandoned: such paths are left out.</summary>
    public bool IsNeverAbandoned { get; set; }

    public void Run(FlowNode node, PathState state, IPathStep step)
    {
        if (node.Block is not { } block)
        {
            return;
        }

        var run = new BlockRun(this, node, step);
        run.Statements(block.Operations, 0, state);
    }

    private bool WaitsForItself(LockSite site, PathState state) => Excludes is { } excludes && site.Action.Verb == LockVerb.Acquire &&
        Enumerable.Range(0, state.LockCount).Any(held => state[held] is { Phase: LockPhase.Held, Site: > 0 } && excludes(held, site.Place));

    /// <summary>What is known of a value: true or false, or which fact it is.</summary>
    private readonly record struct Value(bool? Known, Literal? Fact)
    {
        public static Value None => default;

        public Value Not() => new(!Known, Fact is { } f ? new Literal(f.Fact, !f.IsNegated) : null);
    }
}
