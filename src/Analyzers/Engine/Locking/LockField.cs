using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>A field of a class that the class acquires as a lock, with all places of the class that write it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Locks">Where it is acquired, in source order.</param>
/// <param name="Writes">Where it is written, in source order; those of nested types are not among them.</param>
internal sealed record LockField(IFieldSymbol Field, ImmutableArray<LockedObject> Locks, IReadOnlyList<FieldWrite> Writes)
{
    public VariableDeclaratorSyntax? Declarator => Field.DeclaringSyntaxReferences is { Length: 1 } references ? references[0].GetSyntax() as VariableDeclaratorSyntax : null;

    /// <summary>Whether the object is good for nothing but locking, and keeps those out who hold it.</summary>
    public bool IsPlainLock => Field.Type.SpecialType == SpecialType.System_Object || Locks.All(static l => l.Kind is LockKind.Lock or LockKind.ReaderWriterLock or LockKind.ReaderWriterLockSlim) ||
        (Locks.All(static l => l.Kind is LockKind.Mutex) && Writes.All(static w => !HasName(w.Value))) ||
        (Locks.All(static l => l.Kind is LockKind.SemaphoreSlim) && SemaphoreCounts.Of(Field) == 1 && Locks[0].Body is var body && body.Root.SemanticModel is { } semantics && SemaphoreRole.IsLock(Field, semantics, body.Model, body.Cancellation));

    public static ImmutableArray<LockField> Of(TypeFacts type) => type.Once(static type => type.Type.TypeKind != TypeKind.Class
        ? ImmutableArray<LockField>.Empty
        : ImmutableArray.CreateRange(LockedObject.Of(type).Where(static l => l.OwnField is { IsImplicitlyDeclared: false })
            .GroupBy<LockedObject, IFieldSymbol>(static l => l.OwnField!, SymbolEqualityComparer.Default)
            .Select(locks => new LockField(locks.Key, locks.ToImmutableArray(), type.WritesOf(locks.Key)))));

    /// <summary>
    /// A write after construction that lets two threads hold the lock at once, or null. A lock object is certain to be replaced when construction made one
    /// already, or when it is made on first use by a test that nothing protects; an object that holds data may be locked for its own sake, so its write counts only
    /// under the lock on the field itself: who waited for the old object comes in beside who takes the new one.
    /// </summary>
    public FieldWrite? Replacement()
    {
        var later = Writes.Where(static w => w is { IsOwn: true, IsAtConstruction: false, Kind: FieldWriteKind.Assignment or FieldWriteKind.IfNull } && !IsNull(w.Value) && !IsInConstructor(w)).ToList();
        return later.FirstOrDefault(write =>
            write.Kind == FieldWriteKind.IfNull
                ? IsPlainLock && IsOnFirstUse(write)
                : IsPlainLock ? IsMadeAtConstruction || IsUnder(write) || (IsOnFirstUse(write) && IsTested(write)) : IsMadeAtConstruction && IsUnder(write) && IsUsedInside()) ??
            (later.Any(static w => !IsInsideLock(w.Place)) ? TakenAway() : null);
    }

    /// <summary>
    /// A write of null under the lock on the field itself and no other: when the field gets another object, which no lock keeps from happening at once, who holds that one
    /// comes in beside who waited for the old.
    /// </summary>
    private FieldWrite? TakenAway() => Writes.FirstOrDefault(w => w is { IsOwn: true, IsAtConstruction: false, Kind: FieldWriteKind.Assignment } && IsNull(w.Value) &&
        IsUnder(w) && LocksAround(w.Place) == 1 && IsUsedInside());

    /// <summary>A lambda or local function of a constructor, which may run within it.</summary>
    private static bool IsInConstructor(FieldWrite write) =>
        write.Owner is IMethodSymbol { MethodKind: var kind } && kind == (write.Field.IsStatic ? MethodKind.StaticConstructor : MethodKind.Constructor);

    private bool IsMadeAtConstruction => Writes.Any(static w => w.IsAtConstruction && !IsNull(w.Value));

    /// <summary>The body that makes it locks it, and holds no lock while it does.</summary>
    private bool IsOnFirstUse(FieldWrite write) => !IsInsideLock(write.Place) &&
        Locks.FirstOrDefault(l => SymbolEqualityComparer.Default.Equals(l.Body.Owner, write.Owner))?.Body is { } body && !MayHoldLock(write.Place, body);

    /// <summary>Whether calls may have taken a lock that is held at the place.</summary>
    private static bool MayHoldLock(IOperation place, BodyFacts body) => GuardScope.Of(body).Any(scope => scope.Covers(place)) || body.ScopeOpenings.Any(opening => opening.Syntax.SpanStart < place.Syntax.SpanStart) ||
        body.LockFlows().Any(flow => SymbolEqualityComparer.Default.Equals(flow.Function.Symbol, place.FunctionAround()) && flow.HeldBefore(place.Syntax) is not { IsEmpty: true });

    /// <summary>All who name a kernel lock alike have the same one, however often it is opened; a name that is not seen may be one.</summary>
    private static bool HasName(IOperation? value) => !IsNull(value) && (Conversions.WithoutBuiltIn(value) is not IObjectCreationOperation creation || NamedPrimitives.NameOf(creation) is not null);

    /// <summary>A test right before it finds the field null.</summary>
    private static bool IsTested(FieldWrite write) => NullTest.BeforeFill(write.Place, operation =>
        operation is IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field && SymbolEqualityComparer.Default.Equals(field.Field.OriginalDefinition, write.Field)) is not null;

    private bool IsUnder(FieldWrite write)
    {
        for (var parent = write.Place.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is ILockOperation statement && statement.Body.Syntax.Span.Contains(write.Place.Syntax.Span) && Locks.Any(l => l.Operand == statement.LockedValue))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsUsedInside() => Locks.Any(l => l.Operand.Parent is ILockOperation statement && statement.Body.Descendants().Any(o =>
        o is IFieldReferenceOperation { Parent: not IAssignmentOperation } reference && SymbolEqualityComparer.Default.Equals(reference.Field, Field)));

    private static bool IsInsideLock(IOperation place) => LocksAround(place) > 0;

    private static int LocksAround(IOperation place)
    {
        var count = 0;
        for (var parent = place.Parent; parent is not null; parent = parent.Parent)
        {
            count += parent is ILockOperation statement && statement.Body.Syntax.Span.Contains(place.Syntax.Span) ? 1 : 0;
        }

        return count;
    }

    private static bool IsNull(IOperation? value) => Conversions.WithoutBuiltIn(value) is null or IDefaultValueOperation or { ConstantValue: { HasValue: true, Value: null } };
}
