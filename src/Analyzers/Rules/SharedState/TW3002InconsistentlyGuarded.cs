using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
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
        if (type.Bodies().IsEmpty || type.Type.TypeKind == TypeKind.Struct)
        {
            return;
        }

        foreach (var guard in Guards.Of(type))
        {
            var isChanged = guard.Guarded.Any(static a => a.Kind == AccessKind.Change) || guard.Unguarded.Any(static a => a.Kind == AccessKind.Change);
            var harmful = guard.Unguarded.Where(a => IsHarmful(a, isChanged) && !IsPublication(a) && !IsUnderBaseLock(a, guard.Lock, EntryLocks.Of(type))).OrderBy(static a => a.Changes ? 0 : 1).ToList();
            if (harmful.Count > 0)
            {
                sink.Add(Report(guard, harmful));
            }
        }
    }

    private Finding Report(Guard guard, System.Collections.Generic.List<Access> harmful)
    {
        var others = harmful.Skip(1).Select(static a => a.At.Syntax.GetLocation()).ToImmutableArray();
        var data = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Accesses, others.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (guard.Lock.CanBeStatement && harmful.All(static a => a.Held.IsEmpty))
        {
            data = data.Add(FixProperties.Edit, TakeLock).Add(FixProperties.Gate, guard.Lock.Path.Display());
        }

        return new Finding(
            Descriptor, harmful[0].At.Syntax.GetLocation(), new Cause(harmful[0].At.Syntax.Span), others.AddRange(guard.Guarded.Take(3).Select(static a => a.At.Syntax.GetLocation())), data, guard.Field,
            ImmutableArray.Create<object?>(guard.Field.Name, guard.Lock.Path.Display(), Interleaving.LineOf(guard.Guarded[0].At.Syntax)));
    }

    private static bool IsHarmful(Access access, bool isChanged) => access.Kind switch
    {
        AccessKind.Update or AccessKind.Change => true,
        AccessKind.Write => !IsConstantFlag(access),
        AccessKind.Use => isChanged,
        _ => false,
    };

    /// <summary>A flag that is set or cleared: the store is whole, and the last one stands.</summary>
    private static bool IsConstantFlag(Access access) => access.At.Parent is ISimpleAssignmentOperation { Value.ConstantValue.HasValue: true, Type.SpecialType: SpecialType.System_Boolean };

    /// <summary>Stored before the function starts the thread that will use it.</summary>
    private static bool IsPublication(Access access) => access.Changes && access.In.Body.Starts
        .Any(fork => fork.Syntax.SpanStart > access.At.Syntax.Span.End && SymbolEqualityComparer.Default.Equals(fork.FunctionAround(), access.At.FunctionAround()));

    /// <summary>In an override or another member that its family may call under its own lock, where the lock is not the type's own private one.</summary>
    private static bool IsUnderBaseLock(Access access, HeldLock held, EntryLocks entry) => entry.MayBeUnderOtherLock(access) &&
        held.Path is not { Root: PathRoot.This or PathRoot.Static, Holder.DeclaredAccessibility: Accessibility.Private };
}
