using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.SharedState;

/// <summary>
/// Reports a field that most methods of its type use under one lock, and that another method writes, updates or uses as a collection without it. One report a field. A value that is only
/// read is left alone: a read of a reference or a word is whole. So is a flag that gets a constant, and what a method stores before it starts a thread.
/// </summary>
internal sealed class TW3002InconsistentlyGuarded() : TypeRule(Descriptors.Create(Id, Category.SharedState, DiagnosticSeverity.Info))
{
    public const string Id = "TW3002";

    /// <summary>The edit that takes the lock of the others around the access.</summary>
    public const string TakeLock = "TakeLock";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var gap in GuardGaps.Of(type))
        {
            sink.Add(Report(gap));
        }
    }

    private Finding Report(GuardGap gap)
    {
        var (guard, harmful) = gap;
        var others = harmful.Skip(1).Select(static a => a.At.Syntax.GetLocation()).ToImmutableArray();
        var data = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Accesses, others.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (gap.CanBeClosed)
        {
            data = data.Add(FixProperties.Edit, TakeLock).Add(FixProperties.Gate, guard.Lock.Path.Display());
        }

        return new Finding(
            Descriptor, harmful[0].At.Syntax.GetLocation(), new Cause(harmful[0].At.Syntax.Span), others.AddRange(guard.Guarded.Take(3).Select(static a => a.At.Syntax.GetLocation())), data, guard.Field,
            ImmutableArray.Create<object?>(guard.Field.Name, guard.Lock.Path.Display(), LineNumber.Of(guard.Guarded[0].At.Syntax)));
    }
}
