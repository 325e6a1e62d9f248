using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>A guarded field and the accesses that do harm without its lock: changes first, then in source order.</summary>
internal sealed record GuardGap(Guard Guard, ImmutableArray<Access> Harmful)
{
    /// <summary>Whether a <c>lock</c> statement around each of the accesses closes it.</summary>
    public bool CanBeClosed => Guard.Lock.CanBeStatement && Harmful.All(static a => a.Held.IsEmpty);
}

/// <summary>
/// What is wrong without the lock that guards a field elsewhere. A value that is only read is left alone where that takes one step: a read of a reference or a word is whole. So is a flag that gets a constant, what a method
/// stores before it starts a thread or does behind a wait for one, and a text for people.
/// </summary>
internal static class GuardGaps
{
    public static ImmutableArray<GuardGap> Of(TypeFacts type) => type.Bodies().IsEmpty || type.Type.TypeKind == TypeKind.Struct ? ImmutableArray<GuardGap>.Empty : type.Once(static type => new Found(Find(type))).Gaps;

    private static ImmutableArray<GuardGap> Find(TypeFacts type)
    {
        var gaps = ImmutableArray.CreateBuilder<GuardGap>();
        var entry = EntryLocks.Of(type);
        foreach (var guard in Guards.Of(type))
        {
            var isChanged = guard.Guarded.Any(static a => a.Kind == AccessKind.Change) || guard.Unguarded.Any(static a => a.Kind == AccessKind.Change);
            var harmful = guard.Unguarded.Where(a => IsHarmful(a, isChanged, guard) && !IsPublication(a) && !IsBehindJoin(a) && !IsUnderBaseLock(a, guard.Lock, entry) && !IsLeftOver(a, guard, entry)).OrderBy(static a => a.Changes ? 0 : 1).ToImmutableArray();
            if (!harmful.IsEmpty)
            {
                gaps.Add(new GuardGap(guard, harmful));
            }
        }

        return gaps.ToImmutable();
    }

    private static bool IsHarmful(Access access, bool isChanged, Guard guard) => access.Kind switch
    {
        AccessKind.Update or AccessKind.Change => true,
        AccessKind.Write => !IsConstantFlag(access),
        AccessKind.Use => isChanged && !IsForPeople(access),
        AccessKind.Read => guard.Guarded.Any(write => write.Changes && Tearing.IsTorn(write, access, null)) && !IsForPeople(access) && !guard.Guarded.Any(again => again.In == access.In),
        _ => false,
    };

    private static bool IsForPeople(Access access) => access.In.Member is IMethodSymbol { Name: "ToString", IsOverride: true };

    /// <summary>A flag that is set or cleared: the store is whole, and the last one stands.</summary>
    private static bool IsConstantFlag(Access access) => access.At.Parent is ISimpleAssignmentOperation { Value.ConstantValue.HasValue: true, Type.SpecialType: SpecialType.System_Boolean };

    /// <summary>Stored before the function starts the thread that will use it.</summary>
    private static bool IsPublication(Access access) => access.Changes && access.In.Body.Starts
        .Any(fork => fork.Syntax.SpanStart > access.At.Syntax.Span.End && SymbolEqualityComparer.Default.Equals(fork.FunctionAround(), access.At.FunctionAround()));

    /// <summary>Behind a wait for threads or tasks that were started elsewhere, in source order: those who share the field may have ended.</summary>
    private static bool IsBehindJoin(Access access) => access.In.Body.Root.Descendants().Any(o => o.Syntax.Span.End <= access.At.Syntax.SpanStart && IsJoin(o, access.In.Body.Model) &&
        SymbolEqualityComparer.Default.Equals(o.FunctionAround(), access.At.FunctionAround()));

    private static bool IsJoin(IOperation operation, Model model) => operation switch
    {
        IAwaitOperation wait => TypeAccesses.IsHandle(wait.Operation),
        IInvocationOperation { TargetMethod: var method } => WaitModels.ActionOf(method, model.Types) is HandleAction.Join or HandleAction.TimedJoin || (method.Name is "WaitAll" or "WhenAll" && KnownType.Is(method.ContainingType, model.Types.Task)),
        _ => false,
    };

    /// <summary>In an override or another member that its family may call under its own lock, where the lock is not the type's own private one.</summary>
    private static bool IsUnderBaseLock(Access access, HeldLock held, EntryLocks entry) => entry.MayBeUnderOtherLock(access) &&
        held.Path is not { Root: PathRoot.This or PathRoot.Static, Holder.DeclaredAccessibility: Accessibility.Private };

    /// <summary>In what a type that others use has left over and nothing calls. A type none of whose guarded members others call is being written: there it counts.</summary>
    private static bool IsLeftOver(Access access, Guard guard, EntryLocks entry) => entry.IsUnreached(access.In) && guard.Guarded.Any(a => entry.RootsOf(a.In).Any(Roles.IsCalledByOthers));

    private sealed record Found(ImmutableArray<GuardGap> Gaps);
}
