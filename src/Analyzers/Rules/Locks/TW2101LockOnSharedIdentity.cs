using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports a <c>lock</c> or <c>Monitor</c> call on an object that is not this code's alone: a string, a <c>Type</c>, what reflection gives, a <c>Thread</c>; and
/// one on a boxed value, which is a new object each time. Missed: strings that come out of calls, indexers and properties, which may be one for each key.
/// </summary>
internal sealed class TW2101LockOnSharedIdentity() : TypeRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2101";

    /// <summary>The edit that locks a private object in all these places.</summary>
    public const string LockOnGate = "LockOnGate";

    private static readonly ImmutableDictionary<string, string?> s_edit = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, LockOnGate);

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        var shared = LockedObject.Of(type).Select(static place => (Place: place, By: SharedIdentity.Of(place))).Where(static s => s.By is not null).ToList();
        foreach (var places in LockFindings.ByObject(shared.Select(static s => s.Place)))
        {
            var first = places.First();
            sink.Add(LockFindings.Of(this, places, s_edit, LockFindings.Display(first), Descriptors.Text($"{Id}_{shared.First(s => s.Place == first).By}")));
        }
    }
}
