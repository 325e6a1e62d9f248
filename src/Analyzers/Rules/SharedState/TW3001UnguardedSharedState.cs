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
                race.IsScratch ? null : isAtomic ? UseInterlocked : EditOf(race)));
        }
    }

    /// <summary>
    /// A lock around each access; but where a round of a parallel loop does little else than add to a total, a lock would let one round run at a time. Each thread gets a total of its own there,
    /// or nothing is offered.
    /// </summary>
    private static string? EditOf(Race race)
    {
        foreach (var access in race.All)
        {
            if (access.At.Parent is { Parent: IExpressionStatementOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation { Symbol.Parameters.Length: > 0 } round } block } statement } step &&
                block.Operations.LastOrDefault(IsWritten) == statement && race.Starts.FirstOrDefault(start => start.IsAround(round)) is IInvocationOperation { TargetMethod: { Name: "For" or "ForEach" } loop } &&
                Reduction.OfStep(step, round) is { } reduction)
            {
                var (isWhole, isShort) = (block.Operations.Count(IsWritten) == 1, CpuBound.IsShort(round, access.In.Body));
                var mayBeLocal = race.All.Length == 1 && loop.TypeArguments.Length < 2 && round.Symbol.Parameters.Length == 1 && reduction.MayLeaveLock(round, access.In.Body) &&
                    !round.Body.Descendants().Any(static o => o is IReturnOperation { IsImplicit: false });
                return mayBeLocal && (isWhole || isShort) ? ThreadLocal : isShort ? null : IntroduceGate;
            }
        }

        return IntroduceGate;
    }

    private static bool IsWritten(IOperation statement) => statement is not IReturnOperation { IsImplicit: true, ReturnedValue: null };
}
