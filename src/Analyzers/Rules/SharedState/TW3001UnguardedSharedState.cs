using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.SharedState;

/// <summary>
/// Reports a variable whose update gets lost: threads that surely run at once update it, or one updates it while another stores a value, with no lock in common. Only updates count, whose loss is
/// certain to be wrong; a value that one thread stores and another reads may be meant as a hint. Missed: threads that types start for each other, updates by way of a local.
/// </summary>
internal sealed class TW3001UnguardedSharedState() : TypeRule(Descriptors.Create(Id, Category.SharedState, DiagnosticSeverity.Warning))
{
    public const string Id = "TW3001";

    /// <summary>The edit that makes each update one call of <c>Interlocked</c>.</summary>
    public const string UseInterlocked = "UseInterlocked";

    /// <summary>The edit that makes a lock object and takes it around each access.</summary>
    public const string IntroduceGate = "IntroduceGate";

    /// <summary>The edit that gives each thread of a parallel loop a total of its own.</summary>
    public const string ThreadLocal = "ThreadLocal";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var race in Races.Of(type).Where(static r => r.Kind == RaceKind.LostUpdate))
        {
            // A field that is volatile, or that others update atomically, is another rule's.
            if (race.Place.Holder is IFieldSymbol { IsVolatile: true } || race.All.Any(static a => a.Kind is AccessKind.Atomic or AccessKind.ByReference))
            {
                continue;
            }

            var model = race.First.In.Body.Model;
            var isAtomic = race.All.Where(static a => a.Changes).All(a => a.Kind == AccessKind.Update && AtomicUpdates.Is(a, model));
            sink.Add(RaceFindings.Of(
                race, Descriptor,
                race.IsScratch ? null : isAtomic ? UseInterlocked : IsTotal(race) ? ThreadLocal : IntroduceGate));
        }
    }

    /// <summary>Whether the update is the whole round of a parallel loop, and only adds to a total: a lock would let one round run at a time.</summary>
    private static bool IsTotal(Race race) => race.All.Length == 1 && race.First.At.Parent is { Parent: IExpressionStatementOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation { Symbol.Parameters.Length: 1 } round } block } } step &&
        block.Operations.Count(static o => !o.IsImplicit) == 1 && race.Starts.Length == 1 && race.Starts[0] is IInvocationOperation { TargetMethod: { Name: "For" or "ForEach", TypeArguments.Length: < 2 } } &&
        Reduction.OfStep(step, round) is { } reduction && reduction.MayLeaveLock(round, race.First.In.Body);
}
