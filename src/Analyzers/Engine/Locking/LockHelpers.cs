using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// Follows calls of members of one type, to any depth: a member that only acquires or only releases, one lock or several, stands for that acquire or release at
/// its call. A member that is virtual, recursive, generic over its lock, or returns more than void, a boolean or a task of these
/// (a guard object hands the lock on) is unknown, and unknown is silent.
/// </summary>
internal sealed partial class LockHelpers
{
    private readonly Dictionary<ISymbol, BodyFacts> _bodies = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, HelperEffect> _effects = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<string, HashSet<string>> _unbalanced = [];
    private readonly Dictionary<string, HashSet<string>> _unguarded = [];
    private readonly Dictionary<ISymbol, BodyFacts> _all = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<(ISymbol Method, ISymbol Holder), bool> _leaves = [];
    private readonly Dictionary<ISymbol, bool> _onlyCalled = new(SymbolEqualityComparer.Default);
    private readonly TypeFacts _type;
    private readonly Model? _model;

    private LockHelpers(TypeFacts type)
    {
        _type = type;
        foreach (var body in type.Bodies())
        {
            _bodies[Whole(body.Owner)] = body;
        }

        foreach (var body in type.AllBodies())
        {
            _model = body.Model;
            _all[Whole(body.Owner)] = body;
        }
    }

    public static LockHelpers Of(TypeFacts type) => new(type);

    /// <summary>What the call does to each lock that it takes or gives back, in the terms of the caller; nothing when it is no call of a helper or one of its locks has no path there.</summary>
    public ImmutableArray<(LockAction Action, AccessPath Path)> MeaningsOf(IInvocationOperation call, PlaceResolver places)
    {
        if (!_type.Owns(call.TargetMethod))
        {
            return LockWrappers.EffectOf(call, _type, _model!) is { Place: { Path.Holder: IFieldSymbol inner } wrapped } forwarded && places.PathOf(call.Instance) is { } receiver && IsFollowed(receiver)
                ? ImmutableArray.Create((Action(forwarded, wrapped with { Inner = inner }), receiver))
                : ImmutableArray<(LockAction, AccessPath)>.Empty;
        }

        var meanings = ImmutableArray<(LockAction Action, AccessPath Path)>.Empty;
        if (!_type.LockHelpers.Contains(call.TargetMethod.Name))
        {
            return meanings;
        }

        var use = new MemberUse(call.TargetMethod, call, call.Instance, call.Arguments);
        for (HelperEffect? effect = EffectOf(call.TargetMethod); effect is not null; effect = effect.Next)
        {
            if (effect is not { Kind: HelperKind.Acquires or HelperKind.TryAcquires or HelperKind.Releases, Place: { } place } || PathAt(use, place.Path, places.PathOf) is not { } path || meanings.Any(m => m.Path.Equals(path)))
            {
                return ImmutableArray<(LockAction, AccessPath)>.Empty;
            }

            meanings = meanings.Add((Action(effect, place), path));
        }

        return meanings;

        LockAction Action(HelperEffect effect, LockPlace place)
        {
            var verb = effect.Kind == HelperKind.Releases ? LockVerb.Release : effect.Kind == HelperKind.Acquires ? LockVerb.Acquire : LockVerb.TryAcquire;
            var isAwaited = verb != LockVerb.Release && TaskModels.IsTask(call.TargetMethod.ReturnType, _model!.Types);
            return new LockAction(place.Kind, place.Mode, verb, call, call.Instance ?? call, effect.CanThrow, isAwaited, Timeout: effect.Timeout, IsThroughHelper: true, Pair: place.Pair, Inner: place.Inner);
        }

        // Who else uses a lock object is told by the words of the type that has the field.
        bool IsFollowed(AccessPath receiver) => receiver switch
        {
            { Root: PathRoot.Local or PathRoot.Parameter, Steps.IsEmpty: true } => true,
            { Root: PathRoot.This, Steps.Length: 1, Holder: IFieldSymbol } or { Root: PathRoot.Static, Steps.IsEmpty: true, Holder: IFieldSymbol } => _type.Owns(receiver.Holder!),
            _ => false,
        };
    }

    /// <summary>What a call of <paramref name="method"/> does to the locks of the type.</summary>
    public HelperEffect EffectOf(IMethodSymbol method)
    {
        method = Whole(method);
        if (!_effects.TryGetValue(method, out var effect))
        {
            // What recursion comes back to is unknown.
            _effects[method] = HelperEffect.Unknown;
            _effects[method] = effect = Compute(method);
        }

        return effect;
    }

    /// <summary><see cref="UnbalancedMembers.Of"/> for the type, read once a lock.</summary>
    public HashSet<string> UnbalancedOn(string holder)
    {
        if (!_unbalanced.TryGetValue(holder, out var members))
        {
            _unbalanced.Add(holder, members = UnbalancedMembers.Of(_type.Type, holder, _type.LockWords ?? _model!.Locks.Words));
        }

        return members;
    }

    /// <summary>The same, those left out that only open a scope in which the lock is held.</summary>
    public HashSet<string> UnguardedOn(string holder)
    {
        if (!_unguarded.TryGetValue(holder, out var members))
        {
            _unguarded.Add(holder, members = UnbalancedMembers.Of(_type.Type, holder, _type.LockWords ?? _model!.Locks.Words, method => GuardOpening.Of(method, _model!) is not null));
        }

        return members;
    }

    /// <summary>Whether the body of the method is one of those judged together.</summary>
    public bool IsFollowed(IMethodSymbol method) => _all.ContainsKey(Whole(method));

    /// <summary>The definition of the member; the parts of a partial method are one.</summary>
    private static T Whole<T>(T member)
        where T : ISymbol => (T)((member.OriginalDefinition as IMethodSymbol)?.PartialDefinitionPart ?? member.OriginalDefinition);

    /// <summary>Whether a call of <paramref name="method"/> may release the lock in <paramref name="holder"/> without having taken it.</summary>
    public bool MayRelease(IMethodSymbol method, ISymbol holder) =>
        !_bodies.TryGetValue(Whole(method), out var body) || body.LockFlows() is var flows && (body.HitBound || flows.Any(flow => ReleasesUntaken(flow, holder)));

    private static bool ReleasesUntaken(LockFlow flow, ISymbol holder) => flow.Releases.Any(release =>
        SymbolEqualityComparer.Default.Equals(flow.Table.Places[release.Site.Place].Path.Holder, holder) && release.State[release.Site.Place].Phase is LockPhase.Untouched or LockPhase.Unknown);

    /// <summary>Whether another body of the type than <paramref name="body"/> may release a lock that no field holds, <c>this</c> or the type object, without having taken it.</summary>
    public bool MayReleaseItself(AccessPath path, BodyFacts body) => _bodies.Values.Any(other => other != body && !IsOnlyCalled(other.Owner) && other.LockFlows().Any(flow => flow.Releases.Any(release =>
        flow.Table.Places[release.Site.Place].Path.Equals(path) && release.State[release.Site.Place].Phase is LockPhase.Untouched or LockPhase.Unknown)));

    /// <summary>Whether the member is a private one whose effect on a lock its callers are known to have instead, and that nothing but calls in the type's own bodies name.</summary>
    public bool IsOnlyCalled(ISymbol member)
    {
        if (!_onlyCalled.TryGetValue(member, out var isOnlyCalled))
        {
            _onlyCalled.Add(member, isOnlyCalled = member is IMethodSymbol { DeclaredAccessibility: Accessibility.Private, MethodKind: MethodKind.Ordinary } helper &&
                EffectOf(helper).Kind is HelperKind.Acquires or HelperKind.TryAcquires or HelperKind.Releases && !_type.IsNamedByNestedTypes(helper.Name) && !_type.IsNamedInDisabledCode(helper.Name) && AreCallsRead(helper));
        }

        return isOnlyCalled;
    }

    /// <summary>One that nobody calls may be called by somebody out of sight.</summary>
    private bool AreCallsRead(IMethodSymbol helper)
    {
        var isCalled = false;
        foreach (var body in _all.Values)
        {
            foreach (var operation in body.Root.Descendants())
            {
                if (operation is IMethodReferenceOperation reference && IsHelper(reference.Method))
                {
                    return false;
                }

                if (operation is IInvocationOperation call && IsHelper(call.TargetMethod))
                {
                    isCalled = true;
                    if (!body.LockFlows().Any(flow => flow.Table.SiteOf(call) is not null))
                    {
                        return false;
                    }
                }
            }
        }

        return isCalled;

        bool IsHelper(IMethodSymbol named) => SymbolEqualityComparer.Default.Equals(Whole(named), Whole(helper));
    }

    /// <summary>
    /// Whether all members of that name in the base types in source are known not to give back the lock in <paramref name="holder"/> by themselves: one that only derived types can call does so for
    /// members of this type, which are asked on their own.
    /// </summary>
    public bool KeepsInBase(string name, ISymbol holder)
    {
        var isFound = false;
        for (var owner = _type.Type.BaseType; owner is { DeclaringSyntaxReferences.IsEmpty: false }; owner = owner.BaseType)
        {
            foreach (var member in owner.GetMembers(name))
            {
                if (member is not IMethodSymbol method || EffectOf(method) is not { Place: { } place } effect ||
                    (effect.Kind == HelperKind.Releases && method.DeclaredAccessibility != Accessibility.Protected && SymbolEqualityComparer.Default.Equals(place.Path.Holder, holder)))
                {
                    return false;
                }

                isFound = true;
            }
        }

        return isFound;
    }

    private HelperEffect Compute(IMethodSymbol method)
    {
        if (MayBeAnother(method))
        {
            return HelperEffect.Unknown;
        }

        if (!_bodies.TryGetValue(method, out var body))
        {
            return _model is null || SymbolEqualityComparer.Default.Equals(method.ContainingType, _type.Type) ? HelperEffect.Unknown : BaseHelpers.EffectOf(method, _model);
        }

        if (!TryRead(body, out var flow))
        {
            return HelperEffect.Unknown;
        }

        var effects = flow is null ? [] : Enumerable.Range(0, flow.Table.Places.Count).Where(place => flow.Table.Places[place].Path.Root != PathRoot.Local)
            .Select(place => EffectOn(place, flow, body)).Where(static effect => effect.Kind != HelperKind.Neutral).ToList();
        return effects.Count == 0 ? UnreadCalls(body).All(called => EffectOf(called).Kind == HelperKind.Neutral) ? HelperEffect.Neutral : HelperEffect.Unknown
            : HandsNothingOn(method, body) ? HelperEffect.Of(effects)
            : HelperEffect.Unknown;
    }

    /// <summary>The flow of the body itself, null when it has none of its own; false when its locks are not followed.</summary>
    private static bool TryRead(BodyFacts body, out LockFlow? flow)
    {
        flow = body.LockFlows().FirstOrDefault(static f => f.Function.Symbol is null);
        return !body.HitBound && (flow is not null || body.LockFlows().IsEmpty);
    }

    /// <summary>The members that the body calls and that may do something to a lock which no flow of the body has a name for.</summary>
    private IEnumerable<IMethodSymbol> UnreadCalls(BodyFacts body) => !body.CallsLockHelpers ? [] : body.Root.Descendants().OfType<IInvocationOperation>()
        .Where(call => _type.LockHelpers.Contains(call.TargetMethod.Name) && _type.Owns(call.TargetMethod) && body.LockFlows().All(flow => flow.Table.SiteOf(call) is null))
        .Select(static call => call.TargetMethod);

    /// <summary>Whether a call of the method is known to leave the lock in <paramref name="holder"/> as it was, whatever it does to others.</summary>
    public bool Leaves(IMethodSymbol method, ISymbol holder)
    {
        method = Whole(method);
        if (!_leaves.TryGetValue((method, holder), out var leaves))
        {
            // What recursion comes back to is unknown.
            _leaves[(method, holder)] = false;
            _leaves[(method, holder)] = leaves = EffectOf(method).Kind == HelperKind.Neutral || (!MayBeAnother(method) && _bodies.TryGetValue(method, out var body) && TryRead(body, out var flow) &&
                (flow is null || Enumerable.Range(0, flow.Table.Places.Count).All(place => !SymbolEqualityComparer.Default.Equals(flow.Table.Places[place].Path.Holder, holder) || EffectOn(place, flow, body).Kind == HelperKind.Neutral)) &&
                UnreadCalls(body).All(called => !UnbalancedOn(holder.Name).Contains(called.Name) || Leaves(called, holder)));
        }

        return leaves;
    }

    private static bool MayBeAnother(IMethodSymbol method) => (method.IsVirtual || method.IsAbstract || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed;

    private static bool HandsNothingOn(IMethodSymbol method, BodyFacts body)
    {
        var result = method.ReturnType;
        var value = TaskModels.IsTask(result, body.Model.Types) && result is INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } ? arguments[0] : result;
        return method.Parameters.All(static p => p.RefKind is RefKind.None or RefKind.In) &&
               (value.SpecialType is SpecialType.System_Void or SpecialType.System_Boolean || TaskModels.IsTask(value, body.Model.Types));
    }

    private static HelperEffect EffectOn(int place, LockFlow flow, BodyFacts body)
    {
        if (flow.Unfollowed.Contains(place))
        {
            return HelperEffect.Unknown;
        }

        // `Task EnterAsync() => _gate.WaitAsync();` hands on the very task.
        if (flow.Forwarded is { } forwarded && forwarded.Place == place)
        {
            return new HelperEffect(forwarded.Action.Verb == LockVerb.Acquire ? HelperKind.Acquires : HelperKind.TryAcquires, flow.Table.Places[place], forwarded.Action.CanThrow, forwarded.Action.Timeout);
        }

        var exits = flow.States[flow.Graph.Exit].States;
        if (exits.All(s => IsFree(s[place])))
        {
            return HelperEffect.Neutral;
        }

        if (exits.All(s => IsHeldOnce(s[place])))
        {
            return Acquire(HelperKind.Acquires, place, exits, flow);
        }

        if (exits.Any(s => s[place].Phase == LockPhase.Unknown))
        {
            return ReleasesOn(place, flow, body);
        }

        var isAnswered = flow.Returns.Count > 0 && flow.Returns.All(static r => r.IsLast && r.Answer is not null);
        return isAnswered && flow.Returns.All(r => r.Answer == true ? IsHeldOnce(r.State[place]) : IsFree(r.State[place]))
            ? Acquire(HelperKind.TryAcquires, place, exits, flow)
            : HelperEffect.Unknown;
    }

    /// <summary>Run again as a caller that holds the lock sees it.</summary>
    private static HelperEffect ReleasesOn(int place, LockFlow flow, BodyFacts body)
    {
        var releases = flow.Releases.Where(r => r.Site.Place == place && r.State[place].Phase == LockPhase.Untouched).ToList();
        if (releases.Count == 0 || flow.SolvedFrom(PathState.Entry.With(place, new LockStatus(LockPhase.Held, 1, 0)), body) is not { } states)
        {
            return HelperEffect.Unknown;
        }

        var exits = states[flow.Graph.Exit].States;
        return exits.All(s => s[place].Phase == LockPhase.Released) ? new HelperEffect(HelperKind.Releases, flow.Table.Places[place])
            : exits.All(s => IsHeldOnce(s[place])) ? HelperEffect.Neutral
            : HelperEffect.Unknown;
    }

    private static HelperEffect Acquire(HelperKind kind, int place, ImmutableArray<PathState> exits, LockFlow flow)
    {
        var site = exits.Select(s => s[place]).First(static status => status.Phase == LockPhase.Held).Site;
        return new HelperEffect(kind, flow.Table.Places[place], flow.Table.Site(site).Action.CanThrow, flow.Table.Site(site).Action.Timeout);
    }

    private static bool IsFree(LockStatus status) => status.IsFree || status.Phase == LockPhase.Untouched;

    private static bool IsHeldOnce(LockStatus status) => status is { Phase: LockPhase.Held, Count: 1 };

    /// <summary>The lock as the caller names it.</summary>
    private static AccessPath? PathAt(MemberUse use, AccessPath path, Func<IOperation?, AccessPath?> pathOf)
    {
        var root = path.Root switch
        {
            PathRoot.This => pathOf(use.Instance),
            PathRoot.Parameter => pathOf(use.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == ((IParameterSymbol)path.Symbol!).Ordinal)?.Value),
            PathRoot.Static or PathRoot.TypeOf => path with { Steps = ImmutableArray<PathStep>.Empty },
            _ => null,
        };
        return root is null ? null : root with { Steps = root.Steps.AddRange(path.Steps) };
    }
}
