using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>A lock that its holder waits for again.</summary>
/// <param name="First">The acquire that holds it.</param>
/// <param name="Second">The acquire, or the call of a member that acquires, that never returns or throws.</param>
/// <param name="Place">The lock in the mode that is held.</param>
/// <param name="Wanted">The mode that is waited for.</param>
/// <param name="IsByWork">What waits is work that the holder waits for.</param>
internal sealed record Reacquire(SyntaxNode First, SyntaxNode Second, LockPlace Place, LockMode Wanted, bool IsByWork = false);

/// <summary>
/// The second acquires of held locks that cannot be entered twice: a <c>SpinLock</c>, a semaphore that starts at one, a
/// <c>ReaderWriterLockSlim</c> that was made without recursion (its documented table of modes). Only where the lock is held on every path to the
/// second acquire, and, for a semaphore, where no other member gives back what it did not take. A try that may say no is left alone.
/// </summary>
internal static class Reacquires
{
    public static IEnumerable<Reacquire> Of(LockFlow flow, BodyFacts body)
    {
        var direct = flow.Acquires.Where(static a => a.Site.Action.Verb == LockVerb.Acquire).GroupBy(static a => a.Site.Syntax)
            .Select(group => (Syntax: group.Key, Place: flow.Table.Places[group.First().Site.Place], States: group.Select(static a => a.State).ToList()));
        var called = flow.Calls.SelectMany(call => body.Type!.Once(LockHelpers.Of).Acquires(call.Use, flow.PathOf).Select(place => (call.Use.Place.Syntax, Place: place, call.State)))
            .GroupBy(static call => (call.Syntax, call.Place))
            .Select(static group => (group.Key.Syntax, group.Key.Place, States: group.Select(static c => c.State).ToList()));
        ILookup<SyntaxNode, PathState>? firstRounds = null;
        foreach (var (syntax, wanted, states) in direct.Concat(called))
        {
            for (var place = 0; place < flow.Table.Places.Count; place++)
            {
                if (flow.Unfollowed.Contains(place) || flow.TestedPlaces.Contains(place) || !states.Any(s => IsHeld(s, place)) || !Excludes(flow.Table.Places[place], wanted, body))
                {
                    continue;
                }

                // In a loop whose rounds do not balance the next round begins with what was left behind an acquire that never returns.
                var certain = states.All(s => IsHeld(s, place)) ? states
                    : (firstRounds ??= flow.AcquiresUntil((held, again) => Excludes(flow.Table.Places[held], flow.Table.Places[again], body), body))?[syntax].ToList();
                if (certain?.Count > 0 && certain.All(s => IsHeld(s, place)) && flow.Table.Site(certain[0][place].Site) is var first && first.Syntax != syntax)
                {
                    yield return new Reacquire(first.Syntax, syntax, flow.Table.Places[place], wanted.Mode);
                    break;
                }
            }
        }
    }

    /// <summary>The second acquires within the stretches that a guard object or a helper keeps under a lock. What is held there does not depend on the path.</summary>
    public static IEnumerable<Reacquire> UnderGuards(BodyFacts body)
    {
        var scopes = GuardScope.Of(body);
        var found = new HashSet<SyntaxNode>();
        foreach (var scope in scopes)
        {
            foreach (var (wanted, second) in Waits(scope, scopes, body))
            {
                if (Excludes(scope.Place, wanted, body) && found.Add(second))
                {
                    yield return new Reacquire(scope.Opening.Syntax, second, scope.Place, wanted.Mode);
                }
            }
        }
    }

    private static IEnumerable<(LockPlace Wanted, SyntaxNode Second)> Waits(GuardScope scope, ImmutableArray<GuardScope> scopes, BodyFacts body)
    {
        foreach (var inner in scopes.Where(inner => inner != scope && inner.Opening != scope.Opening && scope.Covers(inner.Opening)))
        {
            yield return (inner.Place, inner.Opening.Syntax);
        }

        foreach (var acquire in body.LockCalls.Where(call => call.Verb == LockVerb.Acquire && scope.Covers(call.Call)))
        {
            if (VariablePath.Of(Conversions.WithoutBuiltIn(acquire.Lock)) is { } path && LockHelpers.IsWaitedFor(acquire.Call, body.Model))
            {
                yield return (new LockPlace(path, acquire.Kind, acquire.Mode), acquire.Call.Syntax);
            }
        }

        if (body.Type?.Once(LockHelpers.Of) is { } helpers)
        {
            foreach (var use in body.Root.Descendants().Where(scope.Covers).SelectMany(MemberUse.Of))
            {
                foreach (var place in helpers.Acquires(use, static operation => VariablePath.Of(Conversions.WithoutBuiltIn(operation))))
                {
                    yield return (place, use.Place.Syntax);
                }
            }
        }
    }

    private static bool IsHeld(PathState state, int place) => state[place] is { Phase: LockPhase.Held, Site: > 0 };

    /// <summary>Whether who holds the one cannot get the other.</summary>
    public static bool Excludes(LockPlace held, LockPlace wanted, BodyFacts body) => held.Path.Equals(wanted.Path) && held.Kind == wanted.Kind && SymbolEqualityComparer.Default.Equals(held.Inner, wanted.Inner) && held.Kind switch
    {
        LockKind.SpinLock => true,
        LockKind.Semaphore or LockKind.SemaphoreSlim => SemaphoreCounts.Of(held.Origin) == 1 && held.Path.Holder is { DeclaredAccessibility: Accessibility.Private } or ILocalSymbol &&
            (held.Inner is null || (held.Inner.DeclaredAccessibility == Accessibility.Private && LockWrappers.IsClear(held.Inner.ContainingType, body.Model))) &&
            (held.Path.Holder is ILocalSymbol || !body.IsHandedOnElsewhere(held.Path.Holder!)),
        LockKind.ReaderWriterLockSlim => !(held.Mode == LockMode.Upgradeable && wanted.Mode != LockMode.Upgradeable) && IsNotRecursive(held.Origin),
        _ => false,
    };

    /// <summary>Each value that it is given, read from the text, is made without arguments or with <c>NoRecursion</c>.</summary>
    private static bool IsNotRecursive(ISymbol? holder)
    {
        if (holder is not (IFieldSymbol { IsReadOnly: true } or ILocalSymbol) || holder.DeclaringSyntaxReferences.Length != 1 ||
            holder.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax declarator)
        {
            return false;
        }

        var given = Assignments.After(holder, declarator).ToList();
        if (Assignments.Initializer(declarator) is { } initializer)
        {
            given.Add(initializer);
        }

        return given.Count > 0 && given.All(static value => value is BaseObjectCreationExpressionSyntax { ArgumentList: var list } && (list?.Arguments.Count ?? 0) switch
        {
            0 => true,
            1 => list!.Arguments[0].Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "NoRecursion" },
            _ => false,
        });
    }
}
