using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>A field or event that is tested for null, and then read again to be used.</summary>
/// <param name="Member">The field, auto-property or event.</param>
/// <param name="Test">The reference in the test.</param>
/// <param name="Reads">The reads that the test speaks for, in source order; the first may be no use.</param>
/// <param name="Use">The first read that fails when there is nothing.</param>
/// <param name="Clear">What sets it to null on another thread; null for an event, from which anybody may take the last handler.</param>
/// <param name="In">The function.</param>
internal sealed record ClearedRead(ISymbol Member, IOperation Test, ImmutableArray<IOperation> Reads, IOperation Use, IOperation? Clear, CodeFunction In);

/// <summary>
/// Finds what another thread may set to null between a test and the use that trusts it. That there is such a thread must show: an event that others subscribe to; a clear under a lock that the test does
/// not hold, or by <c>Interlocked</c>; a volatile field; a test or a clear in a function that a fork of the type runs.
/// </summary>
internal sealed class ClearedReads
{
    private readonly TypeFacts _type;
    private readonly EntryLocks _entry;
    private readonly List<ClearedRead> _found = [];

    private ClearedReads(TypeFacts type)
    {
        _type = type;
        _entry = EntryLocks.Of(type);
        Fields();
        if (!ConfinedTypes.Is(type.Type) && type.Type.GetMembers().Any(IsOpenEvent))
        {
            Events();
        }
    }

    /// <summary>In the order of the functions.</summary>
    public static IReadOnlyList<ClearedRead> Of(TypeFacts type) => type.Type.TypeKind == TypeKind.Struct ? [] : new ClearedReads(type)._found;

    private void Fields()
    {
        var byField = TypeAccesses.Of(_type).Functions.SelectMany(static f => f.Accesses).Where(a => VariableOf(a).Type is { IsReferenceType: true } && Guards.FieldOf(a.Place, _type) is not null)
            .GroupBy<Access, ISymbol>(a => Guards.FieldOf(a.Place, _type)!, SymbolEqualityComparer.Default);
        foreach (var field in byField)
        {
            var clears = field.Where(IsClear).ToList();
            if (clears.Count == 0 || PerThread.Is(field.Key) || _type.IsNamedInDisabledCode(field.Key.Name))
            {
                continue;
            }

            foreach (var function in field.Where(static a => a.Kind is AccessKind.Read or AccessKind.Use or AccessKind.Change || a.At is IArrayElementReferenceOperation).GroupBy(static a => a.In))
            {
                var accesses = function.ToDictionary(static a => VariableOf(a));
                foreach (var test in ByTest(accesses.Keys, o => o is IMemberReferenceOperation && function.First().Place.Equals(SharedPlace.Of(o))))
                {
                    var tested = accesses.TryGetValue(test.Key, out var read) ? read : field.FirstOrDefault(a => a.At == test.Key);
                    if (tested is not null && !_entry.IsOwned(tested) && test.FirstOrDefault(IsUse) is { } use && clears.FirstOrDefault(c => MayComeBetween(c, tested, accesses[use], field.Key)) is { } clear)
                    {
                        _found.Add(new ClearedRead(field.Key, test.Key, test.ToImmutableArray(), use, clear.At, function.Key));
                    }
                }
            }
        }
    }

    private void Events()
    {
        foreach (var function in TypeAccesses.Of(_type).Functions)
        {
            var raised = Operations.OfFunction(function.Root).OfType<IEventReferenceOperation>()
                .Where(e => IsOpenEvent(e.Event) && e.Parent is not IEventAssignmentOperation && !StraightLine.IsTarget(e) && SymbolEqualityComparer.Default.Equals(e.Event.ContainingType.OriginalDefinition, _type.Type) && e.Instance is null or IInstanceReferenceOperation);
            foreach (var one in raised.GroupBy<IEventReferenceOperation, ISymbol>(static e => e.Event, SymbolEqualityComparer.Default))
            {
                foreach (var test in ByTest(one, o => o is IEventReferenceOperation { Event: var other } && SymbolEqualityComparer.Default.Equals(other, one.Key)))
                {
                    var read = new Access(new AccessPath(one.Key!.IsStatic ? PathRoot.Static : PathRoot.This, one.Key, ImmutableArray<PathStep>.Empty), AccessKind.Read, test.Key, function);
                    if (test.FirstOrDefault(IsUse) is { } use && !_entry.IsOwned(read) && _entry.At(read).IsEmpty && !IsSwallowed(use) && !Subscriptions.AreWithin((IEventSymbol)one.Key, function.Body.Model.Compilation, function.Body.Cancellation))
                    {
                        _found.Add(new ClearedRead(one.Key, test.Key, test.ToImmutableArray(), use, null, function));
                    }
                }
            }
        }
    }

    private static IEnumerable<IGrouping<IOperation, IOperation>> ByTest(IEnumerable<IOperation> reads, Func<IOperation, bool> isSame) => reads
        .Select(r => (Read: r, Test: NullTest.Before(r, isSame))).Where(static r => r.Test is not null).GroupBy(static r => r.Test!, static r => r.Read);

    /// <summary>The last that a <c>try</c> does, whose handler takes everything and does nothing: what a call of nothing throws there does no more than no handler.</summary>
    private static bool IsSwallowed(IOperation use) => use.AncestorsAndSelf().TakeWhile(static up => up is not (IAnonymousFunctionOperation or ILocalFunctionOperation)).OfType<ITryOperation>()
        .Any(attempt => attempt.Body.Operations.LastOrDefault() is { } last && last.IsAround(use) && attempt.Catches.Any(static c => ThrownBefore.Swallows(c) && c.Handler.Operations.IsEmpty));

    /// <summary>An event that others than the type listen to, and no user interface.</summary>
    private static bool IsOpenEvent(ISymbol member) => member is IEventSymbol { DeclaredAccessibility: not Accessibility.Private } raised && !ConfinedTypes.IsBinding(raised.Type);

    /// <summary>Whether the read fails when there is nothing: a member of the object, a call of the delegate, an element, a loop over it, a wait for it.</summary>
    private static bool IsUse(IOperation read)
    {
        if (IsLeftOut(read))
        {
            return false;
        }

        var at = read;
        while (at.Parent is IConversionOperation { OperatorMethod: null, IsTryCast: false })
        {
            at = at.Parent;
        }

        return at.Parent switch
        {
            IInvocationOperation call => call.Instance == at,
            IMemberReferenceOperation member => member.Instance == at,
            IArrayElementReferenceOperation element => element.ArrayReference == at,
            IForEachLoopOperation loop => loop.Collection == at,
            IAwaitOperation => true,
            _ => false,
        };
    }

    /// <summary>In an argument of a call that a program for its users does not make: <c>Debug.Assert(x == null || x.Count > 0)</c>.</summary>
    private static bool IsLeftOut(IOperation read) => read.AncestorsAndSelf().OfType<IArgumentOperation>()
        .Any(static a => a.Parent is IInvocationOperation call && call.TargetMethod.GetAttributes().Any(static c => c.AttributeClass is { Name: "ConditionalAttribute", ContainingNamespace: { Name: "Diagnostics", ContainingNamespace.Name: "System" } }));

    /// <summary>The reference to the variable itself, where the access is one of an element.</summary>
    private static IOperation VariableOf(Access access)
    {
        var at = access.At;
        while (at is IArrayElementReferenceOperation element)
        {
            at = element.ArrayReference;
        }

        return at;
    }

    private static bool IsClear(Access access) => access.Kind switch
    {
        AccessKind.Write => access.At is not IArrayElementReferenceOperation && access.At.Parent is ISimpleAssignmentOperation assignment && NullTest.IsNull(assignment.Value),
        AccessKind.Atomic => access.At.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Exchange" or "CompareExchange" or "Write", Arguments: { Length: > 1 } arguments } } && NullTest.IsNull(arguments[1].Value),
        _ => false,
    };

    /// <summary>Whether another thread visibly makes the clear, with nothing that keeps it away from the test.</summary>
    private bool MayComeBetween(Access clear, Access test, Access use, ISymbol field)
    {
        var (cleared, tested) = (_entry.At(clear), _entry.At(test));
        if (cleared.IsUnknown || tested.IsUnknown || _entry.At(use).IsUnknown || Sharing.Exclude(cleared, tested))
        {
            return false;
        }

        var clearing = new HashSet<CodeFunction>(_entry.RootsOf(clear.In));
        var testing = new HashSet<CodeFunction>(_entry.RootsOf(test.In));
        if (clearing.Count == 1 && clearing.SetEquals(testing) && IsOneThread(clearing.First()))
        {
            return false;
        }

        if (clear.Kind == AccessKind.Atomic)
        {
            return !_entry.MayBeUnderOtherLock(test) || !_entry.MayBeUnderOtherLock(clear);
        }

        if (cleared.Locks.Any(l => Guards.Names(l, field)))
        {
            return !_entry.MayBeUnderOtherLock(test) || cleared.Locks.All(static l => l.Path is { Root: PathRoot.This or PathRoot.Static, Holder.DeclaredAccessibility: Accessibility.Private });
        }

        if (_entry.IsOwned(clear) || clear.In.Member.Equals(test.In.Member, SymbolEqualityComparer.Default))
        {
            return false;
        }

        return field is IFieldSymbol { IsVolatile: true }
            ? !_entry.MayBeUnderOtherLock(test) || !_entry.MayBeUnderOtherLock(clear)
            : !clearing.Overlaps(testing) && (clearing.All(IsForked) ? !Waits(testing) : testing.All(IsForked) && !Waits(clearing));
    }

    /// <summary>A function that a fork runs. Whoever runs a kept delegate may run it on the caller's thread.</summary>
    private bool IsForked(CodeFunction root) => root.Role == FunctionRole.Forked || _entry.IsGivenToFork(root);

    /// <summary>Whether the root runs on one thread at a time: code of the type alone starts it.</summary>
    private bool IsOneThread(CodeFunction root) => IsForked(root) || root.Role == FunctionRole.Stored;

    private bool Waits(HashSet<CodeFunction> roots) => roots.Any(r => Side.Of(r, TypeAccesses.Of(_type)).Waits || r.Body.Starts.Any());
}
