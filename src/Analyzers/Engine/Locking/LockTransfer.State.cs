using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>How operations change a state: locks, facts, and what makes either unknown.</summary>
internal sealed partial class LockTransfer
{
    private static LockStatus Failed(LockStatus before, LockPhase phase, LockSite site) =>
        before.Phase == LockPhase.Held ? before : new LockStatus(phase, 0, site.Index);

    /// <summary>The state behind the acquire, whether it returns or throws with the lock held.</summary>
    internal PathState Acquired(LockSite site, PathState state)
    {
        var before = state[site.Place];
        return before.Phase switch
        {
            LockPhase.Unknown => state,
            LockPhase.Held when site.Action.IsScope => state.With(site.Place, before with { Site = site.Index }),
            LockPhase.Held when before.Count >= Limits.NestedAcquires => state.With(site.Place, LockStatus.Unknown),
            LockPhase.Held => state.With(site.Place, before with { Count = before.Count + 1, Site = site.Index }),
            _ => state.With(site.Place, new LockStatus(LockPhase.Held, 1, site.Index)),
        };
    }

    private PathState Release(LockSite site, PathState state)
    {
        var before = state[site.Place];
        if (site.Action.Kind == LockKind.ReaderWriterLock && before.Phase != LockPhase.Held)
        {
            // `ReleaseReaderLock` under the writer lock releases that one; an upgraded lock is released in either mode.
            return Forget(site, state);
        }

        if (site.Action.IsScope && before.Phase != LockPhase.Held)
        {
            return state;
        }

        return before.Phase switch
        {
            LockPhase.Held when before.Count > 1 => state.With(site.Place, before with { Count = before.Count - 1 }),
            LockPhase.Held => state.With(site.Place, new LockStatus(LockPhase.Released, 0, site.Index)),

            // Released though not held: reported where it is one, and unknown from here on, so that one mistake is one report.
            _ => state.With(site.Place, LockStatus.Unknown),
        };
    }

    /// <summary>Nothing is known of the lock from here on, in whatever mode it was held.</summary>
    private PathState Forget(LockSite site, PathState state)
    {
        var path = _table.Places[site.Place].Path;
        for (var i = 0; i < _table.Places.Count; i++)
        {
            state = _table.Places[i].Path.Equals(path) ? state.With(i, LockStatus.Unknown) : state;
        }

        return state;
    }

    /// <summary>The path on which the fact reads <paramref name="value"/>; a negated literal reads the other way.</summary>
    private PathState Assume(PathState state, Literal literal, bool value)
    {
        var isTrue = value != literal.IsNegated;
        state = state.WithFact(literal.Fact, isTrue);
        if (isTrue)
        {
            foreach (var other in _conditions.ExcludedBy(literal.Fact))
            {
                state = state.WithFact(other, false);
            }
        }

        return state;
    }

    private bool? Resolve(PathState state, Value value) =>
        value.Known ?? (value.Fact is { } fact && state.Fact(fact.Fact) is { } known ? known != fact.IsNegated : null);

    /// <summary>What a read of the operation gives on this path.</summary>
    private Value Read(IOperation operation, PathState state)
    {
        if (_effects.HeldTest(operation) is { } place && (state[place].IsFree || state[place].Phase == LockPhase.Held))
        {
            return new Value(state[place].Phase == LockPhase.Held, null);
        }

        // Whose wait was cancelled, and who asks whether no permit is left, sees that the others have them all, as they had when it waited.
        if (_effects.ExhaustedTest(operation) is { } semaphore && state[semaphore].Phase == LockPhase.AcquireThrew)
        {
            return new Value(true, null);
        }

        return _conditions.Find(operation) is { } literal
            ? new Value(state.Fact(literal.Fact) is { } known ? known != literal.IsNegated : null, literal)
            : Value.None;
    }

    /// <summary>A variable gets a value: facts about it change, and locks named through it are other objects now.</summary>
    private PathState Set(PathState state, IOperation target, string? text, bool? assigned, IOperation? value = null)
    {
        if (_effects.SymbolOf(target) is not { } symbol)
        {
            return state;
        }

        if (_conditions.Count > 0)
        {
            foreach (var fact in _conditions.FactsAbout(_conditions.KeyOf(symbol)))
            {
                state = state.WithFact(fact,
                    text is null ? null
                    : _conditions.IsVariable(fact, text) ? assigned
                    : _conditions.IsComparison(fact, text, out var constant) && value is not null ? Compare(value, constant, MayBeLock(target) || MayBeLock(value))
                    : null);
            }
        }

        for (var i = 0; i < _table.Places.Count; i++)
        {
            if (_table.Places[i].Path.DependsOn(symbol) && !(value is IInvocationOperation opening && _table.SiteOf(opening) is { Action.IsScope: true }))
            {
                state = Renamed(state, i, value);
            }
        }

        return state;
    }

    /// <summary>A lock that was called upon is there: <c>gate?.Release()</c> releases it.</summary>
    private PathState NotNull(PathState state, IOperation value)
    {
        if (_conditions.Count > 0 && _conditions.TextOf(value) is { } text)
        {
            for (var fact = 0; fact < _conditions.Count; fact++)
            {
                state = _conditions.IsComparison(fact, text, out var constant) && constant is null ? state.WithFact(fact, false) : state;
            }
        }

        return state;
    }

    private PathState SetCapture(PathState state, string text, bool? assigned, IOperation value)
    {
        foreach (var fact in _conditions.FactsAbout(text))
        {
            state = state.WithFact(fact,
                _conditions.IsVariable(fact, text) ? assigned
                : _conditions.IsComparison(fact, text, out var constant) ? Compare(value, constant, MayBeLock(value))
                : null);
        }

        return state;
    }

    /// <summary>The lock's name means another object: one that was held is lost from sight, a free one is simply another.</summary>
    private PathState Renamed(PathState state, int place, IOperation? value) =>
        state[place].Phase is LockPhase.Held or LockPhase.Unknown || (value is not null && _effects.CreatesOwned(value))
            ? state.With(place, LockStatus.Unknown)
            : state.With(place, default);

    /// <summary>Whether the function acquires or releases something by the name of this.</summary>
    private bool MayBeLock(IOperation named) => _effects.SymbolOf(Conversions.WithoutBuiltIn(named)!) is { } symbol && _table.Places.Any(place => place.Path.DependsOn(symbol));

    private static bool? Compare(IOperation value, object? constant, bool mayBeLock)
    {
        return Conversions.WithoutBuiltIn(value) switch
        {
            { ConstantValue: { HasValue: true, Value: var known } } => Equals(known, constant),

            // An object that was just made is not null; neither, in code that means to lock it, is a lock that was read.
            IObjectCreationOperation or IInstanceReferenceOperation or ITypeOfOperation when constant is null => false,
            IFieldReferenceOperation or IPropertyReferenceOperation or IParameterReferenceOperation when constant is null && mayBeLock => false,
            _ => null,
        };
    }

    private PathState AfterOther(IOperation operation, PathState state)
    {
        switch (operation)
        {
            case IAssignmentOperation assignment:
                return Set(state, assignment.Target, null, null);
            case IIncrementOrDecrementOperation increment:
                return Set(state, increment.Target, null, null);
            case IObjectCreationOperation creation:
                return creation.Arguments.Aggregate(state, Passed);
            case IMethodReferenceOperation reference:
                return _effects.TouchedBy(reference).Aggregate(state, static (s, place) => s.With(place, LockStatus.Unknown));
            default:
                return state;
        }
    }

    private PathState AfterCall(IInvocationOperation call, PathState state)
    {
        state = call.Arguments.Aggregate(state, Passed);
        foreach (var place in _effects.TouchedBy(call))
        {
            state = state.With(place, LockStatus.Unknown);
        }

        return LockEffects.IsGivenAnswer(call) ? Forget(Forget(state, LockPhase.AcquireRefused), LockPhase.AcquireThrew) : state;
    }

    private static PathState Forget(PathState state, LockPhase phase)
    {
        for (var i = 0; i < state.LockCount; i++)
        {
            state = state[i].Phase == phase ? state.With(i, LockStatus.Unknown) : state;
        }

        return state;
    }

    /// <summary>Who comes back from a call that may throw whenever an acquire has thrown is not known to be on such a path.</summary>
    private PathState AfterHandling(IInvocationOperation call, PathState state) =>
        _effects.MayThrowAgain(call) ? Forget(state, LockPhase.AcquireThrew) : state;

    private PathState Passed(PathState state, IArgumentOperation argument)
    {
        if (argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out)
        {
            state = Set(state, argument.Value, null, null);
        }

        return _effects.LockPassed(argument) is { } place ? state.With(place, LockStatus.Unknown) : state;
    }
}
