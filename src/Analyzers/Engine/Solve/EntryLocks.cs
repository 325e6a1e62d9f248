using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// The locks that are held when a function begins, whoever calls it: the greatest fixpoint over the calls in the type. A private method or local function holds what all its callers hold; a
/// lambda that is run on the spot what its place holds; what outside code may call, or somebody runs some time, holds nothing. A member that outside code may call and that
/// each call of the type makes under a lock is unknown: outside code may be meant to do the same. So is a member that implements an interface as which the object is given away under a lock: <c>_list.Sort(this)</c>.
/// </summary>
internal sealed class EntryLocks
{
    private readonly TypeFacts _type;
    private readonly TypeAccesses _accesses;
    private readonly Dictionary<CodeFunction, LockSet> _entry = [];

    /// <summary>The same as <see cref="_entry"/>, of the callers beside which somebody else may have the object: a constructor or a disposal need hold nothing.</summary>
    private readonly Dictionary<CodeFunction, LockSet> _shared;

    private readonly HashSet<CodeFunction> _owned = [];
    private readonly HashSet<CodeFunction> _ownedByType = [];
    private readonly HashSet<CodeFunction> _inherited = [];
    private readonly Dictionary<CodeFunction, List<FunctionCall>> _callers = [];

    private EntryLocks(TypeFacts type)
    {
        _type = type;
        _accesses = TypeAccesses.Of(type);
        foreach (var call in _accesses.Functions.SelectMany(static f => f.Calls))
        {
            if (_accesses.FunctionOf(call.Target) is { } target)
            {
                if (!_callers.TryGetValue(target, out var calls))
                {
                    _callers.Add(target, calls = []);
                }

                calls.Add(call);
            }
        }

        var open = Solve();
        Own(_owned, static f => f.Symbol is null || BeginsOrEnds(f.Symbol));
        _shared = _entry;
        if (open.Exists(f => !_owned.Contains(f) && _callers[f].Exists(IsOwned)))
        {
            _shared = _entry.Where(known => !open.Contains(known.Key)).ToDictionary(static known => known.Key, static known => known.Value);
            Meet(open, _shared, IsOwned);
        }

        Own(_ownedByType, static f => f.Symbol is { MethodKind: MethodKind.StaticConstructor } || (f.Symbol is null && f.Member.IsStatic));
        Inherit();
    }

    public static EntryLocks Of(TypeFacts type) => type.Once(static type => new EntryLocks(type));

    /// <summary>The locks held at an access on every way to it.</summary>
    public LockSet At(Access access) => access.Held.And(Entry(access.In, access.Place.Root == PathRoot.Static ? _entry : _shared) ?? LockSet.Empty);

    /// <summary>The locks held where the function itself holds some.</summary>
    public LockSet At(LockSet held, CodeFunction function) => held.And(Entry(function) ?? LockSet.Empty);

    /// <summary>
    /// Whether nobody else can have the object yet, or any more: in a constructor, or in what only constructors call; or in a finalizer or <c>Dispose</c>, after which nobody may use it.
    /// </summary>
    public bool IsOwned(Access access) => IsOwned(access.Place, access.In);

    /// <summary>The same for a variable that the function reaches by a call.</summary>
    public bool IsOwned(AccessPath place, CodeFunction function) => (place.Root == PathRoot.Static ? _ownedByType : _owned).Contains(Whole(function));

    private bool IsOwned(FunctionCall call) => call.IsCall && _owned.Contains(Whole(call.In));

    /// <summary>Whether a base or derived class may call what leads to the access under a lock of its own: an override, a virtual or a protected member.</summary>
    public bool MayBeUnderOtherLock(Access access) => _inherited.Contains(Whole(access.In));

    /// <summary>Whether each caller that the type knows of holds a lock around the function, or the code that a lambda is run by, and nothing changes the variable without that lock.</summary>
    public bool KeepOthersFrom(AccessPath place, CodeFunction? function) => function is { Role: not (FunctionRole.Stored or FunctionRole.Forked) } && (Entry(function) ?? LockSet.Empty) is { IsEmpty: false } held &&
        (held.Locks.IsEmpty || _accesses.Functions.SelectMany(static f => f.Accesses).Where(a => a.Place.Equals(place) && MayChange(a) && !IsOwned(a)).All(a => At(a).Locks.Any(l => held.Locks.Contains(l))));

    private static bool MayChange(Access access) => access.Changes || access.Kind == AccessKind.ByReference ||
        (access.Kind == AccessKind.Atomic && access.At.Parent is IArgumentOperation { Parent: IInvocationOperation call } && AtomicModels.KindOf(call.TargetMethod, access.In.Body.Model.Types) != AtomicKind.Read);

    /// <summary>Null is more than any lock: not reached by any caller so far.</summary>
    private LockSet? Entry(CodeFunction function) => Entry(function, _entry);

    private static LockSet? Entry(CodeFunction function, Dictionary<CodeFunction, LockSet> entry) => function.Role switch
    {
        FunctionRole.Inline => Entry(function.Outer!, entry)?.And(function.Given),
        FunctionRole.Forked => LockSet.Empty,
        FunctionRole.Stored => LockSet.Unknown,
        _ => entry.TryGetValue(function, out var known) ? known : null,
    };

    /// <summary>The functions that only callers in the type lead to.</summary>
    private List<CodeFunction> Solve()
    {
        var open = _accesses.Functions.Where(static f => f.Role is FunctionRole.Member or FunctionRole.Local).ToList();
        foreach (var function in open.Where(f => !IsClosed(f)).ToList())
        {
            // A private method that nested types or other configurations call: nothing is known of their locks.
            _entry[function] = function is { Role: FunctionRole.Member, Symbol: { DeclaredAccessibility: Accessibility.Private } symbol } && IsNamedElsewhere(symbol) ? LockSet.Unknown : LockSet.Empty;
            open.Remove(function);
        }

        Meet(open, _entry);
        var unknown = _accesses.Functions.Where(f => f.Role == FunctionRole.Member && !open.Contains(f) &&
            ((_callers.TryGetValue(f, out var calls) && calls.All(c => c.IsCall && IsGuarded(c))) || IsCalledBackUnderLock(f))).ToList();
        if (unknown.Count > 0)
        {
            foreach (var function in unknown)
            {
                _entry[function] = LockSet.Unknown;
            }

            Meet(open, _entry);
        }

        return open;
    }

    /// <summary>The locks that all callers of each function hold but those that <paramref name="isLeftOut"/> tells, as far as <paramref name="entry"/> tells what these hold.</summary>
    private void Meet(List<CodeFunction> open, Dictionary<CodeFunction, LockSet> entry, System.Predicate<FunctionCall>? isLeftOut = null)
    {
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var function in open)
            {
                LockSet? meet = null;
                foreach (var call in _callers[function])
                {
                    if (isLeftOut?.Invoke(call) == true)
                    {
                        continue;
                    }

                    if (!call.IsCall && RoleOf(call) is var role && role != FunctionRole.Inline)
                    {
                        // What a fork runs, or somebody else's event, holds nothing; who runs a delegate that is kept may hold any lock.
                        var given = role == FunctionRole.Forked ? LockSet.Empty : LockSet.Unknown;
                        meet = meet?.Meet(given) ?? given;
                    }
                    else if (Entry(call.In, entry) is { } held)
                    {
                        meet = meet?.Meet(call.Held.And(held)) ?? call.Held.And(held);
                    }
                }

                if (meet is not null && !(entry.TryGetValue(function, out var before) && before.Equals(meet)))
                {
                    entry[function] = meet;
                    changed = true;
                }
            }
        }
    }

    /// <summary>Whether the function implements a member of an interface, and the type gives its object away as one, under a lock.</summary>
    private bool IsCalledBackUnderLock(CodeFunction function) => function.Symbol is { IsStatic: false } method && _accesses.HandedOut.Any(h =>
        h.Type.AllInterfaces.Add(h.Type).SelectMany(static i => i.GetMembers()).Any(m => SymbolEqualityComparer.Default.Equals(_type.Type.FindImplementationForInterfaceMember(m), method)) &&
        !At(HeldAround.Of(h.In.Body).At(h.At), h.In).IsEmpty);

    private bool IsGuarded(FunctionCall call) => At(call.Held, call.In) is { IsEmpty: false };

    /// <summary>Whether only the type's own bodies call the function, and some of them does.</summary>
    private bool IsClosed(CodeFunction function) => _callers.ContainsKey(function) && (function.Role == FunctionRole.Local ||
        function.Symbol is { DeclaredAccessibility: Accessibility.Private, MethodKind: MethodKind.Ordinary or MethodKind.PropertyGet or MethodKind.PropertySet, ExplicitInterfaceImplementations.IsEmpty: true } symbol &&
        !IsNamedElsewhere(symbol));

    private bool IsNamedElsewhere(IMethodSymbol symbol) => _type.IsNamedByNestedTypes((symbol.AssociatedSymbol ?? symbol).Name) || _type.IsNamedInDisabledCode((symbol.AssociatedSymbol ?? symbol).Name);

    private FunctionRole RoleOf(FunctionCall call)
    {
        var at = call.At;
        while (at.Parent is IDelegateCreationOperation or IConversionOperation)
        {
            at = at.Parent;
        }

        return at.Parent is IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: var raised } } && !SymbolEqualityComparer.Default.Equals(raised.ContainingType.OriginalDefinition, _type.Type)
            ? FunctionRole.Forked
            : TypeAccesses.RoleOf(call.At, call.In.Body.Model);
    }

    /// <summary>Whether the function is private, and only code of the member names it.</summary>
    public bool IsGivenOnlyBy(CodeFunction function, CodeFunction member) => IsClosed(function) && _callers[function].All(c => c.In.Body == member.Body && !c.IsCall);

    /// <summary>Whether the function is private, and the type does no more with it than give it to forks.</summary>
    public bool IsGivenToFork(CodeFunction function) => IsClosed(function) && _callers[function].All(c => !c.IsCall && RoleOf(c) == FunctionRole.Forked);

    /// <summary>The functions that outside code, a fork or whoever keeps a delegate begins with, on a way to <paramref name="function"/>: each may be on a thread of its own.</summary>
    public IEnumerable<CodeFunction> RootsOf(CodeFunction function)
    {
        var seen = new HashSet<CodeFunction>();
        var open = new Stack<CodeFunction>();
        open.Push(function);
        while (open.Count > 0)
        {
            var next = Whole(open.Pop());
            if (!seen.Add(next))
            {
                continue;
            }

            if (next.Role is FunctionRole.Forked or FunctionRole.Stored || !IsClosed(next) || _callers[next].Any(static c => !c.IsCall))
            {
                yield return next;
                continue;
            }

            foreach (var call in _callers[next])
            {
                open.Push(call.In);
            }
        }
    }

    /// <summary>Whether only private methods lead to the function that nothing in the type names, and no attribute gives to a framework: no thread gets there.</summary>
    public bool IsUnreached(CodeFunction function) => RootsOf(function).All(root => root is
    {
        Role: FunctionRole.Member,
        Symbol: { DeclaredAccessibility: Accessibility.Private, MethodKind: MethodKind.Ordinary, ExplicitInterfaceImplementations.IsEmpty: true } symbol,
    } && !_callers.ContainsKey(root) && symbol.GetAttributes().IsEmpty);

    /// <summary>Adds the members that <paramref name="begins"/> tells, and what only they call.</summary>
    private void Own(HashSet<CodeFunction> owned, System.Func<CodeFunction, bool> begins)
    {
        owned.UnionWith(_accesses.Functions.Where(f => f.Role == FunctionRole.Member && begins(f)));

        // Greatest fixpoint: a private function whose callers are all owned.
        var kept = new HashSet<CodeFunction>(_accesses.Functions.Where(f => f.Role is FunctionRole.Member or FunctionRole.Local && !owned.Contains(f) && IsClosed(f)));
        for (var changed = true; changed;)
        {
            changed = kept.RemoveWhere(f => !_callers[f].All(c => c.IsCall && (owned.Contains(Whole(c.In)) || kept.Contains(Whole(c.In))))) > 0;
        }

        owned.UnionWith(kept);
    }

    private void Inherit()
    {
        var open = new Stack<CodeFunction>(_accesses.Functions.Where(static f => f.Role == FunctionRole.Member && (f.Member.IsOverride || f.Member.IsVirtual || f.Member.IsAbstract ||
            f.Member.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedOrInternal or Accessibility.ProtectedAndInternal)));
        while (open.Count > 0)
        {
            var function = open.Pop();
            if (_inherited.Add(function))
            {
                foreach (var target in function.Calls.Concat(function.Inner.SelectMany(static i => i.Calls)).Where(static c => c.IsCall).Select(c => _accesses.FunctionOf(c.Target)).OfType<CodeFunction>().Where(IsClosed))
                {
                    open.Push(target);
                }
            }
        }
    }

    private static CodeFunction Whole(CodeFunction function) => function.Role == FunctionRole.Inline ? Whole(function.Outer!) : function;

    private static bool BeginsOrEnds(IMethodSymbol method) => method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor or MethodKind.Destructor || method.IsInitOnly ||
        method.GetAttributes().Any(static a => a.AttributeClass?.Name is "OnDeserializedAttribute" or "OnDeserializingAttribute") ||
        DisposalModels.EndsObject(method);
}
