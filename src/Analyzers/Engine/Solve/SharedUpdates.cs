using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>A field of a type that some code updates in two steps.</summary>
/// <param name="Field">The field.</param>
/// <param name="Updates">Its updates in two steps, in source order.</param>
/// <param name="Atomic">Its updates by <c>Interlocked</c>, those that only read left out.</param>
internal sealed record SharedUpdates(IFieldSymbol Field, IReadOnlyList<Access> Updates, IReadOnlyList<Access> Atomic)
{
    /// <summary>
    /// The fields of the type, in the order of their first update: static ones, those of the object at hand, and of other objects of the type that somebody else leads to. An update by way of a property that does nothing but
    /// give and store the field is one.
    /// </summary>
    public static IEnumerable<SharedUpdates> Of(TypeFacts type)
    {
        foreach (var accesses in TypeAccesses.Of(type).Functions.SelectMany(static f => f.Accesses).Where(a => FieldOf(a, type) is not null).GroupBy<Access, IFieldSymbol>(a => FieldOf(a, type)!, SymbolEqualityComparer.Default))
        {
            var updates = accesses.Where(static a => a.Kind == AccessKind.Update).OrderBy(static a => a.At.Syntax.SpanStart).ToList();
            if (updates.Count > 0 && accesses.All(static a => a.Kind != AccessKind.ByReference))
            {
                yield return new SharedUpdates(accesses.Key, updates, accesses.Where(IsAtomicUpdate).ToList());
            }
        }
    }

    private static IFieldSymbol? FieldOf(Access access, TypeFacts type) => access is { At: IFieldReferenceOperation or IPropertyReferenceOperation } && access.Place.Holder?.OriginalDefinition is IFieldSymbol field &&
        (access.Place is { Root: PathRoot.This, Steps.Length: 1 } or { Root: PathRoot.Static, Steps.IsEmpty: true } || (SymbolEqualityComparer.Default.Equals(field.ContainingType, type.Type) && IsKnownElsewhere(access))) ? field : null;

    /// <summary>Whether another object or a static field leads to the object whose field it is, or an object of the type is given it: the object was not made here.</summary>
    private static bool IsKnownElsewhere(Access access) => access.Place switch
    {
        { Root: PathRoot.This or PathRoot.Static } => true,
        { Root: PathRoot.Parameter, Steps.Length: 1 } => !access.In.Member.IsStatic,
        { Root: PathRoot.Local, Symbol: ILocalSymbol local, Steps.Length: 1 } => IsOfObject(Locals.OnlyValue(local, access.In.Body.Root)) ||
            access.At.AncestorsAndSelf().OfType<IForEachLoopOperation>().Any(loop => loop.Locals.Contains(local, SymbolEqualityComparer.Default) && IsOfObject(loop.Collection)),
        _ => false,
    };

    private static bool IsOfObject(IOperation? value) => Conversions.WithoutBuiltIn(value) is IMemberReferenceOperation member && SharedPlace.Of(member) is { Root: PathRoot.This or PathRoot.Static };

    private static bool IsAtomicUpdate(Access access) => access is { Kind: AccessKind.Atomic, At.Parent: IArgumentOperation { Parent: IInvocationOperation call } } &&
        AtomicModels.KindOf(call.TargetMethod, access.In.Body.Model.Types) is AtomicKind.Up or AtomicKind.Down or AtomicKind.Add or AtomicKind.Bits or AtomicKind.Exchange or AtomicKind.CompareExchange && !IsRead(call);

    /// <summary><c>Interlocked.CompareExchange(ref x, 0, 0)</c> stores what is there already.</summary>
    private static bool IsRead(IInvocationOperation call) => call.Arguments.Where(static a => a.Parameter?.Ordinal > 0).Select(static a => a.Value.ConstantValue).ToList() is { Count: 2 } values &&
        values[0].HasValue && values[1].HasValue && Equals(values[0].Value, values[1].Value);
}
