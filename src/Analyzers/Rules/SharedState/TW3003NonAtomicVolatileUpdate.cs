using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.SharedState;

/// <summary>
/// Reports an update in two steps of a field whose other updates are atomic, or of a volatile field that several members update: what another thread stores between the two steps is lost. That threads
/// share the field is taken from the atomic updates, or from <c>volatile</c>. One report a field. Overrides, virtual and protected members, which another class of the family may call under a lock of its own, are left alone.
/// </summary>
internal sealed class TW3003NonAtomicVolatileUpdate() : TypeRule(Descriptors.Create(Id, Category.SharedState, DiagnosticSeverity.Warning))
{
    public const string Id = "TW3003";

    /// <summary>The edit that makes each update one call of <c>Interlocked</c>.</summary>
    public const string UseInterlocked = "UseInterlocked";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        if (type.Type.TypeKind == TypeKind.Struct || !MayConcern(type))
        {
            return;
        }

        var entry = EntryLocks.Of(type);
        foreach (var field in SharedUpdates.Of(type))
        {
            var updates = field.Updates.Where(a => !entry.IsOwned(a) && entry.At(a).IsEmpty && !entry.MayBeUnderOtherLock(a) && !AfterJoin.Is(a, field.Atomic, entry)).ToList();
            if (updates.Count > 0 && (field.Atomic.Any() || (IsVolatileNumber(field.Field) && (AreSeveral(updates, entry) || Races.Meet(updates, type)))))
            {
                sink.Add(Report(field, updates));
            }
        }
    }

    private static bool MayConcern(TypeFacts type) => type.AllBodies().Any(static b => !b.AtomicCalls.IsEmpty) || type.Type.GetMembers().Any(static m => m is IFieldSymbol { IsVolatile: true });

    /// <summary>An object that is replaced by one made from it, or a flag that is turned, belongs to one writing thread by a protocol of its own more often than not: an actor, a pump.</summary>
    private static bool IsVolatileNumber(IFieldSymbol field) => field is { IsVolatile: true, Type: { IsReferenceType: false, SpecialType: not SpecialType.System_Boolean } };

    /// <summary>Whether several members update the field, and not all on behalf of one.</summary>
    private static bool AreSeveral(List<Access> updates, EntryLocks entry) => updates.Select(static a => a.In.Member).Distinct(SymbolEqualityComparer.Default).Count() > 1 &&
        updates.SelectMany(a => entry.RootsOf(a.In)).Distinct().Count() > 1;

    private Finding Report(SharedUpdates field, List<Access> updates)
    {
        var others = updates.Skip(1).Select(static a => a.At.Syntax.GetLocation()).ToImmutableArray();
        var data = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Accesses, others.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (updates.All(a => AtomicUpdates.Is(a, a.In.Body.Model)))
        {
            data = data.Add(FixProperties.Edit, UseInterlocked);
        }

        var witness = field.Atomic.FirstOrDefault() ?? updates[updates.Count - 1];
        return new Finding(
            Descriptor, updates[0].At.Syntax.GetLocation(), new Cause(updates[0].At.Syntax.Span), others.Add(witness.At.Syntax.GetLocation()), data, field.Field,
            ImmutableArray.Create<object?>(field.Field.Name, LineNumber.Of(witness.At.Syntax)));
    }
}
