using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// Lock types of the user's own: a class in source with members that forward to the lock in a field of it (<c>class Gate { public void Enter() =&gt; Monitor.Enter(_sync); … }</c>).
/// Their bodies belong to another type than the one at hand and cannot be bound here, so the members are read as <see cref="BaseHelpers"/> reads those of base types. A member that
/// does more to the lock is unclear, and a function that calls it is not judged.
/// </summary>
internal sealed class LockWrappers
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, LockWrappers> s_types = new();

    private readonly ImmutableDictionary<ISymbol, HelperEffect> _members;
    private readonly ImmutableHashSet<string> _unclear;
    private readonly bool _opensScopes;
    private readonly bool _releasesUnseen;

    private LockWrappers(ImmutableDictionary<ISymbol, HelperEffect> members, ImmutableHashSet<string> unclear, bool opensScopes, bool releasesUnseen)
    {
        _members = members;
        _unclear = unclear;
        _opensScopes = opensScopes;
        _releasesUnseen = releasesUnseen;
    }

    /// <summary>
    /// The words by which a type may acquire and release: those of the framework and the user, and the members of the lock types of its fields. Null when it has no field of such a type.
    /// </summary>
    public static LockWords? WordsOf(INamedTypeSymbol type, Model model, CancellationToken cancellation)
    {
        LockWords? words = null;
        for (var part = type; part is { DeclaringSyntaxReferences.IsEmpty: false }; part = part.BaseType)
        {
            foreach (var member in part.GetMembers())
            {
                if (member is IFieldSymbol { Type: INamedTypeSymbol { TypeKind: TypeKind.Class } used } && !SymbolEqualityComparer.Default.Equals(used, type) &&
                    Of(used, model, cancellation) is { } wrapper && (wrapper._opensScopes || !wrapper._members.IsEmpty))
                {
                    words ??= model.Locks.Words;
                    words = wrapper._members.IsEmpty ? words : words.With(wrapper.Names(HelperKind.Acquires), wrapper.Names(HelperKind.Releases), wrapper._unclear);
                }
            }
        }

        return words;
    }

    /// <summary>Whether nothing but its forwarding members, and the guards that it makes, can give back the lock in an object of the type.</summary>
    public static bool IsClear(INamedTypeSymbol type, Model model) => Of(type, model, CancellationToken.None) is { _releasesUnseen: false };

    /// <summary>What the call does to the lock of the object that it is made on, where it only forwards; else null.</summary>
    public static HelperEffect? EffectOf(IInvocationOperation call, TypeFacts type, Model model)
    {
        var method = call.TargetMethod;
        var words = type.LockWords ?? model.Locks.Words;
        return (words.IsAcquire(method.Name) || words.IsRelease(method.Name)) && call.Instance is { Type: INamedTypeSymbol { TypeKind: TypeKind.Class } receiver } &&
            SymbolEqualityComparer.Default.Equals(receiver, method.ContainingType) && Of(receiver, model, CancellationToken.None)?._members.TryGetValue(method, out var effect) == true
                ? effect
                : null;
    }

    /// <summary>The lock object whose member the operation calls or reads, where that may do anything to its lock; else null.</summary>
    public static IOperation? Unclear(IOperation operation, BodyFacts body)
    {
        var (receiver, member) = operation switch
        {
            IInvocationOperation call => (call.Instance, (ISymbol)call.TargetMethod),
            IPropertyReferenceOperation property => (property.Instance, property.Property),
            _ => default,
        };
        return body.Type is not null && receiver is { Type: INamedTypeSymbol { TypeKind: TypeKind.Class } type } and not IInstanceReferenceOperation && !type.DeclaringSyntaxReferences.IsEmpty &&
            Of(type, body.Model, body.Cancellation)?._unclear.Contains(member.Name) == true ? receiver : null;
    }

    private ImmutableHashSet<string> Names(HelperKind kind) => ImmutableHashSet.CreateRange(_members.Where(m => m.Value.Kind == kind).Select(static m => m.Key.Name));

    private static LockWrappers? Of(INamedTypeSymbol type, Model model, CancellationToken cancellation)
    {
        if (type is { IsGenericType: true } or { DeclaringSyntaxReferences.IsEmpty: true })
        {
            return null;
        }

        if (!s_types.TryGetValue(type, out var known))
        {
            known = Read(type, model, cancellation);
            known = s_types.GetValue(type, _ => known);
        }

        return known;
    }

    private static LockWrappers Read(INamedTypeSymbol type, Model model, CancellationToken cancellation)
    {
        var members = ImmutableDictionary.CreateBuilder<ISymbol, HelperEffect>(SymbolEqualityComparer.Default);
        if (!BaseHelpers.MayBeIn(type, model, cancellation))
        {
            return new LockWrappers(members.ToImmutable(), ImmutableHashSet<string>.Empty, opensScopes: false, releasesUnseen: true);
        }

        // A member that a derived type may replace does what is not known.
        var followed = new HashSet<string> { ".ctor", ".cctor", "Dispose", "DisposeAsync" };
        var (opensScopes, releasesUnseen) = (false, false);
        foreach (var group in type.GetMembers().OfType<IMethodSymbol>().Where(static m => m.MethodKind == MethodKind.Ordinary).GroupBy(static m => m.Name))
        {
            var isFollowed = true;
            foreach (var method in group)
            {
                var isFixed = method is { IsStatic: false, IsVirtual: false, IsAbstract: false, IsOverride: false };
                if (isFixed && BaseHelpers.EffectOf(method, model) is { Kind: not HelperKind.Unknown, Place.Path.Steps.Length: 1 } effect)
                {
                    members.Add(method, effect);
                }
                else
                {
                    var opens = GuardOpening.Of(method, model) is not null;
                    opensScopes |= opens;
                    isFollowed &= opens;
                    releasesUnseen |= !opens && method.Name is not ("Dispose" or "DisposeAsync") && OnlyReleases(method, model.Locks.Words);
                }
            }

            if (isFollowed)
            {
                followed.Add(group.Key);
            }
        }

        var unclear = UnbalancedMembers.Helpers(type, model.Locks.Words).Where(name => !followed.Contains(name))
            .SelectMany(static name => name.StartsWith("get_", System.StringComparison.Ordinal) || name.StartsWith("set_", System.StringComparison.Ordinal) ? [name, name.Substring(4)] : new[] { name });
        return new LockWrappers(members.ToImmutable(), ImmutableHashSet.CreateRange(unclear), opensScopes, releasesUnseen);
    }

    /// <summary>By its words.</summary>
    private static bool OnlyReleases(IMethodSymbol method, LockWords words)
    {
        var tokens = method.DeclaringSyntaxReferences.SelectMany(static part => part.GetSyntax().DescendantTokens()).Where(static t => t.IsKind(SyntaxKind.IdentifierToken)).ToList();
        return tokens.Any(t => words.IsRelease(t.ValueText)) && !tokens.Any(t => words.IsAcquire(t.ValueText));
    }
}
