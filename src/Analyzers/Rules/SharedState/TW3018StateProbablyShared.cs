using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.SharedState;

/// <summary>
/// Reports state that threads probably share without a lock, though nothing in sight starts them: state of hosted services, of timers and watchers, caches and values made at first use in types that guard what lies beside
/// them, a volatile field that one method updates. Missed: what only registrations of containers tell.
/// </summary>
internal sealed class TW3018StateProbablyShared() : TypeRule(Descriptors.Create(Id, Category.SharedState, DiagnosticSeverity.Info))
{
    public const string Id = "TW3018";

    /// <summary>The edit that makes each update one call of <c>Interlocked</c>.</summary>
    public const string UseInterlocked = "UseInterlocked";

    /// <summary>The edit that makes a lock object and takes it around each access.</summary>
    public const string IntroduceGate = "IntroduceGate";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var shared in ProbablySharedState.Of(type))
        {
            sink.Add(Report(shared));
        }
    }

    private Finding Report(ProbablyShared shared)
    {
        var at = shared.First.At.Syntax;
        var others = shared.All.Select(static a => a.At.Syntax).Where(s => s != at).Select(static s => s.GetLocation()).Distinct().ToImmutableArray();
        var isAtomic = shared.Kind == RaceKind.LostUpdate && shared.All.Where(static a => a.Changes).All(static a => a.Kind == AccessKind.Update && AtomicUpdates.Is(a, a.In.Body.Model));
        var data = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Accesses, others.Length.ToString(CultureInfo.InvariantCulture));
        var edit = isAtomic ? UseInterlocked : shared.Sign == SharingSign.Volatile || shared.All.Any(static a => !a.Held.IsEmpty) ? null : IntroduceGate;
        return new Finding(
            Descriptor, at.GetLocation(), new Cause(at.Span), others.Add(shared.Witness.GetLocation()), edit is null ? data : data.Add(FixProperties.Edit, edit), shared.First.Place.Holder,
            ImmutableArray.Create<object?>(shared.First.Place.Display(), Descriptors.Text($"{Id}_{shared.Sign}"), LineNumber.Of(shared.Witness)));
    }
}
