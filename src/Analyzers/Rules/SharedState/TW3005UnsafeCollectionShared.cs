using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.SharedState;

/// <summary>
/// Reports a collection that is not made for threads and that threads which surely run at once change, or one changes while another looks into it, with no lock in common. Known are the
/// generic collections of the framework and <c>StringBuilder</c>. Missed: collections that types hand to each other.
/// </summary>
internal sealed class TW3005UnsafeCollectionShared() : TypeRule(Descriptors.Create(Id, Category.SharedState, DiagnosticSeverity.Warning))
{
    public const string Id = "TW3005";

    /// <summary>The edit that makes a lock object and takes it around each access.</summary>
    public const string IntroduceGate = "IntroduceGate";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var race in Races.Of(type).Where(static r => r.Kind == RaceKind.Collection && r.All.All(static a => a.Kind != AccessKind.ByReference)))
        {
            sink.Add(RaceFindings.Of(race, Descriptor, IntroduceGate));
        }
    }
}
