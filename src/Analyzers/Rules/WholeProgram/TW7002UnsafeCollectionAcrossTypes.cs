using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Program;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.WholeProgram;

/// <summary>
/// Reports what TW3005 reports, where the threads, the uses of the collection or the locks lie in different types, and the object that holds the collection is proven to be the same for both threads.
/// </summary>
internal sealed class TW7002UnsafeCollectionAcrossTypes() : ProgramRule(Descriptors.Create(Id, Category.Program, DiagnosticSeverity.Warning, true, WellKnownDiagnosticTags.CompilationEnd))
{
    public const string Id = "TW7002";

    /// <summary>The edit that makes a lock object and takes it around each access.</summary>
    public const string IntroduceGate = "IntroduceGate";

    public override void Examine(ProgramFacts program, ProgramFindings findings)
    {
        foreach (var race in ProgramRaces.Of(program).Where(static r => r.Kind == RaceKind.Collection))
        {
            findings.Add(ProgramRaceFindings.Of(race, Descriptor, IntroduceGate, program));
        }
    }
}
