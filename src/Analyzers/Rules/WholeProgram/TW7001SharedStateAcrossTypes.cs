using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Program;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.WholeProgram;

/// <summary>
/// Reports what TW3001 reports, where the threads, the updates or the locks lie in different types. Only updates count, whose loss is certain to be wrong, and only of an object that is proven to be
/// the same for both threads.
/// </summary>
internal sealed class TW7001SharedStateAcrossTypes() : ProgramRule(Descriptors.Create(Id, Category.Program, DiagnosticSeverity.Warning, true, WellKnownDiagnosticTags.CompilationEnd))
{
    public const string Id = "TW7001";

    /// <summary>The edit that makes each update one call of <c>Interlocked</c>.</summary>
    public const string UseInterlocked = "UseInterlocked";

    /// <summary>The edit that makes a lock object and takes it around each access.</summary>
    public const string IntroduceGate = "IntroduceGate";

    public override void Examine(ProgramFacts program, ProgramFindings findings)
    {
        foreach (var race in ProgramRaces.Of(program).Where(static r => r.Kind == RaceKind.LostUpdate))
        {
            var isAtomic = race.All.Where(static s => s.Step.Changes).All(static s => s.Step.IsAtomicUpdate);
            findings.Add(ProgramRaceFindings.Of(race, Descriptor, isAtomic ? UseInterlocked : IntroduceGate, program));
        }
    }
}
