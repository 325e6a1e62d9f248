using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.SharedState;

/// <summary>
/// Reports a value that is copied in more than one step (a tuple, a nullable, <c>decimal</c>, <c>Guid</c>, a struct of several fields) and that one thread stores while another, which surely runs at once, reads or stores it
/// with no lock in common. Updates of such a value are lost, which is another rule's. Missed: threads that another method starts, structs whose own methods read the fields one by one.
/// </summary>
internal sealed class TW3007TornAccess() : TypeRule(Descriptors.Create(Id, Category.SharedState, DiagnosticSeverity.Warning))
{
    public const string Id = "TW3007";

    /// <summary>The edit that makes a lock object and takes it around each access.</summary>
    public const string IntroduceGate = "IntroduceGate";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        var races = Races.Of(type);
        foreach (var race in races.Where(static r => r.Kind == RaceKind.Torn && r.All.All(static a => a.Kind != AccessKind.ByReference)))
        {
            var lost = races.FirstOrDefault(r => r.Kind == RaceKind.LostUpdate && r.Place.Equals(race.Place));
            if (lost is null || lost.IsScratch)
            {
                sink.Add(RaceFindings.Of(race, Descriptor, lost is null ? IntroduceGate : null));
            }
        }
    }
}
