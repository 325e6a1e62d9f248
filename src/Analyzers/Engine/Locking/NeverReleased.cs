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

/// <summary>Acquires of one lock that nothing gives back.</summary>
/// <param name="Path">The lock, as the first of them names it.</param>
/// <param name="Acquires">The acquires in source order, of one mode.</param>
/// <param name="OnFailure">What gives the first of them back where something throws, and only there; null where nothing ever does.</param>
internal sealed record NeverReleased(AccessPath Path, ImmutableArray<LockSite> Acquires, LockSite? OnFailure)
{
    private static readonly ImmutableArray<string> s_ends =
        ImmutableArray.Create("Dispose", "Close", "Stop", "Shutdown", "Shut", "Terminate", "Abort", "Complete", "Finish", "End", "Kill", "Drain", "Quit", "Exit", "Cancel");

    /// <summary>
    /// The locks of a type that only the type can reach, with the acquires after which a function may return and neither it nor anybody else can release: each release of the
    /// lock in the type gives back what another acquire of its own function took.
    /// </summary>
    public static ImmutableArray<NeverReleased> In(TypeFacts type)
    {
        if (type.Bodies().All(static b => b.LockCalls.IsEmpty))
        {
            return ImmutableArray<NeverReleased>.Empty;
        }

        var functions = type.Bodies().SelectMany(static body => body.LockFlows().Select(flow => (Body: body, Flow: flow))).ToList();
        if (type.Bodies().Any(static b => b.HitBound))
        {
            return ImmutableArray<NeverReleased>.Empty;
        }

        // What a private member takes for its callers is theirs to give back. Where nothing does, the member's own acquire is the place; where other callers
        // do, the call of who does not. A member that nobody calls yet is made for callers all the same.
        var helpers = type.Once(LockHelpers.Of);
        var callers = functions.Where(f => !(f.Flow.Function.Symbol is null && helpers.IsOnlyCalled(f.Body.Owner))).ToList();
        var unused = callers.Where(f => f.Flow.Function.Symbol is null && f.Body.Owner is IMethodSymbol { DeclaredAccessibility: Accessibility.Private } owner && helpers.EffectOf(owner).Kind is HelperKind.Acquires or HelperKind.TryAcquires)
            .SelectMany(static f => f.Flow.Table.Sites).ToImmutableHashSet();
        var lost = In(functions, type, static site => !site.Action.IsThroughHelper);
        if (callers.Count == functions.Count && unused.IsEmpty && !functions.Exists(static f => f.Flow.Table.Sites.Any(static site => site.Action.IsThroughHelper)))
        {
            return ImmutableArray.CreateRange(lost);
        }

        return ImmutableArray.CreateRange(lost.Concat(In(callers, type, site => !unused.Contains(site) && (!site.Action.IsThroughHelper || (helpers.IsOnlyCalled(site.Action.Call.TargetMethod.OriginalDefinition) && !IsTold(site.Action.Call.TargetMethod.OriginalDefinition))))
            .Where(found => !lost.Any(known => SymbolEqualityComparer.Default.Equals(known.Path.Holder, found.Path.Holder)))));

        // A helper that forgets the lock on one of its own paths is told there.
        bool IsTold(ISymbol helper) => functions.Exists(f => SymbolEqualityComparer.Default.Equals(f.Body.Owner, helper) && f.Body.HeldExits().Any(static e => e.Exit.Cause == HeldExitCause.PathWithoutRelease));
    }

    /// <param name="functions">Those that are judged.</param>
    /// <param name="type">Their type.</param>
    /// <param name="isOwn">Whether the acquire belongs to the function that it stands in.</param>
    private static List<NeverReleased> In(List<(BodyFacts Body, LockFlow Flow)> functions, TypeFacts type, Func<LockSite, bool> isOwn) =>
        functions.SelectMany(f => Enumerable.Range(0, f.Flow.Table.Places.Count).SelectMany(place => Open(f.Body, f.Flow, place, isOwn).Select(site => (f.Body, f.Flow, Place: f.Flow.Table.Places[place], Site: site))))
            .GroupBy(static a => (Holder: a.Place.Path.Holder!, a.Place.Mode), Comparer.Instance)
            .Where(lockUse => lockUse.First() is var first && IsKept(first.Place, first.Body, type) && !MayBeReleased(lockUse.Key.Holder, functions, isOwn))
            .Select(static lockUse => new NeverReleased(lockUse.First().Place.Path, lockUse.Select(static a => a.Site).ToImmutableArray(), OnFailureOf(lockUse.First().Site, lockUse.First().Flow))).ToList();

    private static LockSite? OnFailureOf(LockSite acquire, LockFlow flow) => flow.Releases.Where(r => r.Site.Place == acquire.Place && HeldExits.IsHeldBy(r.State, acquire)).Select(static r => r.Site).FirstOrDefault();

    /// <summary>The acquires of the lock that no release of their function gives back unless something throws, and after which it may return with the lock held.</summary>
    private static IEnumerable<LockSite> Open(BodyFacts body, LockFlow flow, int place, Func<LockSite, bool> isOwn)
    {
        if (flow.Table.Places[place].Path is not { Root: PathRoot.This or PathRoot.Static or PathRoot.Local, Holder: not null })
        {
            return [];
        }

        var sites = flow.Table.Sites.Where(s => s.Place == place).ToList();
        var isPaired = sites.Exists(static s => !s.Action.IsAcquire);

        // What was acquired once more is held by the first acquire too, though only the last is known.
        return flow.States[flow.Graph.Exit].States.Any(s => !s.HasThrown && s[place].Phase == LockPhase.Held)
            ? sites.Where(site => site.Action.IsAcquire && isOwn(site) && !site.IsAnswerDropped && (!isPaired || IsLeftHeld(site, flow)) && new ReleasePaths(flow, place, static _ => true).MayReturnAfter(site) && !MayBeMeant(site, flow, body))
            : [];
    }

    /// <summary>In a function that releases the lock: every release gives back what another acquire took, or is only come to by an exception, and this one is held at the end.</summary>
    private static bool IsLeftHeld(LockSite site, LockFlow flow) => !flow.Unfollowed.Contains(site.Place) && !flow.TestedPlaces.Contains(site.Place) &&
        flow.States[flow.Graph.Exit].States.Any(s => !s.HasThrown && HeldExits.IsHeldBy(s, site)) && !flow.Releases.Any(r => !r.State.HasThrown && HeldExits.IsHeldBy(r.State, site));

    /// <summary>
    /// Held on purpose: at the entry point to the end of the process; by who disposes of the lock next. A semaphore or a mutex also by a constructor, for good, by a member
    /// that ends the object, and by one that only asks whether it is the first, without waiting.
    /// </summary>
    private static bool MayBeMeant(LockSite site, LockFlow flow, BodyFacts body)
    {
        var owner = body.Owner as IMethodSymbol;
        var isOwner = flow.Function.Symbol is null;
        var isGate = site.Action.Kind is LockKind.Mutex or LockKind.Semaphore or LockKind.SemaphoreSlim;
        return (isOwner && SymbolEqualityComparer.Default.Equals(owner, body.Model.Compilation.GetEntryPoint(body.Cancellation))) ||
               IsDisposed(flow.Table.Places[site.Place].Path.Holder!, flow, body) ||
               (isGate && ((site.Action.Verb != LockVerb.Acquire && site.Action.Timeout != TimeoutLength.Finite) || (isOwner && (owner is null or { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor or MethodKind.Destructor } || EndsObject(owner)))));
    }

    /// <summary>By its name, and nothing is given to it but how to end: a wrong yes costs a report and never makes one.</summary>
    private static bool EndsObject(IMethodSymbol member) =>
        member.Parameters.All(static p => p.Type is { SpecialType: SpecialType.System_Boolean } or { Name: "CancellationToken" or "TimeSpan" }) &&
        s_ends.Any(word => member.Name.StartsWith(word, StringComparison.Ordinal));

    private static bool IsDisposed(ISymbol holder, LockFlow flow, BodyFacts body) => body.Root.Descendants().Any(operation => IsEndOf(operation, holder) ||
        (operation is IVariableDeclaratorOperation { Symbol: var local, Parent.Parent: { Parent: IUsingOperation or IUsingDeclarationOperation } } && SymbolEqualityComparer.Default.Equals(local, holder) &&
            SymbolEqualityComparer.Default.Equals(operation.FunctionAround(), flow.Function.Symbol)));

    /// <summary>Whether the call disposes of what the variable holds.</summary>
    public static bool IsEndOf(IOperation operation, ISymbol holder) => operation is IInvocationOperation { TargetMethod.Name: "Dispose" or "Close" } call && call.Instance switch
    {
        IConditionalAccessInstanceOperation { Parent: var around } => around?.Parent is IConditionalAccessOperation access && IsReferenceTo(access.Operation, holder),
        var instance => IsReferenceTo(instance, holder),
    };

    private static bool IsReferenceTo(IOperation? operation, ISymbol holder) => Conversions.WithoutBuiltIn(operation) switch
    {
        IFieldReferenceOperation field => SymbolEqualityComparer.Default.Equals(field.Field, holder),
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, holder),
        _ => false,
    };

    /// <summary>The lock was made here and is known to nobody else.</summary>
    public static bool IsKept(LockPlace place, BodyFacts body, TypeFacts type) => place.Path switch
    {
        { Root: PathRoot.Local, Steps.IsEmpty: true, Symbol: ILocalSymbol { RefKind: RefKind.None, IsStatic: false } local } => IsKept(local, place.Kind, body),
        { Root: PathRoot.This, Steps.Length: 1, Holder: IFieldSymbol field } => IsKept(field, place.Kind, body, type),
        { Root: PathRoot.Static, Steps.IsEmpty: true, Symbol: IFieldSymbol field } => IsKept(field, place.Kind, body, type),
        _ => false,
    };

    private static bool IsKept(ILocalSymbol local, LockKind kind, BodyFacts body)
    {
        var uses = Locals.Uses(local, body.Root).ToList();
        var made = body.Root.Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(d => SymbolEqualityComparer.Default.Equals(d.Symbol, local));
        return made?.GetVariableInitializer()?.Value is { } value && IsFresh(value, kind, local, body.Model) && Locals.OnlyValue(local, body.Root) is not null &&
               uses.All(use => LockUse.KeepsToItself(use, body.Model)) &&
               (kind is not (LockKind.Monitor or LockKind.Lock) || uses.Any(use => !SymbolEqualityComparer.Default.Equals(use.FunctionAround(), made.FunctionAround())));
    }

    private static bool IsKept(IFieldSymbol field, LockKind kind, BodyFacts body, TypeFacts type) =>
        field.DeclaredAccessibility == Accessibility.Private && SymbolEqualityComparer.Default.Equals(field.ContainingType.OriginalDefinition, type.Type) &&
        LockUse.IsLockType(field.Type, body.Model.Locks) && !type.IsHandedOn(field) && !type.IsNamedByNestedTypes(field.Name) && !type.IsNamedInDisabledCode(field.Name) &&
        type.WritesOf(field) is var writes && writes.All(w => w.Kind != FieldWriteKind.ByReference && w.Value is { } value && IsFresh(value, kind, field, body.Model)) &&
        (writes.Count > 0 || kind == LockKind.SpinLock);

    private static bool IsFresh(IOperation value, LockKind kind, ISymbol holder, Model model) => Conversions.WithoutBuiltIn(value) switch
    {
        IDefaultValueOperation => kind == LockKind.SpinLock,
        IObjectCreationOperation { Type: { } type } creation => LockUse.IsLockType(type, model.Locks) && kind switch
        {
            // A name shares it with other processes, and a mutex may be made owned.
            LockKind.Mutex => creation.Arguments.All(static a => a.Value.ConstantValue is { HasValue: true, Value: false }),
            LockKind.Semaphore or LockKind.SemaphoreSlim => SemaphoreCounts.Of(holder) == 1 && creation.Arguments.All(static a => a.Value.Type?.SpecialType == SpecialType.System_Int32),
            _ => true,
        },
        _ => false,
    };

    /// <summary>Some release in the type may give back what another function took: it is reached without the lock, or with one that a helper took.</summary>
    private static bool MayBeReleased(ISymbol holder, List<(BodyFacts Body, LockFlow Flow)> functions, Func<LockSite, bool> isOwn)
    {
        foreach (var (_, flow) in functions)
        {
            foreach (var site in flow.Table.Sites.Where(s => !s.Action.IsAcquire && IsSame(flow.Table.Places[s.Place])))
            {
                if (site.Action.Verb != LockVerb.Release || flow.Releases.Any(r => r.Site == site && !GivesBackItsOwn(flow, r, isOwn)))
                {
                    return true;
                }
            }
        }

        // A release that the flows do not know is one of which nothing is known.
        return functions.Select(static f => f.Body).Distinct().Any(body => body.LockCalls.Any(call => !call.IsAcquire && IsReferenceTo(call.Lock, holder) &&
            !functions.Any(f => f.Body == body && f.Flow.Table.Sites.Any(s => s.Syntax == call.Call.Syntax))));

        bool IsSame(LockPlace other) => SymbolEqualityComparer.Default.Equals(other.Path.Holder, holder);
    }

    private static bool GivesBackItsOwn(LockFlow flow, LockFlow.LockEvent release, Func<LockSite, bool> isOwn) => release.State[release.Site.Place] switch
    {
        { Phase: LockPhase.Held, Site: > 0 and var site } => isOwn(flow.Table.Site(site)),
        { Phase: LockPhase.AcquireMightThrow } => true,
        _ => false,
    };

    private sealed class Comparer : IEqualityComparer<(ISymbol Holder, LockMode Mode)>
    {
        public static Comparer Instance { get; } = new();

        public bool Equals((ISymbol Holder, LockMode Mode) x, (ISymbol Holder, LockMode Mode) y) => x.Mode == y.Mode && SymbolEqualityComparer.Default.Equals(x.Holder, y.Holder);

        public int GetHashCode((ISymbol Holder, LockMode Mode) key) => (SymbolEqualityComparer.Default.GetHashCode(key.Holder) * 31) + (int)key.Mode;
    }
}
