using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>What says that threads share a variable, though no start of a thread is in sight.</summary>
internal enum SharingSign
{
    /// <summary>One side runs on a thread of its own as long as the object lives.</summary>
    Role,

    /// <summary>A cache of all callers, in a type that guards what lies beside it.</summary>
    Cache,

    /// <summary>A value of several words that is made at first use, in such a type.</summary>
    Lazy,

    /// <summary>The field itself is volatile.</summary>
    Volatile,

    /// <summary>Static state of a type that the framework makes for each request.</summary>
    Requests,

    /// <summary>The author promises that threads may share an object of the type.</summary>
    Promise,
}

/// <summary>A variable that threads probably share without a lock.</summary>
/// <param name="Sign">What says so.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="First">The access to report.</param>
/// <param name="Witness">The other side, or the guarded neighbour.</param>
/// <param name="All">Each access of the variable that several threads may make, in source order.</param>
internal sealed record ProbablyShared(SharingSign Sign, RaceKind Kind, Access First, SyntaxNode Witness, ImmutableArray<Access> All);

/// <summary>
/// Variables whose sharing follows from the role of the type or from the fields beside them. Each takes a sign and a harm: without both, a type may well be for one thread. Variables of which a certain race or the habit of
/// a lock tells already are left out.
/// </summary>
internal sealed class ProbablySharedState
{
    private readonly TypeFacts _type;
    private readonly TypeAccesses _accesses;
    private readonly EntryLocks _entry;
    private readonly Dictionary<ISymbol, List<Access>> _fields = new(SymbolEqualityComparer.Default);
    private readonly ImmutableArray<ProbablyShared>.Builder _found = ImmutableArray.CreateBuilder<ProbablyShared>();

    private ProbablySharedState(TypeFacts type)
    {
        _type = type;
        _accesses = TypeAccesses.Of(type);
        _entry = EntryLocks.Of(type);
        foreach (var access in _accesses.Functions.SelectMany(static f => f.Accesses))
        {
            if (Guards.FieldOf(access.Place, type) is { } field)
            {
                (_fields.TryGetValue(field, out var list) ? list : _fields[field] = []).Add(access);
            }
        }

        var known = new HashSet<ISymbol?>(Races.Of(type).Select(static r => r.Place.Holder).Concat(GuardGaps.Of(type).Select(static g => (ISymbol?)g.Guard.Field)), SymbolEqualityComparer.Default);
        foreach (var field in _fields.Keys.ToList())
        {
            if (known.Contains(field) || PerThread.Is(field) || _fields[field].Any(static a => a.Kind is AccessKind.Atomic or AccessKind.ByReference) || type.IsNamedByNestedTypes(field.Name) || type.IsNamedInDisabledCode(field.Name))
            {
                _fields.Remove(field);
            }
        }

        if (!Roles.IsConfined(type.Type))
        {
            OfRoles();
            OfNeighbours();
        }

        if (Roles.IsPerRequest(type.Type))
        {
            OfAllCallers(SharingSign.Requests, static f => f.IsStatic, null);
        }
        else if (ThreadAnnotations.Promise(type.Type)?.ApplicationSyntaxReference?.GetSyntax() is { } promise)
        {
            OfAllCallers(SharingSign.Promise, static f => true, promise);
        }
    }

    public static ImmutableArray<ProbablyShared> Of(TypeFacts type) => type.Type.TypeKind == TypeKind.Class && (!Roles.IsConfined(type.Type) || Roles.IsPerRequest(type.Type)) && MayBeIn(type)
        ? new ProbablySharedState(type)._found.ToImmutable()
        : ImmutableArray<ProbablyShared>.Empty;

    /// <summary>The cheap question before the costly one.</summary>
    private static bool MayBeIn(TypeFacts type) => Roles.MayBeIn(type.Type) || Roles.StartsAtOnce(type) || type.Type.GetMembers().Any(m => m is IFieldSymbol { IsConst: false } field &&
        (field.IsVolatile || PlainCollections.IsKeyed(field.Type) || field.Type.Name == "HashSet" || (WideValues.Is(field.Type) && !field.IsReadOnly)));

    /// <summary>One side runs on a thread of its own, the other is called by who holds the object. A flag that one side sets and the other asks for may keep them apart.</summary>
    private void OfRoles()
    {
        var roles = Roles.Of(_type).Select(f => Side.Of(f, _accesses)).Where(static s => !s.Waits).ToList();
        if (roles.Count == 0)
        {
            return;
        }

        var others = Roles.OthersOf(_type).Select(f => Side.Of(f, _accesses)).Where(static s => !s.Waits).ToList();
        foreach (var field in _fields.Where(static f => f.Key is not IFieldSymbol { IsVolatile: true }).OrderBy(static f => f.Value[0].At.Syntax.SpanStart))
        {
            var pairs = from role in roles
                        from one in role.Accesses
                        where one.Access.Place.Equals(field.Value[0].Place)
                        from other in others
                        from two in other.Accesses
                        where two.Access.Place.Equals(one.Access.Place) && two.Access != one.Access && Sharing.SameElement(one.Access.At, two.Access.At) && !Sharing.Exclude(one.Held, two.Held) && !_entry.IsOwned(two.Access)
                        let kind = Races.KindOf(role, one.Access, other, two.Access, null)
                        where kind is not null && !Tearing.MayBeOrdered(role, one.Access, other, two.Access) && !Tearing.MayBeOrdered(other, two.Access, role, one.Access)
                        orderby one.Access.Changes ? 0 : 1, one.Access.At.Syntax.SpanStart
                        select (Kind: kind.Value, One: one.Access, Two: two.Access);
            if (pairs.FirstOrDefault() is { One: { } first, Two: { } second } pair)
            {
                Add(SharingSign.Role, pair.Kind, first.Changes ? first : second, (first.Changes ? second : first).At.Syntax);
            }
        }
    }

    private void OfNeighbours()
    {
        foreach (var field in _fields.OrderBy(static f => f.Value[0].At.Syntax.SpanStart))
        {
            var open = field.Value.Where(a => !_entry.IsOwned(a)).ToList();
            if (open.Count == 0 || !open.All(a => _entry.At(a).IsEmpty && !_entry.MayBeUnderOtherLock(a)) || _found.Any(f => f.First.Place.Equals(open[0].Place)))
            {
                continue;
            }

            if (field.Key is IFieldSymbol { IsVolatile: true })
            {
                // A step from node to node, or a flag that is turned, belongs to one thread by a protocol of its own more often than not.
                if (open.FirstOrDefault(static a => a.Kind == AccessKind.Update) is { At.Type: { IsReferenceType: false, SpecialType: not SpecialType.System_Boolean } } update && open.Where(static a => a.Changes).All(a => a.In == update.In) && IsReachable(update) && open.FirstOrDefault(a => !SymbolEqualityComparer.Default.Equals(a.In.Member, update.In.Member)) is { } reader)
                {
                    Add(SharingSign.Volatile, RaceKind.LostUpdate, update, reader.At.Syntax);
                }
            }
            else if (Type(field.Key) is { } held && (PlainCollections.IsKeyed(held) || (PlainCollections.Is(held) && held.Name == "HashSet")))
            {
                if ((field.Key.IsStatic || SingleInstance.IsLikely(_type.Type)) && open.FirstOrDefault(a => a.Kind == AccessKind.Change && IsFill(a, open) && IsReachable(a)) is { } fill && Neighbour(field.Key) is { } neighbour)
                {
                    Add(SharingSign.Cache, RaceKind.Collection, fill, neighbour);
                }
            }
            else if (WideValues.Is(Type(field.Key)) && open.Where(static a => a.Changes).ToList() is { Count: > 0 } writes && writes.All(w => IsLazy(w)) && IsReachable(writes[0]) && Neighbour(field.Key) is { } beside)
            {
                Add(SharingSign.Lazy, RaceKind.Torn, writes[0], beside);
            }
        }
    }

    /// <summary>Members that others call run at once, each with itself: an update, a change of a collection, or a value of several words that is stored and read elsewhere, without a lock.</summary>
    private void OfAllCallers(SharingSign sign, System.Func<ISymbol, bool> isMeant, SyntaxNode? witness)
    {
        foreach (var field in _fields.Where(f => isMeant(f.Key) && f.Key is not IFieldSymbol { IsVolatile: true }).OrderBy(static f => f.Value[0].At.Syntax.SpanStart))
        {
            var open = field.Value.Where(a => !_entry.IsOwned(a)).ToList();
            if (_found.Any(f => f.First.Place.Equals(field.Value[0].Place)) || open.Where(IsHarmful).OrderBy(static a => a.At.Syntax.SpanStart).FirstOrDefault() is not { } first)
            {
                continue;
            }

            var kind = first.Kind switch { AccessKind.Update => RaceKind.LostUpdate, AccessKind.Change => RaceKind.Collection, _ => RaceKind.Torn };
            Add(sign, kind, first, witness ?? (open.FirstOrDefault(a => a != first) ?? first).At.Syntax);

            bool IsHarmful(Access access) => _entry.At(access).IsEmpty && !_entry.MayBeUnderOtherLock(access) && !access.In.Waits && !Sharing.IsForOne(access, access.In) && IsReachable(access) && access.At is not IArrayElementReferenceOperation &&
                (access.Kind == AccessKind.Update || (access.Kind == AccessKind.Change && access.Collection is not null) ||
                (access.Kind == AccessKind.Write && open.Any(other => other.Kind == AccessKind.Read && Tearing.IsTorn(access, other, null))));
        }
    }

    private static ITypeSymbol? Type(ISymbol field) => field is IFieldSymbol { Type: var type } ? type : (field as IPropertySymbol)?.Type;

    /// <summary>Whether the collection is filled with what the same member looked for in it and did not find.</summary>
    private static bool IsFill(Access change, List<Access> all) =>
        change.At.Parent is IInvocationOperation { TargetMethod.Name: "Add" or "TryAdd" } or IPropertyReferenceOperation && all.Any(a => a.Kind == AccessKind.Use && a.In.Member.Equals(change.In.Member, SymbolEqualityComparer.Default) && a.At.Syntax.SpanStart < change.At.Syntax.SpanStart);

    /// <summary><c>x ??= …</c>, <c>x ?? (x = …)</c>, <c>if (x == null) x = …</c>: whoever comes while it is being stored may see a half of it.</summary>
    private bool IsLazy(Access write)
    {
        if (write.Kind == AccessKind.Fill)
        {
            return true;
        }

        if (write.Kind != AccessKind.Write || write.At.Parent is not ISimpleAssignmentOperation assignment || assignment.Value.ConstantValue.HasValue)
        {
            return false;
        }

        for (IOperation at = assignment; at.Parent is { } outer and not (IAnonymousFunctionOperation or ILocalFunctionOperation); at = outer)
        {
            var test = outer is IConditionalOperation choice && choice.WhenTrue == at ? choice.Condition : outer is ICoalesceOperation coalesce && coalesce.WhenNull == at ? coalesce.Value : null;
            if (test is not null && test.DescendantsAndSelf().Any(o => SharedPlace.Of(o) is { } place && place.Equals(write.Place)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether somebody outside of the type begins a way to the access.</summary>
    private bool IsReachable(Access access) => _entry.RootsOf(access.In).Any(Roles.IsCalledByOthers);

    /// <summary>A field beside this one that says that threads use the type: one of a concurrent collection, or one that is changed under a lock. Beside static state, only static fields count.</summary>
    private SyntaxNode? Neighbour(ISymbol field) =>
        _type.Type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.IsStatic == field.IsStatic && f.Type.ContainingNamespace?.ToDisplayString() == "System.Collections.Concurrent" && !f.DeclaringSyntaxReferences.IsEmpty)
            ?.DeclaringSyntaxReferences[0].GetSyntax() ??
        _fields.Where(f => f.Key.IsStatic == field.IsStatic).SelectMany(static f => f.Value).Where(a => a.Changes && !_entry.IsOwned(a) && _entry.At(a).Locks.Any(static l => l.Mode == LockMode.Exclusive))
            .OrderBy(static a => a.At.Syntax.SpanStart).FirstOrDefault()?.At.Syntax;

    private void Add(SharingSign sign, RaceKind kind, Access first, SyntaxNode witness) => _found.Add(new ProbablyShared(
        sign, kind, first, witness, _fields[Guards.FieldOf(first.Place, _type)!].Where(a => !_entry.IsOwned(a)).OrderBy(static a => a.At.Syntax.SpanStart).ToImmutableArray()));
}
