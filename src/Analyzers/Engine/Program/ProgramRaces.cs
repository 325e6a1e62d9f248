using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>A variable that threads which run at once use with no lock in common, where the whole compilation shows it.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Variable">The field or property.</param>
/// <param name="First">The access to report: one that changes it.</param>
/// <param name="Second">The access on the other thread; the same where one piece of code runs on several.</param>
/// <param name="Starts">What starts the threads, by file and place.</param>
/// <param name="All">Each access of the variable in the compilation, those of its constructors left out.</param>
internal sealed record ProgramRace(RaceKind Kind, ISymbol Variable, Site First, Site Second, ImmutableArray<ForkSummary> Starts, ImmutableArray<Site> All);

/// <summary>
/// The races of <see cref="Races"/>, with both sides followed through the types of the compilation: a function that runs on several threads, two that one function starts with no wait in between,
/// or one and what its starter does until it waits. The object must be one for all: named by the function with the start, outside of what repeats it. What one type alone may show is left to the
/// live world.
/// </summary>
internal sealed class ProgramRaces
{
    private readonly ProgramFacts _facts;
    private readonly Dictionary<ISymbol, List<(RaceKind Kind, Site First, Site Second, ForkSummary Fork)>> _found = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _live = new(SymbolEqualityComparer.Default);

    private ProgramRaces(ProgramFacts facts)
    {
        _facts = facts;
        foreach (var function in facts.Forks.GroupBy(static f => f.In))
        {
            facts.Cancellation.ThrowIfCancellationRequested();
            Examine(function.Where(static f => f.Runs != ForkRuns.Unknown).ToList());
        }

        foreach (var fork in facts.Forks)
        {
            Live(fork);
        }
    }

    public static IReadOnlyList<ProgramRace> Of(ProgramFacts facts) => facts.Once(static facts => new ProgramRaces(facts)).Result();

    private List<ProgramRace> Result()
    {
        var races = new List<ProgramRace>();
        foreach (var entry in _found.Where(e => !_live.Contains(e.Key)))
        {
            var all = _facts.AccessesOf(entry.Key).Where(s => !IsOfConstructor(s.In, entry.Key)).ToImmutableArray();
            if (all.Any(static s => s.Step.Access is AccessKind.Atomic or AccessKind.ByReference))
            {
                continue;
            }

            foreach (var ofKind in entry.Value.GroupBy(static r => r.Kind))
            {
                var first = ofKind.OrderBy(static r => r.First.In.Body.Tree.FilePath, StringComparer.Ordinal).ThenBy(static r => r.First.Step.Span.Start)
                    .ThenBy(static r => r.Second.In.Body.Tree.FilePath, StringComparer.Ordinal).ThenBy(static r => r.Second.Step.Span.Start).First();
                races.Add(new ProgramRace(ofKind.Key, entry.Key, first.First, first.Second, ofKind.Select(static r => r.Fork).Distinct().ToImmutableArray(), all));
            }
        }

        return races;
    }

    /// <summary>The starts of one function.</summary>
    private void Examine(List<ForkSummary> forks)
    {
        var ways = forks.ToDictionary(static f => f, f => f.Targets.Select(t => Way.Of(t, f, _facts)).ToImmutableArray());
        foreach (var fork in forks)
        {
            var own = ways[fork];
            if (fork.IsMany)
            {
                foreach (var way in own)
                {
                    WithItself(way, fork);
                }
            }
            else if (fork.Runs == ForkRuns.Together)
            {
                for (var i = 0; i < own.Length; i++)
                {
                    for (var j = i + 1; j < own.Length; j++)
                    {
                        Pair(own[i], own[j], fork, fork);
                    }
                }
            }

            foreach (var other in forks.Where(f => IsOneGroup(fork, f, forks)))
            {
                foreach (var way in own)
                {
                    foreach (var second in ways[other])
                    {
                        Pair(way, second, fork, other);
                    }
                }
            }

            if (fork.Line.IsEmpty || own.All(static w => w.IsUnknown))
            {
                continue;
            }

            var behind = Way.Behind(fork, _facts);
            foreach (var way in own)
            {
                Beside(way, behind, fork);
                foreach (var other in forks.Where(f => f != fork && !f.Line.IsDefault && (f.Repeats is not null || f.Creation != fork.Creation) && fork.Line.Any(l => l.Step.Kind == StepKind.Fork && l.Step.Span == f.At)))
                {
                    foreach (var second in ways[other])
                    {
                        Pair(way, second, fork, other);
                    }
                }
            }
        }
    }

    /// <summary>As <see cref="Repetition.IsOneGroup"/>; where the threads are made in the function that starts them.</summary>
    private static bool IsOneGroup(ForkSummary one, ForkSummary other, List<ForkSummary> all) => one is { IsGroup: true, IsMadeHere: true } && other is { IsGroup: true, IsMadeHere: true } && one.At == other.At && one.Creation.Start < other.Creation.Start &&
        !all.Any(f => f.Creation == one.Creation && f.At.Start > one.Creation.Start && f.At.Start < other.Creation.Start);

    private void WithItself(Way way, ForkSummary fork)
    {
        if (way.IsUnknown)
        {
            return;
        }

        foreach (var access in way.Accesses.Where(a => a.IsCrossed && a.Site.Step is { Access: AccessKind.Update, IsContent: false } or { Access: AccessKind.Change, IsByIndex: false } && IsShared(a.Place, fork) && !IsGuard(a.Held, fork)))
        {
            Add(access.Site.Step.Access == AccessKind.Update ? RaceKind.LostUpdate : RaceKind.Collection, access, access, fork);
        }
    }

    private void Pair(Way one, Way other, ForkSummary fork, ForkSummary second)
    {
        if (one.IsUnknown || other.IsUnknown)
        {
            return;
        }

        foreach (var access in one.Accesses.Where(a => IsShared(a.Place, fork) && IsShared(a.Place, second)))
        {
            Meet(access, other.Accesses, fork);
        }
    }

    /// <summary>What the starter only reads is another rule's.</summary>
    private void Beside(Way way, Way behind, ForkSummary fork)
    {
        if (way.IsUnknown)
        {
            return;
        }

        foreach (var access in behind.Accesses.Where(a => a.Site.Step.Changes && IsShared(a.Place, fork)))
        {
            Meet(access, way.Accesses, fork);
        }
    }

    private void Meet(WayAccess access, IReadOnlyList<WayAccess> others, ForkSummary fork)
    {
        foreach (var second in others)
        {
            if ((access.IsCrossed || second.IsCrossed) && second.Place.Equals(access.Place) && KindOf(access.Site.Step, second.Site.Step) is { } kind && !Sharing.Exclude(access.Held, second.Held))
            {
                Add(kind, access.Site.Step.Changes ? access : second, access.Site.Step.Changes ? second : access, fork);
            }
        }
    }

    private static RaceKind? KindOf(Step one, Step other) => one.IsByIndex || other.IsByIndex ? null : (one.Access, other.Access) switch
    {
        (AccessKind.Update, AccessKind.Update or AccessKind.Write) or (AccessKind.Write, AccessKind.Update) when !one.IsContent && !other.IsContent => RaceKind.LostUpdate,
        (AccessKind.Change, AccessKind.Change or AccessKind.Use) or (AccessKind.Use, AccessKind.Change) => RaceKind.Collection,
        _ => null,
    };

    /// <summary>Whether all threads of the start mean the same variable: not one for each round of what repeats it, or for each run of its function.</summary>
    private static bool IsShared(AccessPath place, ForkSummary fork) => place.Root switch
    {
        PathRoot.This => !place.Steps.IsEmpty,
        PathRoot.Static => true,
        PathRoot.Local or PathRoot.Parameter => IsOutside(place.Symbol!, fork),
        _ => false,
    };

    private static bool IsOutside(ISymbol variable, ForkSummary fork) =>
        (SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, fork.In.Body.Owner) || (fork.In.Symbol is { } function && SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, function))) &&
        (fork.Repeats is not { } loop || variable.DeclaringSyntaxReferences.All(r => !loop.Contains(r.Span)));

    private static bool IsGuard(LockSet held, ForkSummary fork) => held.IsUnknown || held.Locks.Any(l => l.Mode != LockMode.Read &&
        (l.Path.Root is PathRoot.This or PathRoot.Static or PathRoot.TypeOf || IsOutside(l.Path.Symbol!, fork)));

    private void Add(RaceKind kind, WayAccess first, WayAccess second, ForkSummary fork)
    {
        if (first.Place.Holder is not { } holder || (kind == RaceKind.Collection && !IsPlain(holder)))
        {
            return;
        }

        if (!_found.TryGetValue(holder, out var races))
        {
            _found.Add(holder, races = []);
        }

        races.Add((kind, first.Site, second.Site, fork));
    }

    /// <summary>What a variable of an interface's type was given at first, as the accesses took it, it keeps.</summary>
    private bool IsPlain(ISymbol variable) => TypeOf(variable) is var type && (PlainCollections.Is(type) || (PlainCollections.IsInterface(type) && _facts.IsFixed(variable)));

    private static ITypeSymbol? TypeOf(ISymbol variable) => variable switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => null,
    };

    private static bool IsOfConstructor(FunctionSummary function, ISymbol variable) => function.Body.Owner is IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } &&
        SymbolEqualityComparer.Default.Equals(function.Body.Type, variable.ContainingType);

    /// <summary>Remembers what a start changes within its own type and its bases: the live rules see that.</summary>
    private void Live(ForkSummary fork)
    {
        var seen = new HashSet<FunctionSummary>();
        var open = new Stack<FunctionSummary>(fork.Targets.Select(t => t.Lambda ?? _facts.FunctionOf(t.Method!)).OfType<FunctionSummary>());
        while (open.Count > 0)
        {
            var function = open.Pop();
            if (!IsOfType(function.Body.Type, fork.In.Body.Type) || !seen.Add(function))
            {
                continue;
            }

            foreach (var step in function.Steps)
            {
                if (step is { Changes: true, Place.Holder: { } variable })
                {
                    _live.Add(variable);
                }
                else if (step.Call is { } call && _facts.FunctionOf(call.Target) is { } callee)
                {
                    open.Push(callee);
                }
            }
        }
    }

    private static bool IsOfType(INamedTypeSymbol? type, INamedTypeSymbol? derived)
    {
        for (var up = derived; up is not null; up = up.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(up.OriginalDefinition, type))
            {
                return true;
            }
        }

        return false;
    }
}
