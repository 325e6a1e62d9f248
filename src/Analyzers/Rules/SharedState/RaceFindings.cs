using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.SharedState;

/// <summary>The report of a race: both sides, what starts the threads, and the interleaving that goes wrong.</summary>
internal static class RaceFindings
{
    /// <param name="race">The race.</param>
    /// <param name="descriptor">The rule's descriptor.</param>
    /// <param name="edit">The edit that repairs it, or null.</param>
    /// <param name="at">The access to report, where it is not the first of the race.</param>
    public static Finding Of(Race race, DiagnosticDescriptor descriptor, string? edit, Access? at = null)
    {
        at ??= race.First;
        var others = race.All.Where(a => a.At.Syntax != at.At.Syntax).Select(static a => a.At.Syntax.GetLocation()).Distinct().ToImmutableArray();
        var data = ImmutableDictionary<string, string?>.Empty
            .Add(FixProperties.Accesses, others.Length.ToString(CultureInfo.InvariantCulture))
            .Add(Interleaving.Key, race.Kind switch
            {
                RaceKind.LostUpdate => Interleaving.OfUpdate(race),
                RaceKind.Instance => Interleaving.OfInstance(race),
                RaceKind.Torn => Interleaving.OfTorn(race),
                _ => Interleaving.OfCollection(race),
            });
        return new Finding(
            descriptor, at.At.Syntax.GetLocation(), new Cause(race.First.At.Syntax.Span), others.AddRange(race.Starts.Select(static s => CallLocation.Of(s.Syntax))),
            edit is null ? data : data.Add(FixProperties.Edit, edit), race.Place.Holder is IFieldSymbol or IPropertySymbol ? race.Place.Holder : null,
            ImmutableArray.Create<object?>(race.Place.Display(), OtherSide(race), LineNumber.Of(race.Starts[0].Syntax)));
    }

    /// <summary>What the other thread does; the same piece of code may run on both.</summary>
    private static object OtherSide(Race race) => race.First == race.Second
        ? Descriptors.Text("Race_Same")
        : Descriptors.Text(race.Kind == RaceKind.LostUpdate ? "Race_Changes" : "Race_Uses", LineNumber.Of(race.Second.At.Syntax));
}
