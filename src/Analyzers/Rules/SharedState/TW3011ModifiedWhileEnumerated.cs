using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.SharedState;

/// <summary>
/// Reports a collection that one thread goes through while another changes it: an enumeration without the lock that all who change the field hold, two threads with no lock in common, and a loop that starts what changes its
/// own collection. Missed: sequences that are handed out and gone through elsewhere, collections that types hand to each other.
/// </summary>
internal sealed class TW3011ModifiedWhileEnumerated() : TypeRule(Descriptors.Create(Id, Category.SharedState, DiagnosticSeverity.Warning))
{
    public const string Id = "TW3011";

    /// <summary>The edit that copies the collection under the lock of the others and goes through the copy.</summary>
    public const string Snapshot = "Snapshot";

    /// <summary>The edit that takes the lock of the others around each access that left it out.</summary>
    public const string TakeLock = "TakeLock";

    /// <summary>The edit that goes through a copy made before the first thread is started.</summary>
    public const string CopyFirst = "CopyFirst";

    /// <summary>The edit that makes a lock object and takes it around each access.</summary>
    public const string IntroduceGate = "IntroduceGate";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var race in Races.Of(type).Where(static r => r.Kind is RaceKind.Enumeration or RaceKind.OwnEnumeration && r.All.All(static a => a.Kind != AccessKind.ByReference)))
        {
            sink.Add(Report(race));
        }

        foreach (var gap in GuardGaps.Of(type).Where(static g => !g.Harmful[0].Changes))
        {
            if (gap.Harmful.FirstOrDefault(static a => Enumerations.Is(a, a.In.Body.Model) && !a.In.Waits) is { } enumerated)
            {
                sink.Add(Report(gap, enumerated));
            }
        }
    }

    private Finding Report(Race race)
    {
        var isOwn = race.Kind == RaceKind.OwnEnumeration;
        var at = isOwn || race.Second.Changes ? race.First : race.Second;
        var edit = !isOwn ? IntroduceGate : race.All.All(static a => !a.Changes || !a.Held.IsEmpty) ? CopyFirst : null;
        var finding = RaceFindings.Of(race, Descriptor, edit, at);
        var line = LineNumber.Of((isOwn ? race.Second : race.First).At.Syntax);
        return finding with
        {
            // What is enumerated comes first: it is what the fix copies.
            Others = isOwn ? finding.Others.Insert(0, race.Second.At.Syntax.GetLocation()) : finding.Others,
            Arguments = ImmutableArray.Create<object?>(race.Place.Display(), Descriptors.Text($"{Id}_{(isOwn ? "Own" : "Apart")}"), line),
        };
    }

    private Finding Report(GuardGap gap, Access enumerated)
    {
        var guard = gap.Guard;
        var others = gap.Harmful.Where(a => a != enumerated).Select(static a => a.At.Syntax.GetLocation()).ToImmutableArray();
        var data = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Accesses, others.Length.ToString(CultureInfo.InvariantCulture));
        if (gap.CanBeClosed)
        {
            data = data.Add(FixProperties.Edit, others.IsEmpty && Enumerations.LoopOf(enumerated) is not null ? Snapshot : TakeLock).Add(FixProperties.Gate, guard.Lock.Path.Display());
        }

        var change = guard.Guarded.First(static a => a.Changes).At.Syntax;
        return new Finding(
            Descriptor, enumerated.At.Syntax.GetLocation(), new Cause(gap.Harmful[0].At.Syntax.Span), others.AddRange(guard.Guarded.Take(3).Select(static a => a.At.Syntax.GetLocation())), data, guard.Field,
            ImmutableArray.Create<object?>(guard.Field.Name, Descriptors.Text(Id + "_Guarded"), LineNumber.Of(change)));
    }
}
