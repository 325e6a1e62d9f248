using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports <c>lock (this)</c> in a type that other assemblies see, and a lock on a public field of such a type. A member named <c>SyncRoot</c> is the framework's
/// way to hand the lock out on purpose; so is a protected field, whose derived types share the lock. Missed: private objects that a property hands out.
/// </summary>
internal sealed class TW2108LockReachableFromOutside() : TypeRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Info))
{
    public const string Id = "TW2108";

    /// <summary>The edit that locks a private object in all these places.</summary>
    public const string LockOnGate = "LockOnGate";

    private static readonly ImmutableDictionary<string, string?> s_none = ImmutableDictionary<string, string?>.Empty;
    private static readonly ImmutableDictionary<string, string?> s_edit = s_none.Add(FixProperties.Edit, LockOnGate);

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        if (!Reach.IsOutside(type.Type) || HasSyncRoot(type.Type))
        {
            return;
        }

        foreach (var places in LockFindings.ByObject(LockedObject.Of(type).Where(static l => l.Kind is LockKind.Monitor or LockKind.Lock && IsReachable(l))))
        {
            var first = places.First();
            sink.Add(LockFindings.Of(this, places, first.Value is IInstanceReferenceOperation ? s_edit : s_none, LockFindings.Display(first)));
        }
    }

    private static bool IsReachable(LockedObject locked) =>
        locked.Value is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } || locked.OwnField is { DeclaredAccessibility: Accessibility.Public };

    private static bool HasSyncRoot(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (at.GetMembers().Any(static m => m.Name == "SyncRoot" || m.Name.EndsWith(".SyncRoot", System.StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }
}
