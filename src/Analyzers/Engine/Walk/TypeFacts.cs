using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// The bodies of one type, all its parts together, kept from their callbacks to the end of the type so that calls can be followed.
/// Only bodies that have to do with locks are kept, and only that long. Bodies come in on several threads; the rest is asked by one, when all are in.
/// </summary>
internal sealed class TypeFacts(INamedTypeSymbol type, ImmutableHashSet<string> lockHelpers)
{
    private readonly Pile<BodyFacts> _collected = new();
    private readonly Pile<BodyFacts> _all = new();
    private readonly Pile<FieldWrite> _writes = new();
    private readonly Pile<(IMethodSymbol Method, ImmutableArray<IMethodSymbol> Calls, bool NeverThrows)> _quiet = new();
    private readonly Pile<IFieldSymbol> _handedOn = new();
    private readonly Pile<StaticChange> _changes = new();
    private readonly Dictionary<Type, object> _computed = [];
    private HashSet<string>? _nestedNames;
    private List<string>? _disabled;
    private Dictionary<ISymbol, ImmutableArray<IMethodSymbol>>? _quietCalls;
    private Dictionary<ISymbol, ImmutableArray<IMethodSymbol>>? _harmlessCalls;
    private ImmutableArray<BodyFacts> _bodies;

    public INamedTypeSymbol Type { get; } = type;

    /// <summary>Names of the members that may acquire a lock without releasing it, or the other way round, or call such a member.</summary>
    public ImmutableHashSet<string> LockHelpers { get; } = lockHelpers;

    /// <summary>The names by which its members acquire and release, those of the lock types in source that it has fields of included; null where these are those of the framework and the user.</summary>
    public LockWords? LockWords { get; init; }

    public void Add(BodyFacts body) => _collected.Add(body);

    /// <summary>Takes a body whose accesses are asked for, whatever it has to do with locks.</summary>
    public void AddAny(BodyFacts body) => _all.Add(body);

    /// <summary>Whether a body of the type starts a thread, gives a function to one, or handles events that come on other threads.</summary>
    public bool HasForks => _all.Any(static b => !b.ForkCalls.IsEmpty || !b.HandleCalls.IsEmpty || !b.EventHandlers.IsEmpty || !b.TaskGroups.IsEmpty);

    /// <summary>Whether a body of the type handles events that come on other threads, or makes a timer.</summary>
    public bool HasBackgroundEvents => HasTimers || _all.Any(static b => !b.EventHandlers.IsEmpty);

    /// <summary>Whether a body of the type makes a timer, or handles the ticks of one.</summary>
    public bool HasTimers => _all.Any(static b => b.TimerHandlers.Any() || b.ForkCalls.Any(f => ForkModels.KindOf(f, b.Model.Types) == ForkKind.Timer));

    /// <summary>Whether a body of the type reads or writes through a view of a memory map.</summary>
    public bool AccessesMaps => _all.Any(static b => !b.MappedCalls.IsEmpty);

    /// <summary>Takes a write of a field of the type, whatever body it stands in.</summary>
    public void Add(FieldWrite? write)
    {
        if (write is not null)
        {
            _writes.Add(write);
        }
    }

    /// <summary>Takes a method that comes back whatever it is given, and perhaps cannot throw at all, if those that it calls do.</summary>
    public void AddQuiet(IMethodSymbol method, ImmutableArray<IMethodSymbol> calls, bool neverThrows) => _quiet.Add((method, calls, neverThrows));

    /// <summary>Whether a call of the method, a member of the type, comes back whatever it is given.</summary>
    public bool ComesBack(IMethodSymbol method) => IsAmong(_quietCalls ??= QuietCalls(onlyHarmless: false), method);

    /// <summary>Whether nothing in the method, a member of the type, counts as able to throw.</summary>
    public bool NeverThrows(IMethodSymbol method) => IsAmong(_harmlessCalls ??= QuietCalls(onlyHarmless: true), method);

    private Dictionary<ISymbol, ImmutableArray<IMethodSymbol>> QuietCalls(bool onlyHarmless)
    {
        var known = new Dictionary<ISymbol, ImmutableArray<IMethodSymbol>>(SymbolEqualityComparer.Default);
        foreach (var (member, calls, neverThrows) in _quiet)
        {
            if (neverThrows || !onlyHarmless)
            {
                known[member] = calls;
            }
        }

        return known;
    }

    private static bool IsAmong(Dictionary<ISymbol, ImmutableArray<IMethodSymbol>> quiet, IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        if (!quiet.TryGetValue(method, out var called))
        {
            return false;
        }

        // What comes back to itself may never end.
        quiet.Remove(method);
        if (!called.All(inner => IsAmong(quiet, inner)))
        {
            return false;
        }

        quiet[method] = ImmutableArray<IMethodSymbol>.Empty;
        return true;
    }

    /// <summary>Takes a use of a field of the type, whatever body it stands in.</summary>
    public void AddUse(IFieldReferenceOperation use, Model model)
    {
        if (LockUse.IsLockType(use.Field.Type, model.Locks) && !LockUse.KeepsToItself(use, model))
        {
            _handedOn.Add(use.Field.OriginalDefinition);
        }
    }

    /// <summary>Whether some use in the bodies of the type, those of nested types left out, may give the lock in the field to somebody.</summary>
    public bool IsHandedOn(IFieldSymbol field) => _handedOn.Contains(field.OriginalDefinition, SymbolEqualityComparer.Default);

    /// <summary>Takes a change of a static field of the type, whatever body it stands in.</summary>
    public void Add(StaticChange? change)
    {
        if (change is not null)
        {
            _changes.Add(change);
        }
    }

    /// <summary>The changes of its static fields in the bodies of the type, those of nested types left out, in source order.</summary>
    public IReadOnlyList<StaticChange> StaticChanges() => _changes.IsEmpty ? [] : _changes
        .OrderBy(static c => c.Place.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(static c => c.Place.Syntax.SpanStart).ToList();

    /// <summary>The writes of the field in the bodies of the type, those of nested types left out, in source order.</summary>
    public IReadOnlyList<FieldWrite> WritesOf(IFieldSymbol field) => _writes.Where(w => SymbolEqualityComparer.Default.Equals(w.Field, field.OriginalDefinition))
        .OrderBy(static w => w.Place.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(static w => w.Place.Syntax.SpanStart).ToList();

    /// <summary>The bodies in source order, whatever the order they came in.</summary>
    public ImmutableArray<BodyFacts> Bodies() => _bodies.IsDefault
        ? _bodies = _collected.OrderBy(static b => b.Root.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(static b => b.Root.Syntax.SpanStart).ToImmutableArray()
        : _bodies;

    /// <summary>All bodies of the type, those of nested types left out, in source order.</summary>
    public IReadOnlyList<BodyFacts> AllBodies() => _all.OrderBy(static b => b.Root.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(static b => b.Root.Syntax.SpanStart).ToList();

    /// <summary>Whether the member is one of the type or of one of its bases.</summary>
    public bool Owns(ISymbol method)
    {
        for (var owner = Type; owner is not null; owner = owner.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(owner.OriginalDefinition, method.ContainingType?.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a type within this one names the member: what it does with it is out of sight, since its bodies are judged with its own type.</summary>
    public bool IsNamedByNestedTypes(string member) => (_nestedNames ??= new HashSet<string>(Type.DeclaringSyntaxReferences.Select(static r => r.GetSyntax())
        .SelectMany(static part => part.DescendantNodes().Where(n => n is BaseTypeDeclarationSyntax && n != part && n.Parent == part))
        .SelectMany(static nested => nested.DescendantTokens().Where(static t => t.IsKind(SyntaxKind.IdentifierToken)).Select(static t => t.ValueText)))).Contains(member);

    /// <summary>Whether code that this configuration switches off speaks of the member: another configuration may do anything with it.</summary>
    public bool IsNamedInDisabledCode(string member) => (_disabled ??= Type.DeclaringSyntaxReferences.SelectMany(static part =>
        part.GetSyntax().DescendantTrivia().Where(static t => t.IsKind(SyntaxKind.DisabledTextTrivia)).Select(static t => t.ToString())).ToList()).Any(text => text.Contains(member));

    /// <summary>What <paramref name="analysis"/> makes of the type; computed when it is first asked for. One kind of result has one analysis.</summary>
    public T Once<T>(Func<TypeFacts, T> analysis)
        where T : notnull
    {
        if (!_computed.TryGetValue(typeof(T), out var result))
        {
            // Bodies that call each other ask for one another: the answer of the outermost question stands.
            _computed[typeof(T)] = result = analysis(this);
        }

        return (T)result;
    }
}
